package workbook.errors.mistakes;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import javax.sql.DataSource;
import workbook.errors.reference.ReferenceTroubleshooter;
import workbook.grading.proofs.Alternative;
import workbook.grading.proofs.Mistake;

/** Exercise 2.3: what is tried again, and what do calls and threads have in common? */
final class ClosingOthersMistakes {
  private ClosingOthersMistakes() {}

  @Mistake(
      exercise = "2.3",
      violates = "and closing that has failed is not tried again",
      idea = "If closing fails, close once more",
      because = "What failed to close is gone, or stays as it is. The second try can only fail "
          + "in another way.",
      instead = "Close once.",
      rejectedBy = "closes_after_work_that_fails",
      says = "once more, after closing had failed",
      earns = 1)
  static class ClosesAgain extends ReferenceTroubleshooter {
    @SuppressWarnings("try") // closed, and not used
    @Override
    public <T> T withConnection(DataSource source, ConnectionWork<T> work) throws SQLException {
      Connection connection = source.getConnection();
      try (Closing closing = () -> closeForSure(connection)) {
        return work.with(connection);
      }
    }

    private static void closeForSure(Connection connection) throws SQLException {
      try {
        connection.close();
      } catch (SQLException e) {
        try {
          connection.close();
        } catch (SQLException again) {
          throw e;
        }
        throw e;
      }
    }
  }

  @Mistake(
      exercise = "2.3",
      violates = "Do not look at its interrupted status, and do not change it",
      idea = "Put the interrupt aside while closing",
      because = "The source may want to know that the caller is to stop.",
      instead = "Leave the status alone.",
      rejectedBy = "closes_after_work_that_succeeds",
      says = "not interrupted, in [close]",
      earns = 1)
  static class PutsTheInterruptAside extends ReferenceTroubleshooter {
    @SuppressWarnings("try") // closed, and not used
    @Override
    public <T> T withConnection(DataSource source, ConnectionWork<T> work) throws SQLException {
      Connection connection = source.getConnection();
      try (Closing closing = () -> closeInPeace(connection)) {
        return work.with(connection);
      }
    }

    private static void closeInPeace(Connection connection) throws SQLException {
      boolean interrupted = Thread.interrupted();
      try {
        connection.close();
      } finally {
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }

  @Mistake(
      exercise = "2.3",
      violates = "and do not change it",
      idea = "A query that was cancelled calls for an interrupt",
      because = "The caller did not ask for one, and its next wait ends at once.",
      instead = "Leave the status alone.",
      rejectedBy = "closes_after_work_that_fails",
      says = "whether the thread is interrupted",
      earns = 2)
  static class InterruptsAfterACancel extends ReferenceTroubleshooter {
    @Override
    public <T> T withConnection(DataSource source, ConnectionWork<T> work) throws SQLException {
      try {
        return super.withConnection(source, work);
      } catch (SQLException e) {
        if ("57014".equals(e.getSQLState())) {
          Thread.currentThread().interrupt();
        }
        throw e;
      }
    }
  }

  @Mistake(
      exercise = "2.3",
      violates = "When this method ends, the connection is closed already",
      idea = "The connection is a field",
      because = "A call within the work puts its own connection there, and that one is closed "
          + "twice.",
      instead = "A local variable.",
      rejectedBy = "closes_after_work_that_succeeds",
      says = "The connection is still open",
      earns = 3,
      detail = true)
  static class ConnectionInAField extends ReferenceTroubleshooter {
    private Connection current;

    @SuppressWarnings("try") // closed, and not used
    @Override
    public <T> T withConnection(DataSource source, ConnectionWork<T> work) throws SQLException {
      current = source.getConnection();
      try (Closing closing = () -> current.close()) {
        return work.with(current);
      }
    }
  }

  @Mistake(
      exercise = "2.3",
      violates = "the source is asked for one connection",
      idea = "One connection for each thread",
      because = "A call within the work gets the connection of another source.",
      instead = "Ask the source that was given.",
      rejectedBy = "closes_after_work_that_succeeds",
      says = "How often your method asked for a connection",
      earns = 3,
      detail = true)
  static class OneForTheThread extends ReferenceTroubleshooter {
    private static final ThreadLocal<Connection> CURRENT = new ThreadLocal<>();

    @Override
    public <T> T withConnection(DataSource source, ConnectionWork<T> work) throws SQLException {
      Connection current = CURRENT.get();
      if (current != null) {
        return work.with(current);
      }
      try (Connection connection = source.getConnection()) {
        CURRENT.set(connection);
        return work.with(connection);
      } finally {
        CURRENT.remove();
      }
    }
  }

  @Mistake(
      exercise = "2.3",
      violates = "the source is asked for one connection",
      idea = "If the source hands out a closed connection, ask for another one",
      because = "That is a fault of the source, and the work shows it. The next one may be "
          + "closed, too.",
      instead = "Ask once.",
      rejectedBy = "closes_after_work_that_succeeds",
      says = "Is anything tried a second time?",
      earns = 3,
      detail = true)
  static class AsksAgainWhenItIsClosed extends ReferenceTroubleshooter {
    @SuppressWarnings("try") // closed, and not used
    @Override
    public <T> T withConnection(DataSource source, ConnectionWork<T> work) throws SQLException {
      Connection connection = source.getConnection();
      if (connection.isClosed()) {
        connection = source.getConnection();
      }
      try (Connection opened = connection) {
        return work.with(opened);
      }
    }
  }

  @Mistake(
      exercise = "2.3",
      violates = "If closing is all that fails, its failure comes out.",
      idea = "That it is closed already is no failure to close",
      because = "08003 says that the connection was gone, and what the work did may be gone "
          + "with it.",
      instead = "Hand on what closing throws.",
      rejectedBy = "hides_no_failure_to_open_or_close",
      says = "closing threw it, after work that succeeded",
      earns = 3,
      detail = true)
  static class IgnoresThatItIsGone extends ReferenceTroubleshooter {
    @Override
    public <T> T withConnection(DataSource source, ConnectionWork<T> work) throws SQLException {
      boolean[] done = {false};
      Object[] result = {null};
      try {
        return super.withConnection(
            source,
            connection -> {
              T found = work.with(connection);
              result[0] = found;
              done[0] = true;
              return found;
            });
      } catch (SQLException e) {
        if (done[0] && "08003".equals(e.getSQLState())) {
          @SuppressWarnings("unchecked") // it is what the work returned
          T found = (T) result[0];
          return found;
        }
        throw e;
      }
    }
  }

  @Mistake(
      exercise = "2.3",
      violates = "the failure to close is added to the first one",
      idea = "Add nothing that says the same",
      because = "Two failures may have one text: that of the server that went away. They are "
          + "two.",
      instead = "Add it, whatever it says.",
      rejectedBy = "closes_after_work_that_fails",
      says = "getSuppressed()",
      earns = 2)
  static class AddsNoTwin extends ReferenceTroubleshooter {
    @SuppressWarnings("try") // closed, and not used
    @Override
    public <T> T withConnection(DataSource source, ConnectionWork<T> work) throws SQLException {
      Connection connection = source.getConnection();
      try {
        T result = work.with(connection);
        connection.close();
        return result;
      } catch (SQLException | RuntimeException | Error first) {
        try {
          if (!connection.isClosed()) {
            connection.close();
          }
        } catch (SQLException | RuntimeException | Error second) {
          if (!String.valueOf(second.getMessage()).equals(first.getMessage())) {
            first.addSuppressed(second);
          }
        }
        throw first;
      }
    }
  }

  @Alternative(
      exercise = "2.3",
      idea = "The work is a `FutureTask`, run on this thread.")
  static class AsATask extends ReferenceTroubleshooter {
    @SuppressWarnings("try") // closed, and not used
    @Override
    public <T> T withConnection(DataSource source, ConnectionWork<T> work) throws SQLException {
      Connection connection = source.getConnection();
      FutureTask<T> task = new FutureTask<>(() -> work.with(connection));
      task.run();
      try (Connection opened = connection) {
        return task.get();
      } catch (ExecutionException e) {
        return thrown(e);
      } catch (InterruptedException e) {
        throw new AssertionError("the task has run", e);
      }
    }

    // What closing threw is attached to what came out of the task.
    private static <T> T thrown(ExecutionException e) throws SQLException {
      Throwable first = e.getCause();
      for (Throwable second : e.getSuppressed()) {
        first.addSuppressed(second);
      }
      return Outcome.rethrow(first);
    }
  }

  /** Closes a connection in its own way. */
  private interface Closing extends AutoCloseable {
    @Override
    void close() throws SQLException;
  }

  /** What came out of a task. */
  private static final class Outcome {
    private Outcome() {}

    private static <T> T rethrow(Throwable thrown) throws SQLException {
      if (thrown instanceof SQLException e) {
        throw e;
      }
      if (thrown instanceof RuntimeException e) {
        throw e;
      }
      throw (Error) thrown;
    }
  }
}
