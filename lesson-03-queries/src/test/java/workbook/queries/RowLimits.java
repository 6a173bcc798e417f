package workbook.queries;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Limits on the rows of a result that no check's rows reach. */
final class RowLimits {
  private static final Pattern IN_SQL =
      Pattern.compile(
          "(?i)\\b(?:limit|fetch\\s+(?:first|next))\\s+\\(?([0-9_]{5,18})\\b");

  private static final Pattern BOUND =
      Pattern.compile(
          "(?i)\\b(?:limit|fetch\\s+(?:first|next))\\s+\\(?(?=[?])");

  private RowLimits() {}

  /** Whether a statement's limit is a placeholder. */
  static boolean isBound(String sql) {
    return BOUND.matcher(sql).find();
  }

  /**
   * The limit of a statement whose number is a placeholder, with its value.
   *
   * @param values those of its placeholders, by number, from 1
   * @return the limit, as SQL; empty if there is none
   */
  static String bound(String sql, Map<Integer, Object> values) {
    Matcher limit = BOUND.matcher(sql);
    // In a string or a name, and doubled, it is no placeholder.
    if (sql.matches("(?s).*(['\"]|[?]{2}).*") || !limit.find()) {
      return "";
    }
    String before = sql.substring(0, limit.end());
    int number = (int) before.chars().filter(c -> c == '?').count() + 1;
    return values.get(number) instanceof Number value
        ? limit.group() + value
        : "";
  }

  /** Whether a method of a statement, of this name, limits the rows. */
  static boolean isSetBy(String method) {
    return method.equals("setMaxRows") || method.equals("setLargeMaxRows");
  }

  /** Those in these statements and those that were set. */
  static List<String> of(List<String> sent, List<Long> maxRows) {
    List<String> limits = new ArrayList<>();
    for (String sql : sent) {
      Matcher limit = IN_SQL.matcher(sql);
      while (limit.find()) {
        String digits = limit.group(1).replace("_", "");
        add(limits, limit.group(), Long.parseLong(digits));
      }
    }
    maxRows.forEach(rows -> add(limits, "setMaxRows(" + rows + ")", rows));
    return limits;
  }

  // Beyond that is no limit: so many rows fit into no list.
  private static void add(List<String> limits, String text, long rows) {
    if (rows > 10_000 && rows < 1_000_000_000) {
      limits.add(text);
    }
  }
}
