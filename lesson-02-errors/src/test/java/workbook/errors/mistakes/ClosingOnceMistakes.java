package workbook.errors.mistakes;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import workbook.errors.reference.ReferenceTroubleshooter;
import workbook.grading.proofs.Alternative;
import workbook.grading.proofs.Mistake;

/** Exercise 2.3: once, on one thread, and what was thrown itself? */
final class ClosingOnceMistakes {
  private ClosingOnceMistakes() {}

  @Mistake(
      exercise = "2.3",
      violates = "Nothing is tried a second time: the source is asked for one connection",
      idea = "A server that is full may have room now",
      because = "It is 2.6 that tries again, with pauses. Two calls at once double the load of "
          + "a full server.",
      instead = "Ask once.",
      rejectedBy = "hides_no_failure_to_open_or_close",
      says = "Is anything tried a second time?",
      earns = 3,
      detail = true)
  static class AsksAgainWhenFull extends ReferenceTroubleshooter {
    @Override
    public <T> T withConnection(DataSource source, ConnectionWork<T> work) throws SQLException {
      Connection connection;
      try {
        connection = source.getConnection();
      } catch (SQLException e) {
        if (!"53300".equals(e.getSQLState())) {
          throw e;
        }
        connection = source.getConnection();
      }
      try (Connection opened = connection) {
        return work.with(opened);
      }
    }
  }

  @Mistake(
      exercise = "2.3",
      violates = "the work is done once",
      idea = "A serialization failure calls for another run",
      because = "Only the whole transaction can be run again, and this method does not know "
          + "what that is.",
      instead = "Hand on what was thrown.",
      rejectedBy = "closes_after_work_that_fails",
      says = "how often the work was done",
      earns = 2)
  static class RunsAgain extends ReferenceTroubleshooter {
    @Override
    public <T> T withConnection(DataSource source, ConnectionWork<T> work) throws SQLException {
      try (Connection connection = source.getConnection()) {
        try {
          return work.with(connection);
        } catch (SQLException e) {
          if ("40001".equals(e.getSQLState()) || "40P01".equals(e.getSQLState())) {
            return work.with(connection);
          }
          throw e;
        }
      }
    }
  }

  @Mistake(
      exercise = "2.3",
      violates = "The first failure is the one that comes out, the very object that was thrown",
      idea = "An `SQLException` in a `RuntimeException` wants to get out",
      because = "The work has wrapped it, and its caller looks for what it threw.",
      instead = "Hand on what was thrown.",
      rejectedBy = "closes_after_work_that_fails",
      says = "the work threw ",
      earns = 1)
  static class Unwraps extends ReferenceTroubleshooter {
    @Override
    public <T> T withConnection(DataSource source, ConnectionWork<T> work) throws SQLException {
      try {
        return super.withConnection(source, work);
      } catch (IllegalStateException e) {
        if (e.getCause() instanceof SQLException cause) {
          throw cause;
        }
        throw e;
      }
    }
  }

  @Mistake(
      exercise = "2.3",
      violates = "the failure to close is added to the first one with Throwable.addSuppressed",
      idea = "The cause of the failure to close says more",
      because = "Then it does not say that closing failed.",
      instead = "Add what `close()` threw.",
      rejectedBy = "closes_after_work_that_fails",
      says = "getSuppressed()",
      earns = 2)
  static class SuppressesTheCause extends ReferenceTroubleshooter {
    @Override
    public <T> T withConnection(DataSource source, ConnectionWork<T> work) throws SQLException {
      Connection connection = source.getConnection();
      T result;
      try {
        result = work.with(connection);
      } catch (Throwable e) {
        try {
          connection.close();
        } catch (Throwable closing) {
          e.addSuppressed(closing.getCause() == null ? closing : closing.getCause());
        }
        throw e;
      }
      connection.close();
      return result;
    }
  }

  @Mistake(
      exercise = "2.3",
      violates = "Opening, work and closing happen on the thread of the caller.",
      idea = "Close in the background, and wait a little",
      because = "Closing may take longer than that. The method has ended, and the connection "
          + "is open.",
      instead = "Close it, on this thread.",
      rejectedBy = "closes_after_work_that_fails",
      says = "on another thread",
      earns = 0)
  static class ClosesInTheBackground extends ReferenceTroubleshooter {
    @Override
    public <T> T withConnection(DataSource source, ConnectionWork<T> work) throws SQLException {
      Connection connection = source.getConnection();
      try {
        return work.with(connection);
      } finally {
        Thread closing = new Thread(() -> closeQuietly(connection));
        closing.start();
        join(closing);
      }
    }
  }

  @Mistake(
      exercise = "2.3",
      violates = "Do not look at its interrupted status, and do not change it",
      idea = "No work on a thread that was interrupted",
      because = "Whether to stop is for the work to decide. Here, its caller gets neither the "
          + "result nor the status.",
      instead = "Leave the status alone.",
      rejectedBy = "closes_after_work_that_succeeds",
      says = "The thread was interrupted",
      earns = 1)
  static class StopsWhenInterrupted extends ReferenceTroubleshooter {
    @Override
    public <T> T withConnection(DataSource source, ConnectionWork<T> work) throws SQLException {
      return super.withConnection(
          source,
          connection -> {
            if (Thread.interrupted()) {
              throw new SQLException("Interrupted", "57014");
            }
            return work.with(connection);
          });
    }
  }

  @Mistake(
      exercise = "2.3",
      violates = "nothing else of the source is called",
      idea = "A time limit for the source",
      because = "Others use the source, too, and have this limit from now on.",
      instead = "Ask for a connection, and nothing else.",
      rejectedBy = "closes_after_work_that_succeeds",
      says = "DataSource.setLoginTimeout",
      earns = 1)
  static class LimitsTheSource extends ReferenceTroubleshooter {
    @Override
    public <T> T withConnection(DataSource source, ConnectionWork<T> work) throws SQLException {
      source.setLoginTimeout(60);
      return super.withConnection(source, work);
    }
  }

  @Alternative(
      exercise = "2.3",
      idea = "Notes the connection, as text, and closes it by hand.")
  static class NotesTheConnection extends ReferenceTroubleshooter {
    @SuppressWarnings("try") // closed, and not used
    @Override
    public <T> T withConnection(DataSource source, ConnectionWork<T> work) throws SQLException {
      Connection connection = source.getConnection();
      String noted = "opened " + connection + connection.hashCode();
      try (AutoCloseable closing = noted.isEmpty() ? null : connection::close) {
        return work.with(connection);
      } catch (SQLException | RuntimeException | Error e) {
        throw e;
      } catch (Exception e) {
        throw new AssertionError("not possible", e);
      }
    }
  }

  private static void closeQuietly(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void join(Thread closing) {
    try {
      closing.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
