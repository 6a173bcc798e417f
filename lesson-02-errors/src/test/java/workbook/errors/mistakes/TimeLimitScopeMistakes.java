package workbook.errors.mistakes;

import java.net.ConnectException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import workbook.errors.reference.ReferenceTroubleshooter;
import workbook.grading.proofs.Alternative;
import workbook.grading.proofs.Mistake;
import workbook.support.DatabaseSettings;

/** Exercise 2.5: whose limit is it, and on what? */
final class TimeLimitScopeMistakes {
  private TimeLimitScopeMistakes() {}

  @Mistake(
      exercise = "2.5",
      violates = "how long to wait at most, 1 to 86400",
      idea = "One second is enough for every call",
      because = "On a slow network it is not, and the caller has said how long.",
      instead = "Take the limit from the parameter.",
      rejectedBy = "gives_up_on_a_server_that_never_answers",
      says = "Where does your limit come from?",
      earns = 1)
  static class AlwaysOneSecond extends ReferenceTroubleshooter {
    @Override
    public Connection connectWithin(DatabaseSettings settings, int seconds) throws SQLException {
      return super.connectWithin(settings, 1);
    }
  }

  @Mistake(
      exercise = "2.5",
      violates = "this method sets no timeout of the server's, such as statement_timeout",
      idea = "`SET` a limit on the session",
      because = "The session keeps it, and each statement of the caller has it.",
      instead = "Limit connecting and nothing else.",
      rejectedBy = "limits_nothing_but_connecting",
      says = "timeouts of the server",
      earns = 0)
  static class SetsALockTimeout extends ReferenceTroubleshooter {
    @Override
    public Connection connectWithin(DatabaseSettings settings, int seconds) throws SQLException {
      Connection connection = super.connectWithin(settings, seconds);
      try (Statement statement = connection.createStatement()) {
        statement.execute("SET lock_timeout = " + 1000L * seconds);
      }
      return connection;
    }
  }

  @Mistake(
      exercise = "2.5",
      violates = "at once the driver's own exception",
      idea = "As long as there is time, try again",
      because = "The caller waits for all of it, though the server has said no. That is 2.6.",
      instead = "One attempt.",
      rejectedBy = "limits_nothing_but_connecting",
      says = "Is anything tried a second time?",
      earns = 1)
  static class TriesUntilTheEnd extends ReferenceTroubleshooter {
    @Override
    public Connection connectWithin(DatabaseSettings settings, int seconds) throws SQLException {
      long end = System.nanoTime() + seconds * 1_000_000_000L;
      while (true) {
        try {
          return super.connectWithin(settings, seconds);
        } catch (SQLException e) {
          if (!(e.getCause() instanceof ConnectException) || System.nanoTime() > end) {
            throw e;
          }
        }
        pauseBriefly();
      }
    }
  }

  @Mistake(
      exercise = "2.5",
      violates = "Calls do not wait for each other",
      idea = "One thread connects for all calls",
      because = "While it hangs, every other call waits behind it until its own time is up.",
      instead = "A thread for each call, or `loginTimeout`.",
      rejectedBy = "gives_up_on_a_server_that_never_answers",
      says = "Does this call wait for another one?",
      earns = 1)
  static class OneThreadForAll extends ReferenceTroubleshooter {
    private final ExecutorService one =
        Executors.newSingleThreadExecutor(
            work -> {
              Thread thread = new Thread(work);
              thread.setDaemon(true);
              return thread;
            });

    @Override
    public Connection connectWithin(DatabaseSettings settings, int seconds) throws SQLException {
      CompletableFuture<Connection> future = new CompletableFuture<>();
      one.execute(
          () -> {
            if (!future.isDone()) {
              connect(settings.dataSource(), future);
            }
          });
      return connectionOf(future, seconds, TimeUnit.SECONDS);
    }
  }

  @Mistake(
      exercise = "2.5",
      violates = "neither earlier nor much later",
      idea = "Microseconds in an `int`",
      because = "They overflow after 35 minutes, and the time is up at once.",
      instead = "`Duration`, or `long`.",
      rejectedBy = "limits_nothing_but_connecting",
      says = "no answer in time",
      earns = 1)
  static class IntOfMicroseconds extends ReferenceTroubleshooter {
    @Override
    public Connection connectWithin(DatabaseSettings settings, int seconds) throws SQLException {
      CompletableFuture<Connection> future = new CompletableFuture<>();
      Thread thread = new Thread(() -> connect(settings.dataSource(), future));
      thread.setDaemon(true);
      thread.start();
      return connectionOf(future, seconds * 1_000_000, TimeUnit.MICROSECONDS);
    }
  }

  @Alternative(
      exercise = "2.5",
      idea = "A thread for each call, which closes the connection that comes too late.")
  static class AThreadEach extends ReferenceTroubleshooter {
    @Override
    public Connection connectWithin(DatabaseSettings settings, int seconds) throws SQLException {
      CompletableFuture<Connection> future = new CompletableFuture<>();
      Thread thread = new Thread(() -> connect(settings.dataSource(), future));
      thread.setDaemon(true);
      thread.start();
      return connectionOf(future, seconds, TimeUnit.SECONDS);
    }
  }

  private static void connect(DataSource source, CompletableFuture<Connection> future) {
    try {
      Connection connection = source.getConnection();
      if (!future.complete(connection)) {
        connection.close();
      }
    } catch (SQLException e) {
      future.completeExceptionally(e);
    }
  }

  private static Connection connectionOf(
      CompletableFuture<Connection> future, long time, TimeUnit unit) throws SQLException {
    try {
      return future.get(time, unit);
    } catch (ExecutionException e) {
      throw (SQLException) e.getCause();
    } catch (TimeoutException | InterruptedException e) {
      SQLException late = new SQLException("no answer in time", "08001", e);
      if (future.completeExceptionally(late)) {
        throw late;
      }
      return future.join();
    }
  }

  private static void pauseBriefly() throws SQLException {
    try {
      Thread.sleep(100);
    } catch (InterruptedException e) {
      throw new SQLException("interrupted", "08001", e);
    }
  }
}
