package workbook.transactions.mistakes;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import workbook.grading.proofs.Alternative;
import workbook.grading.proofs.Mistake;
import workbook.transactions.reference.ReferenceLendingDesk;

/** Exercise 4.2: a loan and its copy. */
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
}
