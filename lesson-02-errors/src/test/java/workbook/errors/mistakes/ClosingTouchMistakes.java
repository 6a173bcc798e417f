package workbook.errors.mistakes;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import workbook.errors.reference.ReferenceTroubleshooter;
import workbook.grading.proofs.Alternative;
import workbook.grading.proofs.Mistake;

/** Exercise 2.3: does it leave the connection alone? */
final class ClosingTouchMistakes {
  private ClosingTouchMistakes() {}

  @Mistake(
      exercise = "2.3",
      violates = "calls no other method of the connection",
      idea = "Clear the warnings, for the next user",
      because = "Closing does away with the connection, and a pool clears them by itself. It "
          + "fails if the work has closed the connection.",
      instead = "Close it, and nothing else.",
      rejectedBy = "closes_after_work_that_succeeds",
      says = "other methods of the connection",
      earns = 3,
      detail = true)
  static class ClearsWarnings extends ReferenceTroubleshooter {
    @Override
    public <T> T withConnection(DataSource source, ConnectionWork<T> work) throws SQLException {
      try (Connection connection = source.getConnection()) {
        T result = work.with(connection);
        connection.clearWarnings();
        return result;
      }
    }
  }

  @Mistake(
      exercise = "2.3",
      violates = "also where the work has left a transaction open",
      idea = "Commit what the work left open",
      because = "The work has not committed it, and may have had a reason. The server undoes it.",
      instead = "Close it. Committing is the work's affair.",
      rejectedBy = "closes_after_work_that_succeeds",
      says = "other methods of the connection",
      earns = 3,
      detail = true)
  static class CommitsWhatIsOpen extends ReferenceTroubleshooter {
    @Override
    public <T> T withConnection(DataSource source, ConnectionWork<T> work) throws SQLException {
      try (Connection connection = source.getConnection()) {
        T result = work.with(connection);
        if (!connection.getAutoCommit()) {
          connection.commit();
        }
        return result;
      }
    }
  }

  @Mistake(
      exercise = "2.3",
      violates = "calls no other method of the connection",
      idea = "Test the connection first, and replace a broken one",
      because = "One more round trip for each piece of work, and the connection may break off "
          + "right after it.",
      instead = "One call of `getConnection()`, then the work.",
      rejectedBy = "closes_after_work_that_succeeds",
      says = "other methods of the connection",
      earns = 1)
  static class TestsBeforehand extends ReferenceTroubleshooter {
    @Override
    public <T> T withConnection(DataSource source, ConnectionWork<T> work) throws SQLException {
      try (Connection connection = source.getConnection()) {
        if (connection.isValid(2)) {
          return work.with(connection);
        }
      }
      return super.withConnection(source, work);
    }
  }

  @Mistake(
      exercise = "2.3",
      violates = "a RuntimeException or an Error",
      idea = "An `Error` of closing needs no care",
      because = "It takes the place of the first failure, as every exception does.",
      instead = "`catch (Throwable second)`, or try-with-resources.",
      rejectedBy = "closes_after_work_that_fails",
      says = "and then closing threw LinkageError",
      earns = 2)
  static class ErrorOfClosing extends ReferenceTroubleshooter {
    @Override
    public <T> T withConnection(DataSource source, ConnectionWork<T> work) throws SQLException {
      Connection connection = source.getConnection();
      T result;
      try {
        result = work.with(connection);
      } catch (Throwable first) {
        try {
          connection.close();
        } catch (Exception second) {
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
      violates = "If closing is all that fails, its failure comes out.",
      idea = "Only an `SQLException` of closing matters",
      because = "A pool's `RuntimeException` tells just as well that the connection was not "
          + "given back.",
      instead = "Let out whatever closing throws.",
      rejectedBy = "hides_no_failure_to_open_or_close",
      says = "closing threw it",
      earns = 3,
      detail = true)
  static class SwallowsARuntimeException extends ReferenceTroubleshooter {
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
        try {
          connection.close();
        } catch (SQLException | Error second) {
          if (first == null) {
            throw second;
          }
          first.addSuppressed(second);
        } catch (RuntimeException second) {
          if (first != null) {
            first.addSuppressed(second);
          }
        }
      }
    }
  }

  @Mistake(
      exercise = "2.3",
      violates = "The first failure is the one that comes out, the very object that was thrown.",
      idea = "What the source throws becomes an `SQLException`",
      because = "A pool that is shut down says so with an exception of its own.",
      instead = "Let it pass.",
      rejectedBy = "hides_no_failure_to_open_or_close",
      says = "getConnection() threw it",
      earns = 3,
      detail = true)
  static class WrapsTheSourcesFailure extends ReferenceTroubleshooter {
    @Override
    public <T> T withConnection(DataSource source, ConnectionWork<T> work) throws SQLException {
      Connection opened;
      try {
        opened = source.getConnection();
      } catch (RuntimeException e) {
        throw new SQLException("no connection", "08001", e);
      }
      try (Connection connection = opened) {
        return work.with(connection);
      }
    }
  }

  @Alternative(
      exercise = "2.3",
      idea = "`isClosed()` first, in a `finally`.")
  static class AsksWhetherItIsClosed extends ReferenceTroubleshooter {
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
        try {
          if (!connection.isClosed()) {
            connection.close();
          }
        } catch (Throwable second) {
          if (first == null) {
            throw second;
          }
          first.addSuppressed(second);
        }
      }
    }
  }
}
