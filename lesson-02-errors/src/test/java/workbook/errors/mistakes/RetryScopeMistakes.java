package workbook.errors.mistakes;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Set;
import javax.sql.DataSource;
import workbook.errors.Troubleshooter;
import workbook.errors.reference.ReferenceTroubleshooter;
import workbook.grading.proofs.Alternative;
import workbook.grading.proofs.Mistake;

/** Exercise 2.6: what is touched, and what is shared? */
final class RetryScopeMistakes {
  private static final Set<Troubleshooter.Problem> MAY_PASS =
      EnumSet.of(
          Troubleshooter.Problem.REFUSED,
          Troubleshooter.Problem.NOT_READY,
          Troubleshooter.Problem.TOO_MANY_CONNECTIONS);

  private RetryScopeMistakes() {}

  @Mistake(
      exercise = "2.6",
      violates = "also one that is no SQLException",
      idea = "A `RuntimeException` may have a reason that passes",
      because = "A source that wraps its failures has its own reasons, and is not asked again.",
      instead = "Catch `SQLException`.",
      rejectedBy = "tries_again_only_where_it_may_help",
      says = "can waiting help?",
      earns = 2)
  static class RetriesWrapped extends ReferenceTroubleshooter {
    @Override
    public Connection connectWithRetry(DataSource source, int attempts, Pause pause)
        throws SQLException, InterruptedException {
      for (int attempt = 1; ; attempt++) {
        try {
          return super.connectWithRetry(source, 1, pause);
        } catch (RuntimeException | SQLException e) {
          Throwable failure = e instanceof SQLException ? e : e.getCause();
          if (attempt == attempts
              || !(failure instanceof SQLException why)
              || !MAY_PASS.contains(diagnose(why))) {
            throw e;
          }
        }
        pause.pause(Duration.ofMillis(100L << (attempt - 1)));
      }
    }
  }

  @Mistake(
      exercise = "2.6",
      violates = "anew with the first of these, also while another call pauses",
      idea = "The next pause is a field, set back at the start",
      because = "Another call, on another thread or within a pause, sets it back, too.",
      instead = "A local variable.",
      rejectedBy = "tries_again_only_where_it_may_help",
      says = "in each pause your method is called",
      earns = 2)
  static class FieldSetBack extends ReferenceTroubleshooter {
    private volatile Duration next;

    @Override
    public Connection connectWithRetry(DataSource source, int attempts, Pause pause)
        throws SQLException, InterruptedException {
      next = Duration.ofMillis(100);
      return super.connectWithRetry(
          source,
          attempts,
          time -> {
            Duration now = next;
            next = now.multipliedBy(2);
            pause.pause(now);
          });
    }
  }

  @Mistake(
      exercise = "2.6",
      violates = "and nothing else of it is called",
      idea = "A limit for each attempt",
      because = "The source is not this method's: others have the limit, too.",
      instead = "Ask for a connection, and nothing else.",
      rejectedBy = "tries_again_only_where_it_may_help",
      says = "DataSource.setLoginTimeout",
      earns = 2)
  static class LimitsTheSource extends ReferenceTroubleshooter {
    @Override
    public Connection connectWithRetry(DataSource source, int attempts, Pause pause)
        throws SQLException, InterruptedException {
      source.setLoginTimeout(30);
      return super.connectWithRetry(source, attempts, pause);
    }
  }

  @Mistake(
      exercise = "2.6",
      violates = "the very object that the source returned. No method of it is called",
      idea = "Hand it out as it should be",
      because = "Its settings are those that the source gave it. A pool takes care of that.",
      instead = "Return it.",
      rejectedBy = "tries_again_only_where_it_may_help",
      says = "Connection.setAutoCommit",
      earns = 2)
  static class SetsAutocommit extends ReferenceTroubleshooter {
    @Override
    public Connection connectWithRetry(DataSource source, int attempts, Pause pause)
        throws SQLException, InterruptedException {
      Connection connection = super.connectWithRetry(source, attempts, pause);
      connection.setAutoCommit(true);
      return connection;
    }
  }

  @Alternative(
      exercise = "2.6",
      idea = "Attaches the earlier failures to the last one, each once and none to itself.")
  static class AttachesTheEarlier extends ReferenceTroubleshooter {
    @Override
    public Connection connectWithRetry(DataSource source, int attempts, Pause pause)
        throws SQLException, InterruptedException {
      Set<SQLException> earlier = new LinkedHashSet<>();
      for (int attempt = 1; ; attempt++) {
        try {
          return source.getConnection();
        } catch (SQLException e) {
          if (attempt == attempts || !MAY_PASS.contains(diagnose(e))) {
            earlier.remove(e);
            earlier.forEach(e::addSuppressed);
            throw e;
          }
          earlier.add(e);
        }
        pause.pause(Duration.ofMillis(100L << (attempt - 1)));
      }
    }
  }

  @Mistake(
      exercise = "2.6",
      violates = "the failure of the last attempt, the very object that was thrown",
      idea = "The next exception tells more",
      because = """
          It may, and the caller finds it: it hangs on the one that was thrown. Thrown alone, it
          has lost what it was attached to.""",
      instead = "Throw what the last attempt threw.",
      rejectedBy = "tries_again_only_where_it_may_help",
      says = "Which failure comes out?",
      earns = 2)
  static class ThrowsTheNext extends ReferenceTroubleshooter {
    @Override
    public Connection connectWithRetry(DataSource source, int attempts, Pause pause)
        throws SQLException, InterruptedException {
      try {
        return super.connectWithRetry(source, attempts, pause);
      } catch (SQLException e) {
        throw e.getNextException() == null ? e : e.getNextException();
      }
    }
  }
}
