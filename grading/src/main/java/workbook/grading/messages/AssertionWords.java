package workbook.grading.messages;

import java.util.List;
import java.util.regex.Pattern;

/** What AssertJ says of a value, in the words of its own {@code isEqualTo}. */
public final class AssertionWords {
  private record Rewording(Pattern pattern, String words) {}

  private static final List<Rewording> REWORDINGS =
      List.of(
          of(
              "Expecting actual:\\n {2}(.*)\\nnot to be equal to:\\n {2}(.*?)",
              "other than $2", "$1"),
          of("Expecting actual:\\n {2}(.*)\\nto be in:\\n {2}(.*?)", "one of $2", "$1"),
          of(
              "Expecting actual:\\n {2}(.*)\\nto be ((?:less|greater) than(?: or equal to)?):\\n {2}(.*?)",
              "$2 $3", "$1"),
          of("Expecting value to be (true|false) but was (true|false)", "$1", "$2"),
          of("Expecting empty but was: (.*?)", "nothing", "$1"));

  private AssertionWords() {}

  private static Rewording of(String pattern, String expected, String actual) {
    return new Rewording(
        Pattern.compile("(?m)^" + pattern + "\\s*$"),
        "expected: " + expected + "\n but was: " + actual);
  }

  /**
   * A message that tells what was expected, and below it what came; others are left as they are.
   */
  public static String reworded(String message) {
    String text = message;
    for (Rewording rewording : REWORDINGS) {
      text = rewording.pattern().matcher(text).replaceAll(rewording.words());
    }
    return text;
  }
}
