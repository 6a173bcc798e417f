package workbook.engine;

/** The beginning of a string. */
public final class Excerpt {
  private Excerpt() {}

  /** At most so many characters of a string; none that takes two is cut in half. */
  public static String of(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    boolean half = most > 0 && Character.isHighSurrogate(text.charAt(most - 1));
    return text.substring(0, half ? most - 1 : most);
  }
}
