package workbook.classroom.report;

/** Writes a page in which text of any origin stays text. */
final class Html {
  private final StringBuilder page = new StringBuilder();

  /** Adds mark-up, in which each {@code {}} stands for a text. */
  Html add(String markup, Object... texts) {
    int from = 0;
    for (Object text : texts) {
      int at = markup.indexOf("{}", from);
      page.append(markup, from, at).append(escaped(String.valueOf(text)));
      from = at + 2;
    }
    page.append(markup, from, markup.length());
    return this;
  }

  static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.appendCodePoint(isPrintable(c) ? c : 0xFFFD);
              }
            });
    return escaped.toString();
  }

  // Marks that turn the direction of writing around would let a name rearrange the page.
  private static boolean isPrintable(int c) {
    boolean turns = c >= 0x202A && c <= 0x202E || c >= 0x2066 && c <= 0x2069;
    return c == '\n'
        || c == '\t'
        || !Character.isISOControl(c)
            && !turns
            && Character.isDefined(c)
            && Character.getType(c) != Character.SURROGATE;
  }

  @Override
  public String toString() {
    return page.toString();
  }
}
