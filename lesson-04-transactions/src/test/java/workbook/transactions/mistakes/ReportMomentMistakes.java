package workbook.transactions.mistakes;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;
import workbook.grading.proofs.Alternative;
import workbook.grading.proofs.Mistake;
import workbook.transactions.LendingDesk.Report;
import workbook.transactions.reference.ReferenceLendingDesk;

/** Exercise 4.8: what is counted, what happens meanwhile, and what is left behind. */
final class ReportMomentMistakes {
  private static final String STOCK = "SELECT coalesce(sum(stock), 0) FROM books";
  private static final String LOANS = "SELECT count(*) FROM loans";

  private ReportMomentMistakes() {}

  private static int number(Handle handle, String query) {
    return handle.createQuery(query).mapTo(int.class).one();
  }

  private static Report counted(Jdbi jdbi, String stock, Runnable meanwhile, String loans) {
    return jdbi.inTransaction(
        TransactionIsolationLevel.REPEATABLE_READ,
        handle -> {
          int onShelf = number(handle, stock);
          meanwhile.run();
          return new Report(onShelf, number(handle, loans));
        });
  }

  @Mistake(
      exercise = "4.8",
      violates = "before meanwhile has ended, no statement is sent that names it",
      idea = "One query for both numbers, and then `meanwhile`",
      because = """
          One query does see one moment. But a report that consists of several queries, with time
          in between, is what this exercise is about.""",
      instead = "A transaction that sees one moment, however long it takes.",
      rejectedBy = "both_counts_are_of_one_moment",
      says = "but was: \"neither\"",
      earns = 1)
  static class BothFirst extends ReferenceLendingDesk {
    @Override
    public Report report(Jdbi jdbi, Runnable meanwhile) {
      Report report =
          jdbi.withHandle(
              handle ->
                  handle
                      .createQuery("SELECT (" + STOCK + "), (" + LOANS + ")")
                      .map((row, context) -> new Report(row.getInt(1), row.getInt(2)))
                      .one());
      meanwhile.run();
      return report;
    }
  }

  @Mistake(
      exercise = "4.8",
      violates = "then calls meanwhile once, then counts the loans",
      idea = "Both counts in the transaction, then `meanwhile`",
      because = "Any level will do then: nothing happens between the two counts.",
      instead = "`meanwhile` comes between them.",
      rejectedBy = "both_counts_are_of_one_moment",
      says = "but was: \"books and loans\"",
      earns = 1)
  static class BothFirstInATransaction extends ReferenceLendingDesk {
    @Override
    public Report report(Jdbi jdbi, Runnable meanwhile) {
      return jdbi.inTransaction(
          handle -> {
            Report report = new Report(number(handle, STOCK), number(handle, LOANS));
            meanwhile.run();
            return report;
          });
    }
  }

  @Mistake(
      exercise = "4.8",
      violates = "onLoan the number of loans",
      idea = "Count the books that are on loan",
      because = "Three members have a copy of one book: that are three copies.",
      instead = "Each row of `loans` is a copy.",
      rejectedBy = "both_counts_are_of_one_moment",
      says = "onLoan=3",
      earns = 0)
  static class CountsBooksOnLoan extends ReferenceLendingDesk {
    @Override
    public Report report(Jdbi jdbi, Runnable meanwhile) {
      return counted(jdbi, STOCK, meanwhile, "SELECT count(DISTINCT book_id) FROM loans");
    }
  }

  @Mistake(
      exercise = "4.8",
      violates = "onShelf the sum of all books' stock",
      idea = "Count the books",
      because = "A book has several copies, or none.",
      instead = "`sum(stock)`.",
      rejectedBy = "both_counts_are_of_one_moment",
      says = "onShelf=4",
      earns = 0)
  static class CountsBooks extends ReferenceLendingDesk {
    @Override
    public Report report(Jdbi jdbi, Runnable meanwhile) {
      return counted(jdbi, "SELECT count(*) FROM books", meanwhile, LOANS);
    }
  }

  @Mistake(
      exercise = "4.8",
      violates = "0 if there are no books",
      idea = "A sum is a number",
      because = "The sum of no rows is NULL, and unboxing it is a NullPointerException.",
      instead = "`coalesce(sum(stock), 0)`.",
      rejectedBy = "a_report_holds_nobody_up",
      says = "The report on an empty library",
      earns = 1)
  static class NullSum extends ReferenceLendingDesk {
    @Override
    public Report report(Jdbi jdbi, Runnable meanwhile) {
      return jdbi.inTransaction(
          TransactionIsolationLevel.REPEATABLE_READ,
          handle -> {
            // No variable of type Integer: Java names it in the message, or does not.
            int onShelf =
                handle.createQuery("SELECT sum(stock) FROM books").mapTo(Integer.class).one();
            meanwhile.run();
            return new Report(onShelf, number(handle, LOANS));
          });
    }
  }

  @Mistake(
      exercise = "4.8",
      violates = "on the calling thread",
      idea = "Meanwhile is another thread",
      because = "What it throws ends that thread, and the caller never learns of it.",
      instead = "`meanwhile.run()`.",
      rejectedBy = "a_report_holds_nobody_up",
      says = "meanwhile throws",
      earns = 0)
  static class InAThread extends ReferenceLendingDesk {
    @Override
    public Report report(Jdbi jdbi, Runnable meanwhile) {
      return counted(jdbi, STOCK, () -> runAndWait(meanwhile), LOANS);
    }

    private static void runAndWait(Runnable meanwhile) {
      Thread thread = new Thread(meanwhile);
      thread.setUncaughtExceptionHandler((ended, e) -> {});
      thread.start();
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Mistake(
      exercise = "4.8",
      violates = "what it throws is passed on, itself",
      idea = "The report must come out, whatever happens meanwhile",
      because = "The caller has asked for two things, and believes that both are done.",
      instead = "No `catch`.",
      rejectedBy = "a_report_holds_nobody_up",
      says = "none, the method returned",
      earns = 1)
  static class SwallowsIt extends ReferenceLendingDesk {
    @Override
    public Report report(Jdbi jdbi, Runnable meanwhile) {
      return counted(
          jdbi,
          STOCK,
          () -> {
            try {
              meanwhile.run();
            } catch (RuntimeException e) {
              System.getLogger("report").log(System.Logger.Level.DEBUG, e);
            }
          },
          LOANS);
    }
  }

  @Mistake(
      exercise = "4.8",
      violates = "RuntimeException the database's own exception if a query fails",
      idea = "A report that fails has nothing to report",
      because = "Zero copies are a number, too, and someone will order books because of it.",
      instead = "No `catch`.",
      rejectedBy = "a_report_holds_nobody_up",
      says = "the method returned",
      earns = 1)
  static class ReportsNothing extends ReferenceLendingDesk {
    @Override
    public Report report(Jdbi jdbi, Runnable meanwhile) {
      try {
        return super.report(jdbi, meanwhile);
      } catch (UnableToExecuteStatementException e) {
        return new Report(0, 0);
      }
    }
  }

  @Mistake(
      exercise = "4.8",
      violates = "also if it is an Error",
      idea = "Whatever comes out is a failed report: `catch (Throwable)`",
      because = "An assertion in what happens meanwhile is no longer one.",
      instead = "No `catch`.",
      rejectedBy = "a_report_holds_nobody_up",
      says = "calls for the exception that came first, itself",
      earns = 1)
  static class WrapsErrors extends ReferenceLendingDesk {
    @Override
    public Report report(Jdbi jdbi, Runnable meanwhile) {
      try {
        return super.report(jdbi, meanwhile);
      } catch (Error e) {
        throw new IllegalStateException("the report failed", e);
      }
    }
  }

  @Mistake(
      exercise = "4.8",
      violates = "A connection goes back to the jdbi as it came, also after a failure",
      idea = "`close()` on the last line",
      because = "If `meanwhile` throws, that line is not reached.",
      instead = "Try-with-resources, or `jdbi.inTransaction`.",
      rejectedBy = "a_report_holds_nobody_up",
      says = "not given back: 1",
      earns = 1)
  static class LeaksIfItThrows extends ReferenceLendingDesk {
    @Override
    public Report report(Jdbi jdbi, Runnable meanwhile) {
      Handle handle = jdbi.open();
      Report report =
          handle.inTransaction(
              TransactionIsolationLevel.REPEATABLE_READ,
              joined -> {
                int onShelf = number(joined, STOCK);
                meanwhile.run();
                return new Report(onShelf, number(joined, LOANS));
              });
      handle.close();
      return report;
    }
  }

  @Mistake(
      exercise = "4.8",
      violates = "whatever they insert, update or delete, they do not wait for it",
      idea = "`FOR KEY SHARE` is a small lock",
      because = "Stock can be changed under it. But who takes a book out of the library waits.",
      instead = "A snapshot needs no lock at all.",
      rejectedBy = "a_report_holds_nobody_up",
      says = "while your report ran another desk had to wait: which of your statements locks?",
      earns = 1)
  static class LocksTheRows extends ReferenceLendingDesk {
    @Override
    public Report report(Jdbi jdbi, Runnable meanwhile) {
      return counted(
          jdbi,
          "SELECT coalesce(sum(stock), 0) FROM (SELECT stock FROM books FOR KEY SHARE) AS locked",
          meanwhile,
          LOANS);
    }
  }

  @Mistake(
      exercise = "4.8",
      violates = "with its former isolation level and read only mode",
      idea = "`setReadOnly(true)`: a report does not write",
      because = """
          It stays on the connection. From a pool, the next caller gets one that refuses to
          write, with 25006.""",
      instead = "`SET TRANSACTION READ ONLY`, or set it back.",
      rejectedBy = "a_report_holds_nobody_up",
      says = "read only",
      earns = 1)
  static class LeavesReadOnly extends ReferenceLendingDesk {
    @Override
    public Report report(Jdbi jdbi, Runnable meanwhile) {
      try (Handle handle = jdbi.open()) {
        handle.setReadOnly(true);
        return handle.inTransaction(
            TransactionIsolationLevel.REPEATABLE_READ,
            joined -> {
              int onShelf = number(joined, STOCK);
              meanwhile.run();
              return new Report(onShelf, number(joined, LOANS));
            });
      }
    }
  }

  @Alternative(
      exercise = "4.8",
      idea = "Plain JDBC, SERIALIZABLE and read only, everything set back in a `finally`.")
  static class InJdbc extends ReferenceLendingDesk {
    @Override
    public Report report(Jdbi jdbi, Runnable meanwhile) {
      try (Handle handle = jdbi.open()) {
        Connection connection = handle.getConnection();
        int level = connection.getTransactionIsolation();
        boolean readOnly = connection.isReadOnly();
        connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
        connection.setReadOnly(true);
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
          int onShelf = first(statement, "SELECT sum(stock) FROM books");
          meanwhile.run();
          return new Report(onShelf, first(statement, "SELECT count(1) FROM loans"));
        } finally {
          connection.rollback();
          connection.setAutoCommit(true);
          connection.setReadOnly(readOnly);
          connection.setTransactionIsolation(level);
        }
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }

    private static int first(Statement statement, String query) throws SQLException {
      try (var row = statement.executeQuery(query)) {
        row.next();
        return row.getInt(1);
      }
    }
  }

  @Alternative(
      exercise = "4.8",
      idea = "The first transaction exports its snapshot, and a second one counts the loans in it.")
  static class ExportsItsSnapshot extends ReferenceLendingDesk {
    @Override
    public Report report(Jdbi jdbi, Runnable meanwhile) {
      try (Handle first = jdbi.open();
          Handle second = jdbi.open()) {
        return first.inTransaction(
            TransactionIsolationLevel.REPEATABLE_READ,
            exporter -> {
              String snapshot =
                  exporter.select("SELECT pg_export_snapshot()").mapTo(String.class).one();
              int onShelf = number(exporter, STOCK);
              meanwhile.run();
              return second.inTransaction(
                  TransactionIsolationLevel.REPEATABLE_READ,
                  importer -> {
                    importer.execute("SET TRANSACTION SNAPSHOT '" + snapshot + "'");
                    return new Report(onShelf, number(importer, LOANS));
                  });
            });
      }
    }
  }
}
