package workbook.transactions.reference;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jdbi.v3.sqlobject.transaction.Transaction;
import workbook.transactions.LendingDesk;

/** One good answer to lesson 4, and why it is the way it is. */
public class ReferenceLendingDesk implements LendingDesk {
  private static final int MOVE_ATTEMPTS = 5;
  private static final long FIRST_PAUSE = 10; // milliseconds

  @Override
  public <T> T inTransaction(Connection connection, Work<T> work)
      throws Exception {
    boolean before = connection.getAutoCommit();
    connection.setAutoCommit(false);
    T result;
    try {
      result = work.run(connection);
      // Inside the try: a commit that is refused is a failure like any other.
      connection.commit();
    } catch (Throwable first) {
      // Throwable: an assertion that fails must not leave half the work.
      cleanUp(first, connection::rollback);
      cleanUp(first, () -> connection.setAutoCommit(before));
      throw first;
    }
    // Not in a finally: there, what it throws would replace the first.
    connection.setAutoCommit(before);
    return result;
  }

  private static void cleanUp(Throwable first, CleanUp step) {
    try {
      step.run();
    } catch (SQLException second) {
      first.addSuppressed(second);
    }
  }

  @Override
  public long lend(Jdbi jdbi, long bookId, long memberId) {
    return jdbi.inTransaction(handle -> lend(handle, bookId, memberId));
  }

  private static long lend(Handle handle, long bookId, long memberId) {
    // The condition is part of the UPDATE: between a SELECT and an UPDATE
    // another desk could take the copy. This one waits for that desk's
    // transaction to end, and then looks at the row again.
    int books =
        handle
            .createUpdate(
                """
                UPDATE books SET stock = stock - 1
                WHERE id = :book AND stock > 0
                """)
            .bind("book", bookId)
            .execute();
    if (books == 0) {
      throw new NoCopyLeft(bookId);
    }
    return handle
        .createQuery(
            """
            INSERT INTO loans (book_id, member_id)
            VALUES (:book, :member)
            RETURNING id
            """)
        .bind("book", bookId)
        .bind("member", memberId)
        .mapTo(long.class)
        .one();
  }

  @Override
  public int deliver(Jdbi jdbi, Iterable<NewBook> delivery) {
    // No catch: an exception that leaves the callback is the rollback. A
    // batch would be faster, but it must be in a transaction all the same.
    return jdbi.inTransaction(
        handle -> {
          int added = 0;
          for (NewBook book : delivery) {
            added += insert(handle, book);
          }
          return added;
        });
  }

  private static int insert(Handle handle, NewBook book) {
    return handle
        .createUpdate(
            """
            INSERT INTO books (isbn, title, stock)
            VALUES (:isbn, :title, :copies)
            """)
        .bindMethods(book)
        .execute();
  }

  @Override
  public List<Rejected> deliverAccepted(
      Jdbi jdbi, Iterable<NewBook> delivery) {
    return jdbi.inTransaction(
        handle -> {
          List<Rejected> rejected = new ArrayList<>();
          for (NewBook book : delivery) {
            handle.savepoint("before_book");
            try {
              insert(handle, book);
              // Else the server keeps them all until the commit.
              handle.releaseSavepoint("before_book");
            } catch (JdbiException e) {
              // Only what can be told from the book is the book's fault.
              if (!sqlState(e).startsWith("23")) {
                throw e;
              }
              handle.rollbackToSavepoint("before_book");
              rejected.add(new Rejected(book.isbn(), sqlState(e)));
            }
          }
          return rejected;
        });
  }

  @Override
  public boolean lendAndNote(Handle handle, long bookId, long memberId) {
    // inTransaction joins the caller's transaction, or begins one. As it
    // joins, a second inTransaction inside would undo nothing by itself.
    return handle.inTransaction(
        joined -> {
          boolean lent = lendOrUndo(joined, bookId, memberId);
          joined.execute(
              "INSERT INTO notes (line) VALUES (?)",
              // Not formatted: some locales have other digits.
              (lent ? "lent " : "refused ") + bookId + " to " + memberId);
          return lent;
        });
  }

  private static boolean lendOrUndo(Handle handle, long book, long member) {
    // A name that no caller has: Jdbi knows savepoints by name.
    handle.savepoint("before_lending");
    try {
      lend(handle, book, member);
      handle.releaseSavepoint("before_lending");
      return true;
    } catch (NoCopyLeft | JdbiException e) {
      if (e instanceof JdbiException && !sqlState(e).startsWith("23")) {
        throw e;
      }
      handle.rollbackToSavepoint("before_lending");
      return false;
    }
  }

  @Override
  public Returns returns(Jdbi jdbi) {
    // onDemand: each call of giveBack takes a connection and returns it.
    return jdbi.onDemand(ReturnsDesk.class);
  }

  @Override
  public <T> T serializable(
      Jdbi jdbi, int attempts, HandleCallback<T, RuntimeException> work) {
    for (int attempt = 1; ; attempt++) {
      try {
        // The whole transaction is inside the loop: what an attempt has
        // read is stale, and its commit too can be what is refused.
        return jdbi.inTransaction(
            TransactionIsolationLevel.SERIALIZABLE, work);
      } catch (JdbiException e) {
        if (!sqlState(e).equals("40001") || attempt >= attempts) {
          throw e;
        }
      }
    }
  }

  @Override
  public Report report(Jdbi jdbi, Runnable meanwhile) {
    // By default each statement sees what is committed when it begins; here
    // both see what was committed when the first began. No lock is needed.
    return jdbi.inTransaction(
        TransactionIsolationLevel.REPEATABLE_READ,
        handle -> {
          int onShelf =
              count(handle, "SELECT coalesce(sum(stock), 0) FROM books");
          meanwhile.run();
          int onLoan = count(handle, "SELECT count(*) FROM loans");
          return new Report(onShelf, onLoan);
        });
  }

  private static int count(Handle handle, String query) {
    return handle.createQuery(query).mapTo(int.class).one();
  }

  @Override
  public void moveCopies(Jdbi jdbi, long from, long to, int copies) {
    for (int attempt = 1; ; attempt++) {
      try {
        jdbi.useTransaction(handle -> move(handle, from, to, copies));
        return;
      } catch (JdbiException e) {
        if (!sqlState(e).equals("40P01") || attempt == MOVE_ATTEMPTS) {
          throw e;
        }
      }
      // Outside of the transaction: one that pauses would keep its locks.
      pause(FIRST_PAUSE << (attempt - 1));
    }
  }

  private static void move(Handle handle, long from, long to, int copies) {
    // By id, whichever direction: the second of two desks waits at its first
    // book, where it does not hold anything yet.
    boolean fromComesFirst = from < to;
    if (!fromComesFirst) {
      addStock(handle, to, copies);
    }
    addStock(handle, from, -copies);
    if (fromComesFirst) {
      addStock(handle, to, copies);
    }
  }

  private static void addStock(Handle handle, long bookId, int copies) {
    int books =
        handle.execute(
            "UPDATE books SET stock = stock + ? WHERE id = ? AND stock >= ?",
            copies,
            bookId,
            -copies);
    if (books == 0) {
      throw new NoCopyLeft(bookId);
    }
  }

  private static void pause(long milliseconds) {
    try {
      // Up to twice as long.
      Thread.sleep(
          ThreadLocalRandom.current().nextLong(milliseconds, 2 * milliseconds));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted between two attempts.", e);
    }
  }

  /** The SQLSTATE of the first cause that has one, or an empty text. */
  private static String sqlState(Throwable thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (t instanceof SQLException e && e.getSQLState() != null) {
        return e.getSQLState();
      }
    }
    return "";
  }

  /** A step of cleaning up. */
  @FunctionalInterface
  private interface CleanUp {
    void run() throws SQLException;
  }

  /** Its own type, so that it cannot be taken for another's. */
  private static final class NoCopyLeft extends IllegalStateException {
    private static final long serialVersionUID = 1;

    NoCopyLeft(long bookId) {
      super("No copy of book " + bookId + " is left.");
    }
  }

  /** The desk where books come back. */
  interface ReturnsDesk extends Returns {
    /** Deletes a loan, and says how many there were: 1 or 0. */
    @SqlUpdate(
        "DELETE FROM loans WHERE book_id = :bookId AND member_id = :memberId")
    int deleteLoan(long bookId, long memberId);

    /** Puts one copy back on the shelf. */
    @SqlUpdate("UPDATE books SET stock = stock + 1 WHERE id = :bookId")
    void addCopy(long bookId);

    @Override
    @Transaction
    default boolean giveBack(long bookId, long memberId) {
      // Two desks may take the same book back: the DELETE decides who did.
      if (deleteLoan(bookId, memberId) == 0) {
        return false;
      }
      addCopy(bookId);
      return true;
    }
  }
}
