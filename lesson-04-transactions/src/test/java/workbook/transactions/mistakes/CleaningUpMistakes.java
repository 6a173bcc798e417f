package workbook.transactions.mistakes;

import java.sql.Connection;
import java.sql.SQLException;
import workbook.grading.proofs.Alternative;
import workbook.grading.proofs.Mistake;
import workbook.transactions.reference.ReferenceLendingDesk;

/** Exercise 4.1: what is done after a failure, if that fails, too. */
final class CleaningUpMistakes {
  private CleaningUpMistakes() {}

  private static void rollBack(Connection connection, Throwable first) {
    try {
      connection.rollback();
    } catch (SQLException second) {
      first.addSuppressed(second);
    }
  }

  private static void setBack(Connection connection, boolean before, Throwable first) {
    try {
      connection.setAutoCommit(before);
    } catch (SQLException second) {
      first.addSuppressed(second);
    }
  }

  @Mistake(
      exercise = "4.1",
      violates = "If it returns, what it wrote is committed",
      idea = "Work that returns `null` has nothing to save",
      because = """
          Work that only writes returns `null`. Its rows are gone, and no exception says so.""",
      instead = "Failure is an exception. Whatever is returned: commit.",
      rejectedBy = "the_connection_comes_back_as_it_was",
      says = "what others see when work that returns null was run",
      earns = 4,
      detail = true)
  static class NullIsUndone extends ReferenceLendingDesk {
    @Override
    public <T> T inTransaction(Connection connection, Work<T> work) throws Exception {
      return super.inTransaction(
          connection,
          given -> {
            T result = work.run(given);
            if (result == null) {
              given.rollback();
            }
            return result;
          });
    }
  }

  @Mistake(
      exercise = "4.1",
      violates = "that same exception object (not another one, not a wrapper) is thrown",
      idea = "`setAutoCommit` belongs in `finally`",
      because = """
          What it throws there takes the place of the work's exception, which is the one that says
          what went wrong.""",
      instead = "A `try` of its own after a failure, and `addSuppressed`.",
      rejectedBy = "a_failure_of_any_type_rolls_back_and_comes_out_as_it_was",
      says = "of several failures the first comes out (setAutoCommit() failed",
      earns = 4,
      detail = true)
  static class SetsBackInFinally extends ReferenceLendingDesk {
    @Override
    public <T> T inTransaction(Connection connection, Work<T> work) throws Exception {
      boolean before = connection.getAutoCommit();
      connection.setAutoCommit(false);
      boolean rolledBack = true;
      try {
        T result = work.run(connection);
        connection.commit();
        return result;
      } catch (Throwable first) {
        int others = first.getSuppressed().length;
        rollBack(connection, first);
        rolledBack = first.getSuppressed().length == others;
        throw first;
      } finally {
        if (rolledBack) {
          connection.setAutoCommit(before);
        }
      }
    }
  }

  @Mistake(
      exercise = "4.1",
      violates = "(rolling back, setting autocommit back)",
      idea = "Only what `rollback()` throws is of interest",
      because = """
          The caller's connection is in the wrong mode now, and the log does not say so.""",
      instead = "`addSuppressed` for every step of cleaning up.",
      rejectedBy = "a_failure_of_any_type_rolls_back_and_comes_out_as_it_was",
      says = "what is suppressed in the first exception, when setAutoCommit() failed",
      earns = 4,
      detail = true)
  static class SetsBackQuietly extends ReferenceLendingDesk {
    @Override
    public <T> T inTransaction(Connection connection, Work<T> work) throws Exception {
      boolean before = connection.getAutoCommit();
      connection.setAutoCommit(false);
      T result;
      try {
        result = work.run(connection);
        connection.commit();
      } catch (Throwable first) {
        rollBack(connection, first);
        setBack(connection, before, new SQLException("not looked at"));
        throw first;
      }
      connection.setAutoCommit(before);
      return result;
    }
  }

  @Mistake(
      exercise = "4.1",
      violates = "If cleaning up after it (rolling back, setting autocommit back) throws an "
          + "SQLException, that is added to it",
      idea = "An `Error` is bad enough by itself",
      because = """
          That nothing was rolled back is lost, although the `Error` could carry it.""",
      instead = "`addSuppressed` is a method of every `Throwable`.",
      rejectedBy = "a_failure_of_any_type_rolls_back_and_comes_out_as_it_was",
      says = "what is suppressed in the first exception, when rollback() failed",
      earns = 4,
      detail = true)
  static class AddsNothingToErrors extends ReferenceLendingDesk {
    @Override
    public <T> T inTransaction(Connection connection, Work<T> work) throws Exception {
      boolean before = connection.getAutoCommit();
      connection.setAutoCommit(false);
      T result;
      try {
        result = work.run(connection);
        connection.commit();
      } catch (Throwable first) {
        Throwable carrier = first instanceof Error ? new SQLException("not looked at") : first;
        rollBack(connection, carrier);
        setBack(connection, before, carrier);
        throw first;
      }
      connection.setAutoCommit(before);
      return result;
    }
  }

  @Mistake(
      exercise = "4.1",
      violates = "It stays open, whatever fails",
      idea = "A connection that cannot roll back is of no use: close it",
      because = """
          Whether it is of use is for its owner to find out. A pool that gets a closed connection
          back hands it to the next caller.""",
      instead = "What the method has not opened it does not close.",
      rejectedBy = "a_failure_of_any_type_rolls_back_and_comes_out_as_it_was",
      says = "whether the caller's connection is closed after work, in which rollback() failed",
      earns = 4,
      detail = true)
  static class ClosesIfRollbackFails extends ReferenceLendingDesk {
    @Override
    public <T> T inTransaction(Connection connection, Work<T> work) throws Exception {
      boolean before = connection.getAutoCommit();
      connection.setAutoCommit(false);
      T result;
      try {
        result = work.run(connection);
        connection.commit();
      } catch (Throwable first) {
        int others = first.getSuppressed().length;
        rollBack(connection, first);
        if (first.getSuppressed().length > others) {
          connection.close();
        } else {
          setBack(connection, before, first);
        }
        throw first;
      }
      connection.setAutoCommit(before);
      return result;
    }
  }

  @Alternative(
      exercise = "4.1",
      idea = "In the `catch`, a `try (...)` of the two steps that throws the first exception: the "
          + "language adds what closing throws.")
  static class StepsAsResources extends ReferenceLendingDesk {
    /** A step, to be done when its `try` ends. */
    interface Step extends AutoCloseable {
      @Override
      void close() throws SQLException;
    }

    @Override
    public <T> T inTransaction(Connection connection, Work<T> work) throws Exception {
      boolean before = connection.getAutoCommit();
      connection.setAutoCommit(false);
      T result;
      try {
        result = work.run(connection);
        connection.commit();
      } catch (Throwable first) {
        return throwAfter(first, () -> connection.setAutoCommit(before), connection::rollback);
      }
      connection.setAutoCommit(before);
      return result;
    }

    @SuppressWarnings("try") // The resources are not used inside.
    private static <T> T throwAfter(Throwable first, Step last, Step before) throws Exception {
      try (Step mode = last;
          Step undo = before) {
        if (first instanceof Error error) {
          throw error;
        }
        throw (Exception) first;
      }
    }
  }

  @Alternative(exercise = "4.1", idea = "If the rollback fails, the mode is left as it is.")
  static class LeavesTheMode extends ReferenceLendingDesk {
    @Override
    public <T> T inTransaction(Connection connection, Work<T> work) throws Exception {
      boolean before = connection.getAutoCommit();
      connection.setAutoCommit(false);
      T result;
      try {
        result = work.run(connection);
        connection.commit();
      } catch (Throwable first) {
        try {
          connection.rollback();
          connection.setAutoCommit(before);
        } catch (SQLException second) {
          first.addSuppressed(second);
        }
        throw first;
      }
      connection.setAutoCommit(before);
      return result;
    }
  }

  @Alternative(
      exercise = "4.1",
      idea = "Cleaning up is a `try` with a resource of its own; the second failure is suppressed "
          + "in the first of them.")
  @SuppressWarnings("try")
  static class CleansUpWithResources extends ReferenceLendingDesk {
    @Override
    public <T> T inTransaction(Connection connection, Work<T> work) throws Exception {
      boolean before = connection.getAutoCommit();
      connection.setAutoCommit(false);
      T result;
      try {
        result = work.run(connection);
        connection.commit();
      } catch (Exception | Error first) {
        try (AutoCloseable mode = () -> connection.setAutoCommit(before)) {
          connection.rollback();
        } catch (SQLException second) {
          first.addSuppressed(second);
        }
        throw first;
      }
      connection.setAutoCommit(before);
      return result;
    }
  }
}
