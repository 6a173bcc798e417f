package workbook.transactions.mistakes;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jdbi.v3.sqlobject.transaction.Transaction;
import workbook.grading.proofs.Mistake;
import workbook.transactions.reference.ReferenceLendingDesk;

/** Exercises 4.2, 4.5 and 4.6: desks that do not wait, or wait in Java only. */
final class PatienceMistakes {
  private PatienceMistakes() {}

  private static long lend(Handle handle, long bookId, long memberId) {
    String take = "UPDATE books SET stock = stock - 1 WHERE id = ? AND stock > 0";
    if (handle.execute(take, bookId) == 0) {
      throw new IllegalStateException("no copy of " + bookId);
    }
    return handle
        .createQuery("INSERT INTO loans (book_id, member_id) VALUES (:b, :m) RETURNING id")
        .bind("b", bookId)
        .bind("m", memberId)
        .mapTo(long.class)
        .one();
  }

  @Mistake(
      exercise = "4.2",
      violates = "it waits, and sets no limit to that",
      idea = "Three seconds are long enough to wait for a lock",
      because = """
          On a busy day, or while a delivery is taken, the loan is refused with 55P03, which is
          none of the contract's reasons.""",
      instead = "Wait, as the server does by itself.",
      rejectedBy = "a_loan_and_its_copy_are_one_transaction",
      says = "lock_timeout 3s",
      earns = 1)
  static class LendsWithinThreeSeconds extends ReferenceLendingDesk {
    @Override
    public long lend(Jdbi jdbi, long bookId, long memberId) {
      return jdbi.inTransaction(
          handle -> {
            handle.execute("SET LOCAL lock_timeout = '3s'");
            return PatienceMistakes.lend(handle, bookId, memberId);
          });
    }
  }

  @Mistake(
      exercise = "4.2",
      violates = "A desk is refused for the reasons below and for no other",
      idea = "A statement that takes ten seconds is given up",
      because = "Waiting for another desk counts, too: the loan is refused with 57014.",
      instead = "Wait, as the server does by itself.",
      rejectedBy = "a_loan_and_its_copy_are_one_transaction",
      says = "statement_timeout 10s",
      earns = 1)
  static class LendsWithinAStatementTimeout extends ReferenceLendingDesk {
    @Override
    public long lend(Jdbi jdbi, long bookId, long memberId) {
      return jdbi.inTransaction(
          handle -> {
            handle.execute("SET LOCAL statement_timeout = '10s'");
            return PatienceMistakes.lend(handle, bookId, memberId);
          });
    }
  }

  @Mistake(
      exercise = "4.6",
      violates = "this one waits, and sets no limit to that",
      idea = "Three seconds are long enough to wait for a lock",
      because = "Then the member has brought the book, and the library says 55P03.",
      instead = "Wait, as the server does by itself.",
      rejectedBy = "a_book_comes_back_in_one_transaction_of_a_sql_object",
      says = "lock_timeout 3s",
      earns = 1)
  static class TakesBackWithinThreeSeconds extends ReferenceLendingDesk {
    interface Impatient extends Returns {
      @SqlUpdate("SET LOCAL lock_timeout = '3s'")
      void setLimit();

      @SqlUpdate("DELETE FROM loans WHERE book_id = :bookId AND member_id = :memberId")
      boolean delete(long bookId, long memberId);

      @SqlUpdate("UPDATE books SET stock = stock + 1 WHERE id = :bookId")
      void add(long bookId);

      @Override
      @Transaction
      default boolean giveBack(long bookId, long memberId) {
        setLimit();
        boolean was = delete(bookId, memberId);
        if (was) {
          add(bookId);
        }
        return was;
      }
    }

    @Override
    public Returns returns(Jdbi jdbi) {
      return jdbi.onDemand(Impatient.class);
    }
  }

  @Mistake(
      exercise = "4.6",
      violates = "the book's stock goes up by one",
      idea = "`synchronized` keeps others from changing the stock",
      because = """
          It keeps other threads of this program from it. The other desks are other programs, and
          the transaction is committed when the block has been left.""",
      instead = "`SET stock = stock + 1`: the server computes it from what is there then.",
      rejectedBy = "what_was_never_lent_cannot_come_back",
      says = "the stock of Ronja, which was 4",
      earns = 2,
      detail = true)
  static class SynchronizedInJava extends ReferenceLendingDesk {
    interface Computing extends Returns {
      @SqlQuery("SELECT stock FROM books WHERE id = :bookId")
      int stock(long bookId);

      @SqlUpdate("DELETE FROM loans WHERE book_id = :bookId AND member_id = :memberId")
      boolean delete(long bookId, long memberId);

      @SqlUpdate("UPDATE books SET stock = :stock WHERE id = :bookId")
      void setStock(long bookId, int stock);

      @Override
      @Transaction
      default boolean giveBack(long bookId, long memberId) {
        synchronized (Computing.class) {
          boolean was = delete(bookId, memberId);
          if (was) {
            setStock(bookId, stock(bookId) + 1);
          }
          return was;
        }
      }
    }

    @Override
    public Returns returns(Jdbi jdbi) {
      return jdbi.onDemand(Computing.class);
    }
  }

  @Mistake(
      exercise = "4.5",
      violates = "Many desks do this at the same time, and no stock gets lost",
      idea = "`synchronized` keeps others from lending",
      because = "It keeps other threads of this program from it. The desks are other programs.",
      instead = "Have the server compute the stock: `SET stock = stock - 1`.",
      rejectedBy = "loan_and_note_are_one_transaction",
      says = "while another program put two more on the shelf",
      earns = 2,
      detail = true)
  static class NotesInJava extends ReferenceLendingDesk {
    @Override
    public boolean lendAndNote(Handle handle, long bookId, long memberId) {
      synchronized (NotesInJava.class) {
        int before =
            handle
                .select("SELECT stock FROM books WHERE id = ?", bookId)
                .mapTo(int.class)
                .findOne()
                .orElse(0);
        return handle.inTransaction(
            joined -> {
              boolean lent = super.lendAndNote(joined, bookId, memberId);
              if (lent) {
                joined.execute("UPDATE books SET stock = ? WHERE id = ?", before - 1, bookId);
              }
              return lent;
            });
      }
    }
  }
}
