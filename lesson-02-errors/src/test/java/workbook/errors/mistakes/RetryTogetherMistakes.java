package workbook.errors.mistakes;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.Map;
import javax.sql.DataSource;
import workbook.errors.reference.ReferenceTroubleshooter;
import workbook.grading.proofs.Mistake;

/** Exercise 2.6: what do calls, and a thread, have in common? */
final class RetryTogetherMistakes {
  private RetryTogetherMistakes() {}

  @Mistake(
      exercise = "2.6",
      violates = "also while another call pauses",
      idea = "`synchronized`",
      because = "While one call pauses, for minutes perhaps, all others wait.",
      instead = "No lock: a call has only local variables.",
      rejectedBy = "tries_again_only_where_it_may_help",
      says = "Does this call wait for the other one?",
      earns = 2)
  static class Synchronized extends ReferenceTroubleshooter {
    @Override
    public synchronized Connection connectWithRetry(
        DataSource source, int attempts, Pause pause) throws SQLException, InterruptedException {
      return super.connectWithRetry(source, attempts, pause);
    }
  }

  @Mistake(
      exercise = "2.6",
      violates = "also while another call pauses",
      idea = "One call at a time for each source",
      because = "While one call pauses, others of the same source wait.",
      instead = "No lock: a call has only local variables.",
      rejectedBy = "tries_again_only_where_it_may_help",
      says = "Does this call wait for the other one?",
      earns = 2)
  static class LocksTheSource extends ReferenceTroubleshooter {
    @Override
    public Connection connectWithRetry(DataSource source, int attempts, Pause pause)
        throws SQLException, InterruptedException {
      return super.connectWithRetry(
          source,
          attempts,
          time -> {
            synchronized (source) {
              pause.pause(time);
            }
          });
    }
  }

  @Mistake(
      exercise = "2.6",
      violates = "Each call of this method begins anew",
      idea = "Remember each source that failed",
      because = "The next call goes on with long pauses, though the source may work by now.",
      instead = "A local variable.",
      rejectedBy = "tries_again_only_where_it_may_help",
      says = "the pauses, in milliseconds",
      earns = 2)
  static class RemembersTheSource extends ReferenceTroubleshooter {
    private final Map<DataSource, Duration> next = new IdentityHashMap<>();

    @Override
    public Connection connectWithRetry(DataSource source, int attempts, Pause pause)
        throws SQLException, InterruptedException {
      return super.connectWithRetry(
          source,
          attempts,
          unused -> {
            Duration time = next.getOrDefault(source, Duration.ofMillis(100));
            next.put(source, time.multipliedBy(2));
            pause.pause(time);
          });
    }
  }

  @Mistake(
      exercise = "2.6",
      violates = "do not look at the thread's interrupted status",
      idea = "Pause in peace, and put the interrupt back afterwards",
      because = "`Thread.sleep` would have ended at once: the caller wants to stop.",
      instead = "Leave the status alone.",
      rejectedBy = "stops_when_interrupted",
      says = "not interrupted, in [the pause]",
      earns = 4,
      detail = true)
  static class PausesInPeace extends ReferenceTroubleshooter {
    @Override
    public Connection connectWithRetry(DataSource source, int attempts, Pause pause)
        throws SQLException, InterruptedException {
      return super.connectWithRetry(
          source,
          attempts,
          time -> {
            boolean interrupted = Thread.interrupted();
            pause.pause(time);
            if (interrupted) {
              Thread.currentThread().interrupt();
            }
          });
    }
  }
}
