package workbook.grading.allowed;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Thrown in place of a method that uses what no exercise needs, and remembered, since an answer may
 * catch it.
 */
public final class Refused extends Error {
  private static final long serialVersionUID = 1;
  private static final AtomicReference<Refused> FIRST = new AtomicReference<>();

  /** How Java tells why a class cannot be used whose initialiser threw an Error the first time. */
  private static final Pattern AT_FIRST_USE =
      Pattern.compile(
          "Exception " + Pattern.quote(Refused.class.getName()) + ": (.*) \\[in thread .*",
          Pattern.DOTALL);

  private Refused(String use) {
    super(use);
  }

  /**
   * What a method that is not allowed throws.
   *
   * @param use what it uses, in the words that a learner reads
   */
  public static Refused method(String use) {
    Refused refused = new Refused(use);
    FIRST.compareAndSet(null, refused);
    return refused;
  }

  /**
   * What was refused when a class was first used; only that first use met the refusal itself.
   *
   * @param thrown one of the causes of what a later use of that class throws
   * @return what it used, in the words that a learner reads; empty if nothing was refused
   */
  public static Optional<String> atFirstUse(Throwable thrown) {
    if (!(thrown instanceof ExceptionInInitializerError)) {
      return Optional.empty();
    }
    Matcher told = AT_FIRST_USE.matcher(String.valueOf(thrown.getMessage()));
    return told.matches() ? Optional.of(told.group(1)) : Optional.empty();
  }

  /** The first one since {@link #forget()}, on any thread; null if there is none. */
  public static Refused first() {
    return FIRST.get();
  }

  /** Starts afresh, before the next check. */
  public static void forget() {
    FIRST.set(null);
  }
}
