package workbook.transactions.mistakes;

import java.sql.Connection;
import java.sql.SQLException;
import workbook.grading.proofs.Alternative;
import workbook.grading.proofs.Mistake;
import workbook.transactions.reference.ReferenceLendingDesk;

/** Exercise 4.1: how often the work is run, and a commit that fails. */
final class ByHandCommitMistakes {
  private ByHandCommitMistakes() {}

  private static void undo(Connection connection, Throwable first) {
    try {
      connection.rollback();
    } catch (SQLException second) {
      first.addSuppressed(second);
    }
  }

  private static void restore(Connection connection, boolean before, Throwable first) {
    try {
      connection.setAutoCommit(before);
    } catch (SQLException second) {
      first.addSuppressed(second);
    }
  }

  @Mistake(
      exercise = "4.1",
      violates = "The work is run once",
      idea = "After 40001 or a deadlock, run it again",
      because = """
          The caller has not asked for that: work may send a letter, or count something. Exercise
          4.7 is a method whose contract says that the work may be run again.""",
      instead = "Pass every failure on.",
      rejectedBy = "others_see_the_work_all_at_once",
      says = "the work threw an exception",
      earns = 1)
  static class RunsItAgain extends ReferenceLendingDesk {
    @Override
    public <T> T inTransaction(Connection connection, Work<T> work) throws Exception {
      try {
        return super.inTransaction(connection, work);
      } catch (SQLException e) {
        if ("40001".equals(e.getSQLState()) || "40P01".equals(e.getSQLState())) {
          return super.inTransaction(connection, work);
        }
        throw e;
      }
    }
  }

  @Mistake(
      exercise = "4.1",
      violates = "If it throws, or the commit does, everything is rolled back",
      idea = "A commit that fails has ended the transaction",
      because = """
          Only if the server has refused it. If it did not get there, the transaction is still
          open, and turning autocommit on commits it after all.""",
      instead = "`commit()` inside the same try as the work.",
      rejectedBy = "a_failure_of_any_type_rolls_back_and_comes_out_as_it_was",
      says = "what others see after a commit() that failed before it reached the server",
      earns = 4,
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
        undo(connection, first);
        restore(connection, before, first);
        throw first;
      }
      try {
        connection.commit();
      } catch (SQLException first) {
        restore(connection, before, first);
        throw first;
      }
      connection.setAutoCommit(before);
      return result;
    }
  }

  @Alternative(
      exercise = "4.1",
      idea = "Two resources of one try: the language closes them in the right order, and adds what "
          + "they throw to the first exception.")
  static class TwoResources extends ReferenceLendingDesk {
    @Override
    @SuppressWarnings("try") // the resources are there to be closed
    public <T> T inTransaction(Connection connection, Work<T> work) throws Exception {
      boolean before = connection.getAutoCommit();
      boolean[] done = {false};
      connection.setAutoCommit(false);
      try (AutoCloseable restoring = () -> connection.setAutoCommit(before);
          AutoCloseable undoing = () -> rollBackUnless(done[0], connection)) {
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
