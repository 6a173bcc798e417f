package workbook.transactions.mistakes;

import java.sql.Connection;
import java.sql.SQLException;
import workbook.grading.proofs.Alternative;
import workbook.grading.proofs.Mistake;
import workbook.transactions.reference.ReferenceLendingDesk;

/** Exercise 4.1: the context manager by hand. */
final class ByHandMistakes {
  private ByHandMistakes() {}

  @Mistake(
      exercise = "4.1",
      idea = "`commit()` at the end makes a transaction",
      because = """
          A JDBC connection commits each statement by itself until it is told not to. At the
          end there is nothing left to commit, and pgjdbc says so.""",
      instead = "`setAutoCommit(false)` before the first statement.",
      rejectedBy = "others_see_the_work_all_at_once",
      says = "Cannot commit when autoCommit is enabled")
  static class CommitsUnderAutocommit extends ReferenceLendingDesk {
    @Override
    public <T> T inTransaction(Connection connection, Work<T> work) throws Exception {
      T result = work.run(connection);
      connection.commit();
      return result;
    }
  }

  @Mistake(
      exercise = "4.1",
      idea = "Only an `SQLException` calls for a rollback",
      because = """
          Half the work is half the work, whatever ended it. Here the `finally` even saves it:
          `setAutoCommit(true)` commits what is open.""",
      instead = "Roll back after every failure: `catch (Throwable first)`.",
      rejectedBy = "a_failure_of_any_type_rolls_back_and_comes_out_as_it_was",
      says = "what others see of work that ended with a java.io.IOException")
  static class RollsBackForSql extends ReferenceLendingDesk {
    @Override
    public <T> T inTransaction(Connection connection, Work<T> work) throws Exception {
      boolean before = connection.getAutoCommit();
      connection.setAutoCommit(false);
      try {
        T result = work.run(connection);
        connection.commit();
        return result;
      } catch (SQLException e) {
        connection.rollback();
        throw e;
      } finally {
        connection.setAutoCommit(before);
      }
    }
  }

  @Mistake(
      exercise = "4.1",
      idea = "`catch (Exception e)` catches everything",
      because = """
          An `Error` is none: a class that is missing, an assertion that fails. It goes past the
          rollback, and then `setAutoCommit(true)` commits half the work.""",
      instead = "Roll back after every failure: `catch (Throwable first)`.",
      rejectedBy = "a_failure_of_any_type_rolls_back_and_comes_out_as_it_was",
      says = "what others see of work that ended with a java.lang.LinkageError",
      earns = 4)
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
      idea = "Clean up in `catch` and `finally`, as always",
      because = """
          If the server is gone, `rollback()` throws, and what it throws takes the place of
          the first exception. The reader of the log sees "connection closed" and not why.""",
      instead = "Catch what cleaning up throws, and add it to the first: `addSuppressed`.",
      rejectedBy = "the_first_exception_is_kept_when_cleaning_up_fails_too",
      says = "expected: java.io.IOException: the first",
      earns = 4)
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
      idea = "The connection may stay as the work left it",
      because = """
          It is the caller's, or a pool's. Whoever gets it next writes with autocommit off, never
          commits, and wonders where the rows are.""",
      instead = "Ask for the mode first, and put it back on every path.",
      rejectedBy = "the_connection_comes_back_as_it_was",
      says = "the caller's autocommit after work that went well, which was true before")
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
      idea = "Autocommit was on, so turn it on again",
      because = """
          Not everybody's is on: a pool may be set to `autoCommit=false`. Then the caller's next
          statement is committed behind its back.""",
      instead = "Ask `getAutoCommit()` first.",
      rejectedBy = "the_connection_comes_back_as_it_was",
      says = "the caller's autocommit after work that went well, which was false before",
      earns = 4)
  static class AssumesItWasOn extends ReferenceLendingDesk {
    @Override
    public <T> T inTransaction(Connection connection, Work<T> work) throws Exception {
      connection.setAutoCommit(true);
      return super.inTransaction(connection, work);
    }
  }

  @Mistake(
      exercise = "4.1",
      idea = "Wrap what the work threw in an exception of my own",
      because = """
          The caller has a `catch (IOException e)`, and it does not match any more.""",
      instead = "`throw first;`: Java knows its types, since the method says `throws Exception`.",
      rejectedBy = "a_failure_of_any_type_rolls_back_and_comes_out_as_it_was",
      says = "This calls for the exception that came first, itself")
  static class WrapsTheFailure extends ReferenceLendingDesk {
    @Override
    public <T> T inTransaction(Connection connection, Work<T> work) throws Exception {
      try {
        return super.inTransaction(connection, work);
      } catch (Exception e) {
        throw new SQLException("The transaction failed.", e);
      }
    }
  }

  @Mistake(
      exercise = "4.1",
      idea = "`try (connection)` tidies up",
      because = """
          It closes the caller's connection, which the caller goes on to use. And it commits
          nothing: that is psycopg2's `with`, which in turn does not close.""",
      instead = "Who opened it closes it.",
      rejectedBy = "the_connection_comes_back_as_it_was",
      says = "whether the caller's connection is closed after work that went well")
  static class ClosesIt extends ReferenceLendingDesk {
    @Override
    public <T> T inTransaction(Connection connection, Work<T> work) throws Exception {
      try (connection) {
        return super.inTransaction(connection, work);
      }
    }
  }

  @Mistake(
      exercise = "4.1",
      idea = "`commit()` does not fail",
      because = """
          It does: some constraints are looked at only then, and with SERIALIZABLE it may be
          refused. Then the way back is missing: the caller's autocommit stays off.""",
      instead = "Commit inside the `try`.",
      rejectedBy = "a_commit_that_the_server_refuses_is_a_failure_too",
      says = "the caller's autocommit after a commit that failed",
      earns = 4)
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

  @Alternative(
      exercise = "4.1",
      idea = "An `AutoCloseable` that rolls back unless it was told of success, in a `try "
          + "(...)`: the "
          + "language adds what is suppressed.")
  static class AsAResource extends ReferenceLendingDesk {
    @Override
    @SuppressWarnings("try") // the resources only have to be closed
    public <T> T inTransaction(Connection connection, Work<T> work) throws Exception {
      boolean before = connection.getAutoCommit();
      connection.setAutoCommit(false);
      boolean[] done = {false};
      try (AutoCloseable restore = () -> connection.setAutoCommit(before);
          AutoCloseable undo = () -> rollBackUnless(done[0], connection)) {
        T result = work.run(connection);
        connection.commit();
        done[0] = true;
        return result;
      }
    }

    private static void rollBackUnless(boolean done, Connection connection) throws SQLException {
      if (!done) {
        connection.rollback();
      }
    }
  }
}
