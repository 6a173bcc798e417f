package workbook.transactions.mistakes;

import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;
import org.jdbi.v3.sqlobject.CreateSqlObject;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jdbi.v3.sqlobject.transaction.Transaction;
import workbook.grading.proofs.Alternative;
import workbook.grading.proofs.Mistake;
import workbook.transactions.LendingDesk.Returns;
import workbook.transactions.mistakes.ReturnMistakes.Desk;
import workbook.transactions.reference.ReferenceLendingDesk;

/** Exercise 4.6: which rows change, and what other desks do meanwhile. */
final class ReturnAtDesksMistakes {
  private ReturnAtDesksMistakes() {}

  @Mistake(
      exercise = "4.6",
      violates = "the book's stock goes up by one",
      idea = "Read the stock, write one more",
      because = """
          A transaction does not keep others from reading the same stock. Two desks read 4, and
          both write 5: a copy is lost.""",
      instead = "`SET stock = stock + 1`: the server reads and writes in one go.",
      rejectedBy = "what_was_never_lent_cannot_come_back",
      says = "two desks took two copies back at once",
      earns = 2,
      detail = true)
  static class LosesAnUpdate extends ReferenceLendingDesk {
    interface ReadsFirst extends Desk {
      @SqlQuery("SELECT stock FROM books WHERE id = :bookId")
      int stock(long bookId);

      @SqlUpdate("UPDATE books SET stock = :stock WHERE id = :bookId")
      void setStock(long bookId, int stock);

      @Override
      @Transaction
      default boolean giveBack(long bookId, long memberId) {
        boolean was = delete(bookId, memberId) == 1;
        if (was) {
          setStock(bookId, stock(bookId) + 1);
        }
        return was;
      }
    }

    @Override
    public Returns returns(Jdbi jdbi) {
      return jdbi.onDemand(ReadsFirst.class);
    }
  }

  @Mistake(
      exercise = "4.6",
      violates = "If two take the same loan back, one of them does",
      idea = "SELECT tells whether there is a loan",
      because = """
          It tells both desks. The second `DELETE` waits for the first, finds no row any more, and
          succeeds: the copy is put back twice.""",
      instead = "The count of the `DELETE` tells who has done it.",
      rejectedBy = "what_was_never_lent_cannot_come_back",
      says = "what two desks got that took the same loan back at once",
      earns = 2,
      detail = true)
  static class LooksFirst extends ReferenceLendingDesk {
    interface Looks extends Desk {
      @SqlQuery("SELECT count(*) FROM loans WHERE book_id = :bookId AND member_id = :memberId")
      int loans(long bookId, long memberId);

      @Override
      @Transaction
      default boolean giveBack(long bookId, long memberId) {
        if (loans(bookId, memberId) == 0) {
          return false;
        }
        delete(bookId, memberId);
        return add(bookId) == 1;
      }
    }

    @Override
    public Returns returns(Jdbi jdbi) {
      return jdbi.onDemand(Looks.class);
    }
  }

  @Mistake(
      exercise = "4.6",
      violates =
          "Many desks do this at the same time. If another desk is at the same book, this one"
              + " waits",
      idea = "`@Transaction(SERIALIZABLE)`, to be safe",
      because = """
          Where others only wait, this one is refused with 40001, and a member who has brought a
          book back sees an error.""",
      instead = "Two statements that the server calculates itself need no stricter level.",
      rejectedBy = "what_was_never_lent_cannot_come_back",
      says = "SQLSTATE 40001",
      earns = 2,
      detail = true)
  static class Serializable extends ReferenceLendingDesk {
    interface Strict extends Desk {
      @Override
      @Transaction(TransactionIsolationLevel.SERIALIZABLE)
      default boolean giveBack(long bookId, long memberId) {
        return delete(bookId, memberId) == 1 && add(bookId) == 1;
      }
    }

    @Override
    public Returns returns(Jdbi jdbi) {
      return jdbi.onDemand(Strict.class);
    }
  }

  @Mistake(
      exercise = "4.6",
      violates = "that member's loan of that book is deleted",
      idea = "The book's loan is the one with its id",
      because = "Others have a copy of the same book, and their loans go, too.",
      instead = "A loan is of one book to one member: both are in the WHERE.",
      rejectedBy = "a_book_comes_back_in_one_transaction_of_a_sql_object",
      says = "lent to: none",
      earns = 0)
  static class DeletesForAll extends ReferenceLendingDesk {
    interface Generous extends Desk {
      @SqlUpdate("DELETE FROM loans WHERE book_id = :bookId")
      int deleteAll(long bookId);

      @Override
      @Transaction
      default boolean giveBack(long bookId, long memberId) {
        return deleteAll(bookId) > 0 && add(bookId) == 1;
      }
    }

    @Override
    public Returns returns(Jdbi jdbi) {
      return jdbi.onDemand(Generous.class);
    }
  }

  @Mistake(
      exercise = "4.6",
      violates = "Nothing else changes",
      idea = "An UPDATE without WHERE",
      because = "Each book of the library gets a copy more.",
      instead = "`WHERE id = :bookId`.",
      rejectedBy = "a_book_comes_back_in_one_transaction_of_a_sql_object",
      says = "Ronja on the shelf: 5",
      earns = 0)
  static class AddsToAll extends ReferenceLendingDesk {
    interface Copies extends Desk {
      @SqlUpdate("UPDATE books SET stock = stock + 1")
      void addToAll();

      @Override
      @Transaction
      default boolean giveBack(long bookId, long memberId) {
        boolean was = delete(bookId, memberId) == 1;
        if (was) {
          addToAll();
        }
        return was;
      }
    }

    @Override
    public Returns returns(Jdbi jdbi) {
      return jdbi.onDemand(Copies.class);
    }
  }

  @Mistake(
      exercise = "4.6",
      violates = "then nothing has changed",
      idea = "First the copy back, then the loan",
      because = """
          If there is no loan, `false` is returned, and that is no exception: the transaction is
          committed, with one copy too many.""",
      instead = "First what tells whether there is anything to do.",
      rejectedBy = "a_book_comes_back_in_one_transaction_of_a_sql_object",
      says = "Krabat on the shelf: 3",
      earns = 0)
  static class AddsFirst extends ReferenceLendingDesk {
    interface Hasty extends Desk {
      @Override
      @Transaction
      default boolean giveBack(long bookId, long memberId) {
        add(bookId);
        return delete(bookId, memberId) == 1;
      }
    }

    @Override
    public Returns returns(Jdbi jdbi) {
      return jdbi.onDemand(Hasty.class);
    }
  }

  @Mistake(
      exercise = "4.6",
      violates = "RuntimeException the database's own exception if it refuses anything of it",
      idea = "What fails is `false`",
      because = """
          `false` says that the member does not have the book. Here the disk was full, and the
          member is told to look at home.""",
      instead = "No `catch`: the exception leaves the method, and that rolls back.",
      rejectedBy = "a_book_comes_back_in_one_transaction_of_a_sql_object",
      says = "the server refuses to put the copy back",
      earns = 1)
  static class SwallowsFailures extends ReferenceLendingDesk {
    interface Quiet extends Desk {
      @Override
      @Transaction
      default boolean giveBack(long bookId, long memberId) {
        try {
          return delete(bookId, memberId) == 1 && add(bookId) == 1;
        } catch (RuntimeException e) {
          return false;
        }
      }
    }

    @Override
    public Returns returns(Jdbi jdbi) {
      return jdbi.onDemand(Quiet.class);
    }
  }

  @Mistake(
      exercise = "4.6",
      violates = "false if the member does not have that book",
      idea = "Who does not have the book is an error",
      because = "The contract has an answer for it, and a desk that expects it does not catch.",
      instead = "Return `false`.",
      rejectedBy = "a_book_comes_back_in_one_transaction_of_a_sql_object",
      says = "no such loan",
      earns = 0)
  static class ThrowsWithoutALoan extends ReferenceLendingDesk {
    interface Strict extends Desk {
      @Override
      @Transaction
      default boolean giveBack(long bookId, long memberId) {
        if (delete(bookId, memberId) == 0) {
          throw new IllegalStateException("no such loan");
        }
        return add(bookId) == 1;
      }
    }

    @Override
    public Returns returns(Jdbi jdbi) {
      return jdbi.onDemand(Strict.class);
    }
  }

  @Alternative(
      exercise = "4.6",
      idea = "`@Transaction` on the interface, and `UPDATE` only where the `DELETE` found a loan.")
  static class OnTheInterface extends ReferenceLendingDesk {
    @Transaction
    interface Whole extends Desk {
      @Override
      default boolean giveBack(long bookId, long memberId) {
        int loans = delete(bookId, memberId);
        for (int loan = 0; loan < loans; loan++) {
          add(bookId);
        }
        return loans > 0;
      }
    }

    @Override
    public Returns returns(Jdbi jdbi) {
      return jdbi.onDemand(Whole.class);
    }
  }

  @Alternative(
      exercise = "4.6",
      idea = "One `@SqlQuery` with both writes in a `WITH`.")
  static class OneQuery extends ReferenceLendingDesk {
    interface Query extends Returns {
      @Override
      @Transaction
      @SqlQuery(
          """
          WITH gone AS (
            DELETE FROM loans WHERE book_id = :bookId AND member_id = :memberId
            RETURNING book_id),
          back AS (
            UPDATE books SET stock = stock + 1 WHERE id IN (SELECT book_id FROM gone)
            RETURNING id)
          SELECT EXISTS (SELECT FROM back)
          """)
      boolean giveBack(long bookId, long memberId);
    }

    @Override
    public Returns returns(Jdbi jdbi) {
      return jdbi.onDemand(Query.class);
    }
  }

  @Alternative(
      exercise = "4.6",
      idea = "Two SQL Objects, one for each table, that a third one makes with `@CreateSqlObject`.")
  static class OneForEachTable extends ReferenceLendingDesk {
    interface Loans {
      @SqlUpdate("DELETE FROM loans WHERE (book_id, member_id) = (:bookId, :memberId)")
      boolean delete(long bookId, long memberId);
    }

    interface Books {
      @SqlUpdate("UPDATE books SET stock = stock + 1 WHERE id = :id")
      void add(long id);
    }

    interface Both extends Returns {
      @CreateSqlObject
      Loans loans();

      @CreateSqlObject
      Books books();

      @Override
      @Transaction
      default boolean giveBack(long bookId, long memberId) {
        boolean was = loans().delete(bookId, memberId);
        if (was) {
          books().add(bookId);
        }
        return was;
      }
    }

    @Override
    public Returns returns(Jdbi jdbi) {
      return jdbi.onDemand(Both.class);
    }
  }
}
