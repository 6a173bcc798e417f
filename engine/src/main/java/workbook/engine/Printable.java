package workbook.engine;

import java.util.regex.Pattern;

/** Text of other programs, such as an answer's messages, made harmless for a terminal. */
public final class Printable {
  // A terminal obeys control characters; signs of direction change the order of what one sees.
  private static final Pattern OBEYED =
      Pattern.compile("[\\p{Cc}\\u202a-\\u202e\\u2066-\\u2069&&[^\\n\\t]]");

  private Printable() {}

  /**
   * The text with each such character as Java's literals have it; line breaks and tabs stay.
   *
   * @param text may be null, and is so in return
   */
  public static String of(String text) {
    return text == null
        ? null
        : OBEYED
            .matcher(text.replace("\r\n", "\n"))
            .replaceAll(found -> "\\\\u" + hex(found.group().charAt(0)));
  }

  private static String hex(char character) {
    String digits = Integer.toHexString(character);
    return "0".repeat(4 - digits.length()) + digits;
  }
}
