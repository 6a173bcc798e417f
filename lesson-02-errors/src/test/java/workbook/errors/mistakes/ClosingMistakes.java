package workbook.errors.mistakes;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import workbook.errors.reference.ReferenceTroubleshooter;
import workbook.grading.proofs.Alternative;
import workbook.grading.proofs.Mistake;

/** Exercise 2.3: is it closed, and which failure comes out? */
final class ClosingMistakes {
  private ClosingMistakes() {}

  @Mistake(
      exercise = "2.3",
      violates = "Opens a connection, has work done with it, and closes it.",
      idea = "Close it when the work is done",
      because = """
          Work that throws is never done: the line with `close()` is skipped, and the
          connection stays open on the server.""",
      instead = "`try (Connection connection = ...)` closes on every way out.",
      rejectedBy = "closes_after_work_that_fails",
      says = "Which ways lead out of your method?",
      earns = 2)
  static class ClosesOnSuccess extends ReferenceTroubleshooter {
    @Override
    public <T> T withConnection(DataSource source, ConnectionWork<T> work) throws SQLException {
      Connection connection = source.getConnection();
      T result = work.with(connection);
      connection.close();
      return result;
    }
  }

  @Mistake(
      exercise = "2.3",
      violates = "when it throws an SQLException, a RuntimeException or an Error",
      idea = "`catch (SQLException e)` sees every failure",
      because = """
          The work may throw a `NullPointerException`, too, or an `Error`: code has bugs.
          Then nobody closes.""",
      instead = "`finally`, or better try-with-resources, asks for no type.",
      rejectedBy = "closes_after_work_that_fails",
      says = "the work had thrown IllegalStateException",
      earns = 1)
  static class OneTypeOfFailure extends ReferenceTroubleshooter {
    @Override
    public <T> T withConnection(DataSource source, ConnectionWork<T> work) throws SQLException {
      Connection connection = source.getConnection();
      try {
        T result = work.with(connection);
        connection.close();
        return result;
      } catch (SQLException e) {
        connection.close();
        throw e;
      }
    }
  }

  @Mistake(
      exercise = "2.3",
      violates = "The first failure is the one that comes out",
      idea = "`finally { connection.close(); }`",
      because = """
          It closes on every path. But if closing fails after the work did, the exception of
          `close()` takes the place of the first one, and nobody learns what really
          happened.""",
      instead = "try-with-resources keeps the first, and adds the second to it as suppressed.",
      rejectedBy = "closes_after_work_that_fails",
      says = "expected: this object: java.sql.SQLException: the work failed",
      earns = 2)
  static class PlainFinally extends ReferenceTroubleshooter {
    @Override
    public <T> T withConnection(DataSource source, ConnectionWork<T> work) throws SQLException {
      Connection connection = source.getConnection();
      try {
        return work.with(connection);
      } finally {
        connection.close();
      }
    }
  }

  @Mistake(
      exercise = "2.3",
      violates = "If closing is all that fails, its failure comes out.",
      idea = "A failure to close does not matter",
      because = """
          It is ignored, and with it the news that the server is gone: for instance, that what was
          written last may not be there.""",
      instead = "Let it out if it is the only failure, and add it to the first one if not.",
      rejectedBy = "hides_no_failure_to_open_or_close",
      says = "closing threw it, after work that succeeded",
      earns = 1)
  static class ClosesQuietly extends ReferenceTroubleshooter {
    @Override
    public <T> T withConnection(DataSource source, ConnectionWork<T> work) throws SQLException {
      Connection connection = source.getConnection();
      try {
        return work.with(connection);
      } finally {
        try {
          connection.close();
        } catch (SQLException e) {
          // nothing can be done about it
        }
      }
    }
  }

  @Mistake(
      exercise = "2.3",
      violates = "SQLException if there was no connection to be had, or the work or the"
          + " closing failed with it",
      idea = "Catch, print, and return `null`",
      because = """
          The caller asked for a result and gets `null`, which may also be a result. The
          printed line does not tell it that anything failed.""",
      instead = "Let the exception out: only the caller knows what to do.",
      rejectedBy = "closes_after_work_that_fails",
      says = "none, the method returned",
      earns = 1)
  static class ReturnsNull extends ReferenceTroubleshooter {
    @Override
    public <T> T withConnection(DataSource source, ConnectionWork<T> work) {
      try (Connection connection = source.getConnection()) {
        return work.with(connection);
      } catch (SQLException e) {
        return null;
      }
    }
  }

  @Alternative(
      exercise = "2.3",
      idea = "By hand: a `catch` of `Throwable` that closes, and `addSuppressed`.")
  static class ByHand extends ReferenceTroubleshooter {
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
      violates = "When this method ends, the connection is closed already",
      idea = "A result set needs its connection",
      because = """
          It does. So the work has to read it, and to return what it has read. If the connection
          stays open for the sake of the result, the caller has to close what it has not opened.""",
      instead = "Close it, whatever the work returned.",
      rejectedBy = "closes_after_work_that_succeeds",
      says = "closed after the work had returned a connection",
      earns = 3,
      detail = true)
  static class OpenForItsResult extends ReferenceTroubleshooter {
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
          first.addSuppressed(second);
        }
        throw first;
      }
      if (!(result instanceof AutoCloseable)) {
        connection.close();
      }
      return result;
    }
  }
}
