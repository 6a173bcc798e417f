package workbook.engine.runner;

import java.time.Duration;

/** How long all lessons of one answerer may take together; pauses of this process do not count. */
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
    spent = spent.plus(time);
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
