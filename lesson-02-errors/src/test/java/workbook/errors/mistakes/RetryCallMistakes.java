package workbook.errors.mistakes;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import workbook.errors.Troubleshooter.Problem;
import workbook.errors.reference.ReferenceTroubleshooter;
import workbook.grading.proofs.Alternative;
import workbook.grading.proofs.Mistake;

/** Exercise 2.6: what else fails, and what is left from call to call? */
final class RetryCallMistakes {
  private RetryCallMistakes() {}

  @Mistake(
      exercise = "2.6",
      violates = "Each call of this method begins anew",
      idea = "The next pause is a field",
      because = "The second call goes on where the first one stopped.",
      instead = "A local variable.",
      rejectedBy = "tries_again_only_where_it_may_help",
      says = "the pauses, in milliseconds",
      earns = 2)
  static class PauseInAField extends ReferenceTroubleshooter {
    private Duration next = Duration.ofMillis(100);

    @Override
    public Connection connectWithRetry(DataSource source, int attempts, Pause pause)
        throws SQLException, InterruptedException {
      return super.connectWithRetry(
          source,
          attempts,
          time -> {
            pause.pause(next);
            next = next.multipliedBy(2);
          });
    }
  }

  @Mistake(
      exercise = "2.6",
      violates = "also where each attempt throws the same one",
      idea = "Attach the earlier failures to the last one",
      because = "A source may throw one object each time, and no exception can suppress itself.",
      instead = "Throw the last one as it is.",
      rejectedBy = "tries_again_only_where_it_may_help",
      says = "Which failure comes out?",
      earns = 2)
  static class SuppressesItself extends ReferenceTroubleshooter {
    @Override
    public Connection connectWithRetry(DataSource source, int attempts, Pause pause)
        throws SQLException, InterruptedException {
      List<SQLException> earlier = new ArrayList<>();
      for (int attempt = 1; ; attempt++) {
        try {
          return source.getConnection();
        } catch (SQLException e) {
          if (attempt == attempts || !mayPass(diagnose(e))) {
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
      violates = "No method of it is called, also not to test whether it works",
      idea = "Test the connection, and try again if it is broken",
      because = "The contract lists three problems, and this is none of them. The caller gets "
          + "what the source returned.",
      instead = "Return it.",
      rejectedBy = "tries_again_only_where_it_may_help",
      says = "Connection.isValid",
      earns = 2)
  static class TestsTheConnection extends ReferenceTroubleshooter {
    @Override
    public Connection connectWithRetry(DataSource source, int attempts, Pause pause)
        throws SQLException, InterruptedException {
      Connection connection = super.connectWithRetry(source, attempts, pause);
      if (connection.isValid(1)) {
        return connection;
      }
      throw new SQLException("The connection does not work.");
    }
  }

  @Mistake(
      exercise = "2.6",
      violates = "also one that is no SQLException",
      idea = "Look for an `SQLException` among the causes",
      because = "What was thrown is no `SQLException`, so 2.1 has no diagnosis of it.",
      instead = "Catch `SQLException`, and diagnose what you caught.",
      rejectedBy = "tries_again_only_where_it_may_help",
      says = "can waiting help?",
      earns = 2)
  static class DiagnosesTheCause extends ReferenceTroubleshooter {
    @Override
    public Connection connectWithRetry(DataSource source, int attempts, Pause pause)
        throws SQLException, InterruptedException {
      for (int attempt = 1; ; attempt++) {
        try {
          return source.getConnection();
        } catch (SQLException | RuntimeException e) {
          Throwable known = e instanceof SQLException ? e : e.getCause();
          if (attempt == attempts
              || !(known instanceof SQLException failure)
              || !mayPass(diagnose(failure))) {
            throw e;
          }
        }
        pause.pause(Duration.ofMillis(100L << (attempt - 1)));
      }
    }
  }

  @Mistake(
      exercise = "2.6",
      violates = "Every other failure is thrown at once",
      idea = "JDBC calls it transient, so it passes",
      because = "No driver has to use the class, and a wrong password stays wrong.",
      instead = "Decide by 2.1.",
      rejectedBy = "tries_again_only_where_it_may_help",
      says = "can waiting help?",
      earns = 2)
  static class AlsoTransientClasses extends ReferenceTroubleshooter {
    @Override
    public Connection connectWithRetry(DataSource source, int attempts, Pause pause)
        throws SQLException, InterruptedException {
      for (int attempt = 1; ; attempt++) {
        try {
          return source.getConnection();
        } catch (SQLException e) {
          boolean passes =
              mayPass(diagnose(e)) || e instanceof SQLTransientConnectionException;
          if (attempt == attempts || !passes) {
            throw e;
          }
        }
        pause.pause(Duration.ofMillis(100L << (attempt - 1)));
      }
    }
  }

  @Mistake(
      exercise = "2.6",
      violates = "A RuntimeException or an Error that it throws comes out at once",
      idea = "A pause that fails was merely too short",
      because = "It has not waited, so the next attempt follows at once, and so do all the "
          + "others.",
      instead = "Let it pass.",
      rejectedBy = "stops_when_interrupted",
      says = "the first pause threw it",
      earns = 4,
      detail = true)
  static class IgnoresPausesThatFail extends ReferenceTroubleshooter {
    @Override
    public Connection connectWithRetry(DataSource source, int attempts, Pause pause)
        throws SQLException, InterruptedException {
      return super.connectWithRetry(
          source,
          attempts,
          time -> {
            try {
              pause.pause(time);
            } catch (RuntimeException e) {
              // go on
            }
          });
    }
  }

  @Mistake(
      exercise = "2.6",
      violates = "Only the pause decides that: do not look at the thread's interrupted status",
      idea = "Look at the interrupted status before each attempt",
      because = "The first attempt needs no pause, and the caller may have reasons to connect.",
      instead = "Leave it to the pause.",
      rejectedBy = "stops_when_interrupted",
      says = "the pause did not mind",
      earns = 4,
      detail = true)
  static class LooksAtTheStatus extends ReferenceTroubleshooter {
    @Override
    public Connection connectWithRetry(DataSource source, int attempts, Pause pause)
        throws SQLException, InterruptedException {
      if (Thread.interrupted()) {
        throw new InterruptedException("before the first attempt");
      }
      return super.connectWithRetry(source, attempts, pause);
    }
  }

  @Alternative(
      exercise = "2.6",
      idea = "A method that calls itself, with one attempt less and twice the pause.")
  static class CallsItselfAgain extends ReferenceTroubleshooter {
    @Override
    public Connection connectWithRetry(DataSource source, int attempts, Pause pause)
        throws SQLException, InterruptedException {
      return again(source, attempts, pause, Duration.ofMillis(100));
    }

    private Connection again(DataSource source, int left, Pause pause, Duration time)
        throws SQLException, InterruptedException {
      SQLException failure;
      try {
        return source.getConnection();
      } catch (SQLException e) {
        failure = e;
      }
      if (left <= 1 || !mayPass(diagnose(failure))) {
        throw failure;
      }
      pause.pause(time);
      return again(source, left - 1, pause, time.plus(time));
    }
  }

  private static boolean mayPass(Problem problem) {
    return switch (problem) {
      case REFUSED, TOO_MANY_CONNECTIONS, NOT_READY -> true;
      default -> false;
    };
  }
}
