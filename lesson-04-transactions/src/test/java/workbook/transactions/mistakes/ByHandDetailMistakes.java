package workbook.transactions.mistakes;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import workbook.grading.proofs.Mistake;
import workbook.transactions.reference.ReferenceLendingDesk;

/** Exercise 4.1: a transaction that is right but for one path. */
final class ByHandDetailMistakes {
  private ByHandDetailMistakes() {}

  @Mistake(
      exercise = "4.1",
      violates = "what the work threw, of whatever type, also if it is an Error",
      idea = "`catch (Exception e)` catches everything",
      because = """
          An `Error` is none: a class that is missing, an assertion that fails. It goes past the
          rollback, and then `setAutoCommit(true)` commits half the work.""",
      instead = "Roll back after every failure: `catch (Throwable first)`.",
      rejectedBy = "a_failure_of_any_type_rolls_back_and_comes_out_as_it_was",
      says = "what others see of work that ended with a java.lang.LinkageError",
      earns = 3,
      detail = true)
  static class ForgetsErrors extends ReferenceLendingDesk {
    @Override
    public <T> T inTransaction(Connection connection, Work<T> work) throws Exception {
      Exception failure = null;
      boolean before = connection.getAutoCommit();
      connection.setAutoCommit(false);
      try {
        T result = work.run(connection);
        connection.commit();
        return result;
      } catch (Exception first) {
        failure = first;
        undo(connection, first);
        throw first;
      } finally {
        restore(connection, before, failure);
      }
    }

    private static void undo(Connection connection, Exception first) {
      try {
        connection.rollback();
      } catch (SQLException second) {
        first.addSuppressed(second);
      }
    }

    private static void restore(Connection connection, boolean before, Exception first)
        throws SQLException {
      try {
        connection.setAutoCommit(before);
      } catch (SQLException second) {
        if (first == null) {
          throw second;
        }
        first.addSuppressed(second);
      }
    }
  }

  @Mistake(
      exercise = "4.1",
      violates = "that same exception object (not another one, not a wrapper) is thrown",
      idea = "Clean up in `catch` and `finally`, as always",
      because = """
          If the server is gone, `rollback()` throws, and what it throws takes the place of
          the first exception. The reader of the log sees "connection closed" and not why.""",
      instead = "Catch what cleaning up throws, and add it to the first: `addSuppressed`.",
      rejectedBy = "a_failure_of_any_type_rolls_back_and_comes_out_as_it_was",
      says = "expected: java.io.IOException: the first",
      earns = 4,
      detail = true)
  static class LosesTheFirst extends ReferenceLendingDesk {
    @Override
    public <T> T inTransaction(Connection connection, Work<T> work) throws Exception {
      boolean before = connection.getAutoCommit();
      connection.setAutoCommit(false);
      try {
        T result = work.run(connection);
        connection.commit();
        return result;
      } catch (Throwable e) {
        connection.rollback();
        throw e;
      } finally {
        connection.setAutoCommit(before);
      }
    }
  }

  @Mistake(
      exercise = "4.1",
      violates = "has its autocommit mode back afterwards",
      idea = "The connection may stay as the work left it",
      because = """
          It is the caller's, or a pool's. Whoever gets it next writes with autocommit off, never
          commits, and wonders where the rows are.""",
      instead = "Ask for the mode first, and put it back on every path.",
      rejectedBy = "the_connection_comes_back_as_it_was",
      says = "the caller's autocommit after work that went well, which was true before",
      earns = 4,
      detail = true)
  static class LeavesAutocommitOff extends ReferenceLendingDesk {
    @Override
    public <T> T inTransaction(Connection connection, Work<T> work) throws Exception {
      connection.setAutoCommit(false);
      try {
        T result = work.run(connection);
        connection.commit();
        return result;
      } catch (Throwable first) {
        try {
          connection.rollback();
        } catch (SQLException second) {
          first.addSuppressed(second);
        }
        throw first;
      }
    }
  }

  @Mistake(
      exercise = "4.1",
      violates = "on if it was on, off if it was off",
      idea = "Autocommit was on, so turn it on again",
      because = """
          Not everybody's is on: a pool may be set to `autoCommit=false`. Then the caller's next
          statement is committed behind its back.""",
      instead = "Ask `getAutoCommit()` first.",
      rejectedBy = "the_connection_comes_back_as_it_was",
      says = "the caller's autocommit after work within work, on two connections, which was false",
      earns = 4,
      detail = true)
  static class AssumesItWasOn extends ReferenceLendingDesk {
    @Override
    public <T> T inTransaction(Connection connection, Work<T> work) throws Exception {
      connection.setAutoCommit(true);
      return super.inTransaction(connection, work);
    }
  }

  @Mistake(
      exercise = "4.1",
      violates = "or the commit does",
      idea = "`commit()` does not fail",
      because = """
          It does: some constraints are looked at only then, and with SERIALIZABLE it may be
          refused. Then the way back is missing: the caller's autocommit stays off.""",
      instead = "Commit inside the `try`.",
      rejectedBy = "the_connection_comes_back_as_it_was",
      says = "the caller's autocommit after a commit that failed",
      earns = 3,
      detail = true)
  static class CommitsOutsideTheTry extends ReferenceLendingDesk {
    @Override
    public <T> T inTransaction(Connection connection, Work<T> work) throws Exception {
      boolean before = connection.getAutoCommit();
      connection.setAutoCommit(false);
      T result;
      try {
        result = work.run(connection);
      } catch (Throwable first) {
        undo(connection, before, first);
        throw first;
      }
      connection.commit();
      connection.setAutoCommit(before);
      return result;
    }

    private static void undo(Connection connection, boolean before, Throwable first) {
      try {
        connection.rollback();
        connection.setAutoCommit(before);
      } catch (SQLException second) {
        first.addSuppressed(second);
      }
    }
  }

  @Mistake(
      exercise = "4.1",
      violates = "throws an SQLException, that is added to it",
      idea = "What `rollback()` throws is of no interest",
      because = """
          The log shows the first exception, and not that the server was gone, too. Whether
          anything was undone is not known then.""",
      instead = "`first.addSuppressed(second)`.",
      rejectedBy = "a_failure_of_any_type_rolls_back_and_comes_out_as_it_was",
      says = "whether what rollback() threw is suppressed in the first exception",
      earns = 4,
      detail = true)
  static class DropsTheSecond extends ReferenceLendingDesk {
    @Override
    public <T> T inTransaction(Connection connection, Work<T> work) throws Exception {
      boolean before = connection.getAutoCommit();
      connection.setAutoCommit(false);
      T result;
      try {
        result = work.run(connection);
        connection.commit();
      } catch (Throwable first) {
        undo(connection, before);
        throw first;
      }
      connection.setAutoCommit(before);
      return result;
    }

    private static void undo(Connection connection, boolean before) {
      try {
        connection.rollback();
        connection.setAutoCommit(before);
      } catch (SQLException e) {
        // nothing that can be done
      }
    }
  }

  @Mistake(
      exercise = "4.1",
      violates = "what the work threw, of whatever type, also if it is an Error",
      idea = "Callers expect an `Exception`, so an `Error` is wrapped in one",
      because = """
          A test runner looks for `AssertionError`. It does not find it, and the stack trace has
          one more layer.""",
      instead = "`throw first;` works for errors as well.",
      rejectedBy = "a_failure_of_any_type_rolls_back_and_comes_out_as_it_was",
      says = "expected: java.lang.LinkageError: no Exception at all",
      earns = 4,
      detail = true)
  static class WrapsErrors extends ReferenceLendingDesk {
    @Override
    public <T> T inTransaction(Connection connection, Work<T> work) throws Exception {
      try {
        return super.inTransaction(connection, work);
      } catch (Error e) {
        throw new IllegalStateException("The work failed.", e);
      }
    }
  }

  @Mistake(
      exercise = "4.1",
      violates = "that same exception object (not another one, not a wrapper) is thrown",
      idea = "An `InterruptedException` becomes a flag of the thread",
      because = """
          That is what one does who cannot throw it. This method can, and the caller waits for
          it.""",
      instead = "Throw it like any other.",
      rejectedBy = "a_failure_of_any_type_rolls_back_and_comes_out_as_it_was",
      says = "expected: java.lang.InterruptedException",
      earns = 4,
      detail = true)
  static class TakesTheInterrupt extends ReferenceLendingDesk {
    @Override
    public <T> T inTransaction(Connection connection, Work<T> work) throws Exception {
      try {
        return super.inTransaction(connection, work);
      } catch (InterruptedException e) {
        throw new SQLException("The work was interrupted.", e);
      }
    }
  }

  @Mistake(
      exercise = "4.1",
      violates = "or the SQLException of the commit, if the work went well and the commit did not",
      idea = "Say in the exception that it was the commit",
      because = """
          What the driver threw has the SQLSTATE and the name of the constraint. The wrapper has
          them no more.""",
      instead = "Let the commit's exception through.",
      rejectedBy = "a_failure_of_any_type_rolls_back_and_comes_out_as_it_was",
      says = "This calls for what commit() threw, itself",
      earns = 4,
      detail = true)
  static class ExplainsTheCommit extends ReferenceLendingDesk {
    @Override
    public <T> T inTransaction(Connection connection, Work<T> work) throws Exception {
      boolean[] returned = {false};
      try {
        return super.inTransaction(
            connection,
            given -> {
              T result = work.run(given);
              returned[0] = true;
              return result;
            });
      } catch (SQLException e) {
        throw returned[0] ? new SQLException("commit failed", e.getSQLState(), e) : e;
      }
    }
  }

  @Mistake(
      exercise = "4.1",
      violates = "Its isolation level is not changed.",
      idea = "A transaction should be SERIALIZABLE",
      because = """
          The level is the caller's choice, and stays with the connection: the next transaction
          meets 40001 without having asked for it.""",
      instead = "Leave the level alone.",
      rejectedBy = "the_connection_comes_back_as_it_was",
      says = "the isolation level",
      earns = 4,
      detail = true)
  static class SetsTheLevel extends ReferenceLendingDesk {
    @Override
    public <T> T inTransaction(Connection connection, Work<T> work) throws Exception {
      connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
      return super.inTransaction(connection, work);
    }
  }

  @Mistake(
      exercise = "4.1",
      violates = "what the work returned, be it null",
      idea = "Work that returns `null` has failed",
      because = "Work that only writes has nothing to return.",
      instead = "Failure is an exception. Return what the work returned.",
      rejectedBy = "the_connection_comes_back_as_it_was",
      says = "the work returned nothing",
      earns = 4,
      detail = true)
  static class WantsAResult extends ReferenceLendingDesk {
    @Override
    public <T> T inTransaction(Connection connection, Work<T> work) throws Exception {
      return Objects.requireNonNull(
          super.inTransaction(connection, work), "the work returned nothing");
    }
  }

  @Mistake(
      exercise = "4.1",
      violates = "on if it was on, off if it was off",
      idea = "Keep the mode in a field",
      because = """
          The field is shared by all transactions that the desk runs at a time. The one that ends
          first puts back its own mode, and the next one puts back the same.""",
      instead = "A local variable belongs to one call.",
      rejectedBy = "the_connection_comes_back_as_it_was",
      says = "the caller's autocommit after work that went well",
      earns = 4,
      detail = true)
  static class RemembersInAField extends ReferenceLendingDesk {
    private boolean before;

    @Override
    public <T> T inTransaction(Connection connection, Work<T> work) throws Exception {
      before = connection.getAutoCommit();
      T result = super.inTransaction(connection, work);
      connection.setAutoCommit(before);
      return result;
    }
  }
}
