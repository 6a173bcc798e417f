package workbook.engine.runner;

import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.time.Duration;
import workbook.engine.protocol.WorkerRequest;

/**
 * How long all lessons of one answerer may take together; pauses of this process do not count, and
 * time on a busy machine counts less.
 */
public final class TimeBudget {
  private final Duration limit;
  private Duration spent = Duration.ZERO;

  /**
   * @param limit null if there is none
   */
  public TimeBudget(Duration limit) {
    this.limit = limit;
  }

  /** For learners, who stop it themselves. */
  public static TimeBudget unlimited() {
    return new TimeBudget(null);
  }

  /** Takes from it what something has taken. */
  public void spend(Duration time) {
    spent = spent.plus(Duration.ofNanos((long) (time.toNanos() / crowd())));
  }

  // How many want each processor, one of them and its database aside.
  private static double crowd() {
    OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
    double each = system.getSystemLoadAverage() / system.getAvailableProcessors();
    return Math.max(1, Math.min(WorkerRequest.PATIENCE, each / 2));
  }

  public boolean isSpent() {
    return limit != null && spent.compareTo(limit) > 0;
  }

  /** What is said of a check that had no time left. */
  String message() {
    return "Your answers took more than %s s in all, so this check had no time left."
        .formatted(limit.toSeconds());
  }
}
