package workbook.transactions.mistakes;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import workbook.grading.proofs.Mistake;
import workbook.transactions.LendingDesk.NewBook;
import workbook.transactions.reference.ReferenceLendingDesk;

/** Exercise 4.4: deliveries, all but a few, with savepoints. */
final class AcceptedMistakes {
  private static final String INSERT = "INSERT INTO books (isbn, title, stock) VALUES (?, ?, ?)";

  private AcceptedMistakes() {}

  private static String state(Throwable thrown) {
    return thrown.getCause() instanceof SQLException e ? String.valueOf(e.getSQLState()) : "";
  }

  private static void insert(Handle handle, NewBook book) {
    handle.execute(INSERT, book.isbn(), book.title(), book.copies());
  }

  @Mistake(
      exercise = "4.4",
      violates = "Adds those books of a delivery that the database accepts, in one transaction",
      idea = "`rollback()` goes back to the last savepoint",
      because = "It goes back to the beginning, and ends the transaction with all its savepoints.",
      instead = "`rollbackToSavepoint` goes back a part of the way.",
      rejectedBy = "rejected_books_are_skipped_and_named",
      says = "Which of your calls has ended it?",
      earns = 0)
  static class RollsBackAltogether extends ReferenceLendingDesk {
    @Override
    public List<Rejected> deliverAccepted(Jdbi jdbi, Iterable<NewBook> delivery) {
      return jdbi.inTransaction(
          handle -> {
            List<Rejected> rejected = new ArrayList<>();
            for (NewBook book : delivery) {
              handle.savepoint("book");
              try {
                handle.execute(INSERT, book.isbn(), book.title(), book.copies());
              } catch (JdbiException e) {
                if (!state(e).startsWith("23")) {
                  throw e;
                }
                handle.rollback();
                rejected.add(new Rejected(book.isbn(), state(e)));
              }
            }
            return rejected;
          });
    }
  }

  @Mistake(
      exercise = "4.4",
      violates = "Adds those books of a delivery that the database accepts",
      idea = "Catch the rejection, and go on in the transaction",
      because = """
          After an error the transaction is aborted: the next statement gets 25P02, whatever it is.
          psycopg2's users know it as `InFailedSqlTransaction`.""",
      instead = "A savepoint before each book, and back to it.",
      rejectedBy = "rejected_books_are_skipped_and_named",
      says = "What keeps a transaction usable after an error",
      earns = 0)
  static class WithoutSavepoint extends ReferenceLendingDesk {
    @Override
    public List<Rejected> deliverAccepted(Jdbi jdbi, Iterable<NewBook> delivery) {
      return jdbi.inTransaction(
          handle -> {
            List<Rejected> rejected = new ArrayList<>();
            for (NewBook book : delivery) {
              try {
                handle.execute(INSERT, book.isbn(), book.title(), book.copies());
              } catch (JdbiException e) {
                if (!state(e).startsWith("23")) {
                  throw e;
                }
                rejected.add(new Rejected(book.isbn(), state(e)));
              }
            }
            return rejected;
          });
    }
  }

  @Mistake(
      exercise = "4.4",
      violates = "Adds those books of a delivery that the database accepts",
      idea = "One savepoint for the whole delivery",
      because = """
          Going back to it undoes the accepted books as well. And Jdbi forgets it then: the second
          rejection finds no savepoint to go back to.""",
      instead = "A savepoint before each book.",
      rejectedBy = "rejected_books_are_skipped_and_named",
      says = "and after the next one?",
      earns = 1)
  static class OneSavepoint extends ReferenceLendingDesk {
    @Override
    public List<Rejected> deliverAccepted(Jdbi jdbi, Iterable<NewBook> delivery) {
      return jdbi.inTransaction(
          handle -> {
            List<Rejected> rejected = new ArrayList<>();
            handle.savepoint("delivery");
            for (NewBook book : delivery) {
              try {
                handle.execute(INSERT, book.isbn(), book.title(), book.copies());
              } catch (JdbiException e) {
                if (!state(e).startsWith("23")) {
                  throw e;
                }
                handle.rollbackToSavepoint("delivery");
                rejected.add(new Rejected(book.isbn(), state(e)));
              }
            }
            return rejected;
          });
    }
  }

  @Mistake(
      exercise = "4.4",
      violates = "others see nothing of it before the last book is in",
      idea = "A transaction for each book",
      because = """
          A rejected book harms no other then. But others see half a delivery, and if the
          line breaks in the middle, half of it stays.""",
      instead = "One transaction, and a savepoint for each book.",
      rejectedBy = "rejected_books_are_skipped_and_named",
      says = "books that others saw before the last was in",
      earns = 0)
  static class TransactionForEach extends ReferenceLendingDesk {
    @Override
    public List<Rejected> deliverAccepted(Jdbi jdbi, Iterable<NewBook> delivery) {
      List<Rejected> rejected = new ArrayList<>();
      for (NewBook book : delivery) {
        rejected.addAll(super.deliverAccepted(jdbi, List.of(book)));
      }
      return rejected;
    }
  }

  @Mistake(
      exercise = "4.4",
      violates = "Adds those books of a delivery that the database accepts",
      idea = "After a rejection, roll back and begin again",
      because = """
          Everything since the beginning is undone, also the books that were fine.""",
      instead = "Go back to a savepoint that is set before each book.",
      rejectedBy = "rejected_books_are_skipped_and_named",
      says = "the rejected, in order",
      earns = 1)
  static class BeginsAgain extends ReferenceLendingDesk {
    @Override
    public List<Rejected> deliverAccepted(Jdbi jdbi, Iterable<NewBook> delivery) {
      List<Rejected> rejected = new ArrayList<>();
      try (Handle handle = jdbi.open()) {
        handle.begin();
        for (NewBook book : delivery) {
          try {
            insert(handle, book);
          } catch (JdbiException e) {
            handle.rollback();
            if (!state(e).startsWith("23")) {
              throw e;
            }
            handle.begin();
            rejected.add(new Rejected(book.isbn(), state(e)));
          }
        }
        handle.commit();
      }
      return rejected;
    }
  }

  @Mistake(
      exercise = "4.4",
      violates = "delivery as in deliver",
      idea = "Two passes: one to find the rejected, one to insert the rest",
      because = """
          The delivery cannot be read twice. And two books with one ISBN pass the first pass.""",
      instead = "One pass, with a savepoint for each book.",
      rejectedBy = "rejected_books_are_skipped_and_named",
      says = "The delivery was read a second time",
      earns = 0)
  static class TwoPasses extends ReferenceLendingDesk {
    @Override
    public List<Rejected> deliverAccepted(Jdbi jdbi, Iterable<NewBook> delivery) {
      List<Rejected> rejected = new ArrayList<>();
      for (NewBook book : delivery) {
        try {
          jdbi.useTransaction(
              handle -> {
                insert(handle, book);
                handle.rollback();
                handle.begin();
              });
        } catch (JdbiException e) {
          rejected.add(new Rejected(book.isbn(), state(e)));
        }
      }
      super.deliverAccepted(jdbi, delivery);
      return rejected;
    }
  }
}
