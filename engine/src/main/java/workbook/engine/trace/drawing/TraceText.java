package workbook.engine.trace.drawing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import workbook.engine.Excerpt;
import workbook.engine.trace.TracePart;
import workbook.engine.trace.drawing.TraceRows.Row;

/** A trace as text: a lane for each session, side by side, in the order of what happened. */
public final class TraceText {
  private static final int TIME = 6;
  private static final int NARROWEST = 32;
  private static final int MOST_LINES = 4;
  private static final int MOST_ASIDE = 3;

  private final TracePart part;
  private final int columns;
  private final UnaryOperator<String> faint;
  private final List<String> lines = new ArrayList<>();
  // those of the scene that is being drawn
  private Lanes lanes;

  private TraceText(TracePart part, int columns, UnaryOperator<String> faint) {
    this.part = part;
    this.columns = columns;
    this.faint = faint;
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
    for (Lanes scene : Lanes.of(part)) {
      List<Row> its = rows.stream().takeWhile(row -> !scene.isBefore(row.at())).toList();
      rows = rows.subList(its.size(), rows.size());
      lanes = scene;
      int width = (columns - TIME) / Math.max(1, lanes.count()) - 2;
      if (width < NARROWEST) {
        list(its);
      } else if (!its.isEmpty()) {
        beside(its, width);
      }
    }
    summary();
  }

  // A fact stays in one line.
  private void summary() {
    StringBuilder line = new StringBuilder(" ".repeat(TIME));
    for (String fact : part.summary().split("(?<= · )")) {
      if (line.length() > TIME && line.length() + fact.stripTrailing().length() > columns) {
        lines.add(line.toString().stripTrailing());
        line.setLength(TIME);
      }
      line.append(fact);
    }
    lines.add(line.toString());
  }

  private void beside(List<Row> rows, int width) {
    List<String> titles =
        IntStream.range(0, lanes.count())
            .mapToObj(lanes::title)
            .map(title -> Excerpt.of(title, width))
            .toList();
    line("ms", titles, width);
    for (Row row : rows) {
      int lane = lanes.of(row.session());
      String time = String.valueOf(row.millis());
      for (String piece : wrapped(row, width)) {
        List<String> cells = new ArrayList<>(Collections.nCopies(lanes.count(), ""));
        cells.set(lane, piece);
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
      boolean dim = lanes.isAside(i) && !cell.isBlank();
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
      for (String piece : wrapped(row, columns - TIME - 13)) {
        String line = head + piece;
        lines.add(part.isAside(row.session()) ? faint.apply(line) : line);
        head = " ".repeat(head.length());
      }
    }
  }

  // Of what is too long, the statement is cut first: what came of it is what a reader looks for.
  private List<String> wrapped(Row row, int width) {
    List<String> whole = whole(row, width);
    int most = part.isAside(row.session()) ? MOST_ASIDE : MOST_LINES;
    if (whole.size() <= most) {
      return whole;
    }
    List<String> answer = wrapped("  " + row.answer(), width);
    int kept = row.answer().isEmpty() ? 0 : Math.min(answer.size(), most - 1);
    List<String> lines = new ArrayList<>(cut(wrapped(row.said(), width), most - kept, width));
    lines.addAll(cut(answer, kept, width));
    return lines;
  }

  // "1 row" is not torn apart for the sake of a full line.
  private static List<String> whole(Row row, int width) {
    List<String> said = wrapped(row.said(), width);
    String last = said.get(said.size() - 1);
    boolean fits = last.length() + row.rest().length() <= width;
    if (fits || row.answer().length() > width - 2) {
      return wrapped(row.text(), width);
    }
    List<String> whole = new ArrayList<>(said);
    whole.add("  " + row.answer());
    return whole;
  }

  private static List<String> cut(List<String> lines, int most, int width) {
    if (lines.size() <= most) {
      return lines;
    }
    List<String> cut = new ArrayList<>(lines.subList(0, most));
    if (most > 0) {
      cut.set(most - 1, Excerpt.of(cut.get(most - 1), width - 4) + " ...");
    }
    return cut;
  }

  /** Breaks a text at blanks. */
  static List<String> wrapped(String text, int width) {
    List<String> lines = new ArrayList<>();
    // A statement may have a megabyte, of which a few lines are shown.
    String rest = Excerpt.of(text, width * (MOST_LINES + 2));
    while (rest.length() > width) {
      int at = rest.lastIndexOf(' ', width);
      if (at <= width / 2) {
        at = Character.isHighSurrogate(rest.charAt(width - 1)) ? width - 1 : width;
      }
      lines.add(rest.substring(0, at).stripTrailing());
      rest = "  " + rest.substring(at).stripLeading();
    }
    lines.add(rest);
    return lines;
  }
}
