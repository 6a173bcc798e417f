package workbook.engine.trace.drawing;

import java.util.ArrayList;
import java.util.List;
import workbook.engine.Excerpt;
import workbook.engine.trace.TracePart;
import workbook.engine.trace.TracedSession;
import workbook.engine.trace.drawing.TraceRows.Row;

/**
 * A trace as a sequence diagram in Mermaid's language.
 *
 * @see <a href="https://mermaid.js.org/syntax/sequenceDiagram.html">Sequence diagrams</a>
 */
public final class MermaidTrace {
  private static final int LONGEST = 120;

  private MermaidTrace() {}

  /** The lines of the diagram. */
  public static List<String> of(TracePart part) {
    List<String> lines = new ArrayList<>();
    lines.add("sequenceDiagram");
    List<TracedSession> sessions = part.sessions();
    for (TracedSession session : sessions) {
      lines.add(
          "  participant S" + sessions.indexOf(session) + " as " + escaped(part.name(session)));
    }
    lines.add("  participant DB as PostgreSQL");
    for (Row row : TraceRows.of(part)) {
      String id = "S" + sessions.indexOf(row.session());
      String arrow = row.text().startsWith("... ") ? "DB-->>" + id : id + "->>DB";
      lines.add("  " + arrow + ": " + escaped(row.text()));
    }
    lines.add("  Note over DB: " + escaped(part.summary()));
    return lines;
  }

  // In Mermaid, # begins an entity, ; ends a line, and a formula stands between $$ and $$.
  private static String escaped(String text) {
    boolean isLong = text.codePointCount(0, text.length()) > LONGEST;
    String special = "#;<>:%{}" + (text.contains("$$") ? "$" : "");
    StringBuilder escaped = new StringBuilder();
    (isLong ? Excerpt.of(text, LONGEST) + " ..." : text)
        .codePoints()
        .forEach(
            character -> {
              if (special.indexOf(character) >= 0 || Character.isISOControl(character)) {
                escaped.append('#').append(character).append(';');
              } else {
                escaped.appendCodePoint(character);
              }
            });
    return escaped.toString();
  }
}
