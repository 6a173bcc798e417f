package workbook.support;

import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;

/** Says that an exercise has not been written yet; never a wrong answer. */
public final class NotAttempted extends RuntimeException {
  private static final long serialVersionUID = 1;

  // Every exercise raised since forget(), on any thread, also where the exception was swallowed.
  private static final Set<String> RAISED = new ConcurrentSkipListSet<>();

  NotAttempted(String exercise) {
    super(message(exercise));
    RAISED.add(exercise);
  }

  /** What a learner is told. */
  public static String message(String exercise) {
    return "Exercise " + exercise + " is not written yet.";
  }

  /** The ids of the exercises found unwritten since {@link #forget()}, on any thread. */
  public static Set<String> raised() {
    return new TreeSet<>(RAISED);
  }

  /** Starts afresh, before the next check. */
  public static void forget() {
    RAISED.clear();
  }
}
