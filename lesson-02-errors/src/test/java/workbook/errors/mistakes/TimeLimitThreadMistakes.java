package workbook.errors.mistakes;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import workbook.errors.reference.ReferenceTroubleshooter;
import workbook.grading.proofs.Alternative;
import workbook.grading.proofs.Mistake;
import workbook.support.DatabaseSettings;

/** Exercise 2.5: with threads of its own, how many and how long? */
final class TimeLimitThreadMistakes {
  private TimeLimitThreadMistakes() {}

  @Mistake(
      exercise = "2.5",
      violates = "up to 30 that hang hold up no other",
      idea = "Thirty threads connect for all calls",
      because = "When thirty servers hang, the next call gets no thread.",
      instead = "A thread for each call, or `loginTimeout`.",
      rejectedBy = "gives_up_on_a_server_that_never_answers",
      says = "Does this call wait for the others?",
      earns = 1)
  static class ThirtyThreads extends ReferenceTroubleshooter {
    @Override
    public Connection connectWithin(DatabaseSettings settings, int seconds) throws SQLException {
      FutureTask<Connection> task = new FutureTask<>(settings.dataSource()::getConnection);
      THIRTY.execute(task);
      return connection(task, seconds);
    }
  }

  @Mistake(
      exercise = "2.5",
      violates = "a tenth of a second later at most",
      idea = "Look twice a second",
      because = "Each call takes half a second, though connecting takes a hundredth.",
      instead = "Wait for what connects, with a limit.",
      rejectedBy = "limits_nothing_but_connecting",
      says = "a while later, each time",
      earns = 1)
  static class LooksTwiceASecond extends ReferenceTroubleshooter {
    @Override
    public Connection connectWithin(DatabaseSettings settings, int seconds) throws SQLException {
      FutureTask<Connection> task = new FutureTask<>(settings.dataSource()::getConnection);
      start(task);
      try {
        int time = 0;
        do {
          Thread.sleep(500);
          time++;
        } while (time < 2 * seconds && !task.isDone());
      } catch (InterruptedException e) {
        throw new SQLException("interrupted", "08001", e);
      }
      return connection(task, 0);
    }
  }

  @Alternative(
      exercise = "2.5",
      idea = "A pool of 64 threads.")
  static class SixtyFourThreads extends ReferenceTroubleshooter {
    @Override
    public Connection connectWithin(DatabaseSettings settings, int seconds) throws SQLException {
      FutureTask<Connection> task = new FutureTask<>(settings.dataSource()::getConnection);
      SIXTY_FOUR.execute(task);
      return connection(task, seconds);
    }
  }

  @Alternative(
      exercise = "2.5",
      idea = "A thread for each call, and one that closes what comes up to 10 seconds too late.")
  static class WaitsTenSecondsMore extends ReferenceTroubleshooter {
    @Override
    public Connection connectWithin(DatabaseSettings settings, int seconds) throws SQLException {
      FutureTask<Connection> task = new FutureTask<>(settings.dataSource()::getConnection);
      start(task);
      return connection(task, seconds);
    }
  }

  private static final ExecutorService THIRTY =
      Executors.newFixedThreadPool(30, TimeLimitThreadMistakes::daemon);
  private static final ExecutorService SIXTY_FOUR =
      Executors.newFixedThreadPool(64, TimeLimitThreadMistakes::daemon);

  private static Connection connection(FutureTask<Connection> task, int seconds)
      throws SQLException {
    try {
      return task.get(seconds, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof SQLException failure ? failure : new SQLException(e);
    } catch (TimeoutException | InterruptedException e) {
      start(() -> closeLate(task));
      throw new SQLException("no answer in time", "08001", e);
    }
  }

  private static void closeLate(FutureTask<Connection> task) {
    try {
      task.get(10, TimeUnit.SECONDS).close();
    } catch (ExecutionException | TimeoutException | InterruptedException | SQLException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void start(Runnable work) {
    daemon(work).start();
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work);
    thread.setDaemon(true);
    return thread;
  }
}
