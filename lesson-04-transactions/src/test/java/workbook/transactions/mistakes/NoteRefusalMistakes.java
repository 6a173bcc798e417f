package workbook.transactions.mistakes;

import static workbook.transactions.mistakes.NoteMistakes.addLoan;
import static workbook.transactions.mistakes.NoteMistakes.lendOrThrow;
import static workbook.transactions.mistakes.NoteMistakes.note;
import static workbook.transactions.mistakes.NoteMistakes.takeCopy;

import java.sql.SQLException;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import workbook.grading.proofs.Alternative;
import workbook.grading.proofs.Mistake;
import workbook.transactions.reference.ReferenceLendingDesk;

/** Exercise 4.5: what is a refusal, and what there is of the loan and the note afterwards. */
final class NoteRefusalMistakes {
  private NoteRefusalMistakes() {}

  // What they all get right: going back to a savepoint after a refusal.
  private static boolean lends(
      Handle handle, long bookId, long memberId, Predicate<RuntimeException> isRefusal) {
    handle.savepoint("lending");
    try {
      lendOrThrow(handle, bookId, memberId);
      return true;
    } catch (RuntimeException e) {
      if (!isRefusal.test(e)) {
        throw e;
      }
      handle.rollbackToSavepoint("lending");
      return false;
    }
  }

  private static boolean lendsAndNotes(
      Handle handle, long bookId, long memberId, Predicate<RuntimeException> isRefusal) {
    return handle.inTransaction(
        joined -> {
          boolean lent = lends(joined, bookId, memberId, isRefusal);
          note(joined, lent, bookId, memberId);
          return lent;
        });
  }

  private static boolean isRefusal(RuntimeException e) {
    return state(e).startsWith("23") || e instanceof IllegalStateException;
  }

  private static String state(RuntimeException e) {
    return e.getCause() instanceof SQLException cause ? cause.getSQLState() : "";
  }

  @Mistake(
      exercise = "4.5",
      violates = "with any SQLSTATE of class 23",
      idea = "The rules of this table are 23503 and 23505",
      because = """
          Today they are. The next rule, or a trigger that guards one, has another code of class
          23, and then a member who may not have the book ends the program.""",
      instead = "Look at the first two characters.",
      rejectedBy = "loan_and_note_are_one_transaction",
      says = "refused by the check",
      earns = 0)
  static class KnowsTwoStates extends ReferenceLendingDesk {
    @Override
    public boolean lendAndNote(Handle handle, long bookId, long memberId) {
      return lendsAndNotes(
          handle,
          bookId,
          memberId,
          e ->
              state(e).equals("23503")
                  || state(e).equals("23505")
                  || e instanceof IllegalStateException);
    }
  }

  @Mistake(
      exercise = "4.5",
      violates = "Any other failure is passed on",
      idea = "`contains(\"23\")` is class 23",
      because = """
          22023 has 23 in it, too. It says that a parameter is wrong, which is a fault of the
          program.""",
      instead = "`startsWith`: the class is at the beginning.",
      rejectedBy = "loan_and_note_are_one_transaction",
      says = "the loan ends in 22023, which is no refusal",
      earns = 2,
      detail = true)
  static class ContainsTheClass extends ReferenceLendingDesk {
    @Override
    public boolean lendAndNote(Handle handle, long bookId, long memberId) {
      return lendsAndNotes(
          handle,
          bookId,
          memberId,
          e -> state(e).contains("23") || e instanceof IllegalStateException);
    }
  }

  @Mistake(
      exercise = "4.5",
      violates = "the database's own exception, after a failure that is no refusal",
      idea = "An exception of my own says more",
      because = """
          It says less: what the caller looks for, the SQLSTATE, is now one cause further down, and
          the type is no longer Jdbi's.""",
      instead = "Throw on what was caught.",
      rejectedBy = "loan_and_note_are_one_transaction",
      says = "which is no refusal",
      earns = 0)
  static class WrapsTheFailure extends ReferenceLendingDesk {
    @Override
    public boolean lendAndNote(Handle handle, long bookId, long memberId) {
      try {
        return lendsAndNotes(handle, bookId, memberId, NoteRefusalMistakes::isRefusal);
      } catch (RuntimeException e) {
        throw new IllegalArgumentException("lending failed", e);
      }
    }
  }

  @Mistake(
      exercise = "4.5",
      violates = "so is each failure to write the note, be it of class 23 or not",
      idea = "One `try` around the loan and its note",
      because = """
          If a rule forbids the note, the loan is taken for refused, and the member is sent away
          although a copy is there. Nobody learns that the notes do not work.""",
      instead = "Only the lending is in the `try`.",
      rejectedBy = "loan_and_note_are_one_transaction",
      says = "a rule forbids the note",
      earns = 2,
      detail = true)
  static class NotesInsideTheTry extends ReferenceLendingDesk {
    @Override
    public boolean lendAndNote(Handle handle, long bookId, long memberId) {
      return handle.inTransaction(
          joined -> {
            joined.savepoint("lending");
            try {
              lendOrThrow(joined, bookId, memberId);
              note(joined, true, bookId, memberId);
              return true;
            } catch (RuntimeException e) {
              if (!isRefusal(e)) {
                throw e;
              }
              joined.rollbackToSavepoint("lending");
              note(joined, false, bookId, memberId);
              return false;
            }
          });
    }
  }

  @Mistake(
      exercise = "4.5",
      violates = "no loan, and the stock as before",
      idea = "The savepoint goes where it may fail: before the loan",
      because = """
          By then a copy is taken. Going back undoes only what came after the savepoint, so each
          refusal costs the library a copy.""",
      instead = "The savepoint comes before the first thing that has to be undone.",
      rejectedBy = "a_refused_loan_is_undone_alone",
      says = "SQLSTATE 23Z01",
      earns = 0)
  static class MarksTooLate extends ReferenceLendingDesk {
    @Override
    public boolean lendAndNote(Handle handle, long bookId, long memberId) {
      return handle.inTransaction(
          joined -> {
            boolean lent = takeCopy(joined, bookId) == 1;
            if (lent) {
              joined.savepoint("lending");
              try {
                addLoan(joined, bookId, memberId);
              } catch (RuntimeException e) {
                if (!isRefusal(e)) {
                  throw e;
                }
                joined.rollbackToSavepoint("lending");
                lent = false;
              }
            }
            note(joined, lent, bookId, memberId);
            return lent;
          });
    }
  }

  @Mistake(
      exercise = "4.5",
      violates = "It is refused if there is no copy left or no such book, or if one of two "
          + "statements ends with any SQLSTATE of class 23",
      idea = "Look first, then nothing can go wrong",
      because = """
          Three SELECTs ask for the copy, the member and an older loan. A rule that they do not
          know still refuses the loan, and then the caller's transaction is aborted.""",
      instead = "Let the database decide, and be able to go back.",
      rejectedBy = "a_refused_loan_is_undone_alone",
      says = "refused by the check",
      earns = 0)
  static class LooksFirst extends ReferenceLendingDesk {
    @Override
    public boolean lendAndNote(Handle handle, long bookId, long memberId) {
      return handle.inTransaction(
          joined -> {
            boolean lent =
                joined
                    .createQuery(
                        """
                        SELECT EXISTS (SELECT FROM books WHERE id = :b AND stock > 0)
                          AND EXISTS (SELECT FROM members WHERE id = :m)
                          AND NOT EXISTS
                            (SELECT FROM loans WHERE book_id = :b AND member_id = :m)
                        """)
                    .bind("b", bookId)
                    .bind("m", memberId)
                    .mapTo(boolean.class)
                    .one();
            if (lent) {
              lendOrThrow(joined, bookId, memberId);
            }
            note(joined, lent, bookId, memberId);
            return lent;
          });
    }
  }

  @Mistake(
      exercise = "4.5",
      violates = "there are the loan, the stock that is one less",
      idea = "`ON CONFLICT DO NOTHING` avoids 23505",
      because = """
          The member has the book already: the statement does nothing and succeeds, the copy is
          taken, and the note says `lent`.""",
      instead = "A conflict is a refusal, so let it be an error, or look at the count.",
      rejectedBy = "loan_and_note_are_one_transaction",
      says = "whether book 5000000011 was lent to member 6000000021",
      earns = 2,
      detail = true)
  static class IgnoresConflicts extends ReferenceLendingDesk {
    @Override
    public boolean lendAndNote(Handle handle, long bookId, long memberId) {
      return handle.inTransaction(
          joined -> {
            boolean lent = true;
            joined.savepoint("lending");
            try {
              lent = takeCopy(joined, bookId) == 1;
              if (lent) {
                joined.execute(
                    "INSERT INTO loans (book_id, member_id) VALUES (?, ?) ON CONFLICT DO NOTHING",
                    bookId,
                    memberId);
              }
            } catch (RuntimeException e) {
              if (!isRefusal(e)) {
                throw e;
              }
              joined.rollbackToSavepoint("lending");
              lent = false;
            }
            note(joined, lent, bookId, memberId);
            return lent;
          });
    }
  }

  @Mistake(
      exercise = "4.5",
      violates = "Many desks do this at the same time, and no stock gets lost",
      idea = "Read the stock, write one less",
      because = """
          Two desks read 3, and both write 2. Two copies are lent, and the stock says that it was
          one.""",
      instead = "`SET stock = stock - 1`: the server reads and writes in one go.",
      rejectedBy = "loan_and_note_are_one_transaction",
      says = "when two desks lent it at once",
      earns = 2,
      detail = true)
  static class LosesAnUpdate extends ReferenceLendingDesk {
    @Override
    public boolean lendAndNote(Handle handle, long bookId, long memberId) {
      return handle.inTransaction(
          joined -> {
            int stock =
                joined
                    .select("SELECT stock FROM books WHERE id = ?", bookId)
                    .mapTo(int.class)
                    .findOne()
                    .orElse(0);
            boolean lent = stock > 0;
            joined.savepoint("lending");
            try {
              if (lent) {
                joined.execute("UPDATE books SET stock = ? WHERE id = ?", stock - 1, bookId);
                addLoan(joined, bookId, memberId);
              }
            } catch (RuntimeException e) {
              if (!isRefusal(e)) {
                throw e;
              }
              joined.rollbackToSavepoint("lending");
              lent = false;
            }
            note(joined, lent, bookId, memberId);
            return lent;
          });
    }
  }

  @Mistake(
      exercise = "4.5",
      violates = "true if the book is lent, false if that was refused",
      idea = "True: the request was noted",
      because = "The caller hands out a book of which there is no copy.",
      instead = "Return what the note says.",
      rejectedBy = "a_refused_loan_is_undone_alone",
      says = "what the method returned",
      earns = 0)
  static class AlwaysTrue extends ReferenceLendingDesk {
    @Override
    public boolean lendAndNote(Handle handle, long bookId, long memberId) {
      super.lendAndNote(handle, bookId, memberId);
      return true;
    }
  }

  @Alternative(
      exercise = "4.5",
      idea = "`SAVEPOINT` as SQL, one statement for both writes, and back after each failure.")
  static class WithSql extends ReferenceLendingDesk {
    @Override
    public boolean lendAndNote(Handle handle, long bookId, long memberId) {
      return handle.inTransaction(
          joined -> {
            joined.execute("SAVEPOINT \"Lending, of 4.5\"");
            boolean lent;
            try {
              lent =
                  joined
                      .createQuery(
                          """
                          WITH taken AS (
                            UPDATE books SET stock = stock - 1 WHERE id = :b AND stock > 0
                            RETURNING id)
                          INSERT INTO loans (book_id, member_id) SELECT id, :m FROM taken
                          RETURNING id
                          """)
                      .bind("b", bookId)
                      .bind("m", memberId)
                      .mapTo(long.class)
                      .findOne()
                      .isPresent();
            } catch (RuntimeException e) {
              joined.execute("ROLLBACK TO SAVEPOINT \"Lending, of 4.5\"");
              if (!isRefusal(e)) {
                throw e;
              }
              lent = false;
            }
            joined.execute("RELEASE SAVEPOINT \"Lending, of 4.5\"");
            note(joined, lent, bookId, memberId);
            return lent;
          });
    }
  }
}
