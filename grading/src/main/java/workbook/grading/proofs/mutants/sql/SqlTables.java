package workbook.grading.proofs.mutants.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Changes of CREATE TABLE; several may be in one text, so its words are looked at. */
final class SqlTables {
  private static final Pattern CREATE = Pattern.compile("\\s*CREATE TABLE\\b.*", Pattern.DOTALL);
  private static final Pattern RULE =
      Pattern.compile(
          " (IF NOT EXISTS|PRIMARY KEY|NOT NULL|UNIQUE|REFERENCES \\w+|DEFAULT \\w+"
              + "|CHECK \\([^)]*\\))");

  private SqlTables() {}

  /** A change of a text. */
  @FunctionalInterface
  interface Change {
    List<String> mutants(String sql);
  }

  /** Each text lacks one rule. */
  static List<String> rules(String sql) {
    List<String> mutants = new ArrayList<>();
    Matcher rule = RULE.matcher(sql);
    while (CREATE.matcher(sql).matches() && rule.find()) {
      mutants.add(sql.substring(0, rule.start()) + sql.substring(rule.end()));
    }
    return mutants;
  }
}
