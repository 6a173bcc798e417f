package workbook.jshell.session;

import java.util.ArrayList;
import java.util.List;

/** The Markdown of a script as text. */
final class Prose {
  private static final String LINK = "\\[([^\\]]*)\\]\\([^)]*\\)";

  private final int width;
  private final Colours colours;
  private final List<String> lines = new ArrayList<>();
  private final StringBuilder paragraph = new StringBuilder();

  private Prose(int width, Colours colours) {
    this.width = width;
    this.colours = colours;
  }

  /** Paragraphs are wrapped, of links their words stay, and headings stand out. */
  static List<String> lines(List<String> markdown, int width, Colours colours) {
    Prose prose = new Prose(width, colours);
    // A link may begin on one line and end on the next.
    String text = String.join("\n", markdown).replaceAll(LINK, "$1");
    text.lines().forEach(prose::add);
    prose.endParagraph();
    return prose.lines;
  }

  private void add(String line) {
    if (line.startsWith("#")) {
      endParagraph();
      lines.add(colours.heading(line.replaceFirst("#+ *", "")));
    } else if (line.isBlank()) {
      endParagraph();
      lines.add("");
    } else {
      paragraph.append(' ').append(line.strip());
    }
  }

  private void endParagraph() {
    StringBuilder line = new StringBuilder();
    for (String word : paragraph.toString().strip().split(" +")) {
      if (line.length() > 0 && line.length() + 1 + word.length() > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.length() > 0 ? " " : "").append(word);
    }
    if (line.length() > 0) {
      lines.add(line.toString());
    }
    paragraph.setLength(0);
  }
}
