package workbook.errors.mistakes;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import javax.sql.DataSource;
import workbook.errors.reference.ReferenceTroubleshooter;
import workbook.grading.proofs.Alternative;
import workbook.grading.proofs.Mistake;

/** Exercise 2.3: what else does it do with the connection? */
final class ClosingDetailMistakes {
  private ClosingDetailMistakes() {}

  @Mistake(
      exercise = "2.3",
      violates = "when it throws an SQLException, a RuntimeException or an Error",
      idea = "`catch (Exception e)` sees everything",
      because = "An `Error` is no `Exception`: a failed assertion, or a class that is not found.",
      instead = "`finally`, or try-with-resources.",
      rejectedBy = "closes_after_work_that_fails",
      says = "the work had thrown LinkageError",
      earns = 1)
  static class ForgetsErrors extends ReferenceTroubleshooter {
    @Override
    public <T> T withConnection(DataSource source, ConnectionWork<T> work) throws SQLException {
      Connection connection = source.getConnection();
      try {
        T result = work.with(connection);
        connection.close();
        return result;
      } catch (SQLException | RuntimeException e) {
        connection.close();
        throw e;
      }
    }
  }

  @Mistake(
      exercise = "2.3",
      violates = "If closing fails after that, with whatever exception",
      idea = "`close()` throws `SQLException` and nothing else",
      because = "A driver or a pool may throw a `RuntimeException` there, and it takes the place "
          + "of the first failure.",
      instead = "try-with-resources catches whatever closing throws.",
      rejectedBy = "closes_after_work_that_fails",
      says = "and then closing threw IllegalStateException",
      earns = 2)
  static class OnlySqlFailuresOfClose extends ReferenceTroubleshooter {
    @Override
    public <T> T withConnection(DataSource source, ConnectionWork<T> work) throws SQLException {
      Connection connection = source.getConnection();
      T result;
      try {
        result = work.with(connection);
      } catch (Throwable first) {
        try {
          connection.close();
        } catch (SQLException second) {
          first.addSuppressed(second);
        }
        throw first;
      }
      connection.close();
      return result;
    }
  }

  @Mistake(
      exercise = "2.3",
      violates = "the failure to close is added to the first one with Throwable.addSuppressed",
      idea = "The first failure is enough",
      because = "That closing failed too may be what explains the first failure: the network is "
          + "gone.",
      instead = "`addSuppressed`, or try-with-resources, which calls it.",
      rejectedBy = "closes_after_work_that_fails",
      says = "of the first failure",
      earns = 2)
  static class ForgetsTheSecondFailure extends ReferenceTroubleshooter {
    @Override
    public <T> T withConnection(DataSource source, ConnectionWork<T> work) throws SQLException {
      Connection connection = source.getConnection();
      T result;
      try {
        result = work.with(connection);
      } catch (Throwable first) {
        try {
          connection.close();
        } catch (Throwable second) {
          // the first failure comes out
        }
        throw first;
      }
      connection.close();
      return result;
    }
  }

  @Mistake(
      exercise = "2.3",
      violates = "the very object that was thrown",
      idea = "A new exception with a better message",
      because = "The caller asks for the SQLSTATE, and the new one has none.",
      instead = "Let it pass.",
      rejectedBy = "closes_after_work_that_fails",
      says = "The first failure has to come out",
      earns = 1)
  static class WrapsTheFailure extends ReferenceTroubleshooter {
    @Override
    public <T> T withConnection(DataSource source, ConnectionWork<T> work) throws SQLException {
      try (Connection connection = source.getConnection()) {
        return work.with(connection);
      } catch (SQLException e) {
        throw new SQLException("The work failed: " + e.getMessage(), e);
      }
    }
  }

  @Mistake(
      exercise = "2.3",
      violates = "Nothing is tried a second time: the source is asked for one connection",
      idea = "A broken connection is replaced, and the work done again",
      because = "The first time may have written something before it broke off. Only the caller "
          + "knows whether twice is right.",
      instead = "One connection, and the work once.",
      rejectedBy = "closes_after_work_that_fails",
      says = "How often your method asked for a connection",
      earns = 1)
  static class TriesTheWorkAgain extends ReferenceTroubleshooter {
    @Override
    public <T> T withConnection(DataSource source, ConnectionWork<T> work) throws SQLException {
      try (Connection connection = source.getConnection()) {
        return work.with(connection);
      } catch (SQLException e) {
        if (e.getSQLState() == null || !e.getSQLState().startsWith("08")) {
          throw e;
        }
      }
      try (Connection connection = source.getConnection()) {
        return work.with(connection);
      }
    }
  }

  @Mistake(
      exercise = "2.3",
      violates = "the source is asked for one connection",
      idea = "Connecting fails now and then: once more",
      because = "That is exercise 2.6. Here, a wrong password would be sent twice.",
      instead = "One call of `getConnection()`.",
      rejectedBy = "hides_no_failure_to_open_or_close",
      says = "How often your method asked for a connection",
      earns = 3,
      detail = true)
  static class OpensASecondTime extends ReferenceTroubleshooter {
    @Override
    public <T> T withConnection(DataSource source, ConnectionWork<T> work) throws SQLException {
      Connection connection;
      try {
        connection = source.getConnection();
      } catch (SQLException e) {
        connection = source.getConnection();
      }
      try (Connection closing = connection) {
        return work.with(closing);
      }
    }
  }

  @Mistake(
      exercise = "2.3",
      violates = "it does not commit, roll back or change a setting",
      idea = "Work belongs in a transaction",
      because = "That is lesson 4, and the caller has not asked for it. Work that begins its own "
          + "transaction meets one that is there already.",
      instead = "Open and close; leave the rest to the work.",
      rejectedBy = "closes_after_work_that_fails",
      says = "other methods of the connection",
      earns = 1)
  static class AddsATransaction extends ReferenceTroubleshooter {
    @Override
    public <T> T withConnection(DataSource source, ConnectionWork<T> work) throws SQLException {
      try (Connection connection = source.getConnection()) {
        connection.setAutoCommit(false);
        T result = work.with(connection);
        connection.commit();
        return result;
      }
    }
  }

  @Mistake(
      exercise = "2.3",
      violates = "it does not commit, roll back or change a setting",
      idea = "After a failure, roll back before closing",
      because = "Without a transaction, `rollback()` fails by itself, and that failure comes out.",
      instead = "Close it. The server rolls back what is open.",
      rejectedBy = "closes_after_work_that_fails",
      says = "expected",
      earns = 2)
  static class RollsBackFirst extends ReferenceTroubleshooter {
    @Override
    public <T> T withConnection(DataSource source, ConnectionWork<T> work) throws SQLException {
      try (Connection connection = source.getConnection()) {
        try {
          return work.with(connection);
        } catch (SQLException e) {
          connection.rollback();
          throw e;
        }
      }
    }
  }

  @Mistake(
      exercise = "2.3",
      violates = "When this method ends, the connection is closed already.",
      idea = "Closing can wait for another thread",
      because = "The caller goes on, and meets a server that is still full.",
      instead = "Close it before you return.",
      rejectedBy = "closes_after_work_that_succeeds",
      says = "closed after the work had returned",
      earns = 0)
  static class ClosesLater extends ReferenceTroubleshooter {
    @Override
    public <T> T withConnection(DataSource source, ConnectionWork<T> work) throws SQLException {
      Connection connection = source.getConnection();
      try {
        return work.with(connection);
      } finally {
        Thread closer =
            new Thread(
                () -> {
                  try {
                    Thread.sleep(300);
                    connection.close();
                  } catch (SQLException | InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                });
        closer.setDaemon(true);
        closer.start();
      }
    }
  }

  @Mistake(
      exercise = "2.3",
      violates = "what the work returned, which may be null",
      idea = "Null is no result",
      because = "Work that only writes has nothing to return, and returns null.",
      instead = "Hand on what the work returns.",
      rejectedBy = "closes_after_work_that_succeeds",
      says = "NullPointerException",
      earns = 3,
      detail = true)
  static class RefusesNull extends ReferenceTroubleshooter {
    @Override
    public <T> T withConnection(DataSource source, ConnectionWork<T> work) throws SQLException {
      return Objects.requireNonNull(super.withConnection(source, work));
    }
  }

  @Mistake(
      exercise = "2.3",
      violates = "if it throws, the work is not done",
      idea = "Begin with null, and go on",
      because = "The work gets null in place of a connection, and what comes out is a "
          + "`NullPointerException`.",
      instead = "No connection, no work: let the exception out.",
      rejectedBy = "hides_no_failure_to_open_or_close",
      says = "there is no such database",
      earns = 3,
      detail = true)
  static class WorksWithoutAConnection extends ReferenceTroubleshooter {
    @Override
    public <T> T withConnection(DataSource source, ConnectionWork<T> work) throws SQLException {
      Connection connection = null;
      try {
        connection = source.getConnection();
      } catch (SQLException e) {
        // the work will notice
      }
      try (Connection closing = connection) {
        return work.with(closing);
      }
    }
  }

  @Alternative(
      exercise = "2.3",
      idea = "`finally`, and a variable that remembers the first failure.")
  static class FinallyWithAFlag extends ReferenceTroubleshooter {
    @Override
    public <T> T withConnection(DataSource source, ConnectionWork<T> work) throws SQLException {
      Connection connection = source.getConnection();
      Throwable first = null;
      try {
        return work.with(connection);
      } catch (Throwable e) {
        first = e;
        throw e;
      } finally {
        if (first == null) {
          connection.close();
        } else {
          try {
            connection.close();
          } catch (Throwable second) {
            first.addSuppressed(second);
          }
        }
      }
    }
  }

  @Alternative(
      exercise = "2.3",
      idea = "Three `catch` blocks that call one method, and a resource that is a lambda.")
  static class CatchOfEachType extends ReferenceTroubleshooter {
    @Override
    public <T> T withConnection(DataSource source, ConnectionWork<T> work) throws SQLException {
      Connection connection = source.getConnection();
      try {
        return closing(connection, work.with(connection));
      } catch (SQLException e) {
        throw closed(connection, e);
      } catch (RuntimeException e) {
        throw closed(connection, e);
      } catch (Error e) {
        throw closed(connection, e);
      }
    }

    // A failure to close must not lead to closing again.
    private static <T> T closing(Connection connection, T result) throws SQLException {
      connection.close();
      return result;
    }

    private static <E extends Throwable> E closed(Connection connection, E first) {
      try {
        if (!connection.isClosed()) {
          connection.close();
        }
      } catch (Throwable second) {
        first.addSuppressed(second);
      }
      return first;
    }
  }
}
