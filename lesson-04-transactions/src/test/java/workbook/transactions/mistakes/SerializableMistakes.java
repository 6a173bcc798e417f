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
      idea = "A transaction is enough",
      because = """
          By default each statement sees what is committed when it begins (READ COMMITTED).
          Two desks read a stock of 1, and both lend.""",
      instead = "Ask for SERIALIZABLE.",
      rejectedBy = "two_desks_lend_the_last_copy_and_one_wins",
      says = "both desks had read a stock of 1")
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
      idea = "REPEATABLE READ is as good",
      because = """
          It notices when two transactions write the same row. Here they write different rows, each
          because of what it has read, and together they break a rule: write skew.""",
      instead = "Only SERIALIZABLE looks at what was read, too.",
      rejectedBy = "a_rule_over_several_rows_holds_too",
      says = "which isolation level sees a conflict in that?",
      earns = 3)
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
      idea = "SERIALIZABLE makes the second one wait",
      because = """
          It lets both go on, and refuses one of them with 40001. That is not an error of
          the work but a request to do it again.""",
      instead = "Run the work again, from the start.",
      rejectedBy = "two_desks_lend_the_last_copy_and_one_wins",
      says = "who is refused with 40001 looks again")
  static class WithoutRetry extends ReferenceLendingDesk {
    @Override
    public <T> T serializable(
        Jdbi jdbi, int attempts, HandleCallback<T, RuntimeException> work) {
      return jdbi.inTransaction(TransactionIsolationLevel.SERIALIZABLE, work);
    }
  }

  @Mistake(
      exercise = "4.7",
      idea = "Whatever fails is tried again",
      because = """
          A taken ISBN (23505) is as taken the fifth time. A bug in the work runs five times, and
          whatever it did outside the database happens five times.""",
      instead = "Only 40001 asks for it.",
      rejectedBy = "other_failures_are_not_tried_again",
      says = "runs of work that fails with 23505",
      earns = 3)
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
      idea = "It will work some day: `while (true)`",
      because = """
          If the conflict does not pass, nothing ends it. The caller said how often it wants to
          wait.""",
      instead = "Count the attempts, and let the last exception out.",
      rejectedBy = "it_gives_up_after_so_many_attempts",
      says = "does the loop ever give up?",
      earns = 3)
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
      idea = "Try again inside the transaction",
      because = """
          It is aborted: everything in it gets 25P02. And its view of the data is the one that was
          refused.""",
      instead = "The loop goes around the whole transaction.",
      rejectedBy = "it_gives_up_after_so_many_attempts",
      says = "runs of work that may be run 3 times")
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

  @Alternative(
      exercise = "4.7",
      idea = "One handle for all attempts, its level set once, and a method that calls itself.")
  static class OneHandle extends ReferenceLendingDesk {
    @Override
    public <T> T serializable(
        Jdbi jdbi, int attempts, HandleCallback<T, RuntimeException> work) {
      try (Handle handle = jdbi.open()) {
        handle.setTransactionIsolationLevel(TransactionIsolationLevel.SERIALIZABLE);
        return attempt(handle, attempts, work);
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
