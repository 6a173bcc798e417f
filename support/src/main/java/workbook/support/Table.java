package workbook.support;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Prints what a query returns as a table of plain text. */
public final class Table {
  private static final int WIDEST = 40;
  private static final int MOST_ROWS = 1000;
  private static final Set<Integer> NUMBERS =
      Set.of(Types.SMALLINT, Types.INTEGER, Types.BIGINT, Types.NUMERIC, Types.REAL, Types.DOUBLE);

  private final List<String[]> lines = new ArrayList<>();
  private final int[] widths;
  private final boolean[] numbers;
  private int rows;

  private Table(int columns) {
    this.widths = new int[columns];
    this.numbers = new boolean[columns];
  }

  /**
   * Formats the rows that are left: a heading, a line each, and their count.
   *
   * <p>NULL is shown as such, a value of more than 40 characters is cut, and after 1000 rows the
   * rest is counted only.
   */
  public static String of(ResultSet results) throws SQLException {
    ResultSetMetaData columns = results.getMetaData();
    Table table = new Table(columns.getColumnCount());
    table.add(i -> columns.getColumnLabel(i + 1));
    for (int i = 0; i < table.widths.length; i++) {
      table.numbers[i] = NUMBERS.contains(columns.getColumnType(i + 1));
    }
    while (results.next()) {
      if (++table.rows <= MOST_ROWS) {
        table.add(i -> results.getString(i + 1));
      }
    }
    return table.format();
  }

  private void add(Cells cells) throws SQLException {
    String[] line = new String[widths.length];
    for (int i = 0; i < line.length; i++) {
      line[i] = printable(cells.get(i));
      widths[i] = Math.max(widths[i], line[i].length());
    }
    lines.add(line);
  }

  private static String printable(String value) {
    if (value == null) {
      return "NULL";
    }
    String line = value.replace("\r", "").replace("\n", "\\n").replace("\t", " ");
    return line.length() <= WIDEST ? line : line.substring(0, WIDEST - 3) + "...";
  }

  private String format() {
    StringBuilder text = new StringBuilder();
    for (String[] line : lines) {
      List<String> cells = new ArrayList<>();
      for (int i = 0; i < line.length; i++) {
        boolean right = numbers[i] && !line.equals(lines.get(0));
        String padding = " ".repeat(widths[i] - line[i].length());
        cells.add(right ? padding + line[i] : line[i] + padding);
      }
      text.append((" " + String.join(" | ", cells)).stripTrailing()).append('\n');
      if (line.equals(lines.get(0))) {
        text.append(rule()).append('\n');
      }
    }
    return text.append(count()).toString();
  }

  private String rule() {
    List<String> parts = new ArrayList<>();
    for (int width : widths) {
      parts.add("-".repeat(width + 2));
    }
    return String.join("+", parts);
  }

  private String count() {
    String count = rows == 1 ? "(1 row)" : "(" + rows + " rows)";
    return rows <= MOST_ROWS ? count : count + " of which the first " + MOST_ROWS + " are shown";
  }

  @FunctionalInterface
  private interface Cells {
    String get(int column) throws SQLException;
  }
}
