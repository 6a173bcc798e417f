package workbook.transactions.mistakes;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;
import workbook.grading.proofs.Mistake;
import workbook.transactions.reference.ReferenceLendingDesk;

/** Exercise 4.8: locks and statements at the wrong time, and failures in other words. */
final class ReportEndMistakes {
  private static final String STOCK = "SELECT coalesce(sum(stock), 0) FROM books";
  private static final String LOANS = "SELECT count(*) FROM loans";

  private ReportEndMistakes() {}

  private static int number(Handle handle, String query) {
    return handle.createQuery(query).mapTo(int.class).one();
  }

  @Mistake(
      exercise = "4.8",
      violates = "from its first statement to its last",
      idea = "Lock the loans just for the count",
      because = """
          Until the report commits, whoever lends a book waits. And the lock itself waits for each
          desk that is lending one.""",
      instead = "The level is enough: no lock.",
      rejectedBy = "a_report_holds_nobody_up",
      says = "It waited for another desk that is writing",
      earns = 1)
  static class LocksLate extends ReferenceLendingDesk {
    @Override
    public Report report(Jdbi jdbi, Runnable meanwhile) {
      return jdbi.inTransaction(
          TransactionIsolationLevel.REPEATABLE_READ,
          handle -> {
            int onShelf = number(handle, STOCK);
            meanwhile.run();
            handle.execute("LOCK TABLE loans IN SHARE MODE");
            return new Report(onShelf, number(handle, LOANS));
          });
    }
  }

  @Mistake(
      exercise = "4.8",
      violates = "before meanwhile has ended, no statement is sent that names it",
      idea = "One cursor over both counts: one statement, one moment",
      because = """
          It is one moment, without any level. But the statement locks both tables from the start,
          so others cannot alter the table of loans meanwhile.""",
      instead = "Two statements, in a transaction that sees one moment.",
      rejectedBy = "both_counts_are_of_one_moment",
      says = "but was: \"books and loans\"",
      earns = 1)
  static class OneCursor extends ReferenceLendingDesk {
    @Override
    public Report report(Jdbi jdbi, Runnable meanwhile) {
      return jdbi.inTransaction(
          handle -> {
            handle.execute("DECLARE counts CURSOR FOR " + STOCK + " UNION ALL " + LOANS);
            int onShelf = number(handle, "FETCH counts");
            meanwhile.run();
            return new Report(onShelf, number(handle, "FETCH counts"));
          });
    }
  }

  @Mistake(
      exercise = "4.8",
      violates = "what it throws is passed on, itself, also if it is an Error",
      idea = "A `JdbiException` is a failed query: say so",
      because = """
          `meanwhile` has a database of its own, and its exception is its caller's business.""",
      instead = "No `catch`.",
      rejectedBy = "a_report_holds_nobody_up",
      says = "meanwhile throws org.jdbi.v3.core.ConnectionException",
      earns = 1)
  static class WrapsJdbiExceptions extends ReferenceLendingDesk {
    @Override
    public Report report(Jdbi jdbi, Runnable meanwhile) {
      return super.report(
          jdbi,
          () -> {
            try {
              meanwhile.run();
            } catch (JdbiException e) {
              throw new IllegalStateException("no report", e);
            }
          });
    }
  }

  @Mistake(
      exercise = "4.8",
      violates = "the database's own exception if a query fails",
      idea = "Without a sum there are no copies: 0",
      because = "The report says that the shelf is empty. It was not looked at.",
      instead = "No `catch`.",
      rejectedBy = "a_report_holds_nobody_up",
      says = "there is no table of books",
      earns = 1)
  static class NoSumIsZero extends ReferenceLendingDesk {
    @Override
    public Report report(Jdbi jdbi, Runnable meanwhile) {
      try {
        return super.report(jdbi, meanwhile);
      } catch (JdbiException e) {
        if (String.valueOf(e.getMessage()).contains("\"books\" does not exist")) {
          return new Report(0, 0);
        }
        throw e;
      }
    }
  }

  @Mistake(
      exercise = "4.8",
      violates = "before meanwhile has ended, no statement is sent that names it",
      idea = "Both counts in one query, and then a transaction for meanwhile",
      because = "The transaction protects nothing, since both counts were made before it.",
      instead = "The loans are counted after `meanwhile`, in the transaction of the stock.",
      rejectedBy = "both_counts_are_of_one_moment",
      says = "another session locks loans",
      earns = 1)
  static class BothBefore extends ReferenceLendingDesk {
    @Override
    public Report report(Jdbi jdbi, Runnable meanwhile) {
      Report report =
          jdbi.withHandle(
              handle ->
                  handle
                      .createQuery(
                          "SELECT (SELECT coalesce(sum(stock), 0) FROM books),"
                              + " (SELECT count(*) FROM loans)")
                      .map((row, context) -> new Report(row.getInt(1), row.getInt(2)))
                      .one());
      jdbi.useTransaction(
          handle -> {
            handle.createQuery("SELECT count(*) FROM books").mapTo(int.class).one();
            meanwhile.run();
          });
      return report;
    }
  }
}
