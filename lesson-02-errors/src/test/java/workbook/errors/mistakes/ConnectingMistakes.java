package workbook.errors.mistakes;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import workbook.errors.reference.ReferenceTroubleshooter;
import workbook.grading.proofs.Alternative;
import workbook.grading.proofs.Mistake;
import workbook.support.DatabaseSettings;

/** Exercises 2.5 and 2.6: when does it give up? */
final class ConnectingMistakes {
  private ConnectingMistakes() {}

  @Mistake(
      exercise = "2.5",
      idea = "`connectTimeout` limits connecting",
      because = """
          It limits the call, until somebody answers the phone. This server does answer, and
          then says nothing: the wait for its first word has no limit.""",
      instead = "`loginTimeout` covers the whole way to a usable connection.",
      rejectedBy = "gives_up_on_a_server_that_never_answers",
      says = "still running after 4 s",
      earns = 1)
  static class ConnectTimeout extends ReferenceTroubleshooter {
    @Override
    public Connection connectWithin(DatabaseSettings settings, int seconds) throws SQLException {
      PGSimpleDataSource source = (PGSimpleDataSource) settings.dataSource();
      source.setConnectTimeout(seconds);
      return source.getConnection();
    }
  }

  @Mistake(
      exercise = "2.5",
      idea = "`socketTimeout` limits connecting",
      because = """
          It limits every wait for the server, also those of queries, for as long as the connection
          lives. A report that takes longer breaks it off, with 08006.""",
      instead = "Limit connecting and nothing else: `loginTimeout`.",
      rejectedBy = "limits_nothing_but_connecting",
      says = "any query that takes longer would break the connection")
  static class SocketTimeout extends ReferenceTroubleshooter {
    @Override
    public Connection connectWithin(DatabaseSettings settings, int seconds) throws SQLException {
      PGSimpleDataSource source = (PGSimpleDataSource) settings.dataSource();
      source.setSocketTimeout(seconds);
      return source.getConnection();
    }
  }

  @Mistake(
      exercise = "2.5",
      idea = "`DriverManager.setLoginTimeout` is made for this",
      because = """
          It is, but it is one setting for the whole program. Every other part that connects through
          `DriverManager` now gives up after your seconds.""",
      instead = "Set it on your own data source, or as a property of your own connection.",
      rejectedBy = "limits_nothing_but_connecting",
      says = "which the whole program shares",
      earns = 1)
  static class ForTheWholeProgram extends ReferenceTroubleshooter {
    @Override
    public Connection connectWithin(DatabaseSettings settings, int seconds) throws SQLException {
      DriverManager.setLoginTimeout(seconds);
      return super.connectWithin(settings, seconds);
    }
  }

  @Alternative(
      exercise = "2.5",
      idea = "`DriverManager` with `loginTimeout` among the properties of this one connection.")
  static class AsAProperty extends ReferenceTroubleshooter {
    @Override
    public Connection connectWithin(DatabaseSettings settings, int seconds) throws SQLException {
      Properties properties = new Properties();
      properties.setProperty("user", settings.user());
      properties.setProperty("password", settings.password());
      properties.setProperty("loginTimeout", String.valueOf(seconds));
      return DriverManager.getConnection(
          "jdbc:postgresql://%s:%d/%s"
              .formatted(settings.host(), settings.port(), settings.dbname()),
          properties);
    }
  }

  @Alternative(
      exercise = "2.5",
      idea = "A thread of its own that connects, and `get` with a limit; a connection that "
          + "comes too "
          + "late is closed.")
  static class InAnotherThread extends ReferenceTroubleshooter {
    @Override
    public Connection connectWithin(DatabaseSettings settings, int seconds) throws SQLException {
      FutureTask<Connection> task = new FutureTask<>(settings.dataSource()::getConnection);
      Thread thread = new Thread(task);
      thread.setDaemon(true);
      thread.start();
      try {
        return task.get(seconds, TimeUnit.SECONDS);
      } catch (ExecutionException e) {
        throw e.getCause() instanceof SQLException failure ? failure : new SQLException(e);
      } catch (TimeoutException | InterruptedException e) {
        task.cancel(true);
        throw new SQLException("The server did not answer in time.", "08001", e);
      }
    }
  }

  @Mistake(
      exercise = "2.6",
      idea = "It will get in at some time",
      because = """
          It may not. The server was moved, and the program tries for ever, with pauses that soon
          are years, and tells nobody.""",
      instead = "Count, and throw the last failure.",
      rejectedBy = "gives_up_after_the_last_attempt",
      says = "but was: more than 4",
      earns = 4)
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
      idea = "Try everything again: it cannot hurt",
      because = """
          A wrong password stays wrong. Some servers lock an account after a few of them, and the
          person waits for an error that was there at once.""",
      instead = "Try again only what may pass by itself: 2.1 tells.",
      rejectedBy = "never_tries_again_in_vain",
      says = "can waiting help?",
      earns = 4)
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
      idea = "Only a server that is starting up is worth waiting for",
      because = """
          A connection is also refused while nothing listens yet, and a full server has room
          again when somebody leaves.""",
      instead = "Three problems may pass: `REFUSED`, `TOO_MANY_CONNECTIONS` and `NOT_READY`.",
      rejectedBy = "outlasts_refusals_and_full_servers",
      says = "SQLSTATE 53300",
      earns = 4)
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
      idea = "The same pause each time",
      because = """
          A thousand clients that knock ten times a second keep a server down that is trying to get
          up.""",
      instead = "Double the pause each time.",
      rejectedBy = "gets_in_at_the_third_attempt",
      says = "the pauses, in milliseconds",
      earns = 3)
  static class SamePause extends ReferenceTroubleshooter {
    @Override
    public Connection connectWithRetry(DataSource source, int attempts, Pause pause)
        throws SQLException, InterruptedException {
      return super.connectWithRetry(source, attempts, time -> pause.pause(Duration.ofMillis(100)));
    }
  }

  @Mistake(
      exercise = "2.6",
      idea = "Pause after each attempt",
      because = """
          After the last one there is nothing to wait for: the person looks at a program that does
          nothing, and then fails.""",
      instead = "Pause between attempts: three pauses for four of them.",
      rejectedBy = "gives_up_after_the_last_attempt",
      says = "the pauses between 4 attempts")
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
      idea = "`catch (InterruptedException e) {}`: the compiler wants it",
      because = """
          An interrupt is how the caller says "stop". Whoever swallows it goes on trying, and the
          program cannot be ended.""",
      instead = "Declare it, and let it out.",
      rejectedBy = "stops_when_interrupted",
      says = "somebody wants to stop",
      earns = 4)
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
      idea = "Four attempts are one, and four more",
      because = """
          `attempts` counts all of them. One more than was asked for is a server that is called when
          nobody expects it, and a longer wait.""",
      instead = "Count the first one, too.",
      rejectedBy = "gives_up_after_the_last_attempt",
      says = "but was: more than 4")
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
}
