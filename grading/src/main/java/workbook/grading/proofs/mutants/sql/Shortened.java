package workbook.grading.proofs.mutants.sql;

/** Statements in one line. */
public final class Shortened {
  private Shortened() {}

  /** A mutant in one line; of tables, only what is near the change. */
  public static String difference(String sql, String mutant) {
    String before = line(sql);
    String after = line(mutant);
    if (!after.startsWith("CREATE TABLE")) {
      return after;
    }
    int begin = 0;
    while (begin < after.length() && before.charAt(begin) == after.charAt(begin)) {
      begin++;
    }
    int from = Math.max(after.lastIndexOf(',', begin - 1), after.lastIndexOf('(', begin - 1)) + 1;
    int to = after.indexOf(',', begin);
    return "..." + after.substring(from, to < 0 ? after.length() : to) + " ...";
  }

  private static String line(String sql) {
    return sql.strip().replaceAll("\\s+", " ");
  }
}
