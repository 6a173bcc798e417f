package workbook.transactions.mistakes;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import workbook.grading.proofs.Alternative;
import workbook.grading.proofs.Mistake;
import workbook.transactions.reference.ReferenceLendingDesk;

/** Exercise 4.1: a transaction around any work. */
final class ByHandMistakes {
  private ByHandMistakes() {}

  @Mistake(
      exercise = "4.1",
      violates = "Runs work as one transaction",
      idea = "`commit()` at the end makes a transaction",
      because = """
          A JDBC connection commits each statement by itself until it is told not to. Others
          see the first row before the second is there, and at the end there is nothing left to
          commit.""",
      instead = "`setAutoCommit(false)` before the first statement.",
      rejectedBy = "others_see_the_work_all_at_once",
      says = "nothing is saved before commit()",
      earns = 0)
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
      violates = "If it throws, or the commit does, everything is rolled back",
      idea = "Only an `SQLException` calls for a rollback",
      because = """
          Half the work is half the work, whatever ended it. Here the `finally` even saves it:
          `setAutoCommit(true)` commits what is open.""",
      instead = "Roll back after every failure: `catch (Throwable first)`.",
      rejectedBy = "others_see_the_work_all_at_once",
      says = "what others see after work that ended with a java.io.IOException",
      earns = 0)
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
      violates = "not a wrapper",
      idea = "Wrap what the work threw in an exception of my own",
      because = """
          The caller has a `catch (IOException e)`, and it does not match any more.""",
      instead = "`throw first;`: Java knows its types, since the method says `throws Exception`.",
      rejectedBy = "others_see_the_work_all_at_once",
      says = "This calls for the exception that came first, itself",
      earns = 1)
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
      violates = "The connection is the caller's. It stays open",
      idea = "`try (connection)` tidies up",
      because = """
          It closes the caller's connection, which the caller goes on to use. And it commits
          nothing: that is psycopg2's `with`, which in turn does not close.""",
      instead = "Who opened it closes it.",
      rejectedBy = "others_see_the_work_all_at_once",
      says = "whether the caller's connection is closed after work that went well",
      earns = 0)
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
      violates = "whether autocommit was on or off before",
      idea = "If autocommit was off, the caller wants to commit",
      because = """
          Then it depends on the caller's settings whether the work is saved. The connection goes
          back to its pool, and the pool rolls back.""",
      instead = "Commit on every connection alike: the mode is put back afterwards.",
      rejectedBy = "others_see_the_work_all_at_once",
      says = "what others see when work that returns a result was run, with autocommit off before",
      earns = 0)
  static class LeavesTheCommitToTheCaller extends ReferenceLendingDesk {
    @Override
    public <T> T inTransaction(Connection connection, Work<T> work) throws Exception {
      if (connection.getAutoCommit()) {
        return super.inTransaction(connection, work);
      }
      try {
        return work.run(connection);
      } catch (Throwable first) {
        connection.rollback();
        throw first;
      }
    }
  }

  @Mistake(
      exercise = "4.1",
      violates = "The work is run once.",
      idea = "If it failed, try it once more",
      because = """
          Only the caller knows whether that is wise. The work may have sent a letter before it
          failed.""",
      instead = "Roll back and throw.",
      rejectedBy = "others_see_the_work_all_at_once",
      says = "whether the work ran before",
      earns = 1)
  static class TriesAgain extends ReferenceLendingDesk {
    @Override
    public <T> T inTransaction(Connection connection, Work<T> work) throws Exception {
      try {
        return super.inTransaction(connection, work);
      } catch (Exception e) {
        return super.inTransaction(connection, work);
      }
    }
  }

  @Mistake(
      exercise = "4.1",
      violates = "that same exception object (not another one, not a wrapper) is thrown",
      idea = "After a rollback all is well",
      because = "The data are, and the caller goes on as if the work had been done.",
      instead = "Throw what the work threw.",
      rejectedBy = "others_see_the_work_all_at_once",
      says = "but was: none, the method returned",
      earns = 0)
  static class ReturnsNull extends ReferenceLendingDesk {
    @Override
    public <T> T inTransaction(Connection connection, Work<T> work) throws Exception {
      try {
        return super.inTransaction(connection, work);
      } catch (Exception e) {
        return null; // rolled back
      }
    }
  }

  @Mistake(
      exercise = "4.1",
      violates = "If it throws, or the commit does, everything is rolled back",
      idea = "A transaction ends with `commit()`, so that is what `finally` is for",
      because = "`finally` comes after a failure as well, and saves half the work.",
      instead = "Commit as the last step of the `try`.",
      rejectedBy = "others_see_the_work_all_at_once",
      says = "what others see after work that ended with a java.io.IOException",
      earns = 0)
  static class CommitsInFinally extends ReferenceLendingDesk {
    @Override
    public <T> T inTransaction(Connection connection, Work<T> work) throws Exception {
      boolean before = connection.getAutoCommit();
      connection.setAutoCommit(false);
      try {
        return work.run(connection);
      } finally {
        connection.commit();
        connection.setAutoCommit(before);
      }
    }
  }

  @Mistake(
      exercise = "4.1",
      violates = "what to do, with that same connection",
      idea = "Give the work a connection that it cannot commit",
      because = """
          Work that unwraps it, compares it or keeps it in a map meets another connection than the
          caller's.""",
      instead = "The contract says who commits; pass on the connection as it is.",
      rejectedBy = "others_see_the_work_all_at_once",
      says = "whether the work was given the caller's connection",
      earns = 1)
  static class WrapsTheConnection extends ReferenceLendingDesk {
    @Override
    public <T> T inTransaction(Connection connection, Work<T> work) throws Exception {
      Connection guarded =
          (Connection)
              Proxy.newProxyInstance(
                  Connection.class.getClassLoader(),
                  new Class<?>[] {Connection.class},
                  (proxy, method, arguments) -> method.invoke(connection, arguments));
      return super.inTransaction(connection, given -> work.run(guarded));
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

  @Alternative(
      exercise = "4.1",
      idea = "`BEGIN`, `COMMIT` and `ROLLBACK` as statements, which leaves the mode alone.")
  static class InSql extends ReferenceLendingDesk {
    @Override
    public <T> T inTransaction(Connection connection, Work<T> work) throws Exception {
      try (Statement statement = connection.createStatement()) {
        statement.execute("BEGIN");
        try {
          T result = work.run(connection);
          statement.execute("COMMIT");
          return result;
        } catch (Throwable first) {
          try {
            statement.execute("ROLLBACK");
          } catch (SQLException second) {
            first.addSuppressed(second);
          }
          throw first;
        }
      }
    }
  }

  @Alternative(
      exercise = "4.1",
      idea = "A `finally` that looks whether there was a failure, and whether there is one to add "
          + "its own to.")
  static class InFinally extends ReferenceLendingDesk {
    @Override
    public <T> T inTransaction(Connection connection, Work<T> work) throws Exception {
      boolean before = connection.getAutoCommit();
      Throwable failure = null;
      try {
        connection.setAutoCommit(false);
        T result = work.run(connection);
        connection.commit();
        return result;
      } catch (Exception | Error e) {
        failure = e;
        throw e;
      } finally {
        end(connection, before, failure);
      }
    }

    private static void end(Connection connection, boolean before, Throwable failure)
        throws SQLException {
      try {
        if (failure != null) {
          connection.rollback();
        }
        connection.setAutoCommit(before);
      } catch (SQLException e) {
        if (failure == null) {
          throw e;
        }
        failure.addSuppressed(e);
      }
    }
  }
}
