package workbook.grading.allowed;

import java.util.concurrent.atomic.AtomicReference;

/**
 * Thrown in place of a method that uses what no exercise needs, and remembered, since an answer may
 * catch it.
 */
public final class Refused extends Error {
  private static final long serialVersionUID = 1;
  private static final AtomicReference<Refused> FIRST = new AtomicReference<>();

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

  /** The first one since {@link #forget()}, on any thread; null if there is none. */
  public static Refused first() {
    return FIRST.get();
  }

  /** Starts afresh, before the next check. */
  public static void forget() {
    FIRST.set(null);
  }
}
