package workbook.transactions.mistakes;

import java.sql.SQLException;
import java.sql.Savepoint;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import workbook.grading.proofs.Alternative;
import workbook.grading.proofs.Mistake;
import workbook.transactions.reference.ReferenceLendingDesk;

/** Exercise 4.5: a loan, and a note of it, in a transaction that may be the caller's. */
final class NoteMistakes {
  private NoteMistakes() {}

  static int takeCopy(Handle handle, long bookId) {
    return handle.execute(
        "UPDATE books SET stock = stock - 1 WHERE id = ? AND stock > 0", bookId);
  }

  static long addLoan(Handle handle, long bookId, long memberId) {
    return handle
        .createQuery("INSERT INTO loans (book_id, member_id) VALUES (:b, :m) RETURNING id")
        .bind("b", bookId)
        .bind("m", memberId)
        .mapTo(long.class)
        .one();
  }

  static void note(Handle handle, boolean lent, long bookId, long memberId) {
    handle.execute(
        "INSERT INTO notes (line) VALUES (?)",
        (lent ? "lent " : "refused ") + bookId + " to " + memberId);
  }

  @Mistake(
      exercise = "4.5",
      violates = "it goes on, also after a refusal",
      idea = "An inner `inTransaction` rolls back alone",
      because = """
          With Jdbi it joins the outer one, and undoes nothing by itself. After an error the server
          refuses everything until the end of the transaction: 25P02.""",
      instead = "A savepoint takes back a part.",
      rejectedBy = "a_refused_loan_is_undone_alone",
      says = "What takes back a part of a transaction after an error?",
      earns = 0)
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
  static void requireRefusal(RuntimeException e) {
    if (e.getCause() instanceof SQLException cause && !cause.getSQLState().startsWith("23")) {
      throw e;
    }
  }

  static void lendOrThrow(Handle handle, long bookId, long memberId) {
    if (takeCopy(handle, bookId) == 0) {
      throw new IllegalStateException("no copy of " + bookId);
    }
    addLoan(handle, bookId, memberId);
  }

  @Mistake(
      exercise = "4.5",
      violates = "Then all this is part of that transaction",
      idea = "`rollback()` takes back what failed",
      because = """
          It takes back everything, also what the caller wrote before. And it ends the transaction:
          what comes next is committed statement by statement.""",
      instead = "A savepoint before the part that may fail, and back to it.",
      rejectedBy = "a_refused_loan_is_undone_alone",
      says = "whether the caller's handle is still in the caller's transaction",
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
      violates = "others see nothing before the caller commits",
      idea = "`commit()` when the note is written, to be on the safe side",
      because = """
          The transaction may be the caller's, and the caller is not done. What it wants to
          roll back later is saved already.""",
      instead = "Who begins a transaction ends it; `inTransaction` knows who that was.",
      rejectedBy = "a_refused_loan_is_undone_alone",
      says = "What ended the caller's transaction?",
      earns = 1)
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
      violates = "If the handle is in no transaction, note and loan are one of their own",
      idea = "There is always a transaction",
      because = """
          A handle that was just opened has none, and a savepoint without a transaction is an error.
          Loan and note must be together all the same.""",
      instead = "`handle.inTransaction` joins the caller's or begins one.",
      rejectedBy = "loan_and_note_are_one_transaction",
      says = "savepoint",
      earns = 0)
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
      violates = "Any other failure is passed on",
      idea = "Whatever lending throws is a refusal",
      because = """
          A full disk or a mistyped table is no answer to the member. The note says `refused`,
          the method says `false`, and nobody learns of the fault.""",
      instead = "No copy left, and class 23, are refusals; anything else goes on to the caller.",
      rejectedBy = "loan_and_note_are_one_transaction",
      says = "which is no refusal",
      earns = 0)
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
