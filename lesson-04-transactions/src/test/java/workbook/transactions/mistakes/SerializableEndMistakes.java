package workbook.transactions.mistakes;

import java.sql.SQLException;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jdbi.v3.core.transaction.SerializableTransactionRunner;
import org.jdbi.v3.core.transaction.TransactionException;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;
import workbook.grading.proofs.Alternative;
import workbook.grading.proofs.Mistake;
import workbook.transactions.reference.ReferenceLendingDesk;

/** Exercise 4.7: which failures are tried again, how often, and what comes out. */
final class SerializableEndMistakes {
  private SerializableEndMistakes() {}

  // What they all get right: the level, and the transaction inside the loop.
  private static <T> T retrying(
      Jdbi jdbi,
      int attempts,
      HandleCallback<T, RuntimeException> work,
      Predicate<RuntimeException> mayPass) {
    for (int attempt = 1; ; attempt++) {
      try {
        return jdbi.inTransaction(TransactionIsolationLevel.SERIALIZABLE, work);
      } catch (RuntimeException e) {
        if (!mayPass.test(e) || attempt >= attempts) {
          throw e;
        }
      }
    }
  }

  private static String state(Throwable e) {
    return e.getCause() instanceof SQLException cause ? cause.getSQLState() + "" : "";
  }

  private static boolean mayPass(RuntimeException e) {
    return state(e).equals("40001");
  }

  @Mistake(
      exercise = "4.7",
      violates = "also one of class 40",
      idea = "Class 40 is what asks for another attempt",
      because = """
          40001 does, and 40P01 may. 40003 says that it is not known how the statement ended:
          what was done may be done twice.""",
      instead = "Compare the whole SQLSTATE.",
      rejectedBy = "other_failures_are_not_tried_again",
      says = "runs of work that fails with 40000",
      earns = 3,
      detail = true)
  static class ClassForty extends ReferenceLendingDesk {
    @Override
    public <T> T serializable(Jdbi jdbi, int attempts, HandleCallback<T, RuntimeException> work) {
      return retrying(jdbi, attempts, work, e -> state(e).startsWith("40"));
    }
  }

  @Mistake(
      exercise = "4.7",
      violates = "the exception of the last attempt, after so many that ended in 40001",
      idea = "An exception of its own says that it gave up",
      because = """
          The caller looks for Jdbi's exception, whose cause has the SQLSTATE. Here it is a cause
          of a cause.""",
      instead = "Throw on what the last attempt threw.",
      rejectedBy = "it_gives_up_after_so_many_attempts",
      says = "The exception of the last attempt comes out, itself",
      earns = 1)
  static class OwnException extends ReferenceLendingDesk {
    @Override
    public <T> T serializable(Jdbi jdbi, int attempts, HandleCallback<T, RuntimeException> work) {
      try {
        return retrying(jdbi, attempts, work, SerializableEndMistakes::mayPass);
      } catch (JdbiException e) {
        if (mayPass(e)) {
          throw new IllegalStateException("gave up after " + attempts + " attempts", e);
        }
        throw e;
      }
    }
  }

  @Mistake(
      exercise = "4.7",
      violates = "the exception of the last attempt",
      idea = "The first exception is the one to keep",
      because = """
          That is so for what goes wrong while cleaning up. Here each attempt stands by itself, and
          the last one tells how things are now.""",
      instead = "Forget the earlier ones, or add them to the last as suppressed.",
      rejectedBy = "it_gives_up_after_so_many_attempts",
      says = "but was: UnableToExecuteStatementException of attempt 1",
      earns = 3,
      detail = true)
  static class FirstException extends ReferenceLendingDesk {
    @Override
    public <T> T serializable(Jdbi jdbi, int attempts, HandleCallback<T, RuntimeException> work) {
      RuntimeException[] first = new RuntimeException[1];
      try {
        return retrying(
            jdbi,
            attempts,
            work,
            e -> {
              first[0] = first[0] == null ? e : first[0];
              return mayPass(e);
            });
      } catch (JdbiException e) {
        throw mayPass(e) ? first[0] : e;
      }
    }
  }

  @Mistake(
      exercise = "4.7",
      violates = "attempts how often the work is run at most, 1 or more",
      idea = "So many attempts are so many repetitions",
      because = "The first run is an attempt, too: this one runs the work once too often.",
      instead = "Count the runs, from 1.",
      rejectedBy = "two_desks_lend_the_last_copy_and_one_wins",
      says = "runs of work that may be run twice",
      earns = 1)
  static class OneTooMany extends ReferenceLendingDesk {
    @Override
    public <T> T serializable(Jdbi jdbi, int attempts, HandleCallback<T, RuntimeException> work) {
      return retrying(jdbi, attempts + 1, work, SerializableEndMistakes::mayPass);
    }
  }

  @Mistake(
      exercise = "4.7",
      violates = "attempts how often the work is run at most",
      idea = "Five times must do",
      because = "The caller has said 9, and knows why.",
      instead = "The bound is the caller's.",
      rejectedBy = "it_gives_up_after_so_many_attempts",
      says = "TransactionException, after 5 runs",
      earns = 3,
      detail = true)
  static class CappedAtFive extends ReferenceLendingDesk {
    @Override
    public <T> T serializable(Jdbi jdbi, int attempts, HandleCallback<T, RuntimeException> work) {
      return retrying(jdbi, Math.min(attempts, 5), work, SerializableEndMistakes::mayPass);
    }
  }

  @Mistake(
      exercise = "4.7",
      violates = "40001 may come from a statement of the work or from the commit",
      idea = "It is statements that fail",
      because = """
          The server may notice at the commit only. Jdbi has another exception for that:
          TransactionException.""",
      instead = "Catch what both are, a JdbiException, and look at the SQLSTATE.",
      rejectedBy = "two_desks_lend_the_last_copy_and_one_wins",
      says = "the commit of one is refused with 40001",
      earns = 1)
  static class StatementsOnly extends ReferenceLendingDesk {
    @Override
    public <T> T serializable(Jdbi jdbi, int attempts, HandleCallback<T, RuntimeException> work) {
      return retrying(
          jdbi, attempts, work, e -> e instanceof UnableToExecuteStatementException && mayPass(e));
    }
  }

  @Mistake(
      exercise = "4.7",
      violates = "40001 may come from a statement of the work or from the commit",
      idea = "It is the commit that fails",
      because = "If two transactions write the same row, the second is refused at its UPDATE.",
      instead = "Catch what both are, a JdbiException, and look at the SQLSTATE.",
      rejectedBy = "two_desks_lend_the_last_copy_and_one_wins",
      says = "who is refused with 40001 looks again",
      earns = 0)
  static class CommitsOnly extends ReferenceLendingDesk {
    @Override
    public <T> T serializable(Jdbi jdbi, int attempts, HandleCallback<T, RuntimeException> work) {
      return retrying(jdbi, attempts, work, e -> e instanceof TransactionException && mayPass(e));
    }
  }

  @Mistake(
      exercise = "4.7",
      violates = "if the server answers that it cannot: 40001",
      idea = "The message says `could not serialize access`",
      because = """
          A server that speaks another language says it otherwise, and a bug of the work may say
          the same.""",
      instead = "The SQLSTATE is the same in each language.",
      rejectedBy = "it_gives_up_after_so_many_attempts",
      says = "runs of work that may be run 3 times",
      earns = 0)
  static class ByTheMessage extends ReferenceLendingDesk {
    @Override
    public <T> T serializable(Jdbi jdbi, int attempts, HandleCallback<T, RuntimeException> work) {
      return retrying(
          jdbi, attempts, work, e -> e.getMessage().contains("could not serialize access"));
    }
  }

  @Mistake(
      exercise = "4.7",
      violates = "or that of another failure",
      idea = "Each exception of Jdbi has a cause with an SQLSTATE",
      because = """
          An SQLException need not have one, and then a NullPointerException takes the place of the
          failure.""",
      instead = "`\"40001\".equals(...)` copes with null.",
      rejectedBy = "other_failures_are_not_tried_again",
      says = "an exception without an SQLSTATE",
      earns = 3,
      detail = true)
  static class StumblesOverNull extends ReferenceLendingDesk {
    @Override
    public <T> T serializable(Jdbi jdbi, int attempts, HandleCallback<T, RuntimeException> work) {
      return retrying(
          jdbi,
          attempts,
          work,
          e -> e.getCause() instanceof SQLException s && s.getSQLState().equals("40001"));
    }
  }

  @Mistake(
      exercise = "4.7",
      violates = "What the work threw comes out itself, in no wrapper, also if it is an Error",
      idea = "`catch (Throwable)`, and a RuntimeException out of it",
      because = "An assertion that fails in the work is no longer one.",
      instead = "Catch what Jdbi throws, and nothing more.",
      rejectedBy = "other_failures_are_not_tried_again",
      says = "an Error, no Exception",
      earns = 3,
      detail = true)
  static class WrapsErrors extends ReferenceLendingDesk {
    @Override
    public <T> T serializable(Jdbi jdbi, int attempts, HandleCallback<T, RuntimeException> work) {
      try {
        return retrying(jdbi, attempts, work, SerializableEndMistakes::mayPass);
      } catch (Error e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Mistake(
      exercise = "4.7",
      violates = "what the work returned in the attempt that was committed, be it null",
      idea = "As long as there is no result, try again",
      because = "Work that has nothing to return returns null, and is committed several times.",
      instead = "`return` out of the loop.",
      rejectedBy = "it_gives_up_after_so_many_attempts",
      says = "runs of work that goes well, and returns null",
      earns = 3,
      detail = true)
  static class NullMeansAgain extends ReferenceLendingDesk {
    @Override
    public <T> T serializable(Jdbi jdbi, int attempts, HandleCallback<T, RuntimeException> work) {
      T result = null;
      for (int attempt = 1; result == null && attempt <= attempts; attempt++) {
        try {
          result = jdbi.inTransaction(TransactionIsolationLevel.SERIALIZABLE, work);
        } catch (JdbiException e) {
          if (!mayPass(e) || attempt == attempts) {
            throw e;
          }
        }
      }
      return result;
    }
  }

  @Mistake(
      exercise = "4.7",
      violates = "Nothing changes on the jdbi",
      idea = "Jdbi's SerializableTransactionRunner, set on the `jdbi`",
      because = """
          From then on all that works with this `jdbi` is run again after 40001, whether or not it
          can bear that.""",
      instead = "Call the runner with a handle, or write the loop.",
      rejectedBy = "it_gives_up_after_so_many_attempts",
      says = "the transaction handler that is set on the caller's jdbi",
      earns = 3,
      detail = true)
  static class ChangesTheJdbi extends ReferenceLendingDesk {
    @Override
    public <T> T serializable(Jdbi jdbi, int attempts, HandleCallback<T, RuntimeException> work) {
      jdbi.setTransactionHandler(new SerializableTransactionRunner());
      jdbi.getConfig(SerializableTransactionRunner.Configuration.class)
          .setMaxRetries(attempts - 1);
      return jdbi.inTransaction(TransactionIsolationLevel.SERIALIZABLE, work);
    }
  }

  @Mistake(
      exercise = "4.7",
      violates = "with its former isolation level",
      idea = "Set the level on the handle, then close it",
      because = """
          The connection may be from a pool, and keeps the level: who has it next is refused
          with 40001, and does not know why.""",
      instead = "`inTransaction` with a level sets it back.",
      rejectedBy = "it_gives_up_after_so_many_attempts",
      says = "serializable",
      earns = 2)
  static class LeavesTheLevel extends ReferenceLendingDesk {
    @Override
    public <T> T serializable(Jdbi jdbi, int attempts, HandleCallback<T, RuntimeException> work) {
      try (Handle handle = jdbi.open()) {
        handle.setTransactionIsolationLevel(TransactionIsolationLevel.SERIALIZABLE);
        for (int attempt = 1; ; attempt++) {
          try {
            return handle.inTransaction(work);
          } catch (RuntimeException e) {
            if (!mayPass(e) || attempt >= attempts) {
              throw e;
            }
          }
        }
      }
    }
  }

  @Mistake(
      exercise = "4.7",
      violates = "a connection goes back to it as it came, also after a failure",
      idea = "`close()` after the last attempt",
      because = "If the last attempt throws, that line is not reached: the connection is lost.",
      instead = "Try-with-resources, or `jdbi.inTransaction`.",
      rejectedBy = "it_gives_up_after_so_many_attempts",
      says = "not given back: 3",
      earns = 0)
  static class LeaksAfterAFailure extends ReferenceLendingDesk {
    @Override
    public <T> T serializable(Jdbi jdbi, int attempts, HandleCallback<T, RuntimeException> work) {
      Handle handle = jdbi.open();
      for (int attempt = 1; ; attempt++) {
        try {
          T result = handle.inTransaction(TransactionIsolationLevel.SERIALIZABLE, work);
          handle.close();
          return result;
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
      idea = "A Jdbi of its own around the connection, with Jdbi's SerializableTransactionRunner.")
  static class WithTheRunner extends ReferenceLendingDesk {
    @Override
    public <T> T serializable(Jdbi jdbi, int attempts, HandleCallback<T, RuntimeException> work) {
      return jdbi.withHandle(
          handle -> {
            Jdbi own = Jdbi.create(handle.getConnection());
            own.setTransactionHandler(new SerializableTransactionRunner());
            own.getConfig(SerializableTransactionRunner.Configuration.class)
                .setMaxRetries(attempts - 1);
            return own.inTransaction(TransactionIsolationLevel.SERIALIZABLE, work);
          });
    }
  }

  @Alternative(
      exercise = "4.7",
      idea = "`SET TRANSACTION` as the first statement, and a deadlock is tried again, too.")
  static class InSql extends ReferenceLendingDesk {
    @Override
    public <T> T serializable(Jdbi jdbi, int attempts, HandleCallback<T, RuntimeException> work) {
      try {
        return jdbi.inTransaction(
            handle -> {
              handle.execute("SET TRANSACTION ISOLATION LEVEL SERIALIZABLE");
              return work.withHandle(handle);
            });
      } catch (JdbiException e) {
        if (attempts > 1 && (mayPass(e) || state(e).equals("40P01"))) {
          return serializable(jdbi, attempts - 1, work);
        }
        throw e;
      }
    }
  }
}
