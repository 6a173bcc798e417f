package workbook.cli.terminal;

import java.nio.charset.Charset;
import picocli.CommandLine.Help.Ansi;

/** Colours and signs, as far as the terminal can show them. */
public record Style(Ansi ansi, boolean unicode) {

  public static Style of(Ansi ansi, Charset charset) {
    return new Style(ansi, charset.newEncoder().canEncode('✓'));
  }

  public String passed() {
    return colour("green", unicode ? "✓" : "+");
  }

  public String failed() {
    return colour("red", unicode ? "✗" : "x");
  }

  public String open() {
    return colour("faint", unicode ? "○" : "o");
  }

  public String bold(String text) {
    return colour("bold", text);
  }

  public String faint(String text) {
    return colour("faint", text);
  }

  /** A bar of ten cells. */
  public String bar(int done, int all) {
    int full = all == 0 ? 0 : done * 10 / all;
    String cells = (unicode ? "█" : "#").repeat(full);
    return colour("green", cells) + (unicode ? "░" : ".").repeat(10 - full);
  }

  private String colour(String style, String text) {
    // Only signs and headings come here, none of which holds picocli's own mark-up.
    return ansi.string("@|" + style + " " + text + "|@");
  }
}
