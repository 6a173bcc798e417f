package workbook.errors.mistakes;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import workbook.errors.reference.ReferenceTroubleshooter;
import workbook.grading.proofs.Alternative;
import workbook.grading.proofs.Mistake;

/** Exercises 2.3 and 2.4: is it closed, and which failure comes out? */
final class ClosingMistakes {
  private ClosingMistakes() {}

  @Mistake(
      exercise = "2.3",
      idea = "Close it when the work is done",
      because = """
          Work that throws is never done: the line with `close()` is skipped, and the
          connection stays open on the server.""",
      instead = "`try (Connection connection = ...)` closes on every way out.",
      rejectedBy = "closes_after_work_that_fails",
      says = "Which ways lead out of your method?")
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
      idea = "`catch (SQLException e)` sees every failure",
      because = """
          The work may throw a `NullPointerException`, too, or an `Error`: code has bugs.
          Then nobody closes.""",
      instead = "`finally`, or better try-with-resources, asks for no type.",
      rejectedBy = "closes_after_work_that_fails",
      says = "the work had thrown IllegalStateException")
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
      idea = "`finally { connection.close(); }`",
      because = """
          It closes on every path. But if closing fails after the work did, the exception of
          `close()` takes the place of the first one, and nobody learns what really
          happened.""",
      instead = "try-with-resources keeps the first, and adds the second to it as suppressed.",
      rejectedBy = "keeps_the_first_failure",
      says = "expected: java.sql.SQLException: the work failed",
      earns = 3)
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
      idea = "A failure to close does not matter",
      because = """
          It is ignored, and with it the news that the server is gone: for instance, that what was
          written last may not be there.""",
      instead = "Let it out if it is the only failure, and add it to the first one if not.",
      rejectedBy = "hides_no_failure_to_open_or_close",
      says = "closing threw it, after work that succeeded")
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
      idea = "Catch, print, and return `null`",
      because = """
          The caller asked for a result and gets `null`, which may also be a result. The
          printed line does not tell it that anything failed.""",
      instead = "Let the exception out: only the caller knows what to do.",
      rejectedBy = "closes_after_work_that_fails",
      says = "none, the method returned")
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
      exercise = "2.4",
      idea = "Jdbi's exceptions are clear enough",
      because = """
          They are unchecked, and their own. The SQLSTATE, by which 2.1 decides, is in one of their
          causes.""",
      instead = "Go through the causes, and throw the `SQLException`.",
      rejectedBy = "brings_out_what_jdbi_wrapped",
      says = "expected: SQLException",
      earns = 1)
  static class LeavesItWrapped extends ReferenceTroubleshooter {
    @Override
    public <T> T withHandle(Jdbi jdbi, HandleCallback<T, SQLException> work) throws SQLException {
      return jdbi.withHandle(work);
    }
  }

  @Mistake(
      exercise = "2.4",
      idea = "Only connecting can fail",
      because = """
          A `ConnectionException` comes from `open()`. A statement that the server refuses throws
          another subclass of `JdbiException`.""",
      instead = "Catch `JdbiException`, which is above them all.",
      rejectedBy = "brings_out_what_jdbi_wrapped",
      says = "a statement failed, and Jdbi threw UnableToExecuteStatementException",
      earns = 1)
  static class OnlyConnecting extends ReferenceTroubleshooter {
    @Override
    public <T> T withHandle(Jdbi jdbi, HandleCallback<T, SQLException> work) throws SQLException {
      try {
        return jdbi.withHandle(work);
      } catch (ConnectionException e) {
        throw (SQLException) e.getCause();
      }
    }
  }

  @Mistake(
      exercise = "2.4",
      idea = "The cause of a `JdbiException` is an `SQLException`",
      because = """
          Mostly. A statement with a parameter that has no value fails before the database hears of
          it: there is no such cause, and the cast throws, or `null` is thrown.""",
      instead = "Look whether there is one; if not, throw Jdbi's exception again.",
      rejectedBy = "brings_out_what_jdbi_wrapped",
      says = "expected: JdbiException",
      earns = 1)
  static class CastsTheCause extends ReferenceTroubleshooter {
    @Override
    public <T> T withHandle(Jdbi jdbi, HandleCallback<T, SQLException> work) throws SQLException {
      try {
        return jdbi.withHandle(work);
      } catch (JdbiException e) {
        throw (SQLException) e.getCause();
      }
    }
  }

  @Mistake(
      exercise = "2.4",
      idea = "One `getCause()` is enough",
      because = """
          A cause may have a cause. A pool of connections, for instance, wraps what the driver threw
          before Jdbi wraps it again.""",
      instead = "Go on from cause to cause until you meet an `SQLException`, or null.",
      rejectedBy = "brings_out_what_jdbi_wrapped",
      says = "that one's cause is an SQLException",
      earns = 1)
  static class OneCause extends ReferenceTroubleshooter {
    @Override
    public <T> T withHandle(Jdbi jdbi, HandleCallback<T, SQLException> work) throws SQLException {
      try {
        return jdbi.withHandle(work);
      } catch (JdbiException e) {
        if (e.getCause() instanceof SQLException failure) {
          throw failure;
        }
        throw e;
      }
    }
  }

  @Mistake(
      exercise = "2.4",
      idea = "The last cause is the one that counts",
      because = """
          It is the first thing that went wrong, but not what tells the SQLSTATE: below the driver's
          exception there may be one of the network's.""",
      instead = "Stop at the first `SQLException` that you meet.",
      rejectedBy = "brings_out_what_jdbi_wrapped",
      says = "which has a cause",
      earns = 1)
  static class LastCause extends ReferenceTroubleshooter {
    @Override
    public <T> T withHandle(Jdbi jdbi, HandleCallback<T, SQLException> work) throws SQLException {
      try {
        return jdbi.withHandle(work);
      } catch (JdbiException e) {
        Throwable last = e;
        while (last.getCause() != null) {
          last = last.getCause();
        }
        if (last instanceof SQLException failure) {
          throw failure;
        }
        throw e;
      }
    }
  }

  @Mistake(
      exercise = "2.4",
      idea = "`open()` alone will do",
      because = """
          A handle is a connection. `open()` leaves the closing to you, and here nobody does it.""",
      instead = "`withHandle`, or `open()` in a `try (...)`.",
      rejectedBy = "closes_the_handle",
      says = "expected: closed after the work had returned")
  static class LeavesTheHandleOpen extends ReferenceTroubleshooter {
    @Override
    public <T> T withHandle(Jdbi jdbi, HandleCallback<T, SQLException> work) throws SQLException {
      Handle handle = jdbi.open();
      return work.withHandle(handle);
    }
  }

  @Alternative(
      exercise = "2.4",
      idea = "`open()` in a `try (...)`, and a method that looks through the causes and calls "
          + "itself.")
  static class OpensItself extends ReferenceTroubleshooter {
    @Override
    public <T> T withHandle(Jdbi jdbi, HandleCallback<T, SQLException> work) throws SQLException {
      try (Handle handle = jdbi.open()) {
        return work.withHandle(handle);
      } catch (JdbiException e) {
        SQLException failure = find(e);
        if (failure != null) {
          throw failure;
        }
        throw e;
      }
    }

    private static SQLException find(Throwable thrown) {
      if (thrown == null || thrown instanceof SQLException) {
        return (SQLException) thrown;
      }
      return find(thrown.getCause());
    }
  }
}
