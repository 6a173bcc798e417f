package workbook.engine.trace.wire;

import java.util.regex.Pattern;
import workbook.engine.Excerpt;

/** Statements and messages as a trace may show them: in one line, cut, without passwords. */
public final class SqlText {
  private static final int LONGEST = 2_000;
  // In SQL, also one whose end was cut off, and in the connection strings of dblink and its like.
  private static final Pattern PASSWORD =
      Pattern.compile(
          "(?is)(\\bpassword\\s*=?\\s*)"
              + "((?:e|u&)?'(?:[^']++|'')*+(?:'|\\z)"
              + "|\\$(\\w*)\\$.*?(?:\\$\\3\\$|\\z)"
              + "|(?<==)[^\\s'\"&;,()$]+)");

  private SqlText() {}

  /** A statement in one line, without passwords. */
  public static String line(String text) {
    String line = masked(text).strip().replaceAll("\\s+", " ");
    if (line.isEmpty()) {
      return "(an empty statement)";
    }
    return line.length() <= LONGEST ? line : Excerpt.of(line, LONGEST) + " ...";
  }

  /** A text without passwords. */
  static String masked(String text) {
    return PASSWORD.matcher(text).replaceAll("$1'(hidden)'");
  }
}
