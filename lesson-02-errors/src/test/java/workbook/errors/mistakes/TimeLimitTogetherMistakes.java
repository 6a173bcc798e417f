package workbook.errors.mistakes;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import workbook.errors.reference.ReferenceTroubleshooter;
import workbook.grading.proofs.Mistake;
import workbook.support.DatabaseSettings;

/** Exercise 2.5: what happens to one call beside others? */
final class TimeLimitTogetherMistakes {
  private TimeLimitTogetherMistakes() {}

  @Mistake(
      exercise = "2.5",
      violates = "up to 30 that hang hold up no other, also on the same server",
      idea = "A lock for each server",
      because = "A second call for the server waits until the first one has given up, and then "
          + "its own time begins.",
      instead = "No lock: each call has a data source of its own.",
      rejectedBy = "gives_up_on_a_server_that_never_answers",
      says = "1 second was allowed",
      earns = 1)
  static class ALockForEachServer extends ReferenceTroubleshooter {
    @Override
    public Connection connectWithin(DatabaseSettings settings, int seconds) throws SQLException {
      String server = settings.host() + ":" + settings.port();
      synchronized (LOCKS.computeIfAbsent(server, key -> new Object())) {
        return super.connectWithin(settings, seconds);
      }
    }
  }

  @Mistake(
      exercise = "2.5",
      violates = "Calls do not wait for each other, on whatever threads",
      idea = "Eight threads connect for all calls",
      because = "When eight servers hang, no call gets a thread.",
      instead = "A thread for each call, or `loginTimeout`.",
      rejectedBy = "gives_up_on_a_server_that_never_answers",
      says = "Does this call wait for the others?",
      earns = 1)
  static class EightThreads extends ReferenceTroubleshooter {
    @Override
    public Connection connectWithin(DatabaseSettings settings, int seconds) throws SQLException {
      FutureTask<Connection> task = new FutureTask<>(settings.dataSource()::getConnection);
      EIGHT.execute(task);
      try {
        return task.get(seconds, TimeUnit.SECONDS);
      } catch (ExecutionException e) {
        throw e.getCause() instanceof SQLException failure ? failure : new SQLException(e);
      } catch (TimeoutException | InterruptedException e) {
        EIGHT_CLOSERS.execute(() -> closeLate(task));
        throw new SQLException("no answer in time", "08001", e);
      }
    }
  }

  @Mistake(
      exercise = "2.5",
      violates = "with the state 08001 when the time was up, neither earlier nor much later",
      idea = "A second less, to be on the safe side",
      because = "Who allows two seconds gets one.",
      instead = "Hand the seconds on as they are.",
      rejectedBy = "gives_up_on_a_server_that_never_answers",
      says = "it waits as long as it may",
      earns = 1)
  static class ASecondLess extends ReferenceTroubleshooter {
    @Override
    public Connection connectWithin(DatabaseSettings settings, int seconds) throws SQLException {
      return super.connectWithin(settings, Math.max(1, seconds - 1));
    }
  }

  @Mistake(
      exercise = "2.5",
      violates = "if connecting fails before that, at once",
      idea = "Look once a second",
      because = "A wrong password is known after some milliseconds, and told after a second.",
      instead = "Wait for what connects, with a limit.",
      rejectedBy = "limits_nothing_but_connecting",
      says = "a while later, each time",
      earns = 1)
  static class LooksOnceASecond extends ReferenceTroubleshooter {
    @Override
    public Connection connectWithin(DatabaseSettings settings, int seconds) throws SQLException {
      FutureTask<Connection> task = new FutureTask<>(() -> super.connectWithin(settings, seconds));
      Thread thread = new Thread(task);
      thread.setDaemon(true);
      thread.start();
      try {
        for (int second = 0; second < seconds && !task.isDone(); second++) {
          Thread.sleep(1000);
        }
        return task.get();
      } catch (ExecutionException e) {
        throw e.getCause() instanceof SQLException failure ? failure : new SQLException(e);
      } catch (InterruptedException e) {
        throw new SQLException("interrupted", "08001", e);
      }
    }
  }

  @Mistake(
      exercise = "2.5",
      violates = "The limit is this call's alone, even while another call is waiting with the "
          + "same settings and another limit",
      idea = "The limits, by settings, in a map",
      because = "A second call for the same database changes the limit of the first one, which "
          + "waits already.",
      instead = "A local variable.",
      rejectedBy = "gives_up_on_a_server_that_never_answers",
      says = "Where does your limit come from?",
      earns = 1)
  static class LimitsBySettings extends ReferenceTroubleshooter {
    @Override
    public Connection connectWithin(DatabaseSettings settings, int seconds) throws SQLException {
      LIMITS.put(settings, seconds);
      FutureTask<Connection> task = new FutureTask<>(() -> super.connectWithin(settings, 86_400));
      Thread thread = new Thread(task);
      thread.setDaemon(true);
      thread.start();
      long start = System.nanoTime();
      while (System.nanoTime() - start < LIMITS.get(settings) * 1_000_000_000L) {
        try {
          return task.get(20, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
          throw e.getCause() instanceof SQLException failure ? failure : new SQLException(e);
        } catch (TimeoutException e) {
          Thread.onSpinWait();
        } catch (InterruptedException e) {
          throw new SQLException("interrupted", "08001", e);
        }
      }
      throw new SQLException("no answer in time", "08001");
    }
  }

  private static final Map<String, Object> LOCKS = new ConcurrentHashMap<>();
  private static final Map<DatabaseSettings, Integer> LIMITS = new ConcurrentHashMap<>();
  private static final ExecutorService EIGHT = Executors.newFixedThreadPool(8, Daemon::new);
  private static final ExecutorService EIGHT_CLOSERS = Executors.newCachedThreadPool(Daemon::new);

  private static void closeLate(FutureTask<Connection> task) {
    try {
      task.get().close();
    } catch (ExecutionException | InterruptedException | SQLException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A thread that does not keep the program from ending. */
  private static final class Daemon extends Thread {
    private Daemon(Runnable work) {
      super(work);
      setDaemon(true);
    }
  }
}
