package workbook.transactions.mistakes;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.PreparedBatch;
import workbook.grading.proofs.Alternative;
import workbook.grading.proofs.Mistake;
import workbook.transactions.LendingDesk.NewBook;
import workbook.transactions.reference.ReferenceLendingDesk;

/** Exercises 4.3 and 4.4: deliveries, all or nothing and all but a few. */
final class DeliveryMistakes {
  private static final String INSERT = "INSERT INTO books (isbn, title, stock) VALUES (?, ?, ?)";

  private DeliveryMistakes() {}

  private static String state(Throwable thrown) {
    return thrown.getCause() instanceof SQLException e ? String.valueOf(e.getSQLState()) : "";
  }

  @Mistake(
      exercise = "4.3",
      idea = "Insert the books, one after the other",
      because = """
          Each is committed by itself. If the last is refused, all before it are there, and the
          delivery cannot be tried again: their ISBNs are taken now.""",
      instead = "One transaction around the loop.",
      rejectedBy = "one_refused_book_refuses_them_all",
      says = "books of the delivery that are there although the last")
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
      idea = "Catch the exception of a book, and go on",
      because = """
          After an error PostgreSQL refuses everything until the transaction ends (25P02), and the
          commit at the end returns normally and saves nothing. The caller is told that all went
          well.""",
      instead = "Let it out of the callback: that is the rollback.",
      rejectedBy = "one_refused_book_refuses_them_all",
      says = "the last book of a delivery has an ISBN that is taken",
      earns = 2)
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
      idea = "Commit every hundred books, to keep transactions small",
      because = """
          What is committed stays. When book 301 is refused, three hundred are in.""",
      instead = "All or nothing is one transaction; PostgreSQL does not mind a large one.",
      rejectedBy = "one_refused_book_refuses_them_all",
      says = "books of the delivery that are there although the last",
      earns = 2)
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
      idea = "A batch is a transaction",
      because = """
          A batch saves trips. pgjdbc sends a large one in portions, and with autocommit
          each portion is committed by itself.""",
      instead = "A batch inside a transaction.",
      rejectedBy = "one_refused_book_refuses_them_all",
      says = "books of the delivery that are there although the last")
  static class BatchAlone extends ReferenceLendingDesk {
    @Override
    public int deliver(Jdbi jdbi, Iterable<NewBook> delivery) {
      return jdbi.withHandle(handle -> batch(handle, delivery));
    }
  }

  private static int batch(Handle handle, Iterable<NewBook> delivery) {
    PreparedBatch batch = handle.prepareBatch(INSERT);
    for (NewBook book : delivery) {
      batch.add(book.isbn(), book.title(), book.copies());
    }
    return batch.size() == 0 ? 0 : batch.execute().length;
  }

  @Alternative(exercise = "4.3", idea = "A `PreparedBatch`, inside a transaction.")
  static class BatchInTransaction extends ReferenceLendingDesk {
    @Override
    public int deliver(Jdbi jdbi, Iterable<NewBook> delivery) {
      return jdbi.inTransaction(handle -> batch(handle, delivery));
    }
  }

  @Alternative(
      exercise = "4.3",
      idea = "JDBC on the handle's connection: 4.1 in use, with the exception wrapped for the "
          + "caller.")
  static class WithJdbc extends ReferenceLendingDesk {
    @Override
    public int deliver(Jdbi jdbi, Iterable<NewBook> delivery) {
      try (Handle handle = jdbi.open()) {
        return inTransaction(handle.getConnection(), connection -> insert(connection, delivery));
      } catch (RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IllegalStateException("The delivery was refused.", e);
      }
    }

    private static int insert(Connection connection, Iterable<NewBook> delivery)
        throws SQLException {
      int added = 0;
      try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
        for (NewBook book : delivery) {
          statement.setString(1, book.isbn());
          statement.setString(2, book.title());
          statement.setInt(3, book.copies());
          added += statement.executeUpdate();
        }
      }
      return added;
    }
  }

  @Mistake(
      exercise = "4.4",
      idea = "Catch the rejection, and go on in the transaction",
      because = """
          After an error the transaction is aborted: the next statement gets 25P02, whatever it is.
          psycopg2's users know it as `InFailedSqlTransaction`.""",
      instead = "A savepoint before each book, and back to it.",
      rejectedBy = "rejected_books_are_skipped_and_named",
      says = "What keeps a transaction usable after an error")
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
      idea = "One savepoint for the whole delivery",
      because = """
          Going back to it undoes the accepted books as well. And Jdbi forgets it then: the second
          rejection finds no savepoint to go back to.""",
      instead = "A savepoint before each book.",
      rejectedBy = "rejected_books_are_skipped_and_named",
      says = "and after the next one?")
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
      idea = "A transaction for each book",
      because = """
          A rejected book harms no other then. But others see half a delivery, and if the
          line breaks in the middle, half of it stays.""",
      instead = "One transaction, and a savepoint for each book.",
      rejectedBy = "nobody_sees_a_part_of_the_accepted",
      says = "books that others saw before the last was in",
      earns = 1)
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
      idea = "Whatever the database throws is a rejection",
      because = """
          A full disk or a text that cannot be stored is not a rule of the table. The caller gets a
          list of "rejected" books and no word of the fault.""",
      instead = "Class 23 is a rejection; anything else goes on to the caller.",
      rejectedBy = "what_is_no_rejection_ends_it_all",
      says = "a title has a zero byte in it",
      earns = 2)
  static class RejectsEverything extends ReferenceLendingDesk {
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
                handle.rollbackToSavepoint("book");
                rejected.add(new Rejected(book.isbn(), state(e)));
              }
            }
            return rejected;
          });
    }
  }

  @Mistake(
      exercise = "4.4",
      idea = "`ON CONFLICT DO NOTHING` skips what cannot be inserted",
      because = """
          It skips duplicates and nothing else. A missing title (23502) or a negative stock (23514)
          still ends the transaction.""",
      instead = "A savepoint, for rules of every kind.",
      rejectedBy = "rejected_books_are_skipped_and_named",
      says = "violates not-null constraint")
  static class OnConflict extends ReferenceLendingDesk {
    @Override
    public List<Rejected> deliverAccepted(Jdbi jdbi, Iterable<NewBook> delivery) {
      return jdbi.inTransaction(
          handle -> {
            List<Rejected> rejected = new ArrayList<>();
            for (NewBook book : delivery) {
              int added =
                  handle.execute(
                      INSERT + " ON CONFLICT DO NOTHING",
                      book.isbn(),
                      book.title(),
                      book.copies());
              if (added == 0) {
                rejected.add(new Rejected(book.isbn(), "23505"));
              }
            }
            return rejected;
          });
    }
  }

  @Alternative(
      exercise = "4.4",
      idea = "JDBC's savepoints, which need no name, and `executeUpdate`.")
  static class WithJdbcSavepoints extends ReferenceLendingDesk {
    @Override
    public List<Rejected> deliverAccepted(Jdbi jdbi, Iterable<NewBook> delivery) {
      try (Handle handle = jdbi.open()) {
        return inTransaction(handle.getConnection(), connection -> accept(connection, delivery));
      } catch (RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IllegalStateException("The delivery was refused.", e);
      }
    }

    private static List<Rejected> accept(Connection connection, Iterable<NewBook> delivery)
        throws SQLException {
      List<Rejected> rejected = new ArrayList<>();
      try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
        for (NewBook book : delivery) {
          Savepoint before = connection.setSavepoint();
          try {
            statement.setString(1, book.isbn());
            statement.setString(2, book.title());
            statement.setInt(3, book.copies());
            statement.executeUpdate();
          } catch (SQLException e) {
            if (!e.getSQLState().startsWith("23")) {
              throw e;
            }
            connection.rollback(before);
            rejected.add(new Rejected(book.isbn(), e.getSQLState()));
          }
        }
      }
      return rejected;
    }
  }
}
