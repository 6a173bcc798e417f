package workbook.classroom.report;

import java.util.ArrayList;
import java.util.List;

/** Rows of quoted cells, none of which a spreadsheet would take for a formula. */
final class Csv {
  private final StringBuilder text = new StringBuilder();

  Csv row(Object... cells) {
    for (int i = 0; i < cells.length; i++) {
      text.append(i == 0 ? "" : ",").append(quoted(String.valueOf(cells[i])));
    }
    text.append("\r\n");
    return this;
  }

  private static String quoted(String cell) {
    String safe = cell.matches("(?s)\\s*[=+@\\t\\r-].*") ? "'" + cell : cell;
    return '"' + safe.replace("\"", "\"\"") + '"';
  }

  /** Reads what {@link #row} wrote. */
  static List<List<String>> read(String text) {
    List<List<String>> rows = new ArrayList<>();
    List<String> row = new ArrayList<>();
    StringBuilder cell = null;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (cell == null) {
        if (c == '"') {
          cell = new StringBuilder();
        } else if (c == '\n') {
          rows.add(row);
          row = new ArrayList<>();
        }
      } else if (c != '"') {
        cell.append(c);
      } else if (i + 1 < text.length() && text.charAt(i + 1) == '"') {
        cell.append(c);
        i++;
      } else {
        String value = cell.toString();
        row.add(value.matches("(?s)'\\s*[=+@\\t\\r-].*") ? value.substring(1) : value);
        cell = null;
      }
    }
    if (!row.isEmpty()) {
      rows.add(row);
    }
    return rows;
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
