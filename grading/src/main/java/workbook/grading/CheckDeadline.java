package workbook.grading;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import workbook.engine.protocol.WorkerRequest;

/**
 * How long a check may take.
 *
 * @param seconds at most so many
 * @param hurried whether another check of its exercise has timed out before
 */
record CheckDeadline(int seconds, boolean hurried) {
  private static final int HURRIED_SECONDS = 2;
  private static final Duration CERTAIN_IF_HURRIED = Duration.ofMillis(500);
  private static final Duration CERTAIN_IF_SHORT = Duration.ofSeconds(2);
  private static final long LOOK_MILLIS = 50;
  private static final Duration LONGEST_TURN = Duration.ofMillis(500);
  // Of the processor, a thread that only waits takes less in that time.
  private static final Duration STRETCH = Duration.ofSeconds(2);
  private static final Duration PROGRESS = Duration.ofMillis(5);
  private static final Duration SAMPLE = Duration.ofMillis(10);
  private static final int BUSY = 3;

  static CheckDeadline hurried(int seconds) {
    return new CheckDeadline(Math.min(seconds, HURRIED_SECONDS), true);
  }

  /**
   * Waits for a thread to end, and for longer while it gets on slowly, or the machine is busy.
   *
   * @param stoodStill is run if this process stood still: what a check measures is wrong then
   * @return whether it has ended in time
   */
  boolean await(Thread thread, Runnable stoodStill) throws InterruptedException {
    long asked = Duration.ofSeconds(seconds).toNanos();
    Progress progress = new Progress(thread, stoodStill);
    while (thread.isAlive()
        && (progress.passed < asked
            || progress.passed < WorkerRequest.PATIENCE * asked && progress.isSlow)
        && !(hurried && isCertain(thread))) {
      progress.look();
    }
    return !thread.isAlive();
  }

  /** Whether a thread has used the processor longer than waiting for a busy machine explains. */
  boolean isCertain(Thread thread) {
    return used(thread) >= (hurried ? CERTAIN_IF_HURRIED : certain()).toNanos();
  }

  // More than any check uses; a loop that never ends does so on a busy machine, too.
  private Duration certain() {
    Duration half = Duration.ofSeconds(seconds).dividedBy(2);
    return half.compareTo(CERTAIN_IF_SHORT) > 0 ? half : CERTAIN_IF_SHORT;
  }

  private static long used(Thread thread) {
    return ManagementFactory.getThreadMXBean().getThreadCpuTime(thread.getId());
  }

  // A little work takes several times as long as the processor spends on it.
  private static boolean isMachineBusy() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long began = System.nanoTime();
    long end = threads.getCurrentThreadCpuTime() + SAMPLE.toNanos();
    while (threads.getCurrentThreadCpuTime() < end) {
      Thread.onSpinWait();
    }
    return System.nanoTime() - began > BUSY * SAMPLE.toNanos();
  }

  String inWords() {
    return hurried
        ? "after the short time that is left once an exercise has timed out"
        : "after " + seconds + " s";
  }

  /** How a thread gets on. */
  private final class Progress {
    private final Thread thread;
    private final Runnable stoodStill;
    private long passed;
    private long stretchBegan;
    private long usedBefore;
    private boolean isSlow;

    private Progress(Thread thread, Runnable stoodStill) {
      this.thread = thread;
      this.stoodStill = stoodStill;
    }

    private void look() throws InterruptedException {
      long before = System.nanoTime();
      thread.join(LOOK_MILLIS);
      long took = System.nanoTime() - before;
      if (took > LONGEST_TURN.toNanos()) {
        stoodStill.run();
      }
      // While this process is stopped, no check runs.
      passed += Math.min(took, LONGEST_TURN.toNanos());
      if (passed - stretchBegan >= STRETCH.toNanos()) {
        long used = used(thread);
        boolean getsOn = used - usedBefore >= PROGRESS.toNanos();
        isSlow = !isCertain(thread) && (getsOn || isMachineBusy());
        usedBefore = used;
        stretchBegan = passed;
      }
    }
  }
}
