package workbook.transactions.mistakes;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import workbook.grading.proofs.Alternative;
import workbook.grading.proofs.Mistake;
import workbook.transactions.LendingDesk.NewBook;
import workbook.transactions.LendingDesk.Rejected;
import workbook.transactions.reference.ReferenceLendingDesk;

/** Exercises 4.3 and 4.4: more transactions than one, and failures of the delivery's own. */
final class DeliveryTrialMistakes {
  private static final int PART = 1000;

  private DeliveryTrialMistakes() {}

  private static void insert(Handle handle, NewBook book) {
    handle.execute(
        "INSERT INTO books (isbn, title, stock) VALUES (?, ?, ?)",
        book.isbn(),
        book.title(),
        book.copies());
  }

  private static void insertAll(Handle handle, List<NewBook> books) {
    books.forEach(book -> insert(handle, book));
  }

  private static boolean isRejection(UnableToExecuteStatementException e) {
    return state(e).startsWith("23");
  }

  private static String state(UnableToExecuteStatementException e) {
    return ((SQLException) e.getCause()).getSQLState() + "";
  }

  // Each in a savepoint.
  private static List<Rejected> insertAccepted(Handle handle, List<NewBook> books) {
    List<Rejected> rejected = new ArrayList<>();
    for (NewBook book : books) {
      handle.savepoint("book");
      try {
        insert(handle, book);
        handle.releaseSavepoint("book");
      } catch (UnableToExecuteStatementException e) {
        if (!isRejection(e)) {
          throw e;
        }
        handle.rollbackToSavepoint("book");
        rejected.add(new Rejected(book.isbn(), state(e)));
      }
    }
    return rejected;
  }

  private static List<NewBook> read(Iterable<NewBook> delivery) {
    List<NewBook> books = new ArrayList<>();
    delivery.forEach(books::add);
    return books;
  }

  @Mistake(
      exercise = "4.3",
      violates = "others see nothing of it before the last book is in",
      idea = "Commit in parts, and delete them if one fails",
      because = """
          What is committed is seen, and lent, before the last part is in. And a program that
          ends between two parts deletes nothing.""",
      instead = "Let one transaction hold all of it: a rollback forgets nothing.",
      rejectedBy = "one_refused_book_refuses_them_all",
      says = "In how many transactions were they written?",
      earns = 1)
  static class DeletesTheParts extends ReferenceLendingDesk {
    @Override
    public int deliver(Jdbi jdbi, Iterable<NewBook> delivery) {
      List<NewBook> books = read(delivery);
      List<NewBook> added = new ArrayList<>();
      try {
        for (int start = 0; start < books.size(); start += PART) {
          List<NewBook> part = books.subList(start, Math.min(start + PART, books.size()));
          jdbi.useTransaction(handle -> insertAll(handle, part));
          added.addAll(part);
        }
      } catch (RuntimeException e) {
        jdbi.useTransaction(
            handle -> {
              for (NewBook book : added) {
                handle.execute("DELETE FROM books WHERE isbn = ?", book.isbn());
              }
            });
        throw e;
      }
      return added.size();
    }
  }

  @Mistake(
      exercise = "4.4",
      violates = "Any other failure ends it all, also one while reading the delivery",
      idea = "Read the next book inside the `try`",
      because = """
          The delivery may come from another database. Its exception can be of the same type, and
          have an SQLSTATE of class 23, but no book was rejected.""",
      instead = "Put into the `try` what may reject a book, and nothing else.",
      rejectedBy = "what_is_no_rejection_ends_it_all",
      says = "reading the delivery failed",
      earns = 2,
      detail = true)
  static class ReadsInTheTry extends ReferenceLendingDesk {
    @Override
    public List<Rejected> deliverAccepted(Jdbi jdbi, Iterable<NewBook> delivery) {
      return jdbi.inTransaction(handle -> accept(handle, delivery.iterator()));
    }

    private static List<Rejected> accept(Handle handle, Iterator<NewBook> books) {
      List<Rejected> rejected = new ArrayList<>();
      while (true) {
        NewBook book = null;
        handle.savepoint("book");
        try {
          if (!books.hasNext()) {
            return rejected;
          }
          book = books.next();
          insert(handle, book);
          handle.releaseSavepoint("book");
        } catch (UnableToExecuteStatementException e) {
          if (!isRejection(e)) {
            throw e;
          }
          handle.rollbackToSavepoint("book");
          rejected.add(new Rejected(book == null ? null : book.isbn(), state(e)));
        }
      }
    }
  }

  @Mistake(
      exercise = "4.4",
      violates = "Adds those books of a delivery that the database accepts, in one transaction",
      idea = "Try all in one transaction, and write what went well in a second one",
      because = """
          Between the two another program may take an ISBN. The second transaction has no
          savepoints, and then no book is there.""",
      instead = "Write each book once, behind a savepoint, and keep what went well.",
      rejectedBy = "rejected_books_are_skipped_and_named",
      says = "expected: a list of them",
      earns = 1)
  static class TrialRun extends ReferenceLendingDesk {
    @Override
    public List<Rejected> deliverAccepted(Jdbi jdbi, Iterable<NewBook> delivery) {
      List<NewBook> books = read(delivery);
      List<Rejected> rejected = new ArrayList<>();
      List<NewBook> accepted = new ArrayList<>();
      jdbi.useTransaction(
          handle -> {
            for (NewBook book : books) {
              List<Rejected> one = insertAccepted(handle, List.of(book));
              rejected.addAll(one);
              if (one.isEmpty()) {
                accepted.add(book);
              }
            }
            handle.rollback();
          });
      jdbi.useTransaction(handle -> insertAll(handle, accepted));
      return rejected;
    }
  }

  @Alternative(
      exercise = "4.4",
      idea = "All at once without savepoints, and only if that is refused, all again with them.")
  static class WithoutSavepointsFirst extends ReferenceLendingDesk {
    @Override
    public List<Rejected> deliverAccepted(Jdbi jdbi, Iterable<NewBook> delivery) {
      List<NewBook> books = read(delivery);
      try {
        jdbi.useTransaction(handle -> insertAll(handle, books));
        return List.of();
      } catch (UnableToExecuteStatementException e) {
        if (!isRejection(e)) {
          throw e;
        }
      }
      return jdbi.inTransaction(handle -> insertAccepted(handle, books));
    }
  }
}
