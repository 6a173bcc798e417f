package workbook.transactions.mistakes;

import java.sql.SQLException;
import java.util.concurrent.locks.LockSupport;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.transaction.SerializableTransactionRunner;
import org.jdbi.v3.core.transaction.TransactionHandler;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;
import workbook.grading.proofs.Alternative;
import workbook.grading.proofs.Mistake;
import workbook.transactions.reference.ReferenceLendingDesk;

/** Exercises 4.7 and 4.8: what the caller's Jdbi and its connections were before. */
final class FormerSettingsMistakes {
  private FormerSettingsMistakes() {}

  private static boolean mayPass(JdbiException e) {
    return e.getCause() instanceof SQLException cause && "40001".equals(cause.getSQLState());
  }

  private static <T> T attempt(Handle handle, HandleCallback<T, RuntimeException> work) {
    handle.setTransactionIsolationLevel(TransactionIsolationLevel.SERIALIZABLE);
    try {
      return handle.inTransaction(work);
    } finally {
      handle.setTransactionIsolationLevel(TransactionIsolationLevel.READ_COMMITTED);
    }
  }

  @Mistake(
      exercise = "4.7",
      violates = "in no transaction, and with its former isolation level",
      idea = "Afterwards, back to READ COMMITTED: that is the default",
      because = """
          A pool, or the program, may have set another one. Then the next transaction runs at a
          level that the program has not asked for.""",
      instead = "Ask for the level before, or have `inTransaction` set it back.",
      rejectedBy = "it_gives_up_after_so_many_attempts",
      says = "autocommit on, read committed",
      earns = 3,
      detail = true)
  static class BackToTheDefault extends ReferenceLendingDesk {
    @Override
    public <T> T serializable(Jdbi jdbi, int attempts, HandleCallback<T, RuntimeException> work) {
      for (int attempt = 1; ; attempt++) {
        try (Handle handle = jdbi.open()) {
          return attempt(handle, work);
        } catch (JdbiException e) {
          if (!mayPass(e) || attempt >= attempts) {
            throw e;
          }
        }
      }
    }
  }

  @Mistake(
      exercise = "4.7",
      violates = "Nothing changes on the jdbi, not even for a while",
      idea = "Jdbi's SerializableTransactionRunner, set for a moment",
      because = """
          Other threads use the `jdbi` at that moment, and theirs is tried again, too. The number
          of retries stays.""",
      instead = "A Jdbi of your own around a connection, or write the loop.",
      rejectedBy = "it_gives_up_after_so_many_attempts",
      says = "SerializableTransactionRunner",
      earns = 3,
      detail = true)
  static class RunnerForAMoment extends ReferenceLendingDesk {
    @Override
    public <T> T serializable(Jdbi jdbi, int attempts, HandleCallback<T, RuntimeException> work) {
      TransactionHandler former = jdbi.getTransactionHandler();
      jdbi.setTransactionHandler(new SerializableTransactionRunner());
      jdbi.getConfig(SerializableTransactionRunner.Configuration.class)
          .setMaxRetries(attempts - 1);
      try {
        return jdbi.inTransaction(TransactionIsolationLevel.SERIALIZABLE, work);
      } finally {
        jdbi.setTransactionHandler(former);
      }
    }
  }

  @Mistake(
      exercise = "4.8",
      violates = "with its former isolation level and read only mode",
      idea = "A report is read only, and afterwards the connection may write",
      because = """
          If it is from a pool of a program that may only read, it now may write, and nothing
          says so.""",
      instead = "Ask for the mode before, and set that back.",
      rejectedBy = "a_report_holds_nobody_up",
      says = "repeatable read, may write",
      earns = 1)
  static class MayWriteAfterwards extends ReferenceLendingDesk {
    @Override
    public Report report(Jdbi jdbi, Runnable meanwhile) {
      try (Handle handle = jdbi.open()) {
        handle.setReadOnly(true);
        try {
          return handle.inTransaction(
              TransactionIsolationLevel.REPEATABLE_READ,
              reading -> {
                int onShelf = number(reading, "SELECT coalesce(sum(stock), 0) FROM books");
                meanwhile.run();
                return new Report(onShelf, number(reading, "SELECT count(*) FROM loans"));
              });
        } finally {
          handle.setReadOnly(false);
        }
      }
    }

    private static int number(Handle handle, String query) {
      return handle.createQuery(query).mapTo(int.class).one();
    }
  }

  @Alternative(
      exercise = "4.7",
      idea = "A short pause before the next attempt, a little longer each time.")
  static class WithPauses extends ReferenceLendingDesk {
    @Override
    public <T> T serializable(Jdbi jdbi, int attempts, HandleCallback<T, RuntimeException> work) {
      for (int attempt = 1; ; attempt++) {
        try {
          return jdbi.inTransaction(TransactionIsolationLevel.SERIALIZABLE, work);
        } catch (JdbiException e) {
          if (!mayPass(e) || attempt >= attempts) {
            throw e;
          }
          LockSupport.parkNanos(1_000_000L * attempt);
        }
      }
    }
  }
}
