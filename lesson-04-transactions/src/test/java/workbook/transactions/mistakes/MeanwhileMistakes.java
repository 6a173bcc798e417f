package workbook.transactions.mistakes;

import java.sql.SQLException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;
import workbook.grading.proofs.Alternative;
import workbook.grading.proofs.Mistake;
import workbook.transactions.LendingDesk.Report;
import workbook.transactions.reference.ReferenceLendingDesk;

/** Exercises 4.5, 4.7 and 4.8: what is tried again, and what others do meanwhile. */
final class MeanwhileMistakes {
  private static final String STOCK = "SELECT coalesce(sum(stock), 0) FROM books";

  private MeanwhileMistakes() {}

  private static int number(Handle handle, String query) {
    return handle.createQuery(query).mapTo(int.class).one();
  }

  @Mistake(
      exercise = "4.5",
      violates = "Nothing that failed is run again, not even after 40001",
      idea = "In a transaction of my own I try again",
      because = """
          How often, and whether at all, is for the caller to say: it knows what else hangs on
          the request. Here a caller waits for three attempts and does not know it.""",
      instead = "Pass the failure on. A loop like that of 4.7 goes around the whole call.",
      rejectedBy = "loan_and_note_are_one_transaction",
      says = "it is passed on at once",
      earns = 2,
      detail = true)
  static class TriesAgain extends ReferenceLendingDesk {
    @Override
    public boolean lendAndNote(Handle handle, long bookId, long memberId) {
      if (handle.isInTransaction()) {
        return super.lendAndNote(handle, bookId, memberId);
      }
      for (int attempt = 1; ; attempt++) {
        try {
          return super.lendAndNote(handle, bookId, memberId);
        } catch (JdbiException e) {
          boolean conflict =
              e.getCause() instanceof SQLException cause && "40001".equals(cause.getSQLState());
          if (!conflict || attempt == 3) {
            throw e;
          }
        }
      }
    }
  }

  @Mistake(
      exercise = "4.8",
      violates = "they do not wait for it, nor does it wait for them",
      idea = "`DEFERRABLE` is the level for reports",
      because = """
          Such a transaction is never refused, as its first statement waits until no other
          transaction at SERIALIZABLE can get in its way. That may take for ever.""",
      instead = "REPEATABLE READ is enough for two queries of one moment, and waits for nothing.",
      rejectedBy = "a_report_holds_nobody_up",
      says = "for what does your report wait?",
      earns = 1)
  static class Deferrable extends ReferenceLendingDesk {
    @Override
    public Report report(Jdbi jdbi, Runnable meanwhile) {
      return jdbi.inTransaction(
          handle -> {
            handle.execute("SET TRANSACTION ISOLATION LEVEL SERIALIZABLE, READ ONLY, DEFERRABLE");
            int onShelf = number(handle, STOCK);
            meanwhile.run();
            return new Report(onShelf, number(handle, "SELECT count(*) FROM loans"));
          });
    }
  }

  @Mistake(
      exercise = "4.8",
      violates = "In one transaction it first sums up the stock, then calls meanwhile once",
      idea = "Without a book there is nothing to sum up",
      because = """
          Whether there are books is known after a query only, and what it says is of that
          moment. Here the transaction begins after `meanwhile`.""",
      instead = "An empty table is no special case: `coalesce(sum(stock), 0)`.",
      rejectedBy = "both_counts_are_of_one_moment",
      says = "in a library without a book",
      earns = 1)
  static class EmptyIsSpecial extends ReferenceLendingDesk {
    @Override
    public Report report(Jdbi jdbi, Runnable meanwhile) {
      if (jdbi.withHandle(handle -> number(handle, "SELECT count(*) FROM books")) == 0) {
        meanwhile.run();
        return super.report(jdbi, () -> {});
      }
      return super.report(jdbi, meanwhile);
    }
  }

  @Alternative(
      exercise = "4.7",
      idea = "Looks for 40001 among all causes, so that a 25P02 which follows from it counts, too.")
  static class AnyCause extends ReferenceLendingDesk {
    @Override
    public <T> T serializable(
        Jdbi jdbi, int attempts, HandleCallback<T, RuntimeException> work) {
      for (int left = attempts; ; left--) {
        try {
          return jdbi.inTransaction(TransactionIsolationLevel.SERIALIZABLE, work);
        } catch (RuntimeException e) {
          if (left <= 1 || !hasConflict(e)) {
            throw e;
          }
        }
      }
    }

    private static boolean hasConflict(Throwable thrown) {
      for (Throwable t = thrown; t != null; t = t.getCause()) {
        if (t instanceof SQLException e && "40001".equals(e.getSQLState())) {
          return true;
        }
      }
      return false;
    }
  }
}
