package workbook.errors;

import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** Whether a call ends as soon as its driver knows how. */
final class AtOnce {
  private static final long SHORT = 120;
  private static final long LONG = 900;
  private static final long UP = 4900;
  // What is slow once may be the machine's fault, so it is slow each time: a
  // long wait counts as several short ones.
  private static final int MOST = 12;
  private static final int LONG_COUNTS = 4;

  private final String situation;
  private final String expected;
  private final long allowed;

  private AtOnce(String situation, String expected, long allowed) {
    this.situation = situation;
    this.expected = expected;
    this.allowed = allowed;
  }

  /** Allows a tenth of a second. */
  static AtOnce exactly(String situation, String expected) {
    return new AtOnce(situation, expected, SHORT);
  }

  /** Allows most of a second, and is done sooner on a slow machine. */
  static AtOnce roughly(String situation, String expected) {
    return new AtOnce(situation, expected, LONG);
  }

  /**
   * Calls the answer, and again if it was slow; fails if it always is, and what
   * it does is not.
   *
   * @param direct does the same without the answer
   * @param answer a call that may take 5 seconds or more
   * @return what the last call of the answer returned
   */
  <T> T call(Callable<?> direct, Callable<T> answer) throws Exception {
    long least = Long.MAX_VALUE;
    long leastDirect = Long.MAX_VALUE;
    for (int slow = 0; ; ) {
      long start = System.nanoTime();
      T result = answer.call();
      long millis = millisSince(start);
      if (millis > UP) {
        throw late("when the time was up", "Is anything tried a second time?");
      }
      if (millis < allowed) {
        return result;
      }
      least = Math.min(least, millis);
      leastDirect = Math.min(leastDirect, millisOf(direct));
      slow += millis < LONG ? 1 : LONG_COUNTS;
      if (slow >= MOST && least - leastDirect >= allowed) {
        throw late("a while later, each time",
            "How does your method learn that connecting has ended?");
      }
      if (slow >= MOST) {
        return result;
      }
      if (result instanceof AutoCloseable open) {
        open.close();
      }
    }
  }

  private AssertionError late(String actual, String idea) {
    return new AssertionError(
        "5 seconds or more were allowed; %s.%n".formatted(situation)
            + "expected: %s, at once%n but was: %s%n%s"
                .formatted(expected, actual, idea));
  }

  private static long millisOf(Callable<?> direct) throws Exception {
    long start = System.nanoTime();
    if (direct.call() instanceof AutoCloseable open) {
      open.close();
    }
    return millisSince(start);
  }

  private static long millisSince(long start) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
  }
}
