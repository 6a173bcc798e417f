package workbook.jshell.session;

/**
 * Colours of a terminal, or none.
 *
 * @param on whether to use them
 */
record Colours(boolean on) {
  String heading(String text) {
    return in("1", text);
  }

  String code(String text) {
    return in("36", text);
  }

  String aside(String text) {
    return in("2", text);
  }

  String failure(String text) {
    return in("31", text);
  }

  private String in(String code, String text) {
    return on && !text.isEmpty() ? "\033[" + code + "m" + text + "\033[0m" : text;
  }
}
