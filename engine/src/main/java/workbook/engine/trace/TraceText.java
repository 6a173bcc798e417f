package workbook.engine.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import workbook.engine.trace.TraceRows.Row;

/** A trace as text: a lane for each session, side by side, in the order of what happened. */
public final class TraceText {
  private static final int TIME = 6;
  private static final int NARROWEST = 32;
  private static final int MOST_LINES = 4;

  private final TracePart part;
  private final int columns;
  private final UnaryOperator<String> faint;
  private final Lanes lanes;
  private final List<String> lines = new ArrayList<>();

  private TraceText(TracePart part, int columns, UnaryOperator<String> faint) {
    this.part = part;
    this.columns = columns;
    this.faint = faint;
    this.lanes = new Lanes(part);
  }

  /**
   * Draws a part of a trace.
   *
   * @param columns how wide the lines may be
   * @param faint makes a text faint on a terminal; the check's own sessions stand in it
   */
  public static List<String> of(TracePart part, int columns, UnaryOperator<String> faint) {
    TraceText text = new TraceText(part, columns, faint);
    if (part.isEmpty()) {
      text.lines.add("      Your code sent nothing to the server.");
    } else {
      text.draw();
    }
    return text.lines;
  }

  private void draw() {
    List<Row> rows = TraceRows.of(part);
    int width = (columns - TIME) / lanes.count() - 2;
    if (width < NARROWEST) {
      list(rows);
    } else {
      beside(rows, width);
    }
    lines.add(" ".repeat(TIME) + part.summary());
  }

  private void beside(List<Row> rows, int width) {
    line("ms", IntStream.range(0, lanes.count()).mapToObj(lanes::title).toList(), width);
    for (Row row : rows) {
      int lane = lanes.of(row.session());
      String time = String.valueOf(row.millis());
      for (String piece : wrapped(row.text(), width)) {
        List<String> cells = new ArrayList<>();
        for (int i = 0; i < lanes.count(); i++) {
          cells.add(i == lane ? piece : "");
        }
        line(time, cells, width);
        time = "";
      }
    }
  }

  private void line(String time, List<String> cells, int width) {
    StringBuilder line = new StringBuilder(" ".repeat(Math.max(0, TIME - 2 - time.length())));
    line.append(time).append("  ");
    for (int i = 0; i < cells.size(); i++) {
      String cell = cells.get(i) + " ".repeat(Math.max(0, width - cells.get(i).length()));
      boolean dim = lanes.isOfCheck(i) && !cell.isBlank();
      line.append(dim ? faint.apply(cell) : cell).append("  ");
    }
    lines.add(line.toString().stripTrailing());
  }

  // Too many lanes for the width: each row names its session.
  private void list(List<Row> rows) {
    for (Row row : rows) {
      String time = String.valueOf(row.millis());
      String name = part.name(row.session());
      String head =
          " ".repeat(Math.max(0, TIME - 2 - time.length()))
              + time
              + "  "
              + name
              + " ".repeat(Math.max(1, 13 - name.length()));
      for (String piece : wrapped(row.text(), columns - TIME - 13)) {
        String line = head + piece;
        lines.add(row.session().isObserver() ? faint.apply(line) : line);
        head = " ".repeat(head.length());
      }
    }
  }

  /** Breaks a text at blanks; what is more than four lines is cut. */
  static List<String> wrapped(String text, int width) {
    List<String> lines = new ArrayList<>();
    String rest = text;
    while (rest.length() > width && lines.size() < MOST_LINES) {
      int at = rest.lastIndexOf(' ', width);
      if (at <= width / 2) {
        at = Character.isHighSurrogate(rest.charAt(width - 1)) ? width - 1 : width;
      }
      lines.add(rest.substring(0, at).stripTrailing());
      rest = "  " + rest.substring(at).stripLeading();
    }
    if (lines.size() == MOST_LINES) {
      String last = lines.remove(MOST_LINES - 1);
      lines.add(Values.cut(last, width - 4) + " ...");
    } else {
      lines.add(rest);
    }
    return lines;
  }
}
