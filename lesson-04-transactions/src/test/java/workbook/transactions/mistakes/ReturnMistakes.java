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
      violates = "Both happen or neither. Nothing else changes.",
      idea = "A `default` method is one piece of work",
      because = """
          To Java it is. To the server its two statements are two transactions: if the second fails,
          the loan is gone and the copy is not back.""",
      instead = "`@Transaction` on the method.",
      rejectedBy = "a_book_comes_back_in_one_transaction_of_a_sql_object",
      says = "transactions that wrote loan and stock",
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
      violates = "Many desks use the one object, at the same time and all day. So each call"
          + " takes a connection of its own from jdbi and gives it back",
      idea = "`attach` the SQL Object to a handle that I open",
      because = """
          Nobody knows when to close that handle, so nobody does. A desk is used all day.""",
      instead = "`onDemand`: it opens a handle for each call, and closes it.",
      rejectedBy = "a_book_comes_back_in_one_transaction_of_a_sql_object",
      says = "the server still sees",
      earns = 0)
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
      violates = "false if the member does not have that book; then nothing has changed",
      idea = "Who brings a book back has borrowed it",
      because = """
          Not that member, or not any more. The `DELETE` finds no row and succeeds, and the
          shelf has one copy too many in its books.""",
      instead = "Look at the count: it says whether there was a loan.",
      rejectedBy = "a_book_comes_back_in_one_transaction_of_a_sql_object",
      says = "returned the second time: member 5000000012 has book 5000000011 no more",
      earns = 0)
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
      violates = "Declare an interface of your own that extends Returns",
      idea = "A lambda with `inTransaction` does the same",
      because = """
          It does, and this exercise is about the other way: an interface whose SQL and whose
          transaction stand in annotations.""",
      instead = "Declare an interface, and let Jdbi write the class.",
      rejectedBy = "a_book_comes_back_in_one_transaction_of_a_sql_object",
      says = "no SQL Object, giveBack without @Transaction",
      earns = 1)
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

  @Mistake(
      exercise = "4.6",
      violates = "Its giveBack has the annotation @Transaction, or the whole interface has",
      idea = "`@Transaction` on the methods with the SQL",
      because = """
          Then each of them is a transaction: the loan is deleted in one, the copy comes back in
          the next.""",
      instead = "`@Transaction` on the method that calls both.",
      rejectedBy = "a_book_comes_back_in_one_transaction_of_a_sql_object",
      says = "transactions that wrote loan and stock",
      earns = 1)
  static class TransactionPerStatement extends ReferenceLendingDesk {
    interface Parts extends Returns {
      @Transaction
      @SqlUpdate(DELETE)
      int delete(long bookId, long memberId);

      @Transaction
      @SqlUpdate(ADD)
      int add(long bookId);

      @Override
      default boolean giveBack(long bookId, long memberId) {
        return delete(bookId, memberId) == 1 && add(bookId) == 1;
      }
    }

    @Override
    public Returns returns(Jdbi jdbi) {
      return jdbi.onDemand(Parts.class);
    }
  }

  @Mistake(
      exercise = "4.6",
      violates = "return what Jdbi.onDemand makes of it",
      idea = "A lambda that takes the SQL Object from a handle each time",
      because = """
          It works, and is what `onDemand` is there for: the caller gets something that is no SQL
          Object.""",
      instead = "`jdbi.onDemand(...)`, and nothing around it.",
      rejectedBy = "a_book_comes_back_in_one_transaction_of_a_sql_object",
      says = "no SQL Object, giveBack without @Transaction",
      earns = 1)
  static class InALambda extends ReferenceLendingDesk {
    interface Right extends Desk {
      @Override
      @Transaction
      default boolean giveBack(long bookId, long memberId) {
        return delete(bookId, memberId) == 1 && add(bookId) == 1;
      }
    }

    @Override
    public Returns returns(Jdbi jdbi) {
      return (bookId, memberId) ->
          jdbi.withExtension(Right.class, desk -> desk.giveBack(bookId, memberId));
    }
  }

  @Mistake(
      exercise = "4.6",
      violates = "each call takes a connection of its own from jdbi",
      idea = "The SQL Object is made once and kept",
      because = """
          It belongs to the first `jdbi` for ever. Who comes with another one works in the wrong
          database.""",
      instead = "`onDemand` costs next to nothing: make it anew.",
      rejectedBy = "a_book_comes_back_in_one_transaction_of_a_sql_object",
      says = "connections that giveBack took from another jdbi than its own",
      earns = 1)
  static class KeepsTheFirst extends ReferenceLendingDesk {
    private Returns first;

    @Override
    public Returns returns(Jdbi jdbi) {
      if (first == null) {
        first = super.returns(jdbi);
      }
      return first;
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
