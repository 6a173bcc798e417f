package workbook.transactions.mistakes;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;
import workbook.grading.proofs.Alternative;
import workbook.grading.proofs.Mistake;
import workbook.transactions.reference.ReferenceLendingDesk;


/** Exercise 4.8: a report of one moment, while others write. */
final class ReportMistakes {
  private ReportMistakes() {}

  private static int number(Handle handle, String query) {
    return handle.createQuery(query).mapTo(int.class).one();
  }

  @Mistake(
      exercise = "4.8",
      violates = "Counts the library's copies, all as of one moment",
      idea = "Two queries in one transaction see the same",
      because = """
          By default each query sees what is committed when it begins. A copy that is lent
          in between is counted twice: on the shelf, and on loan.""",
      instead = "REPEATABLE READ: both see what the first one saw.",
      rejectedBy = "both_counts_are_of_one_moment",
      says = "2 were lent after the stock was summed up",
      earns = 1)
  static class DefaultLevel extends ReferenceLendingDesk {
    @Override
    public Report report(Jdbi jdbi, Runnable meanwhile) {
      return jdbi.inTransaction(
          handle -> {
            int onShelf = number(handle, "SELECT sum(stock) FROM books");
            meanwhile.run();
            return new Report(onShelf, number(handle, "SELECT count(*) FROM loans"));
          });
    }
  }

  @Mistake(
      exercise = "4.8",
      violates = "In one transaction it first sums up the stock",
      idea = "A level is enough, without a transaction",
      because = """
          Without one, each query is a transaction of its own, and repeatable only within
          itself.""",
      instead = "`inTransaction`, with the level as its first argument.",
      rejectedBy = "both_counts_are_of_one_moment",
      says = "The stock comes before it and the loans after it, in one transaction",
      earns = 0)
  static class LevelWithoutTransaction extends ReferenceLendingDesk {
    @Override
    public Report report(Jdbi jdbi, Runnable meanwhile) {
      return jdbi.withHandle(
          handle -> {
            handle.setTransactionIsolationLevel(TransactionIsolationLevel.REPEATABLE_READ);
            int onShelf = number(handle, "SELECT sum(stock) FROM books");
            meanwhile.run();
            return new Report(onShelf, number(handle, "SELECT count(*) FROM loans"));
          });
    }
  }

  @Mistake(
      exercise = "4.8",
      violates = "Other sessions can write while it runs",
      idea = "Lock the tables while counting",
      because = """
          The numbers are right, and the library stands still: a desk that wants to lend a
          book waits until the report is done.""",
      instead = "A snapshot needs no lock: REPEATABLE READ.",
      rejectedBy = "a_report_holds_nobody_up",
      says = "while your report ran another desk had to wait: which of your statements locks?",
      earns = 0)
  static class LocksTheTables extends ReferenceLendingDesk {
    @Override
    public Report report(Jdbi jdbi, Runnable meanwhile) {
      return jdbi.inTransaction(
          handle -> {
            handle.execute("LOCK TABLE books, loans IN SHARE MODE");
            int onShelf = number(handle, "SELECT sum(stock) FROM books");
            meanwhile.run();
            return new Report(onShelf, number(handle, "SELECT count(*) FROM loans"));
          });
    }
  }

  @Mistake(
      exercise = "4.8",
      violates = "it first sums up the stock, then calls meanwhile once",
      idea = "Begin the report when everything has happened",
      because = """
          It counts one moment, but a later one: what happens meanwhile is then in the report.""",
      instead = "The first query fixes the moment, so it comes first.",
      rejectedBy = "both_counts_are_of_one_moment",
      says = "The stock comes before it and the loans after it, in one transaction",
      earns = 1)
  static class CountsAfterwards extends ReferenceLendingDesk {
    @Override
    public Report report(Jdbi jdbi, Runnable meanwhile) {
      meanwhile.run();
      return super.report(jdbi, () -> {});
    }
  }

  @Alternative(
      exercise = "4.8",
      idea = "`SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY` as the first statement.")
  static class InSql extends ReferenceLendingDesk {
    @Override
    public Report report(Jdbi jdbi, Runnable meanwhile) {
      try (Handle handle = jdbi.open()) {
        handle.begin();
        handle.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
        int onShelf = number(handle, "SELECT coalesce(sum(stock), 0) FROM books");
        meanwhile.run();
        int onLoan = number(handle, "SELECT count(*) FROM loans");
        handle.commit();
        return new Report(onShelf, onLoan);
      }
    }
  }
}
