package workbook.transactions.mistakes;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.transaction.TransactionException;
import workbook.grading.proofs.Mistake;
import workbook.transactions.reference.ReferenceLendingDesk;

/** Exercises 4.4 and 4.5: rules that are looked at only at the commit. */
final class DeferredMistakes {
  private DeferredMistakes() {}

  private static String state(JdbiException e) {
    return e.getCause() instanceof SQLException cause ? cause.getSQLState() + "" : "";
  }

  @Mistake(
      exercise = "4.4",
      violates = "also one while reading the delivery or at the commit",
      idea = "`SET CONSTRAINTS ALL IMMEDIATE`, and each book shows at once what is wrong with it",
      because = """
          A rule is deferred so that rows may break it for a while: a later book may mend what an
          earlier one broke.""",
      instead = "Leave the constraints as the table's owner has declared them.",
      rejectedBy = "what_is_no_rejection_ends_it_all",
      says = "a title that breaks a rule which is deferred",
      earns = 2,
      detail = true)
  static class LooksAtOnce extends ReferenceLendingDesk {
    @Override
    public List<Rejected> deliverAccepted(Jdbi jdbi, Iterable<NewBook> delivery) {
      List<Rejected> rejected = new ArrayList<>();
      jdbi.useTransaction(
          handle -> {
            handle.execute("SET CONSTRAINTS ALL IMMEDIATE");
            for (NewBook book : delivery) {
              add(handle, book, rejected);
            }
          });
      return rejected;
    }

    private static void add(Handle handle, NewBook book, List<Rejected> rejected) {
      handle.savepoint("book");
      try {
        handle.execute(
            "INSERT INTO books (isbn, title, stock) VALUES (?, ?, ?)",
            book.isbn(),
            book.title(),
            book.copies());
      } catch (JdbiException e) {
        if (!state(e).startsWith("23")) {
          throw e;
        }
        handle.rollbackToSavepoint("book");
        rejected.add(new Rejected(book.isbn(), state(e)));
      }
    }
  }

  @Mistake(
      exercise = "4.5",
      violates = "(A refusal at the commit is not meant.)",
      idea = "A commit that is refused is a refusal, too: a second transaction notes it",
      because = """
          In a transaction of the caller's there is no such second transaction. And it is not known
          whether it was the loan that the commit refused.""",
      instead = "Catch around the loan, not around the commit.",
      rejectedBy = "loan_and_note_are_one_transaction",
      says = "the commit refuses the loan, which is no refusal",
      earns = 2,
      detail = true)
  static class RefusedAtTheCommit extends ReferenceLendingDesk {
    @Override
    public boolean lendAndNote(Handle handle, long bookId, long memberId) {
      boolean own = !handle.isInTransaction();
      try {
        return super.lendAndNote(handle, bookId, memberId);
      } catch (JdbiException e) {
        if (!own || !(e instanceof TransactionException)) {
          throw e;
        }
        handle.execute(
            "INSERT INTO notes (line) VALUES (?)", "refused " + bookId + " to " + memberId);
        return false;
      }
    }
  }
}
