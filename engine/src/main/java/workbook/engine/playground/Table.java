package workbook.engine.playground;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import workbook.engine.Printable;

/** Prints rows as a table of plain text. */
public final class Table {
  private static final int WIDEST = 40;
  private static final int MOST_ROWS = 1000;
  private static final Set<Integer> NUMBERS =
      Set.of(Types.SMALLINT, Types.INTEGER, Types.BIGINT, Types.NUMERIC, Types.REAL, Types.DOUBLE);

  private final List<String[]> lines = new ArrayList<>();
  private final int[] widths;
  private final boolean[] numbers;
  private final int most;
  private int rows;

  private Table(int columns, int most) {
    this.widths = new int[columns];
    this.numbers = new boolean[columns];
    this.most = most;
  }

  /**
   * Formats the rows that are left: a heading, a line each, and their count.
   *
   * <p>NULL is shown as such, a value of more than 40 columns is cut, and after 1000 rows the rest
   * is counted only.
   */
  public static String of(ResultSet results) throws SQLException {
    return of(results, MOST_ROWS);
  }

  /** Does as {@link #of(ResultSet)}, but shows as many rows as are asked for. */
  public static String of(ResultSet results, int most) throws SQLException {
    ResultSetMetaData columns = results.getMetaData();
    Table table = new Table(columns.getColumnCount(), most);
    table.add(i -> columns.getColumnLabel(i + 1));
    for (int i = 0; i < table.widths.length; i++) {
      table.numbers[i] = NUMBERS.contains(columns.getColumnType(i + 1));
    }
    while (results.next()) {
      if (++table.rows <= most) {
        table.add(i -> results.getString(i + 1));
      }
    }
    return table.format();
  }

  /**
   * Formats values of any type; a column of nothing but numbers and nulls is set to the right.
   *
   * @param headings the columns' names
   * @param rows as many values each as there are headings; a value may be null
   * @param most how many rows to show; the rest is counted only
   */
  public static String of(List<String> headings, List<? extends List<?>> rows, int most) {
    Table table = new Table(headings.size(), most);
    table.addAll(headings);
    for (int i = 0; i < table.widths.length; i++) {
      int column = i;
      table.numbers[i] =
          rows.stream()
              .map(row -> row.get(column))
              .allMatch(value -> value == null || value instanceof Number);
    }
    rows.stream().limit(most).forEach(table::addAll);
    table.rows = rows.size();
    return table.format();
  }

  private void add(Cells cells) throws SQLException {
    List<String> values = new ArrayList<>();
    for (int i = 0; i < widths.length; i++) {
      values.add(cells.get(i));
    }
    addAll(values);
  }

  private void addAll(List<?> values) {
    String[] line = new String[widths.length];
    for (int i = 0; i < line.length; i++) {
      line[i] = printable(values.get(i));
      widths[i] = Math.max(widths[i], TextWidth.of(line[i]));
    }
    lines.add(line);
  }

  private static String printable(Object value) {
    if (value == null) {
      return "NULL";
    }
    String line = Printable.of(value.toString()).replace("\n", "\\n").replace("\t", " ");
    return TextWidth.of(line) <= WIDEST ? line : TextWidth.cut(line, WIDEST - 3) + "...";
  }

  private String format() {
    StringBuilder text = new StringBuilder();
    for (String[] line : lines) {
      List<String> cells = new ArrayList<>();
      for (int i = 0; i < line.length; i++) {
        boolean right = numbers[i] && !line.equals(lines.get(0));
        String padding = " ".repeat(widths[i] - TextWidth.of(line[i]));
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
    return rows <= most ? count : count + " of which the first " + most + " are shown";
  }

  @FunctionalInterface
  private interface Cells {
    String get(int column) throws SQLException;
  }
}
