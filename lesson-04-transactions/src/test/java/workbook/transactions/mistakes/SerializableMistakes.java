package workbook.transactions.mistakes;

import java.sql.SQLException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;
import workbook.grading.proofs.Alternative;
import workbook.grading.proofs.Mistake;
import workbook.transactions.reference.ReferenceLendingDesk;

/** Exercise 4.7: transactions that are SERIALIZABLE, and run again after 40001. */
final class SerializableMistakes {
  private SerializableMistakes() {}

  private static boolean mayPass(JdbiException e) {
    return e.getCause() instanceof SQLException cause && "40001".equals(cause.getSQLState());
  }

  @Mistake(
      exercise = "4.7",
      violates = "each is SERIALIZABLE",
      idea = "A transaction is enough",
      because = """
          By default each statement sees what is committed when it begins (READ COMMITTED).
          Two desks read a stock of 1, and both lend.""",
      instead = "Ask for SERIALIZABLE.",
      rejectedBy = "two_desks_lend_the_last_copy_and_one_wins",
      says = "both desks had read a stock of 1",
      earns = 0)
  static class ReadCommitted extends ReferenceLendingDesk {
    @Override
    public <T> T serializable(
        Jdbi jdbi, int attempts, HandleCallback<T, RuntimeException> work) {
      for (int attempt = 1; ; attempt++) {
        try {
          return jdbi.inTransaction(work);
        } catch (JdbiException e) {
          if (!mayPass(e) || attempt == attempts) {
            throw e;
          }
        }
      }
    }
  }

  @Mistake(
      exercise = "4.7",
      violates = "Runs work in a transaction as if no other were going on (SERIALIZABLE)",
      idea = "REPEATABLE READ is as good",
      because = """
          It notices when two transactions write the same row. Here they write different rows, each
          because of what it has read, and together they break a rule: write skew.""",
      instead = "Only SERIALIZABLE looks at what was read, too.",
      rejectedBy = "two_desks_lend_the_last_copy_and_one_wins",
      says = "which isolation level sees a conflict in that?",
      earns = 0)
  static class RepeatableRead extends ReferenceLendingDesk {
    @Override
    public <T> T serializable(
        Jdbi jdbi, int attempts, HandleCallback<T, RuntimeException> work) {
      for (int attempt = 1; ; attempt++) {
        try {
          return jdbi.inTransaction(TransactionIsolationLevel.REPEATABLE_READ, work);
        } catch (JdbiException e) {
          if (!mayPass(e) || attempt == attempts) {
            throw e;
          }
        }
      }
    }
  }

  @Mistake(
      exercise = "4.7",
      violates = "and again from the start if the server answers that it cannot: 40001",
      idea = "SERIALIZABLE makes the second one wait",
      because = """
          It lets both go on, and refuses one of them with 40001. That is not an error of
          the work but a request to do it again.""",
      instead = "Run the work again, from the start.",
      rejectedBy = "two_desks_lend_the_last_copy_and_one_wins",
      says = "who is refused with 40001 looks again",
      earns = 0)
  static class WithoutRetry extends ReferenceLendingDesk {
    @Override
    public <T> T serializable(
        Jdbi jdbi, int attempts, HandleCallback<T, RuntimeException> work) {
      return jdbi.inTransaction(TransactionIsolationLevel.SERIALIZABLE, work);
    }
  }

  @Mistake(
      exercise = "4.7",
      violates = "Any other failure is passed on at once",
      idea = "Whatever fails is tried again",
      because = """
          A taken ISBN (23505) is as taken the fifth time. A bug in the work runs five times, and
          whatever it did outside the database happens five times.""",
      instead = "Only 40001 asks for it.",
      rejectedBy = "two_desks_lend_the_last_copy_and_one_wins",
      says = "runs of work that fails with 23505",
      earns = 1)
  static class RetriesEverything extends ReferenceLendingDesk {
    @Override
    public <T> T serializable(
        Jdbi jdbi, int attempts, HandleCallback<T, RuntimeException> work) {
      for (int attempt = 1; ; attempt++) {
        try {
          return jdbi.inTransaction(TransactionIsolationLevel.SERIALIZABLE, work);
        } catch (RuntimeException e) {
          if (attempt == attempts) {
            throw e;
          }
        }
      }
    }
  }

  @Mistake(
      exercise = "4.7",
      violates = "attempts how often the work is run at most",
      idea = "It will work some day: `while (true)`",
      because = """
          If the conflict does not pass, nothing ends it. The caller said how often it wants to
          wait.""",
      instead = "Count the attempts, and let the last exception out.",
      rejectedBy = "two_desks_lend_the_last_copy_and_one_wins",
      says = "does the loop ever give up?",
      earns = 1)
  static class ForEver extends ReferenceLendingDesk {
    @Override
    public <T> T serializable(
        Jdbi jdbi, int attempts, HandleCallback<T, RuntimeException> work) {
      while (true) {
        try {
          return jdbi.inTransaction(TransactionIsolationLevel.SERIALIZABLE, work);
        } catch (JdbiException e) {
          if (!mayPass(e)) {
            throw e;
          }
        }
      }
    }
  }

  @Mistake(
      exercise = "4.7",
      violates = "Each attempt is a transaction of its own",
      idea = "Try again inside the transaction",
      because = """
          It is aborted: everything in it gets 25P02. And its view of the data is the one that was
          refused.""",
      instead = "The loop goes around the whole transaction.",
      rejectedBy = "two_desks_lend_the_last_copy_and_one_wins",
      says = "what the desks got",
      earns = 0)
  static class LoopInside extends ReferenceLendingDesk {
    @Override
    public <T> T serializable(
        Jdbi jdbi, int attempts, HandleCallback<T, RuntimeException> work) {
      return jdbi.inTransaction(
          TransactionIsolationLevel.SERIALIZABLE,
          handle -> {
            JdbiException last = null;
            for (int attempt = 1; attempt <= attempts; attempt++) {
              try {
                return work.withHandle(handle);
              } catch (JdbiException e) {
                if (!mayPass(e)) {
                  throw last == null ? e : last;
                }
                last = e;
              }
            }
            throw last;
          });
    }
  }

  @Mistake(
      exercise = "4.7",
      violates = "Each attempt is a transaction of its own, and each is SERIALIZABLE",
      idea = "A savepoint makes the next attempt possible",
      because = """
          The transaction accepts statements again, but it still sees the data of its beginning,
          and its conflict is still there.""",
      instead = "The loop goes around the whole transaction.",
      rejectedBy = "it_gives_up_after_so_many_attempts",
      says = "transactions that these were",
      earns = 0)
  static class SavepointInside extends ReferenceLendingDesk {
    @Override
    public <T> T serializable(
        Jdbi jdbi, int attempts, HandleCallback<T, RuntimeException> work) {
      return jdbi.inTransaction(
          TransactionIsolationLevel.SERIALIZABLE,
          handle -> {
            for (int attempt = 1; ; attempt++) {
              handle.savepoint("attempt");
              try {
                return work.withHandle(handle);
              } catch (JdbiException e) {
                if (!mayPass(e) || attempt >= attempts) {
                  throw e;
                }
                handle.rollbackToSavepoint("attempt");
              }
            }
          });
    }
  }

  @Mistake(
      exercise = "4.7",
      violates = "and each is SERIALIZABLE",
      idea = "The level is for the first attempt; the second is careful enough",
      because = """
          The conflict that refused the first attempt may come again, with a third desk, and then
          nothing notices it.""",
      instead = "The same level for each attempt.",
      rejectedBy = "it_gives_up_after_so_many_attempts",
      says = "the isolation level of each attempt",
      earns = 0)
  static class OnlyTheFirst extends ReferenceLendingDesk {
    @Override
    public <T> T serializable(
        Jdbi jdbi, int attempts, HandleCallback<T, RuntimeException> work) {
      for (int attempt = 1; ; attempt++) {
        try {
          return attempt == 1
              ? jdbi.inTransaction(TransactionIsolationLevel.SERIALIZABLE, work)
              : jdbi.inTransaction(work);
        } catch (JdbiException e) {
          if (!mayPass(e) || attempt >= attempts) {
            throw e;
          }
        }
      }
    }
  }

  @Alternative(
      exercise = "4.7",
      idea = "One handle for all attempts, its level set once, and a method that calls itself.")
  static class OneHandle extends ReferenceLendingDesk {
    @Override
    public <T> T serializable(
        Jdbi jdbi, int attempts, HandleCallback<T, RuntimeException> work) {
      try (Handle handle = jdbi.open()) {
        TransactionIsolationLevel before = handle.getTransactionIsolationLevel();
        handle.setTransactionIsolationLevel(TransactionIsolationLevel.SERIALIZABLE);
        try {
          return attempt(handle, attempts, work);
        } finally {
          handle.setTransactionIsolationLevel(before);
        }
      }
    }

    private static <T> T attempt(
        Handle handle, int left, HandleCallback<T, RuntimeException> work) {
      try {
        return handle.inTransaction(work);
      } catch (JdbiException e) {
        if (left > 1 && mayPass(e)) {
          return attempt(handle, left - 1, work);
        }
        throw e;
      }
    }
  }
}
