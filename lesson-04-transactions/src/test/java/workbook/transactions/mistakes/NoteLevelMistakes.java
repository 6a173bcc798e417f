package workbook.transactions.mistakes;

import static workbook.transactions.mistakes.NoteMistakes.lendOrThrow;
import static workbook.transactions.mistakes.NoteMistakes.note;
import static workbook.transactions.mistakes.NoteMistakes.requireRefusal;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;
import workbook.grading.proofs.Mistake;
import workbook.transactions.reference.ReferenceLendingDesk;

/** Exercise 4.5: the level after a failure, the caller's savepoints, the note of a refusal. */
final class NoteLevelMistakes {
  private NoteLevelMistakes() {}

  private static boolean lends(Handle handle, String savepoint, long bookId, long memberId) {
    handle.savepoint(savepoint);
    try {
      lendOrThrow(handle, bookId, memberId);
      handle.releaseSavepoint(savepoint);
      return true;
    } catch (RuntimeException e) {
      requireRefusal(e);
      handle.rollbackToSavepoint(savepoint);
      return false;
    }
  }

  @Mistake(
      exercise = "4.5",
      violates = "also after a failure",
      idea = "Set the level back when all is done",
      because = """
          After a failure that line is not reached, and the caller's next transaction has another
          level than it asked for.""",
      instead = "`finally`, or no level at all: none is needed.",
      rejectedBy = "loan_and_note_are_one_transaction",
      says = "the isolation level of the caller's handle after a failure",
      earns = 2,
      detail = true)
  static class SetsBackIfAllIsWell extends ReferenceLendingDesk {
    @Override
    public boolean lendAndNote(Handle handle, long bookId, long memberId) {
      if (handle.isInTransaction()) {
        return super.lendAndNote(handle, bookId, memberId);
      }
      TransactionIsolationLevel before = handle.getTransactionIsolationLevel();
      handle.setTransactionIsolationLevel(TransactionIsolationLevel.READ_COMMITTED);
      boolean lent = super.lendAndNote(handle, bookId, memberId);
      handle.setTransactionIsolationLevel(before);
      return lent;
    }
  }

  @Mistake(
      exercise = "4.5",
      violates = "with rows and savepoints of the caller's (whose names begin with caller)",
      idea = "The savepoint marks the place of the caller: `caller`",
      because = """
          Jdbi knows savepoints by name. The caller has one of that name, and cannot go back to it
          any more.""",
      instead = "A name that no caller has.",
      rejectedBy = "a_refused_loan_is_undone_alone",
      says = "The caller goes back to a savepoint of its own",
      earns = 1)
  static class TakesTheCallersName extends ReferenceLendingDesk {
    @Override
    public boolean lendAndNote(Handle handle, long bookId, long memberId) {
      return handle.inTransaction(
          joined -> {
            boolean lent = lends(joined, "caller", bookId, memberId);
            note(joined, lent, bookId, memberId);
            return lent;
          });
    }
  }

  @Mistake(
      exercise = "4.5",
      violates = "so is each failure to write the note, be it of class 23 or not",
      idea = "The note of a refusal may be missing",
      because = """
          It is all that there is of the request. And with the transaction failed, the caller's
          next statement ends in 25P02.""",
      instead = "No `catch` around the note.",
      rejectedBy = "loan_and_note_are_one_transaction",
      says = "a rule forbids the note of a refusal",
      earns = 2,
      detail = true)
  static class NotesRefusalsIfPossible extends ReferenceLendingDesk {
    @Override
    public boolean lendAndNote(Handle handle, long bookId, long memberId) {
      return handle.inTransaction(
          joined -> {
            boolean lent = lends(joined, "lending", bookId, memberId);
            try {
              note(joined, lent, bookId, memberId);
            } catch (JdbiException e) {
              if (lent) {
                throw e;
              }
            }
            return lent;
          });
    }
  }
}
