package workbook.transactions.mistakes;

import static workbook.transactions.mistakes.NoteMistakes.lendOrThrow;
import static workbook.transactions.mistakes.NoteMistakes.note;
import static workbook.transactions.mistakes.NoteMistakes.requireRefusal;

import java.sql.Connection;
import java.sql.SQLException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;
import workbook.grading.proofs.Alternative;
import workbook.grading.proofs.Mistake;
import workbook.transactions.reference.ReferenceLendingDesk;

/** Exercise 4.5: whose transaction it is, and whose handle. */
final class NoteTransactionMistakes {
  private NoteTransactionMistakes() {}

  private static boolean lends(Handle handle, long bookId, long memberId) {
    handle.savepoint("lending");
    try {
      lendOrThrow(handle, bookId, memberId);
      return true;
    } catch (RuntimeException e) {
      requireRefusal(e);
      handle.rollbackToSavepoint("lending");
      return false;
    }
  }

  @Mistake(
      exercise = "4.5",
      violates = "Then all this is part of that transaction",
      idea = "A connection of its own keeps the parts apart",
      because = """
          It does, and more than that: it does not see the book that the caller has just added, it
          saves what the caller rolls back, and it may wait for the caller for ever.""",
      instead = "Work with the handle that you were given.",
      rejectedBy = "a_refused_loan_is_undone_alone",
      says = "notes that others saw before the caller's commit",
      earns = 1)
  static class AnotherConnection extends ReferenceLendingDesk {
    @Override
    public boolean lendAndNote(Handle handle, long bookId, long memberId) {
      try (Handle own = handle.getJdbi().open()) {
        return super.lendAndNote(own, bookId, memberId);
      }
    }
  }

  @Mistake(
      exercise = "4.5",
      violates = "if the caller rolls back, the note goes too",
      idea = "A note must not get lost, so it is saved at once",
      because = """
          On a connection of its own the note stays although the caller rolls back: it tells of a
          loan that never was.""",
      instead = "The note is part of the transaction, too.",
      rejectedBy = "a_refused_loan_is_undone_alone",
      says = "notes that others saw before the caller's commit",
      earns = 0)
  static class NotesElsewhere extends ReferenceLendingDesk {
    @Override
    public boolean lendAndNote(Handle handle, long bookId, long memberId) {
      boolean lent = handle.inTransaction(joined -> lends(joined, bookId, memberId));
      try (Handle own = handle.getJdbi().open()) {
        note(own, lent, bookId, memberId);
      }
      return lent;
    }
  }

  @Mistake(
      exercise = "4.5",
      violates = "If the handle is in no transaction, note and loan are one of their own",
      idea = "First the loan, in a transaction; then the note",
      because = """
          Within the caller's transaction that is one. Without it they are two, and between them
          the power may fail: a loan without its note.""",
      instead = "One `inTransaction` around both.",
      rejectedBy = "loan_and_note_are_one_transaction",
      says = "transactions that wrote loan, stock and note",
      earns = 2,
      detail = true)
  static class TwoTransactions extends ReferenceLendingDesk {
    @Override
    public boolean lendAndNote(Handle handle, long bookId, long memberId) {
      boolean lent = handle.inTransaction(joined -> lends(joined, bookId, memberId));
      note(handle, lent, bookId, memberId);
      return lent;
    }
  }

  @Mistake(
      exercise = "4.5",
      violates = "the handle is in none afterwards, whatever happened",
      idea = "`begin()` if there is no transaction, `commit()` at the end",
      because = """
          If something fails in between, nothing ends the transaction. The handle stays in it, and
          all that the caller does with it next is in there, too, and lost.""",
      instead = "`inTransaction` ends what it has begun, on each path.",
      rejectedBy = "loan_and_note_are_one_transaction",
      says = "whether the caller's handle, which was in no transaction, is in one after a failure",
      earns = 2,
      detail = true)
  static class LeavesItOpenAfterAFailure extends ReferenceLendingDesk {
    @Override
    public boolean lendAndNote(Handle handle, long bookId, long memberId) {
      boolean begun = !handle.isInTransaction();
      if (begun) {
        handle.begin();
      }
      boolean lent = lends(handle, bookId, memberId);
      note(handle, lent, bookId, memberId);
      if (begun) {
        handle.commit();
      }
      return lent;
    }
  }

  @Mistake(
      exercise = "4.5",
      violates = "If the handle is in no transaction, note and loan are one of their own",
      idea = "`begin()` if there is no transaction; the caller commits",
      because = """
          A caller who has begun none does not commit, either. Jdbi complains when the handle is
          closed, and loan and note are gone.""",
      instead = "Who begins a transaction ends it.",
      rejectedBy = "loan_and_note_are_one_transaction",
      says = "is in one after book 5000000011 to member 6000000021",
      earns = 0)
  static class NeverCommits extends ReferenceLendingDesk {
    @Override
    public boolean lendAndNote(Handle handle, long bookId, long memberId) {
      if (!handle.isInTransaction()) {
        handle.begin();
      }
      boolean lent = lends(handle, bookId, memberId);
      note(handle, lent, bookId, memberId);
      return lent;
    }
  }

  @Mistake(
      exercise = "4.5",
      violates = "The handle stays open",
      idea = "Try-with-resources around each handle",
      because = "Whoever opens closes. This one the caller has opened, and goes on with.",
      instead = "Close what you have opened yourself.",
      rejectedBy = "a_refused_loan_is_undone_alone",
      says = "Handle",
      earns = 0)
  static class ClosesTheHandle extends ReferenceLendingDesk {
    @Override
    public boolean lendAndNote(Handle handle, long bookId, long memberId) {
      try (handle) {
        return super.lendAndNote(handle, bookId, memberId);
      }
    }
  }

  @Mistake(
      exercise = "4.5",
      violates = "may be in a transaction already, of any isolation level",
      idea = "SERIALIZABLE, to be safe",
      because = """
          A transaction has one level, and the caller has chosen it. Jdbi refuses an inner
          transaction that asks for another.""",
      instead = "Leave the level to the caller.",
      rejectedBy = "a_refused_loan_is_undone_alone",
      says = "in a transaction of the caller's",
      earns = 0)
  static class AsksForALevel extends ReferenceLendingDesk {
    @Override
    public boolean lendAndNote(Handle handle, long bookId, long memberId) {
      return handle.inTransaction(
          TransactionIsolationLevel.SERIALIZABLE,
          joined -> super.lendAndNote(joined, bookId, memberId));
    }
  }

  @Mistake(
      exercise = "4.5",
      violates = "with rows and savepoints of the caller's",
      idea = "Commit what the caller has so far, and begin anew",
      because = """
          Then there is a transaction of its own to roll back. But the caller's rows are saved
          before their time, and its savepoints are gone.""",
      instead = "A savepoint does not end the transaction.",
      rejectedBy = "a_refused_loan_is_undone_alone",
      says = "savepoint",
      earns = 1)
  static class BeginsAnew extends ReferenceLendingDesk {
    @Override
    public boolean lendAndNote(Handle handle, long bookId, long memberId) {
      boolean callers = handle.isInTransaction();
      if (callers) {
        handle.commit();
      }
      boolean lent = super.lendAndNote(handle, bookId, memberId);
      if (callers) {
        handle.begin();
      }
      return lent;
    }
  }

  @Mistake(
      exercise = "4.5",
      violates = "with the isolation level that it had before the call",
      idea = "Set the level on the handle where there is no transaction",
      because = "It stays there, and the caller's next transaction has it, too.",
      instead = "`inTransaction` with a level sets it back; here none is needed.",
      rejectedBy = "loan_and_note_are_one_transaction",
      says = "the isolation level of the caller's handle after",
      earns = 2,
      detail = true)
  static class LeavesALevel extends ReferenceLendingDesk {
    @Override
    public boolean lendAndNote(Handle handle, long bookId, long memberId) {
      if (!handle.isInTransaction()) {
        handle.setTransactionIsolationLevel(TransactionIsolationLevel.REPEATABLE_READ);
      }
      return super.lendAndNote(handle, bookId, memberId);
    }
  }

  @Mistake(
      exercise = "4.5",
      violates = "Lends a book if that can be done, and notes the request either way",
      idea = "Where nothing was lent there is nothing to note",
      because = "The notes are there to show what members ask for in vain, too.",
      instead = "The note comes after the attempt, whichever way it went.",
      rejectedBy = "a_refused_loan_is_undone_alone",
      says = "and one for each request",
      earns = 0)
  static class NotesLoansOnly extends ReferenceLendingDesk {
    @Override
    public boolean lendAndNote(Handle handle, long bookId, long memberId) {
      return handle.inTransaction(
          joined -> {
            boolean lent = lends(joined, bookId, memberId);
            if (lent) {
              note(joined, true, bookId, memberId);
            }
            return lent;
          });
    }
  }

  @Mistake(
      exercise = "4.5",
      violates = "a row of notes with the line lent 1 to 2 (book 1, member 2)",
      idea = "The member, then the book",
      because = "Other programs read these lines, and take the one for the other.",
      instead = "The line is `lent`, the book, `to`, the member.",
      rejectedBy = "a_refused_loan_is_undone_alone",
      says = "refused 5000000011 to 99",
      earns = 0)
  static class SwapsTheIds extends ReferenceLendingDesk {
    @Override
    public boolean lendAndNote(Handle handle, long bookId, long memberId) {
      return handle.inTransaction(
          joined -> {
            boolean lent = lends(joined, bookId, memberId);
            note(joined, lent, memberId, bookId);
            return lent;
          });
    }
  }

  @Mistake(
      exercise = "4.5",
      violates = "the caller has to roll back, to a savepoint or altogether",
      idea = "Roll back before passing a failure on",
      because = """
          It ends the caller's transaction without the caller's knowledge. A caller that has a
          savepoint of its own cannot go back to it.""",
      instead = "Throw; `inTransaction` rolls back what it has begun, and nothing else.",
      rejectedBy = "a_refused_loan_is_undone_alone",
      says = "after a failure that was passed on",
      earns = 1)
  static class EndsTheCallersTransaction extends ReferenceLendingDesk {
    @Override
    public boolean lendAndNote(Handle handle, long bookId, long memberId) {
      try {
        return super.lendAndNote(handle, bookId, memberId);
      } catch (RuntimeException e) {
        if (handle.isInTransaction()) {
          handle.rollback();
        }
        throw e;
      }
    }
  }

  @Alternative(
      exercise = "4.5",
      idea = "JDBC alone on the handle's connection, which is in autocommit mode or is not.")
  static class JdbcAlone extends ReferenceLendingDesk {
    @Override
    public boolean lendAndNote(Handle handle, long bookId, long memberId) {
      Connection connection = handle.getConnection();
      try {
        return connection.getAutoCommit()
            ? inTransaction(connection, c -> lends(handle, c, bookId, memberId))
            : lends(handle, connection, bookId, memberId);
      } catch (RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IllegalArgumentException(e);
      }
    }

    private static boolean lends(Handle handle, Connection connection, long book, long member)
        throws SQLException {
      boolean lent;
      try (var statement = connection.createStatement()) {
        statement.execute("SAVEPOINT lending");
        try {
          lent =
              statement.executeUpdate(
                      "UPDATE books SET stock = stock - 1 WHERE stock > 0 AND id = " + book)
                  == 1;
          if (lent) {
            statement.execute("INSERT INTO loans VALUES (DEFAULT, " + book + ", " + member + ")");
          }
        } catch (SQLException e) {
          if (!e.getSQLState().startsWith("23")) {
            throw e;
          }
          statement.execute("ROLLBACK TO SAVEPOINT lending");
          lent = false;
        }
      }
      note(handle, lent, book, member);
      return lent;
    }
  }
}
