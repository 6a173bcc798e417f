package workbook.cli.watch;

import java.util.ArrayList;
import java.util.List;
import org.jline.utils.AttributedString;

/** Makes lines of any length rows of a terminal. */
final class Rows {
  private static final String CLEAR_LINE = "\033[K";

  private Rows() {}

  /** Rows for a terminal of that width, which wraps those that fill it, and knows so. */
  static String painted(List<String> rows, int terminal) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < rows.size(); i++) {
      boolean full = AttributedString.fromAnsi(rows.get(i)).columnLength() >= terminal;
      boolean goesOn = full && i + 1 < rows.size() && !rows.get(i + 1).isEmpty();
      text.append(rows.get(i)).append(full ? "" : CLEAR_LINE);
      text.append(goesOn || i + 1 == rows.size() ? "" : "\r\n");
    }
    return text.toString();
  }

  /**
   * Breaks lines that are too wide at blanks, and goes on below where each began.
   *
   * <p>A link that is wider still fills the terminal, which then lets it be opened or copied whole.
   */
  static List<String> wrapped(List<String> lines, int width) {
    List<String> wrapped = new ArrayList<>();
    for (String line : lines) {
      wrap(AttributedString.fromAnsi(line.replace("\t", "    ")), width, wrapped);
    }
    return wrapped;
  }

  private static void wrap(AttributedString line, int width, List<String> wrapped) {
    AttributedString rest = line;
    int indent = Math.min(blanks(rest.toString()), width / 2);
    String before = "";
    boolean link = false;
    while (rest.columnLength() > width - before.length()) {
      int end = lineEnd(rest, width - before.length());
      link = isInsideLink(rest.toString(), end, link);
      end = link ? rest.columnSubSequence(0, width + 1 - before.length()).length() : end;
      wrapped.add(before + rest.subSequence(0, end).toAnsi());
      rest = rest.subSequence(end, rest.length());
      rest = rest.subSequence(blanks(rest.toString()), rest.length());
      before = link ? "" : " ".repeat(indent);
    }
    if (rest.length() > 0 || rest == line) {
      wrapped.add(before + rest.toAnsi());
    }
  }

  private static boolean isInsideLink(String text, int end, boolean begun) {
    String head = text.substring(0, end).strip();
    boolean whole = head.indexOf(' ') < 0 && text.charAt(end) != ' ';
    return whole && (begun || head.contains("://"));
  }

  // Two blanks part what belongs together, as keys and what they do, from the next.
  private static int lineEnd(AttributedString text, int width) {
    int end = text.columnSubSequence(0, width).length();
    String head = text.toString().substring(0, end + 1);
    int parting = head.lastIndexOf("  ");
    int indent = blanks(head);
    int blank = parting > Math.max(end / 2, indent) ? parting : head.lastIndexOf(' ');
    return blank > indent ? blank : end;
  }

  private static int blanks(String text) {
    return text.length() - text.stripLeading().length();
  }
}
