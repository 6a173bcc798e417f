package workbook.jshell.session;

import java.util.regex.Pattern;

/** A line of SQL, typed where Java is expected. */
final class SqlLine {
  // Two words that stand together in SQL, and never in Java.
  private static final Pattern SQL =
      Pattern.compile(
          "(?i)(select\\s+[\\w*'\"]|insert\\s+into\\s|update\\s+\\S+\\s+set\\s|delete\\s+from\\s"
              + "|(create|drop|alter)\\s+(unique\\s+)?(table|index|schema|view|role|database)\\s"
              + "|truncate\\s+\\w|with\\s+\\w+\\s+as\\s*\\().*");

  private SqlLine() {}

  /** Whether a line is a statement of SQL's, and no Java. */
  static boolean isSql(String line) {
    String typed = line.strip();
    return !typed.contains("\n") && SQL.matcher(typed).matches();
  }

  /** How to send it. */
  static String advice(String line) {
    String sql = line.strip().replaceFirst("\\s*;$", "");
    return "This is SQL, and the shell takes Java. To send it: show(\"%s\")"
        .formatted(sql.replace("\\", "\\\\").replace("\"", "\\\""));
  }
}
