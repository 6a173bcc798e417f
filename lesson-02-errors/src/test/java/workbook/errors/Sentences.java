package workbook.errors;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import workbook.errors.Troubleshooter.Problem;

/** What a sentence is, and which words are in it. */
final class Sentences {
  // Two words.
  private static final Pattern WORDS = Pattern.compile("\\S\\s+\\S");
  // The end of a sentence, and then more.
  private static final Pattern SECOND = Pattern.compile("[.!?]\\s+\\S");
  // What stands between words.
  private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");

  private Sentences() {}

  /**
   * Demands one sentence for people.
   *
   * @param values what may stand in it and counts as one word
   */
  static void assertSentence(String sentence, String part, Problem problem,
      List<String> values) {
    String text =
        withoutValues(sentence == null ? "" : sentence, values).strip();
    String fault =
        !WORDS.matcher(text).find()
            ? "a sentence, of two words or more"
            : text.lines().count() > 1 || SECOND.matcher(text).find()
                ? "one sentence, on one line"
                : text.matches(".*\\b" + problem + "\\b.*")
                    ? "words for a person, not the name of the constant"
                    : null;
    if (fault != null) {
      throw new AssertionError(
          "The text \"%s\", when the problem is %s.%n"
              .concat("expected: %s%n but was: \"%s\"")
              .formatted(part, problem, fault,
                  sentence == null ? null : shortened(sentence)));
    }
  }

  /** The text, with one word in the place of each value that is no word. */
  static String withoutValues(String text, List<String> values) {
    String rest = text;
    for (String value : values) {
      if (rest != null && !value.matches("[\\w.-]+")) {
        rest = rest.replace(value, "it");
      }
    }
    return rest;
  }

  /** Whether it is there as a word of its own, whatever its case. */
  static boolean isWordIn(String word, String text) {
    String part = "[\\p{L}\\p{N}_]";
    String alone =
        "(?<!" + part + ")" + Pattern.quote(word) + "(?!" + part + ")";
    return text != null
        && Pattern.compile(alone, Pattern.CASE_INSENSITIVE)
            .matcher(text)
            .find();
  }

  /** The words of a text, whatever their case and what stands between. */
  static String words(String text) {
    return NO_WORD.matcher(text.toLowerCase(Locale.ROOT))
        .replaceAll(" ")
        .strip();
  }

  /** The text as it is where digits are ASCII's. */
  // In some languages, formatted("%d") writes others.
  static String inAsciiDigits(String text) {
    if (text == null) {
      return null;
    }
    StringBuilder digits = new StringBuilder();
    text.codePoints()
        .map(
            one ->
                Character.isDigit(one) ? '0' + Character.digit(one, 10) : one)
        .forEach(digits::appendCodePoint);
    return digits.toString();
  }

  /** The text, for a message. */
  static String shortened(String text) {
    return text.length() > 300 ? text.substring(0, 300) + "..." : text;
  }
}
