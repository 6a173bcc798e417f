package workbook.transactions.mistakes;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import workbook.grading.proofs.Mistake;
import workbook.transactions.LendingDesk.NewBook;
import workbook.transactions.reference.ReferenceLendingDesk;

/** Exercise 4.3: deliveries, which books, and which exceptions. */
final class DeliveredBooksMistakes {
  private static final String INSERT = "INSERT INTO books (isbn, title, stock) VALUES (?, ?, ?)";

  private DeliveredBooksMistakes() {}

  @Mistake(
      exercise = "4.3",
      violates = "It can be read only once",
      idea = "Count the books first, then insert them",
      because = "An `Iterable` that comes over a network, or from a stream, has no second time.",
      instead = "Count while you insert.",
      rejectedBy = "one_refused_book_refuses_them_all",
      says = "The delivery was read a second time",
      earns = 0)
  static class CountsFirst extends ReferenceLendingDesk {
    @Override
    public int deliver(Jdbi jdbi, Iterable<NewBook> delivery) {
      int count = 0;
      for (NewBook book : delivery) {
        count++;
      }
      super.deliver(jdbi, delivery);
      return count;
    }
  }

  @Mistake(
      exercise = "4.3",
      violates = "Which books are acceptable is for the database to say",
      idea = "Refuse in Java what the table refuses",
      because = """
          The rules are in two places then, and the caller gets an exception without an SQLSTATE
          for some of them.""",
      instead = "Insert the book, and let the database's exception through.",
      rejectedBy = "one_refused_book_refuses_them_all",
      says = "expected: an exception that has SQLSTATE 23502",
      earns = 1)
  static class KnowsTheRules extends ReferenceLendingDesk {
    @Override
    public int deliver(Jdbi jdbi, Iterable<NewBook> delivery) {
      List<NewBook> all = new ArrayList<>();
      for (NewBook book : delivery) {
        Objects.requireNonNull(book.title(), "a book needs a title");
        all.add(book);
      }
      return super.deliver(jdbi, all);
    }
  }

  @Mistake(
      exercise = "4.3",
      violates = "a row of books each",
      idea = "A map by ISBN has each book once",
      because = """
          Of two books with one ISBN, one is lost, and no exception says that the delivery was
          wrong.""",
      instead = "Insert each. The database knows which ISBNs are taken.",
      rejectedBy = "one_refused_book_refuses_them_all",
      says = "the last book of a delivery has the ISBN of the fourth",
      earns = 1)
  static class EachIsbnOnce extends ReferenceLendingDesk {
    @Override
    public int deliver(Jdbi jdbi, Iterable<NewBook> delivery) {
      Map<String, NewBook> all = new LinkedHashMap<>();
      delivery.forEach(book -> all.put(book.isbn(), book));
      return super.deliver(jdbi, all.values());
    }
  }

  @Mistake(
      exercise = "4.3",
      violates = "the database's own exception if it refuses a book",
      idea = "`ON CONFLICT DO NOTHING` keeps the transaction alive",
      because = "A taken ISBN is passed over, and the delivery is half there.",
      instead = "Without it the database refuses the book, and the exception undoes the rest.",
      rejectedBy = "one_refused_book_refuses_them_all",
      says = "the last book of a delivery has a taken ISBN",
      earns = 1)
  static class DoesNothing extends ReferenceLendingDesk {
    @Override
    public int deliver(Jdbi jdbi, Iterable<NewBook> delivery) {
      String insert = INSERT + " ON CONFLICT DO NOTHING";
      return jdbi.inTransaction(
          handle -> {
            int added = 0;
            for (NewBook book : delivery) {
              added += handle.execute(insert, book.isbn(), book.title(), book.copies());
            }
            return added;
          });
    }
  }

  @Mistake(
      exercise = "4.3",
      violates = "passed on as it came, such as an UnableToExecuteStatementException. Its cause "
          + "is the "
          + "SQLException that has the SQLSTATE.",
      idea = "Say in an exception of my own that the delivery failed",
      because = "The caller looks for the SQLSTATE in the cause, and finds Jdbi's exception there.",
      instead = "No `catch`.",
      rejectedBy = "one_refused_book_refuses_them_all",
      says = "This calls for the database's own exception",
      earns = 1)
  static class WrapsTheRefusal extends ReferenceLendingDesk {
    @Override
    public int deliver(Jdbi jdbi, Iterable<NewBook> delivery) {
      try {
        return super.deliver(jdbi, delivery);
      } catch (JdbiException e) {
        throw new IllegalArgumentException("The delivery was refused.", e);
      }
    }
  }

  @Mistake(
      exercise = "4.3",
      violates = "how many books were added (books, not copies)",
      idea = "A delivery of three copies is three books",
      because = "A book is a row, whatever its stock. A book of which no copy came is one, too.",
      instead = "Add up what `execute()` returns.",
      rejectedBy = "a_delivery_arrives_as_one",
      says = "the number of books added",
      earns = 2,
      detail = true)
  static class CountsCopies extends ReferenceLendingDesk {
    @Override
    public int deliver(Jdbi jdbi, Iterable<NewBook> delivery) {
      return jdbi.inTransaction(
          handle -> {
            int copies = 0;
            for (NewBook book : delivery) {
              handle.execute(INSERT, book.isbn(), book.title(), book.copies());
              copies += book.copies();
            }
            return copies;
          });
    }
  }

  @Mistake(
      exercise = "4.3",
      violates = "a row of books each, its copies being the stock",
      idea = "Blanks at the ends are typing mistakes",
      because = """
          Who says so? Two ISBNs that the database can tell apart become one, and a delivery that
          is fine is refused.""",
      instead = "Store what came.",
      rejectedBy = "a_delivery_arrives_as_one",
      says = "duplicate key value violates unique constraint",
      earns = 2,
      detail = true)
  static class Strips extends ReferenceLendingDesk {
    @Override
    public int deliver(Jdbi jdbi, Iterable<NewBook> delivery) {
      return jdbi.inTransaction(
          handle -> {
            int added = 0;
            for (NewBook book : delivery) {
              String isbn = book.isbn() == null ? null : book.isbn().strip();
              added += handle.execute(INSERT, isbn, book.title(), book.copies());
            }
            return added;
          });
    }
  }

  @Mistake(
      exercise = "4.3",
      violates = "It may be empty",
      idea = "One INSERT with all rows",
      because = "Without a row it is no INSERT: the list after `VALUES` must not be empty.",
      instead = "Look for the empty delivery, or insert in a loop.",
      rejectedBy = "a_delivery_arrives_as_one",
      says = "IllegalArgumentException",
      earns = 2,
      detail = true)
  static class OneInsert extends ReferenceLendingDesk {
    @Override
    public int deliver(Jdbi jdbi, Iterable<NewBook> delivery) {
      List<NewBook> all = new ArrayList<>();
      delivery.forEach(all::add);
      List<String> fields = List.of("isbn", "title", "copies");
      return jdbi.inTransaction(
          handle ->
              handle
                  .createUpdate("INSERT INTO books (isbn, title, stock) VALUES <books>")
                  .bindMethodsList("books", all, fields)
                  .execute());
    }
  }

  @Mistake(
      exercise = "4.3",
      violates =
          "The database's own exception is then a RuntimeException whose cause is the",
      idea = "The message says it all",
      because = "It says it to people. The caller's program looks for the SQLSTATE.",
      instead = "Pass the exception on as the cause.",
      rejectedBy = "one_refused_book_refuses_them_all",
      says = "but was: java.lang.IllegalArgumentException: ERROR: duplicate key value",
      earns = 1)
  static class DropsTheCause extends ReferenceLendingDesk {
    @Override
    public int deliver(Jdbi jdbi, Iterable<NewBook> delivery) {
      try (Handle handle = jdbi.open()) {
        return inTransaction(handle.getConnection(), connection -> insert(handle, delivery));
      } catch (JdbiException e) {
        throw new IllegalArgumentException(e.getCause().getMessage());
      } catch (SQLException e) {
        throw new IllegalArgumentException(e.getMessage());
      } catch (RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }

    private static int insert(Handle handle, Iterable<NewBook> delivery) {
      int added = 0;
      for (NewBook book : delivery) {
        added += handle.execute(INSERT, book.isbn(), book.title(), book.copies());
      }
      return added;
    }
  }
}
