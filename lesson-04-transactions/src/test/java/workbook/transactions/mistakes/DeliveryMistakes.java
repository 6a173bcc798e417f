package workbook.transactions.mistakes;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.PreparedBatch;
import workbook.grading.proofs.Mistake;
import workbook.transactions.LendingDesk.NewBook;
import workbook.transactions.reference.ReferenceLendingDesk;

/** Exercise 4.3: deliveries, all or nothing. */
final class DeliveryMistakes {
  private static final String INSERT = "INSERT INTO books (isbn, title, stock) VALUES (?, ?, ?)";

  private DeliveryMistakes() {}

  @Mistake(
      exercise = "4.3",
      violates = "others see nothing of it before the last book is in",
      idea = "Insert the books, one after the other",
      because = """
          Each is committed by itself. If the last is refused, all before it are there, and the
          delivery cannot be tried again: their ISBNs are taken now.""",
      instead = "One transaction around the loop.",
      rejectedBy = "one_refused_book_refuses_them_all",
      says = "books that others saw before the last was in",
      earns = 0)
  static class OneByOne extends ReferenceLendingDesk {
    @Override
    public int deliver(Jdbi jdbi, Iterable<NewBook> delivery) {
      return jdbi.withHandle(
          handle -> {
            int added = 0;
            for (NewBook book : delivery) {
              added += handle.execute(INSERT, book.isbn(), book.title(), book.copies());
            }
            return added;
          });
    }
  }

  @Mistake(
      exercise = "4.3",
      violates = "the database's own exception if it refuses a book (23505: the ISBN is taken)",
      idea = "Catch the exception of a book, and go on",
      because = """
          After an error PostgreSQL refuses everything until the transaction ends (25P02), and the
          commit at the end returns normally and saves nothing. The caller is told that all went
          well.""",
      instead = "Let it out of the callback: that is the rollback.",
      rejectedBy = "one_refused_book_refuses_them_all",
      says = "the last book of a delivery has a taken ISBN",
      earns = 1)
  static class SwallowsInside extends ReferenceLendingDesk {
    @Override
    public int deliver(Jdbi jdbi, Iterable<NewBook> delivery) {
      return jdbi.inTransaction(
          handle -> {
            int added = 0;
            for (NewBook book : delivery) {
              try {
                added += handle.execute(INSERT, book.isbn(), book.title(), book.copies());
              } catch (JdbiException e) {
                continue; // the next one may be fine
              }
            }
            return added;
          });
    }
  }

  @Mistake(
      exercise = "4.3",
      violates = "all or none, in one transaction",
      idea = "Commit every hundred books, to keep transactions small",
      because = """
          What is committed stays. When book 301 is refused, three hundred are in.""",
      instead = "All or nothing is one transaction; PostgreSQL does not mind a large one.",
      rejectedBy = "one_refused_book_refuses_them_all",
      says = "books that others saw before the last was in",
      earns = 1)
  static class InPortions extends ReferenceLendingDesk {
    @Override
    public int deliver(Jdbi jdbi, Iterable<NewBook> delivery) {
      return jdbi.inTransaction(
          handle -> {
            int added = 0;
            for (NewBook book : delivery) {
              added += handle.execute(INSERT, book.isbn(), book.title(), book.copies());
              if (added % 100 == 0) {
                handle.commit();
                handle.begin();
              }
            }
            return added;
          });
    }
  }

  @Mistake(
      exercise = "4.3",
      violates = "Then no book of the delivery is there",
      idea = "A batch is a transaction",
      because = """
          A batch saves trips. pgjdbc sends a large one in portions, and with autocommit
          each portion is committed by itself.""",
      instead = "A batch inside a transaction.",
      rejectedBy = "one_refused_book_refuses_them_all",
      says = "books of the delivery that are there although the last",
      earns = 1)
  static class BatchAlone extends ReferenceLendingDesk {
    @Override
    public int deliver(Jdbi jdbi, Iterable<NewBook> delivery) {
      return jdbi.withHandle(handle -> batch(handle, delivery));
    }
  }

  @Mistake(
      exercise = "4.3",
      violates = "all or none, in one transaction",
      idea = "A transaction for every thousand books",
      because = "The first thousand stay when book 1,038 is refused.",
      instead = "One transaction around all batches.",
      rejectedBy = "one_refused_book_refuses_them_all",
      says = "books of the delivery that are there although the last",
      earns = 1)
  static class ThousandAtATime extends ReferenceLendingDesk {
    @Override
    public int deliver(Jdbi jdbi, Iterable<NewBook> delivery) {
      List<NewBook> all = new ArrayList<>();
      delivery.forEach(all::add);
      int added = 0;
      for (int from = 0; from < all.size(); from += 1000) {
        List<NewBook> part = all.subList(from, Math.min(from + 1000, all.size()));
        added += jdbi.<Integer, RuntimeException>inTransaction(handle -> batch(handle, part));
      }
      return added;
    }
  }

  @Mistake(
      exercise = "4.3",
      violates = "all or none, in one transaction",
      idea = "If a book is refused, delete those before it",
      because = """
          Others have seen them meanwhile, and may have lent one. If the program ends in between,
          they stay.""",
      instead = "A rollback deletes them, and they were never seen.",
      rejectedBy = "one_refused_book_refuses_them_all",
      says = "books that others saw before the last was in",
      earns = 0)
  static class DeletesByHand extends ReferenceLendingDesk {
    @Override
    public int deliver(Jdbi jdbi, Iterable<NewBook> delivery) {
      List<String> added = new ArrayList<>();
      return jdbi.withHandle(
          handle -> {
            try {
              for (NewBook book : delivery) {
                handle.execute(INSERT, book.isbn(), book.title(), book.copies());
                added.add(book.isbn());
              }
            } catch (Throwable e) {
              added.forEach(isbn -> handle.execute("DELETE FROM books WHERE isbn = ?", isbn));
              throw e;
            }
            return added.size();
          });
    }
  }

  @Mistake(
      exercise = "4.3",
      violates = "or what reading the delivery threw, itself",
      idea = "What was read before the line broke is in",
      because = "Half a delivery is there, and the caller is told that this is all of it.",
      instead = "Reading is a part of the transaction: let its exception out.",
      rejectedBy = "one_refused_book_refuses_them_all",
      says = "reading the delivery failed",
      earns = 1)
  static class TakesWhatCame extends ReferenceLendingDesk {
    @Override
    public int deliver(Jdbi jdbi, Iterable<NewBook> delivery) {
      List<NewBook> all = new ArrayList<>();
      try {
        delivery.forEach(all::add);
      } catch (RuntimeException e) {
        all.removeIf(Objects::isNull); // the rest is lost
      }
      return super.deliver(jdbi, all);
    }
  }

  @Mistake(
      exercise = "4.3",
      violates = "and reading it may fail in the middle",
      idea = "`catch (RuntimeException e)` rolls back after every failure",
      because = """
          An `Error` goes past it. The handle stays open, in the middle of a transaction, and the
          rows it has written stay locked.""",
      instead = "`inTransaction` rolls back and closes, whatever is thrown.",
      rejectedBy = "one_refused_book_refuses_them_all",
      says = "Close every Connection and Handle that you open",
      earns = 1)
  static class RollsBackByHand extends ReferenceLendingDesk {
    @Override
    public int deliver(Jdbi jdbi, Iterable<NewBook> delivery) {
      Handle handle = jdbi.open().begin();
      try {
        int added = 0;
        for (NewBook book : delivery) {
          added += handle.execute(INSERT, book.isbn(), book.title(), book.copies());
        }
        handle.commit();
        handle.close();
        return added;
      } catch (RuntimeException e) {
        handle.rollback();
        handle.close();
        throw e;
      }
    }
  }

  private static int batch(Handle handle, Iterable<NewBook> delivery) {
    PreparedBatch batch = handle.prepareBatch(INSERT);
    for (NewBook book : delivery) {
      batch.add(book.isbn(), book.title(), book.copies());
    }
    return batch.size() == 0 ? 0 : batch.execute().length;
  }
}
