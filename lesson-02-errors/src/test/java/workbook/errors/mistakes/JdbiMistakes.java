package workbook.errors.mistakes;

import java.sql.SQLException;
import java.util.Objects;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import workbook.errors.reference.ReferenceTroubleshooter;
import workbook.grading.proofs.Alternative;
import workbook.grading.proofs.Mistake;

/** Exercise 2.4: what comes out of Jdbi? */
final class JdbiMistakes {
  private JdbiMistakes() {}

  @Mistake(
      exercise = "2.4",
      violates = "brings out the SQLException where Jdbi has wrapped one",
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
      violates = "SQLException if the database refused the connection (for example 28P01) or a"
          + " statement (for example 42P01)",
      idea = "Only connecting can fail",
      because = """
          A `ConnectionException` comes from `open()`. A statement that the server refuses throws
          another subclass of `JdbiException`.""",
      instead = "Catch `JdbiException`, which is above them all.",
      rejectedBy = "brings_out_what_jdbi_wrapped",
      says = "a statement failed, and Jdbi threw UnableToExecuteStatementException",
      earns = 0)
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
      violates = "So does a JdbiException without an SQLException among its causes.",
      idea = "The cause of a `JdbiException` is an `SQLException`",
      because = """
          Mostly. A statement with a parameter that has no value fails before the database hears of
          it: there is no such cause, and the cast throws, or `null` is thrown.""",
      instead = "Look whether there is one; if not, throw Jdbi's exception again.",
      rejectedBy = "brings_out_what_jdbi_wrapped",
      says = "expected: JdbiException",
      earns = 0)
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
      violates = "look for an SQLException among its causes, its cause's cause and so on",
      idea = "One `getCause()` is enough",
      because = """
          A cause may have a cause. A pool of connections, for instance, wraps what the driver threw
          before Jdbi wraps it again.""",
      instead = "Go on from cause to cause until you meet an `SQLException`, or null.",
      rejectedBy = "brings_out_what_jdbi_wrapped",
      says = "IllegalStateException, caused by",
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
      violates = "look for an SQLException among its causes, its cause's cause and so on",
      idea = "The last cause is the one that counts",
      because = """
          It is the first thing that went wrong, but not what tells the SQLSTATE: below the driver's
          exception there may be one of the network's.""",
      instead = "Stop at the first `SQLException` that you meet.",
      rejectedBy = "brings_out_what_jdbi_wrapped",
      says = "caused by ConnectException",
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
      violates = "The handle is closed on every path",
      idea = "`open()` alone will do",
      because = """
          A handle is a connection. `open()` leaves the closing to you, and here nobody does it.""",
      instead = "`withHandle`, or `open()` in a `try (...)`.",
      rejectedBy = "closes_the_handle",
      says = "expected: closed after the work had returned",
      earns = 0)
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

  @Mistake(
      exercise = "2.4",
      violates = "what the work returned, which may be null",
      idea = "Null is no result",
      because = "Work that only writes has nothing to return, and returns null.",
      instead = "Hand on what the work returns.",
      rejectedBy = "closes_the_handle",
      says = "NullPointerException",
      earns = 1)
  static class RefusesNull extends ReferenceTroubleshooter {
    @Override
    public <T> T withHandle(Jdbi jdbi, HandleCallback<T, SQLException> work) throws SQLException {
      return Objects.requireNonNull(super.withHandle(jdbi, work));
    }
  }
}
