package workbook.transactions.mistakes;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import workbook.grading.proofs.Mistake;
import workbook.transactions.reference.ReferenceLendingDesk;

/** Exercise 4.2: a loan and its copy, and what is thrown if it is refused. */
final class LendRefusalMistakes {
  private static final String TAKE =
      "UPDATE books SET stock = stock - 1 WHERE id = ? AND stock > 0";
  private static final String ADD =
      "INSERT INTO loans (book_id, member_id) VALUES (:book, :member)";

  private LendRefusalMistakes() {}

  private static long lend(Handle handle, String add, long bookId, long memberId) {
    if (handle.execute(TAKE, bookId) == 0) {
      throw new IllegalStateException("no copy of " + bookId);
    }
    return add(handle, add, bookId, memberId);
  }

  private static long add(Handle handle, String add, long bookId, long memberId) {
    return handle
        .createQuery(add + " RETURNING id")
        .bind("book", bookId)
        .bind("member", memberId)
        .mapTo(long.class)
        .one();
  }

  @Mistake(
      exercise = "4.2",
      violates = "the book's stock goes down by one, and a row of loans says who has it",
      idea = "An `UPDATE` that finds no row fails",
      because = """
          It succeeds, and says 0. Whoever does not look lends a copy that is not there.""",
      instead = "Look at the count that `execute()` returns.",
      rejectedBy = "a_refused_loan_leaves_no_trace",
      says = "lending book 3000000023, of which no copy is left",
      earns = 0)
  static class IgnoresTheCount extends ReferenceLendingDesk {
    @Override
    public long lend(Jdbi jdbi, long bookId, long memberId) {
      return jdbi.inTransaction(
          handle -> {
            handle.execute(TAKE, bookId);
            return add(handle, ADD, bookId, memberId);
          });
    }
  }

  @Mistake(
      exercise = "4.2",
      violates = "the message has the book's id in it",
      idea = "\"No copy left\" says it all",
      because = "A desk lends a hundred books a day. Which one?",
      instead = "Name the book in the message.",
      rejectedBy = "a_refused_loan_leaves_no_trace",
      says = "a message that names 3000000023",
      earns = 2,
      detail = true)
  static class NamesNoBook extends ReferenceLendingDesk {
    @Override
    public long lend(Jdbi jdbi, long bookId, long memberId) {
      return jdbi.inTransaction(
          handle -> {
            if (handle.execute(TAKE, bookId) == 0) {
              throw new IllegalStateException("No copy left.");
            }
            return add(handle, ADD, bookId, memberId);
          });
    }
  }
  @Mistake(
      exercise = "4.2",
      violates = "23505 if the member has that book already",
      idea = "`ON CONFLICT` makes the INSERT safe",
      because = """
          It makes it silent: the copy is taken, and there is no loan of it. The caller gets the id
          of an older loan.""",
      instead = "Let the database refuse: the exception undoes the first statement.",
      rejectedBy = "a_refused_loan_leaves_no_trace",
      says = "lending to a member who has the book already",
      earns = 2,
      detail = true)
  static class OnConflictUpdate extends ReferenceLendingDesk {
    @Override
    public long lend(Jdbi jdbi, long bookId, long memberId) {
      String add = ADD + " ON CONFLICT (book_id, member_id) DO UPDATE SET member_id = :member";
      return jdbi.inTransaction(
          handle -> LendRefusalMistakes.lend(handle, add, bookId, memberId));
    }
  }

  @Mistake(
      exercise = "4.2",
      violates = "the database's own exception (which is no IllegalStateException) if it refuses "
          + "the loan",
      idea = "Ask first whether the member has the book, and say so",
      because = """
          `IllegalStateException` says that no copy is left. The caller, who looks for 23505, sends
          the member home to come back next week.""",
      instead = "The UNIQUE constraint asks, in time and without an extra query.",
      rejectedBy = "a_refused_loan_leaves_no_trace",
      says = "expected: an exception that has SQLSTATE 23505",
      earns = 2,
      detail = true)
  static class AsksForTheLoanFirst extends ReferenceLendingDesk {
    @Override
    public long lend(Jdbi jdbi, long bookId, long memberId) {
      String has = "SELECT 1 FROM loans WHERE book_id = ? AND member_id = ?";
      return jdbi.inTransaction(
          handle -> {
            if (handle.select(has, bookId, memberId).mapTo(int.class).findOne().isPresent()) {
              throw new IllegalStateException(memberId + " has book " + bookId + " already");
            }
            return LendRefusalMistakes.lend(handle, ADD, bookId, memberId);
          });
    }
  }

  @Mistake(
      exercise = "4.2",
      violates = "if it refuses the loan: 23503 if there is no such member, 23505 if the member "
          + "has "
          + "that book already; or if anything else goes wrong there",
      idea = "Whatever the reason, the book is not lent: `IllegalStateException`",
      because = """
          A full disk, a lost server, a member who is not there: to the caller they all read "no
          copy left".""",
      instead = "No `catch`: only a count of 0 is this exception.",
      rejectedBy = "a_refused_loan_leaves_no_trace",
      says = "This calls for the database's own exception",
      earns = 0)
  static class OneForAll extends ReferenceLendingDesk {
    @Override
    public long lend(Jdbi jdbi, long bookId, long memberId) {
      try {
        return super.lend(jdbi, bookId, memberId);
      } catch (JdbiException e) {
        throw new IllegalStateException("Book " + bookId + " is not lent.", e);
      }
    }
  }

  @Mistake(
      exercise = "4.2",
      violates = "IllegalStateException if there is no such book",
      idea = "The foreign key says whether the book is there",
      because = """
          It says so with 23503, as it does for a member. The caller cannot tell the two
          apart.""",
      instead = "Take the copy first: a count of 0 is a book without a copy, or no book.",
      rejectedBy = "a_refused_loan_leaves_no_trace",
      says = "lending book 77, which is not there",
      earns = 2,
      detail = true)
  static class LoanFirst extends ReferenceLendingDesk {
    @Override
    public long lend(Jdbi jdbi, long bookId, long memberId) {
      return jdbi.inTransaction(
          handle -> {
            long id = add(handle, ADD, bookId, memberId);
            if (handle.execute(TAKE, bookId) == 0) {
              throw new IllegalStateException("no copy of " + bookId);
            }
            return id;
          });
    }
  }

  @Mistake(
      exercise = "4.2",
      violates = "closes every handle and connection that it has opened, whatever happens",
      idea = "Close the handle when the work is done",
      because = """
          A refused loan leaves it open, in the middle of a transaction. The row stays locked, and
          the next desk waits.""",
      instead = "Try-with-resources, or one of Jdbi's callbacks.",
      rejectedBy = "a_refused_loan_leaves_no_trace",
      says = "Close every Connection and Handle that you open",
      earns = 0)
  static class ClosesAtTheEnd extends ReferenceLendingDesk {
    @Override
    public long lend(Jdbi jdbi, long bookId, long memberId) {
      Handle handle = jdbi.open();
      handle.begin();
      long id = LendRefusalMistakes.lend(handle, ADD, bookId, memberId);
      handle.commit();
      handle.close();
      return id;
    }
  }

  @Mistake(
      exercise = "4.2",
      violates =
          "If there are two reasons, such as no copy and no such member, the exception of either.",
      idea = "Two reasons are a case of their own",
      because = "The caller is prepared for two kinds of exceptions, and this is a third.",
      instead = "One reason is enough to refuse.",
      rejectedBy = "a_refused_loan_leaves_no_trace",
      says = "IllegalStateException would be right, too",
      earns = 2,
      detail = true)
  static class BothReasons extends ReferenceLendingDesk {
    @Override
    public long lend(Jdbi jdbi, long bookId, long memberId) {
      try {
        return super.lend(jdbi, bookId, memberId);
      } catch (IllegalStateException e) {
        String member = "SELECT 1 FROM members WHERE id = ?";
        jdbi.withHandle(h -> h.select(member, memberId).mapTo(int.class).findOne())
            .orElseThrow(() -> new IllegalArgumentException("neither copy nor member", e));
        throw e;
      }
    }
  }
}
