package workbook.classroom.report;

/** Puts text of any origin into Markdown as nothing but text. */
final class Markdown {
  private Markdown() {}

  static String text(String text) {
    return text.replaceAll("\\p{Cntrl}+", " ")
        .replaceAll("([\\\\`*_{}\\[\\]<>()#+!|~&-])", "\\\\$1");
  }

  static String code(String text) {
    return "`" + text.replaceAll("[`\\p{Cntrl}]", "'") + "`";
  }

  /** A fence that is longer than any in the content. */
  static String fence(String content) {
    String fence = "```";
    while (content.contains(fence)) {
      fence += "`";
    }
    return fence;
  }
}
