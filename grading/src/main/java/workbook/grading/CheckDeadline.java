package workbook.grading;

import java.lang.management.ManagementFactory;
import java.time.Duration;

/**
 * How long a check may take.
 *
 * @param seconds at most so many
 * @param hurried whether another check of its exercise has timed out before
 */
record CheckDeadline(int seconds, boolean hurried) {
  private static final int HURRIED_SECONDS = 2;
  // More than any check uses of the processor; a loop that never ends does so on a busy machine,
  // too.
  private static final Duration CERTAIN = Duration.ofSeconds(2);
  private static final Duration CERTAIN_IF_HURRIED = Duration.ofMillis(500);
  private static final long LOOK_MILLIS = 50;
  private static final Duration LONGEST_TURN = Duration.ofMillis(500);

  static CheckDeadline hurried(int seconds) {
    return new CheckDeadline(Math.min(seconds, HURRIED_SECONDS), true);
  }

  /**
   * Waits for a thread to end.
   *
   * @return whether it has ended in time
   */
  boolean await(Thread thread) throws InterruptedException {
    long left = Duration.ofSeconds(seconds).toNanos();
    while (thread.isAlive() && left > 0 && !(hurried && isCertain(thread))) {
      long before = System.nanoTime();
      thread.join(LOOK_MILLIS);
      // While this process is stopped, no check runs.
      left -= Math.min(System.nanoTime() - before, LONGEST_TURN.toNanos());
    }
    return !thread.isAlive();
  }

  /** Whether a thread has used the processor longer than waiting for a busy machine explains. */
  boolean isCertain(Thread thread) {
    long used = ManagementFactory.getThreadMXBean().getThreadCpuTime(thread.getId());
    return used >= (hurried ? CERTAIN_IF_HURRIED : CERTAIN).toNanos();
  }

  String inWords() {
    return hurried
        ? "after the short time that is left once an exercise has timed out"
        : "after " + seconds + " s";
  }
}
