package workbook.transactions.mistakes;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import workbook.grading.proofs.Alternative;
import workbook.grading.proofs.Mistake;
import workbook.transactions.LendingDesk.NewBook;
import workbook.transactions.LendingDesk.Rejected;
import workbook.transactions.reference.ReferenceLendingDesk;

/** Exercises 4.3 and 4.4: where a delivery ends, and who says that a book is rejected. */
final class DeliveryEndMistakes {
  private static final String INSERT = "INSERT INTO books (isbn, title, stock) VALUES (?, ?, ?)";

  private DeliveryEndMistakes() {}

  private static String state(Throwable thrown) {
    return thrown.getCause() instanceof SQLException e ? String.valueOf(e.getSQLState()) : "";
  }

  private static int insert(Handle handle, String sql, NewBook book) {
    return handle.execute(sql, book.isbn(), book.title(), book.copies());
  }

  private static void insertOrReject(
      Handle handle, String sql, NewBook book, List<Rejected> rejected) {
    handle.savepoint("book");
    try {
      if (insert(handle, sql, book) == 0) {
        rejected.add(new Rejected(book.isbn(), "23505"));
      }
      handle.releaseSavepoint("book");
    } catch (JdbiException e) {
      if (!state(e).startsWith("23")) {
        throw e;
      }
      handle.rollbackToSavepoint("book");
      rejected.add(new Rejected(book.isbn(), state(e)));
    }
  }

  @Mistake(
      exercise = "4.3",
      violates = "with a RuntimeException or an Error of any type",
      idea = "`next()` until a `NoSuchElementException` says that there is no more",
      because = """
          The line may break with that one, too. What came before is saved, and the caller believes
          that it is all.""",
      instead = "Ask `hasNext()`, as the `for` loop does, and catch nothing.",
      rejectedBy = "one_refused_book_refuses_them_all",
      says = "reading the delivery failed",
      earns = 1)
  static class EndsAtNoSuchElement extends ReferenceLendingDesk {
    @Override
    public int deliver(Jdbi jdbi, Iterable<NewBook> delivery) {
      return jdbi.inTransaction(
          handle -> {
            int added = 0;
            Iterator<NewBook> books = delivery.iterator();
            try {
              while (true) {
                added += insert(handle, INSERT, books.next());
              }
            } catch (NoSuchElementException e) {
              return added;
            }
          });
    }
  }

  @Mistake(
      exercise = "4.3",
      violates = "how many books were added (books, not copies)",
      idea = "Count the table before and after",
      because = "Others add books meanwhile, and take some away.",
      instead = "Count what the transaction itself has inserted.",
      rejectedBy = "a_delivery_arrives_as_one",
      says = "while another program adds one",
      earns = 2,
      detail = true)
  static class CountsTheTable extends ReferenceLendingDesk {
    @Override
    public int deliver(Jdbi jdbi, Iterable<NewBook> delivery) {
      int before = count(jdbi);
      super.deliver(jdbi, delivery);
      return count(jdbi) - before;
    }

    private static int count(Jdbi jdbi) {
      return jdbi.withHandle(
          handle -> handle.select("SELECT count(*) FROM books").mapTo(int.class).one());
    }
  }

  @Alternative(
      exercise = "4.3",
      idea = "One INSERT with a row of VALUES for each book: 2000 books are few enough.")
  static class OneInsert extends ReferenceLendingDesk {
    @Override
    public int deliver(Jdbi jdbi, Iterable<NewBook> delivery) {
      List<Object> values = new ArrayList<>();
      List<String> rows = new ArrayList<>();
      for (NewBook book : delivery) {
        rows.add("(?, ?, ?)");
        values.add(book.isbn());
        values.add(book.title());
        values.add(book.copies());
      }
      if (rows.isEmpty()) {
        return 0;
      }
      String sql = "INSERT INTO books (isbn, title, stock) VALUES " + String.join(", ", rows);
      return jdbi.withHandle(handle -> handle.execute(sql, values.toArray()));
    }
  }

  @Mistake(
      exercise = "4.4",
      violates = "each with the SQLSTATE that the database gave",
      idea = "`ON CONFLICT DO NOTHING`, and what was not inserted has 23505",
      because = """
          The database gives no state then: this one is made up. It may be another rule that is in
          conflict, such as an exclusion constraint (23P01).""",
      instead = "A plain INSERT, and the state of the exception.",
      rejectedBy = "rejected_books_are_skipped_and_named",
      says = "the rejected, in order",
      earns = 1)
  static class MakesUpAState extends ReferenceLendingDesk {
    @Override
    public List<Rejected> deliverAccepted(Jdbi jdbi, Iterable<NewBook> delivery) {
      return jdbi.inTransaction(
          handle -> {
            List<Rejected> rejected = new ArrayList<>();
            for (NewBook book : delivery) {
              insertOrReject(handle, INSERT + " ON CONFLICT DO NOTHING", book, rejected);
            }
            return rejected;
          });
    }
  }

  @Alternative(
      exercise = "4.4",
      idea = "`ON CONFLICT (isbn) DO NOTHING`, which can be nothing but 23505, and a savepoint for "
          + "all other rules.")
  static class OnConflictOfTheIsbn extends ReferenceLendingDesk {
    @Override
    public List<Rejected> deliverAccepted(Jdbi jdbi, Iterable<NewBook> delivery) {
      return jdbi.inTransaction(
          handle -> {
            List<Rejected> rejected = new ArrayList<>();
            for (NewBook book : delivery) {
              insertOrReject(handle, INSERT + " ON CONFLICT (isbn) DO NOTHING", book, rejected);
            }
            return rejected;
          });
    }
  }

  @Mistake(
      exercise = "4.4",
      violates = "in one transaction",
      idea = "Commit every thousand books: so many savepoints are a burden",
      because = """
          Savepoints that are released are none. What is committed stays when the delivery fails
          later.""",
      instead = "One transaction.",
      rejectedBy = "what_is_no_rejection_ends_it_all",
      says = "books that others see although the last of 1037 failed",
      earns = 2,
      detail = true)
  static class CommitsEveryThousand extends ReferenceLendingDesk {
    @Override
    public List<Rejected> deliverAccepted(Jdbi jdbi, Iterable<NewBook> delivery) {
      return jdbi.inTransaction(
          handle -> {
            List<Rejected> rejected = new ArrayList<>();
            int read = 0;
            for (NewBook book : delivery) {
              insertOrReject(handle, INSERT, book, rejected);
              read++;
              if (read % 1000 == 0) {
                handle.commit();
                handle.begin();
              }
            }
            return rejected;
          });
    }
  }

  @Mistake(
      exercise = "4.4",
      violates = "Then no book is there",
      idea = "If reading breaks off, save what has come, and then say so",
      because = "The delivery comes again, and all of its first books are rejected.",
      instead = "Let the exception of reading out: it ends the transaction.",
      rejectedBy = "what_is_no_rejection_ends_it_all",
      says = "what others see changed although reading the delivery failed",
      earns = 2,
      detail = true)
  static class SavesBeforeItThrows extends ReferenceLendingDesk {
    @Override
    public List<Rejected> deliverAccepted(Jdbi jdbi, Iterable<NewBook> delivery) {
      List<NewBook> read = new ArrayList<>();
      IllegalStateException broken = null;
      try {
        delivery.forEach(read::add);
      } catch (IllegalStateException e) {
        broken = e;
      }
      List<Rejected> rejected = super.deliverAccepted(jdbi, read);
      if (broken != null) {
        throw broken;
      }
      return rejected;
    }
  }
}
