package workbook.transactions.mistakes;

import java.sql.SQLException;
import java.sql.Savepoint;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import workbook.grading.proofs.Alternative;
import workbook.grading.proofs.Mistake;
import workbook.transactions.reference.ReferenceLendingDesk;

/** Exercises 4.2 and 4.5: a loan and its copy, and a note of it. */
final class LendMistakes {
  private LendMistakes() {}

  private static int takeCopy(Handle handle, long bookId) {
    return handle.execute(
        "UPDATE books SET stock = stock - 1 WHERE id = ? AND stock > 0", bookId);
  }

  private static long addLoan(Handle handle, long bookId, long memberId) {
    return handle
        .createQuery("INSERT INTO loans (book_id, member_id) VALUES (:b, :m) RETURNING id")
        .bind("b", bookId)
        .bind("m", memberId)
        .mapTo(long.class)
        .one();
  }

  private static void note(Handle handle, boolean lent, long bookId, long memberId) {
    handle.execute(
        "INSERT INTO notes (line) VALUES (?)",
        (lent ? "lent " : "refused ") + bookId + " to " + memberId);
  }

  @Mistake(
      exercise = "4.2",
      idea = "Two statements on one handle belong together",
      because = """
          Each is committed by itself. If the second is refused, a copy is gone from the shelf and
          nobody has it.""",
      instead = "`inTransaction` in place of `withHandle`.",
      rejectedBy = "a_refused_loan_leaves_no_trace",
      says = "was the copy put back?",
      earns = 1)
  static class WithoutTransaction extends ReferenceLendingDesk {
    @Override
    public long lend(Jdbi jdbi, long bookId, long memberId) {
      return jdbi.withHandle(
          handle -> {
            if (takeCopy(handle, bookId) == 0) {
              throw new IllegalStateException("no copy of " + bookId);
            }
            return addLoan(handle, bookId, memberId);
          });
    }
  }

  @Mistake(
      exercise = "4.2",
      idea = "Read the stock, subtract one, write it back",
      because = """
          Between reading and writing another desk does the same. Both read 1, both write 0, and one
          copy is lent twice: a lost update. A transaction alone does not keep them apart.""",
      instead = "Let the server subtract, with the condition in the `UPDATE`; or lock the row "
          + "when you "
          + "read it.",
      rejectedBy = "two_desks_do_not_lend_one_copy_twice",
      says = "Was the stock, once read, still true when it was written?",
      earns = 2)
  static class ReadModifyWrite extends ReferenceLendingDesk {
    @Override
    public long lend(Jdbi jdbi, long bookId, long memberId) {
      return jdbi.inTransaction(
          handle -> {
            int stock =
                handle
                    .createQuery("SELECT stock FROM books WHERE id = :id")
                    .bind("id", bookId)
                    .mapTo(int.class)
                    .findOne()
                    .orElse(0);
            if (stock == 0) {
              throw new IllegalStateException("no copy of " + bookId);
            }
            handle.execute("UPDATE books SET stock = ? WHERE id = ?", stock - 1, bookId);
            return addLoan(handle, bookId, memberId);
          });
    }
  }

  @Mistake(
      exercise = "4.2",
      idea = "An `UPDATE` that finds no row fails",
      because = """
          It succeeds, and says 0. Whoever does not look lends a copy that is not there.""",
      instead = "Look at the count that `execute()` returns.",
      rejectedBy = "a_refused_loan_leaves_no_trace",
      says = "lending book 2, of which no copy is left",
      earns = 1)
  static class IgnoresTheCount extends ReferenceLendingDesk {
    @Override
    public long lend(Jdbi jdbi, long bookId, long memberId) {
      return jdbi.inTransaction(
          handle -> {
            takeCopy(handle, bookId);
            return addLoan(handle, bookId, memberId);
          });
    }
  }

  @Mistake(
      exercise = "4.2",
      idea = "\"No copy left\" says it all",
      because = "A desk lends a hundred books a day. Which one?",
      instead = "Name the book in the message.",
      rejectedBy = "a_refused_loan_leaves_no_trace",
      says = "a message that names 2",
      earns = 2)
  static class NamesNoBook extends ReferenceLendingDesk {
    @Override
    public long lend(Jdbi jdbi, long bookId, long memberId) {
      return jdbi.inTransaction(
          handle -> {
            if (takeCopy(handle, bookId) == 0) {
              throw new IllegalStateException("No copy left.");
            }
            return addLoan(handle, bookId, memberId);
          });
    }
  }

  @Alternative(
      exercise = "4.2",
      idea = "One statement instead of a transaction: an `UPDATE ... RETURNING` in a `WITH`, "
          + "from which "
          + "the `INSERT` selects.")
  static class OneStatement extends ReferenceLendingDesk {
    @Override
    public long lend(Jdbi jdbi, long bookId, long memberId) {
      String sql =
          """
          WITH taken AS (
            UPDATE books SET stock = stock - 1 WHERE id = :book AND stock > 0
            RETURNING id)
          INSERT INTO loans (book_id, member_id) SELECT id, :member FROM taken
          RETURNING id
          """;
      return jdbi.withHandle(
          handle ->
              handle
                  .createQuery(sql)
                  .bind("book", bookId)
                  .bind("member", memberId)
                  .mapTo(Long.class)
                  .findOne()
                  .orElseThrow(() -> new IllegalStateException("no book " + bookId)));
    }
  }

  @Alternative(
      exercise = "4.2",
      idea = "`SELECT ... FOR UPDATE` locks the row, then the stock is written as it was computed.")
  static class LocksTheRow extends ReferenceLendingDesk {
    @Override
    public long lend(Jdbi jdbi, long bookId, long memberId) {
      return jdbi.inTransaction(
          handle -> {
            int stock =
                handle
                    .select("SELECT stock FROM books WHERE id = ? FOR UPDATE", bookId)
                    .mapTo(int.class)
                    .findFirst()
                    .orElse(0);
            if (stock < 1) {
              throw new IllegalStateException("none left of book " + bookId);
            }
            long loan = addLoan(handle, bookId, memberId);
            handle.execute("UPDATE books SET stock = ? WHERE id = ?", stock - 1, bookId);
            return loan;
          });
    }
  }

  @Mistake(
      exercise = "4.5",
      idea = "An inner `inTransaction` rolls back alone",
      because = """
          With Jdbi it joins the outer one, and undoes nothing by itself. After an error the server
          refuses everything until the end of the transaction: 25P02.""",
      instead = "A savepoint takes back a part.",
      rejectedBy = "a_refused_loan_is_undone_alone",
      says = "What takes back a part of a transaction after an error?")
  static class InnerTransaction extends ReferenceLendingDesk {
    @Override
    public boolean lendAndNote(Handle handle, long bookId, long memberId) {
      return handle.inTransaction(
          outer -> {
            boolean lent = true;
            try {
              outer.useTransaction(inner -> lendOrThrow(inner, bookId, memberId));
            } catch (IllegalStateException | JdbiException e) {
              requireRefusal(e);
              lent = false;
            }
            note(outer, lent, bookId, memberId);
            return lent;
          });
    }
  }

  // The mistakes below take for a refusal what is one.
  private static void requireRefusal(RuntimeException e) {
    if (e.getCause() instanceof SQLException cause && !cause.getSQLState().startsWith("23")) {
      throw e;
    }
  }

  private static void lendOrThrow(Handle handle, long bookId, long memberId) {
    if (takeCopy(handle, bookId) == 0) {
      throw new IllegalStateException("no copy of " + bookId);
    }
    addLoan(handle, bookId, memberId);
  }

  @Mistake(
      exercise = "4.5",
      idea = "`rollback()` takes back what failed",
      because = """
          It takes back everything, also what the caller wrote before. And it ends the transaction:
          what comes next is committed statement by statement.""",
      instead = "A savepoint before the part that may fail, and back to it.",
      rejectedBy = "a_refused_loan_is_undone_alone",
      says = "notes that others saw before the caller's commit",
      earns = 1)
  static class RollsBackTheCaller extends ReferenceLendingDesk {
    @Override
    public boolean lendAndNote(Handle handle, long bookId, long memberId) {
      return handle.inTransaction(
          joined -> {
            boolean lent = true;
            try {
              lendOrThrow(joined, bookId, memberId);
            } catch (IllegalStateException | JdbiException e) {
              requireRefusal(e);
              joined.rollback();
              lent = false;
            }
            note(joined, lent, bookId, memberId);
            return lent;
          });
    }
  }

  @Mistake(
      exercise = "4.5",
      idea = "`commit()` when the note is written, to be on the safe side",
      because = """
          The transaction may be the caller's, and the caller is not done. What it wants to
          roll back later is saved already.""",
      instead = "Who begins a transaction ends it; `inTransaction` knows who that was.",
      rejectedBy = "the_callers_rollback_undoes_everything",
      says = "although the caller's transaction was rolled back")
  static class CommitsForTheCaller extends ReferenceLendingDesk {
    @Override
    public boolean lendAndNote(Handle handle, long bookId, long memberId) {
      boolean lent = super.lendAndNote(handle, bookId, memberId);
      if (handle.isInTransaction()) {
        handle.commit();
      }
      return lent;
    }
  }

  @Mistake(
      exercise = "4.5",
      idea = "There is always a transaction",
      because = """
          A handle that was just opened has none, and a savepoint without a transaction is an error.
          Loan and note must be together all the same.""",
      instead = "`handle.inTransaction` joins the caller's or begins one.",
      rejectedBy = "loan_and_note_are_one_transaction",
      says = "savepoint",
      earns = 2)
  static class AssumesATransaction extends ReferenceLendingDesk {
    @Override
    public boolean lendAndNote(Handle handle, long bookId, long memberId) {
      handle.savepoint("lending");
      boolean lent = true;
      try {
        lendOrThrow(handle, bookId, memberId);
      } catch (IllegalStateException | JdbiException e) {
        requireRefusal(e);
        handle.rollbackToSavepoint("lending");
        lent = false;
      }
      note(handle, lent, bookId, memberId);
      return lent;
    }
  }

  @Mistake(
      exercise = "4.5",
      idea = "Whatever lending throws is a refusal",
      because = """
          A full disk or a mistyped table is no answer to the member. The note says `refused`,
          the method says `false`, and nobody learns of the fault.""",
      instead = "No copy left, and class 23, are refusals; anything else goes on to the caller.",
      rejectedBy = "loan_and_note_are_one_transaction",
      says = "which is no refusal",
      earns = 2)
  static class RefusesForAnything extends ReferenceLendingDesk {
    @Override
    public boolean lendAndNote(Handle handle, long bookId, long memberId) {
      return handle.inTransaction(
          joined -> {
            joined.savepoint("lending");
            boolean lent = true;
            try {
              lendOrThrow(joined, bookId, memberId);
            } catch (RuntimeException e) {
              joined.rollbackToSavepoint("lending");
              lent = false;
            }
            note(joined, lent, bookId, memberId);
            return lent;
          });
    }
  }

  @Alternative(
      exercise = "4.5",
      idea = "JDBC's savepoint, without a name, and a question to the handle whether there is a "
          + "transaction.")
  static class WithJdbc extends ReferenceLendingDesk {
    @Override
    public boolean lendAndNote(Handle handle, long bookId, long memberId) {
      if (!handle.isInTransaction()) {
        return handle.inTransaction(begun -> lendAndNote(begun, bookId, memberId));
      }
      boolean lent;
      try {
        Savepoint before = handle.getConnection().setSavepoint();
        lent = lendOrGoBack(handle, before, bookId, memberId);
      } catch (SQLException e) {
        throw new IllegalStateException("savepoints do not work", e);
      }
      note(handle, lent, bookId, memberId);
      return lent;
    }

    private static boolean lendOrGoBack(
        Handle handle, Savepoint before, long bookId, long memberId) throws SQLException {
      try {
        lendOrThrow(handle, bookId, memberId);
        return true;
      } catch (IllegalStateException | JdbiException e) {
        requireRefusal(e);
        handle.getConnection().rollback(before);
        return false;
      }
    }
  }
}
