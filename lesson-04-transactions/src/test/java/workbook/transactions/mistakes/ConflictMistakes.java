package workbook.transactions.mistakes;

import java.sql.SQLException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;
import org.jdbi.v3.sqlobject.customizer.QueryTimeOut;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jdbi.v3.sqlobject.transaction.Transaction;
import workbook.grading.proofs.Alternative;
import workbook.grading.proofs.Mistake;
import workbook.transactions.reference.ReferenceLendingDesk;

/** Exercises 4.2 and 4.6: desks whose patience ends, and rules that they mistake. */
final class ConflictMistakes {
  private static final String TAKE =
      "UPDATE books SET stock = stock - 1 WHERE id = ? AND stock > 0";
  private static final String ADD = "UPDATE books SET stock = stock + 1 WHERE id = :bookId";

  private ConflictMistakes() {}

  private static long lend(Handle handle, long bookId, long memberId) {
    return addLoan(handle, handle.execute(TAKE, bookId), bookId, memberId);
  }

  private static long addLoan(Handle handle, int books, long bookId, long memberId) {
    if (books == 0) {
      throw new IllegalStateException("no copy of " + bookId);
    }
    return handle
        .createQuery("INSERT INTO loans (book_id, member_id) VALUES (:b, :m) RETURNING id")
        .bind("b", bookId)
        .bind("m", memberId)
        .mapTo(long.class)
        .one();
  }

  private static String state(Throwable thrown) {
    return thrown.getCause() instanceof SQLException e ? e.getSQLState() + "" : "";
  }

  @Mistake(
      exercise = "4.2",
      violates = "A desk is refused for the reasons below and for no other",
      idea = "REPEATABLE READ, and three attempts",
      because = """
          On a busy day a book changes more often than that, and the fourth 40001 comes out, with
          copies on the shelf.""",
      instead = "READ COMMITTED waits by itself. With a stricter level, no limit.",
      rejectedBy = "a_loan_and_its_copy_are_one_transaction",
      says = "while another program changed the book's row 12 times",
      earns = 1)
  static class ThreeAttempts extends ReferenceLendingDesk {
    @Override
    public long lend(Jdbi jdbi, long bookId, long memberId) {
      for (int attempt = 1; ; attempt++) {
        try {
          return jdbi.inTransaction(
              TransactionIsolationLevel.REPEATABLE_READ,
              handle -> ConflictMistakes.lend(handle, bookId, memberId));
        } catch (JdbiException e) {
          if (attempt == 3 || !state(e).equals("40001")) {
            throw e;
          }
        }
      }
    }
  }

  @Mistake(
      exercise = "4.2",
      violates = "it waits, and sets no limit to that",
      idea = "`setQueryTimeout`, so that no statement hangs",
      because = """
          The driver cancels the statement, be it waiting or working: 57014, which is none of the
          contract's reasons.""",
      instead = "Wait, as the server does by itself.",
      rejectedBy = "a_loan_and_its_copy_are_one_transaction",
      says = "query timeout 15",
      earns = 1)
  static class WithAQueryTimeout extends ReferenceLendingDesk {
    @Override
    public long lend(Jdbi jdbi, long bookId, long memberId) {
      return jdbi.inTransaction(
          handle -> {
            int books = handle.createUpdate(TAKE).bind(0, bookId).setQueryTimeout(15).execute();
            return addLoan(handle, books, bookId, memberId);
          });
    }
  }

  @Mistake(
      exercise = "4.2",
      violates = "it waits, and sets no limit to that",
      idea = "A limit for the lock only, and none for the writing",
      because = "The lock is where a desk waits.",
      instead = "No limit.",
      rejectedBy = "a_loan_and_its_copy_are_one_transaction",
      says = "lock_timeout 3s",
      earns = 1)
  static class LocksWithALimit extends ReferenceLendingDesk {
    @Override
    public long lend(Jdbi jdbi, long bookId, long memberId) {
      return jdbi.inTransaction(
          handle -> {
            handle.execute("SET LOCAL lock_timeout = '3s'");
            handle.execute("SELECT FROM books WHERE id = ? FOR UPDATE", bookId);
            handle.execute("SET LOCAL lock_timeout = 0");
            return ConflictMistakes.lend(handle, bookId, memberId);
          });
    }
  }

  @Mistake(
      exercise = "4.2",
      violates = "or if anything else goes wrong there",
      idea = "A rule that the stock breaks means that no copy is left",
      because = """
          The shelf has copies, and another rule guards them. The member is told that the book is
          gone.""",
      instead = "Only 23514 can be about the stock's CHECK. Pass the others on.",
      rejectedBy = "a_refused_loan_leaves_no_trace",
      says = "whose stock a rule fixes",
      earns = 2,
      detail = true)
  static class AnyRuleIsNoCopy extends ReferenceLendingDesk {
    @Override
    public long lend(Jdbi jdbi, long bookId, long memberId) {
      return jdbi.inTransaction(
          handle -> {
            int books;
            try {
              books = handle.execute(TAKE, bookId);
            } catch (JdbiException e) {
              if (state(e).startsWith("23")) {
                throw new IllegalStateException("no copy of " + bookId, e);
              }
              throw e;
            }
            return addLoan(handle, books, bookId, memberId);
          });
    }
  }

  @Alternative(
      exercise = "4.2",
      idea = "Read the stock, write it if it is still the same, and begin again if it is not, as "
          + "often as that takes.")
  static class Optimistic extends ReferenceLendingDesk {
    @Override
    public long lend(Jdbi jdbi, long bookId, long memberId) {
      long id;
      do {
        id = jdbi.inTransaction(handle -> lendIfUnchanged(handle, bookId, memberId));
      } while (id < 0);
      return id;
    }

    private static long lendIfUnchanged(Handle handle, long bookId, long memberId) {
      int stock =
          handle
              .select("SELECT stock FROM books WHERE id = ?", bookId)
              .mapTo(int.class)
              .findOne()
              .orElse(0);
      int books = stock == 0 ? 0 : handle.execute(TAKE + " AND stock = ?", bookId, stock);
      return stock > 0 && books == 0 ? -1 : addLoan(handle, books, bookId, memberId);
    }
  }

  @Alternative(exercise = "4.2", idea = "A lock on the whole table: one desk after the other.")
  static class LocksTheTable extends ReferenceLendingDesk {
    @Override
    public long lend(Jdbi jdbi, long bookId, long memberId) {
      return jdbi.inTransaction(
          handle -> {
            handle.execute("LOCK TABLE books IN SHARE ROW EXCLUSIVE MODE");
            return ConflictMistakes.lend(handle, bookId, memberId);
          });
    }
  }

  @Mistake(
      exercise = "4.6",
      violates = "Nothing else changes",
      idea = "A note for each book that comes back",
      because = "The contract asks for a loan less and a copy more. Others read the notes.",
      instead = "Two statements.",
      rejectedBy = "a_book_comes_back_in_one_transaction_of_a_sql_object",
      says = "+ note back",
      earns = 1)
  static class NotesIt extends ReferenceLendingDesk {
    interface Noting extends ReturnMistakes.Desk {
      @SqlUpdate("INSERT INTO notes (line) VALUES ('back')")
      void note();

      @Override
      @Transaction
      default boolean giveBack(long bookId, long memberId) {
        if (delete(bookId, memberId) == 0) {
          return false;
        }
        add(bookId);
        note();
        return true;
      }
    }

    @Override
    public Returns returns(Jdbi jdbi) {
      return jdbi.onDemand(Noting.class);
    }
  }

  @Mistake(
      exercise = "4.6",
      violates = "the database's own exception if it refuses anything of it",
      idea = "A rule of class 23 is an answer: `false`",
      because = """
          `false` says that the member does not have the book. The member has it, and cannot give
          it back.""",
      instead = "No `catch`.",
      rejectedBy = "a_book_comes_back_in_one_transaction_of_a_sql_object",
      says = "expected: an exception that has SQLSTATE 23514",
      earns = 1)
  static class ARuleIsFalse extends ReferenceLendingDesk {
    interface Lenient extends ReturnMistakes.Desk {
      @Override
      @Transaction
      default boolean giveBack(long bookId, long memberId) {
        if (delete(bookId, memberId) == 0) {
          return false;
        }
        try {
          add(bookId);
        } catch (JdbiException e) {
          if (state(e).startsWith("23")) {
            return false;
          }
          throw e;
        }
        return true;
      }
    }

    @Override
    public Returns returns(Jdbi jdbi) {
      return jdbi.onDemand(Lenient.class);
    }
  }

  @Mistake(
      exercise = "4.6",
      violates = "this one waits, and sets no limit to that",
      idea = "`@QueryTimeOut(20)`, so that no statement hangs",
      because = "Waiting for another desk counts, too: the return is refused with 57014.",
      instead = "Wait, as the server does by itself.",
      rejectedBy = "a_book_comes_back_in_one_transaction_of_a_sql_object",
      says = "query timeout 20",
      earns = 1)
  static class TimesOut extends ReferenceLendingDesk {
    interface Hasty extends ReturnMistakes.Desk {
      @QueryTimeOut(20)
      @SqlUpdate(ADD)
      void addInTime(long bookId);

      @Override
      @Transaction
      default boolean giveBack(long bookId, long memberId) {
        if (delete(bookId, memberId) == 0) {
          return false;
        }
        addInTime(bookId);
        return true;
      }
    }

    @Override
    public Returns returns(Jdbi jdbi) {
      return jdbi.onDemand(Hasty.class);
    }
  }
}
