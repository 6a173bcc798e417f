package workbook.transactions.mistakes;

import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.sqlobject.SqlObject;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jdbi.v3.sqlobject.transaction.Transaction;
import workbook.grading.proofs.Alternative;
import workbook.grading.proofs.Mistake;
import workbook.transactions.LendingDesk.Returns;
import workbook.transactions.reference.ReferenceLendingDesk;

/** Exercise 4.6: a SQL Object with `@Transaction`. */
final class ReturnMistakes {
  private static final String DELETE =
      "DELETE FROM loans WHERE book_id = :bookId AND member_id = :memberId";
  private static final String ADD = "UPDATE books SET stock = stock + 1 WHERE id = :bookId";

  private ReturnMistakes() {}

  /** The statements. */
  interface Desk extends Returns {
    @SqlUpdate(DELETE)
    int delete(long bookId, long memberId);

    @SqlUpdate(ADD)
    int add(long bookId);
  }

  @Mistake(
      exercise = "4.6",
      idea = "A `default` method is one piece of work",
      because = """
          To Java it is. To the server its two statements are two transactions: if the second fails,
          the loan is gone and the copy is not back.""",
      instead = "`@Transaction` on the method.",
      rejectedBy = "a_return_that_fails_half_way_is_undone",
      says = "is the loan still there?",
      earns = 1)
  static class WithoutTransaction extends ReferenceLendingDesk {
    interface Plain extends Desk {
      @Override
      default boolean giveBack(long bookId, long memberId) {
        return delete(bookId, memberId) == 1 && add(bookId) == 1;
      }
    }

    @Override
    public Returns returns(Jdbi jdbi) {
      return jdbi.onDemand(Plain.class);
    }
  }

  @Mistake(
      exercise = "4.6",
      idea = "`attach` the SQL Object to a handle that I open",
      because = """
          Nobody knows when to close that handle, so nobody does. A desk is used all day.""",
      instead = "`onDemand`: it opens a handle for each call, and closes it.",
      rejectedBy = "what_was_never_lent_cannot_come_back",
      says = "the server still sees 1 open connection")
  static class Attached extends ReferenceLendingDesk {
    interface Right extends Desk {
      @Override
      @Transaction
      default boolean giveBack(long bookId, long memberId) {
        return delete(bookId, memberId) == 1 && add(bookId) == 1;
      }
    }

    @Override
    public Returns returns(Jdbi jdbi) {
      return jdbi.open().attach(Right.class);
    }
  }

  @Mistake(
      exercise = "4.6",
      idea = "Who brings a book back has borrowed it",
      because = """
          Not that member, or not any more. The `DELETE` finds no row and succeeds, and the
          shelf has one copy too many in its books.""",
      instead = "Look at the count: it says whether there was a loan.",
      rejectedBy = "what_was_never_lent_cannot_come_back",
      says = "whether member 1 had book 1",
      earns = 2)
  static class IgnoresTheCount extends ReferenceLendingDesk {
    interface Trusting extends Desk {
      @Override
      @Transaction
      default boolean giveBack(long bookId, long memberId) {
        delete(bookId, memberId);
        add(bookId);
        return true;
      }
    }

    @Override
    public Returns returns(Jdbi jdbi) {
      return jdbi.onDemand(Trusting.class);
    }
  }

  @Mistake(
      exercise = "4.6",
      idea = "A lambda with `inTransaction` does the same",
      because = """
          It does, and this exercise is about the other way: an interface whose SQL and whose
          transaction stand in annotations.""",
      instead = "Declare an interface, and let Jdbi write the class.",
      rejectedBy = "a_book_comes_back_in_one_transaction_of_a_sql_object",
      says = "whether it is a SQL Object of an interface that says @Transaction",
      earns = 2)
  static class ALambda extends ReferenceLendingDesk {
    @Override
    public Returns returns(Jdbi jdbi) {
      return (bookId, memberId) ->
          jdbi.inTransaction(
              handle ->
                  handle.createUpdate(DELETE).bind("bookId", bookId).bind("memberId", memberId)
                              .execute()
                          == 1
                      && handle.createUpdate(ADD).bind("bookId", bookId).execute() == 1);
    }
  }

  @Alternative(
      exercise = "4.6",
      idea = "One `@SqlUpdate` with a `WITH`, still under `@Transaction`.")
  static class OneStatement extends ReferenceLendingDesk {
    interface Short extends Returns {
      @Override
      @Transaction
      @SqlUpdate(
          """
          WITH gone AS (
            DELETE FROM loans WHERE book_id = :bookId AND member_id = :memberId
            RETURNING book_id)
          UPDATE books SET stock = stock + 1 FROM gone WHERE id = gone.book_id
          """)
      boolean giveBack(long bookId, long memberId);
    }

    @Override
    public Returns returns(Jdbi jdbi) {
      return jdbi.onDemand(Short.class);
    }
  }

  @Alternative(
      exercise = "4.6",
      idea = "A `SqlObject` that uses its handle where annotations get in the way.")
  static class UsesItsHandle extends ReferenceLendingDesk {
    interface Mixed extends Returns, SqlObject {
      @Override
      @Transaction
      default boolean giveBack(long bookId, long memberId) {
        boolean was =
            getHandle().execute(
                    "DELETE FROM loans WHERE book_id = ? AND member_id = ?", bookId, memberId)
                > 0;
        return was
            && getHandle().execute("UPDATE books SET stock = stock + 1 WHERE id = ?", bookId) > 0;
      }
    }

    @Override
    public Returns returns(Jdbi jdbi) {
      return jdbi.onDemand(Mixed.class);
    }
  }
}
