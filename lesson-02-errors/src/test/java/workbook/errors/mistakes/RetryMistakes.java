package workbook.errors.mistakes;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import javax.sql.DataSource;
import workbook.errors.reference.ReferenceTroubleshooter;
import workbook.grading.proofs.Alternative;
import workbook.grading.proofs.Mistake;

/** Exercise 2.6: when is it tried again, and how often? */
final class RetryMistakes {
  private RetryMistakes() {}

  @Mistake(
      exercise = "2.6",
      violates = "how often to try in all, 1 to 50",
      idea = "It will get in at some time",
      because = """
          It may not. The server was moved, and the program tries for ever, with pauses that soon
          are years, and tells nobody.""",
      instead = "Count, and throw the last failure.",
      rejectedBy = "tries_again_only_where_it_may_help",
      says = "but was: more than 4",
      earns = 2)
  static class NeverGivesUp extends ReferenceTroubleshooter {
    @Override
    public Connection connectWithRetry(DataSource source, int attempts, Pause pause)
        throws SQLException, InterruptedException {
      for (long millis = 100; ; millis *= 2) {
        try {
          return source.getConnection();
        } catch (SQLException e) {
          switch (diagnose(e)) {
            case REFUSED, TOO_MANY_CONNECTIONS, NOT_READY -> pause.pause(Duration.ofMillis(millis));
            default -> throw e;
          }
        }
      }
    }
  }

  @Mistake(
      exercise = "2.6",
      violates = "Every other failure is thrown at once",
      idea = "Try everything again: it cannot hurt",
      because = """
          A wrong password stays wrong. Some servers lock an account after a few of them, and the
          person waits for an error that was there at once.""",
      instead = "Try again only what may pass by itself: 2.1 tells.",
      rejectedBy = "tries_again_only_where_it_may_help",
      says = "can waiting help?",
      earns = 2)
  static class RetriesEverything extends ReferenceTroubleshooter {
    @Override
    public Connection connectWithRetry(DataSource source, int attempts, Pause pause)
        throws SQLException, InterruptedException {
      Duration wait = Duration.ofMillis(100);
      for (int attempt = 1; ; attempt++) {
        try {
          return source.getConnection();
        } catch (SQLException e) {
          if (attempt == attempts) {
            throw e;
          }
        }
        pause.pause(wait);
        wait = wait.multipliedBy(2);
      }
    }
  }

  @Mistake(
      exercise = "2.6",
      violates = "Three problems may, as 2.1 diagnoses them",
      idea = "Only a server that is starting up is worth waiting for",
      because = """
          A connection is also refused while nothing listens yet, and a full server has room
          again when somebody leaves.""",
      instead = "Three problems may pass: `REFUSED`, `TOO_MANY_CONNECTIONS` and `NOT_READY`.",
      rejectedBy = "outlasts_refusals_and_full_servers",
      says = "SQLSTATE 53300",
      earns = 0)
  static class OnlyStartingUp extends ReferenceTroubleshooter {
    @Override
    public Connection connectWithRetry(DataSource source, int attempts, Pause pause)
        throws SQLException, InterruptedException {
      for (int attempt = 1; ; attempt++) {
        try {
          return source.getConnection();
        } catch (SQLException e) {
          if (attempt == attempts || !"57P03".equals(e.getSQLState())) {
            throw e;
          }
          pause.pause(Duration.ofMillis(100L << (attempt - 1)));
        }
      }
    }
  }

  @Mistake(
      exercise = "2.6",
      violates = "then twice as long each time, however many there are",
      idea = "The same pause each time",
      because = """
          A thousand clients that knock ten times a second keep a server down that is trying to get
          up.""",
      instead = "Double the pause each time.",
      rejectedBy = "tries_again_only_where_it_may_help",
      says = "the pauses, in milliseconds",
      earns = 2)
  static class SamePause extends ReferenceTroubleshooter {
    @Override
    public Connection connectWithRetry(DataSource source, int attempts, Pause pause)
        throws SQLException, InterruptedException {
      return super.connectWithRetry(source, attempts, time -> pause.pause(Duration.ofMillis(100)));
    }
  }

  @Mistake(
      exercise = "2.6",
      violates = "Between two attempts there is one pause",
      idea = "Pause after each attempt",
      because = """
          After the last one there is nothing to wait for: the person looks at a program that does
          nothing, and then fails.""",
      instead = "Pause between attempts: three pauses for four of them.",
      rejectedBy = "tries_again_only_where_it_may_help",
      says = "the pauses, in milliseconds",
      earns = 2)
  static class PausesAfterTheLast extends ReferenceTroubleshooter {
    @Override
    public Connection connectWithRetry(DataSource source, int attempts, Pause pause)
        throws SQLException, InterruptedException {
      SQLException last = null;
      for (int attempt = 0; attempt < attempts; attempt++) {
        try {
          return source.getConnection();
        } catch (SQLException e) {
          if (!Set.of(Problem.REFUSED, Problem.TOO_MANY_CONNECTIONS, Problem.NOT_READY)
              .contains(diagnose(e))) {
            throw e;
          }
          last = e;
          pause.pause(Duration.ofMillis(100L << attempt));
        }
      }
      throw last;
    }
  }

  @Mistake(
      exercise = "2.6",
      violates = "the caller wants to stop, so there is no further attempt",
      idea = "`catch (InterruptedException e) {}`: the compiler wants it",
      because = """
          An interrupt is how the caller says "stop". Whoever swallows it goes on trying, and the
          program cannot be ended.""",
      instead = "Declare it, and let it out.",
      rejectedBy = "stops_when_interrupted",
      says = "the caller wants to stop",
      earns = 4,
      detail = true)
  static class SwallowsTheInterrupt extends ReferenceTroubleshooter {
    @Override
    public Connection connectWithRetry(DataSource source, int attempts, Pause pause)
        throws SQLException, InterruptedException {
      return super.connectWithRetry(
          source,
          attempts,
          time -> {
            try {
              pause.pause(time);
            } catch (InterruptedException e) {
              // go on
            }
          });
    }
  }

  @Mistake(
      exercise = "2.6",
      violates = "how often to try in all, 1 to 50",
      idea = "Four attempts are one, and four more",
      because = """
          `attempts` counts all of them. One more than was asked for is a server that is called when
          nobody expects it, and a longer wait.""",
      instead = "Count the first one, too.",
      rejectedBy = "tries_again_only_where_it_may_help",
      says = "but was: more than 4",
      earns = 2)
  static class OneTooMany extends ReferenceTroubleshooter {
    @Override
    public Connection connectWithRetry(DataSource source, int attempts, Pause pause)
        throws SQLException, InterruptedException {
      return super.connectWithRetry(source, attempts + 1, pause);
    }
  }

  @Alternative(
      exercise = "2.6",
      idea = "It calls itself: one attempt less, and twice the pause.")
  static class CallsItself extends ReferenceTroubleshooter {
    @Override
    public Connection connectWithRetry(DataSource source, int attempts, Pause pause)
        throws SQLException, InterruptedException {
      return connect(source, attempts, pause, 100);
    }

    private Connection connect(DataSource source, int attempts, Pause pause, long millis)
        throws SQLException, InterruptedException {
      SQLException failure;
      try {
        return source.getConnection();
      } catch (SQLException e) {
        failure = e;
      }
      boolean mayPass =
          switch (diagnose(failure)) {
            case REFUSED, TOO_MANY_CONNECTIONS, NOT_READY -> true;
            default -> false;
          };
      if (!mayPass || attempts == 1) {
        throw failure;
      }
      pause.pause(Duration.ofMillis(millis));
      return connect(source, attempts - 1, pause, 2 * millis);
    }
  }

  @Mistake(
      exercise = "2.6",
      violates = "Connects, and tries again if the problem may pass by itself.",
      idea = "Somebody else will try again",
      because = "The program ends because the server was two seconds late.",
      instead = "Try as often as `attempts` says.",
      rejectedBy = "tries_again_only_where_it_may_help",
      says = "expected: 4",
      earns = 0)
  static class TriesOnce extends ReferenceTroubleshooter {
    @Override
    public Connection connectWithRetry(DataSource source, int attempts, Pause pause)
        throws SQLException, InterruptedException {
      return source.getConnection();
    }
  }

  @Mistake(
      exercise = "2.6",
      violates = "an attempt is one call of its getConnection()",
      idea = "A second call at once, then the pause",
      because = "A server that is full is asked twice as often as the caller allowed.",
      instead = "One call for each attempt.",
      rejectedBy = "tries_again_only_where_it_may_help",
      says = "but was: more than 4",
      earns = 1)
  static class TwoCallsEach extends ReferenceTroubleshooter {
    @Override
    public Connection connectWithRetry(DataSource source, int attempts, Pause pause)
        throws SQLException, InterruptedException {
      return super.connectWithRetry(
          (DataSource)
              Proxy.newProxyInstance(
                  getClass().getClassLoader(),
                  new Class<?>[] {DataSource.class},
                  (proxy, method, arguments) -> {
                    try {
                      return source.getConnection();
                    } catch (SQLException e) {
                      return source.getConnection();
                    }
                  }),
          attempts,
          pause);
    }
  }

  @Mistake(
      exercise = "2.6",
      violates = "an open connection, the caller's to close",
      idea = "try-with-resources for every connection",
      because = "It closes the connection at the very `return`, and the caller gets one that is "
          + "closed.",
      instead = "Who opens a connection for others leaves it open.",
      rejectedBy = "tries_again_only_where_it_may_help",
      says = "Connection.close",
      earns = 1)
  static class ClosesWhatItReturns extends ReferenceTroubleshooter {
    @Override
    public Connection connectWithRetry(DataSource source, int attempts, Pause pause)
        throws SQLException, InterruptedException {
      try (Connection connection = super.connectWithRetry(source, attempts, pause)) {
        return connection;
      }
    }
  }
}
