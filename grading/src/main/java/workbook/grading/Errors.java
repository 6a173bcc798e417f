package workbook.grading;

import java.util.Locale;

/** Asks for exceptions, and for what texts say, in words that a learner can act on. */
public final class Errors {
  private Errors() {}

  /**
   * Runs what must throw.
   *
   * @param situation what calls for the exception, such as {@code a file that is not there}
   * @param type the exception it calls for, or a supertype
   * @param action the code to run
   * @param mentions texts that the exception's message must have in it
   * @return what was thrown
   * @throws AssertionError if nothing was, or something else; its cause is what was thrown
   */
  public static <T extends Throwable> T assertThrown(
      String situation, Class<T> type, Action action, String... mentions) {
    Throwable thrown = thrownBy(action);
    if (!type.isInstance(thrown)) {
      throw new AssertionError(
          "This calls for %s: %s.%nexpected: %s%n but was: %s"
              .formatted(
                  thrown == null ? "an exception" : "another exception",
                  situation,
                  type.getSimpleName(),
                  thrown == null ? "none, the method returned" : thrown),
          thrown);
    }
    for (String mention : mentions) {
      if (!String.valueOf(thrown.getMessage()).contains(mention)) {
        throw new AssertionError(
            "The exception's message leaves the reader guessing. The case: %s.%nexpected: a message that names %s%n but was: %s"
                .formatted(situation, mention, thrown.getMessage()),
            thrown);
      }
    }
    return type.cast(thrown);
  }

  /**
   * Looks for words in a text, whatever their case.
   *
   * @param headline what text it is, and when, such as {@code The text of settings, for a log:}
   * @throws AssertionError if one of them is not in it; its message names the first
   */
  public static void assertMentions(String headline, String text, String... mentions) {
    String words = String.valueOf(text).toLowerCase(Locale.ROOT);
    for (String mention : mentions) {
      if (!words.contains(mention.toLowerCase(Locale.ROOT))) {
        throw new AssertionError(
            "%s%nexpected: a text with \"%s\" in it%n but was: %s"
                .formatted(headline, mention, text == null ? "null" : '"' + text + '"'));
      }
    }
  }

  private static Throwable thrownBy(Action action) {
    try {
      action.run();
      return null;
    } catch (Throwable thrown) {
      return thrown;
    }
  }

  /** Code that may throw anything. */
  @FunctionalInterface
  public interface Action {
    void run() throws Throwable;
  }
}
