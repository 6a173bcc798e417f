package workbook.transactions.mistakes;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;
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
      violates = "Both happen or neither, in one transaction.",
      idea = "Two statements on one handle belong together",
      because = """
          Each is committed by itself. If the second is refused, a copy is gone from the shelf and
          nobody has it.""",
      instead = "`inTransaction` in place of `withHandle`.",
      rejectedBy = "a_loan_and_its_copy_are_one_transaction",
      says = "between two, the power may fail",
      earns = 0)
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
      violates = "A copy is lent once only.",
      idea = "Read the stock, subtract one, write it back",
      because = """
          Between reading and writing another desk does the same. Both read 1, both write 0, and one
          copy is lent twice: a lost update. A transaction alone does not keep them apart.""",
      instead = "Let the server subtract, with the condition in the `UPDATE`; or lock the row "
          + "when you "
          + "read it.",
      rejectedBy = "a_loan_and_its_copy_are_one_transaction",
      says = "Was the stock, once read, still true when it was written?",
      earns = 1)
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
      violates = "IllegalStateException if there is no such book, or no copy of it is left",
      idea = "Look whether a copy is there, then take it",
      because = """
          Both desks look, and both see one. The CHECK of the table saves the stock, but the desk
          that comes second is told 23514 in place of "no copy left".""",
      instead = "Put the condition into the `UPDATE`, and look at its count.",
      rejectedBy = "a_loan_and_its_copy_are_one_transaction",
      says = "what the two desks got that asked for the only copy of book 2 at once",
      earns = 1)
  static class LooksFirst extends ReferenceLendingDesk {
    @Override
    public long lend(Jdbi jdbi, long bookId, long memberId) {
      return jdbi.inTransaction(
          handle -> {
            if (stock(handle, bookId) == 0) {
              throw new IllegalStateException("no copy of " + bookId);
            }
            handle.execute("UPDATE books SET stock = stock - 1 WHERE id = ?", bookId);
            return addLoan(handle, bookId, memberId);
          });
    }
  }

  private static int stock(Handle handle, long bookId) {
    return handle
        .select("SELECT stock FROM books WHERE id = ?", bookId)
        .mapTo(int.class)
        .findOne()
        .orElse(0);
  }

  @Mistake(
      exercise = "4.2",
      violates = "A desk is refused for the reasons below and for no other",
      idea = "SERIALIZABLE takes care of it",
      because = """
          It does, by refusing one of two desks with 40001, although a copy is there for
          each.""",
      instead = "At this level a transaction must be tried again (exercise 4.7). At the default "
          + "level "
          + "an `UPDATE` waits.",
      rejectedBy = "a_loan_and_its_copy_are_one_transaction",
      says = "exception, SQLSTATE 40001",
      earns = 1)
  static class SerializableOnce extends ReferenceLendingDesk {
    @Override
    public long lend(Jdbi jdbi, long bookId, long memberId) {
      return jdbi.inTransaction(
          TransactionIsolationLevel.SERIALIZABLE,
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
      violates = "if another desk is at the same book, it waits",
      idea = "`SKIP LOCKED` avoids waiting",
      because = """
          A row that another transaction has locked looks like a row that is not there. The desk
          says that no copy is left while two are.""",
      instead = "`FOR UPDATE` without it, or no lock at all: `UPDATE` waits by itself.",
      rejectedBy = "a_loan_and_its_copy_are_one_transaction",
      says = "both were refused although a copy was there",
      earns = 1)
  static class SkipsLocked extends ReferenceLendingDesk {
    @Override
    public long lend(Jdbi jdbi, long bookId, long memberId) {
      String lock = "SELECT id FROM books WHERE id = ? AND stock > 0 FOR UPDATE SKIP LOCKED";
      return jdbi.inTransaction(
          handle -> {
            if (handle.select(lock, bookId).mapTo(long.class).findOne().isEmpty()) {
              throw new IllegalStateException("no copy of " + bookId);
            }
            takeCopy(handle, bookId);
            return addLoan(handle, bookId, memberId);
          });
    }
  }

  @Mistake(
      exercise = "4.2",
      violates = "Many desks do this at the same time, each a program of its own, and books are "
          + "given back meanwhile.",
      idea = "`synchronized` keeps the desks apart",
      because = """
          It keeps apart the threads of one program. A book that another program takes or gives
          back meanwhile is overwritten.""",
      instead = "Only the database is common to all desks: let it do the sum.",
      rejectedBy = "a_loan_and_its_copy_are_one_transaction",
      says = "what is left of book 1: 2 copies, one given back, two lent",
      earns = 1)
  static class LocksInJava extends ReferenceLendingDesk {
    @Override
    public long lend(Jdbi jdbi, long bookId, long memberId) {
      synchronized (LocksInJava.class) {
        return jdbi.inTransaction(
            handle -> {
              int stock = stock(handle, bookId);
              if (stock == 0) {
                throw new IllegalStateException("no copy of " + bookId);
              }
              handle.execute("UPDATE books SET stock = ? WHERE id = ?", stock - 1, bookId);
              return addLoan(handle, bookId, memberId);
            });
      }
    }
  }

  @Mistake(
      exercise = "4.2",
      violates = "the id of the loan",
      idea = "The newest loan has the highest id",
      because = "It may be another desk's, or one that was given its number by hand.",
      instead = "`RETURNING id`.",
      rejectedBy = "a_loan_and_its_copy_are_one_transaction",
      says = "the id returned: the new loan's",
      earns = 1)
  static class HighestId extends ReferenceLendingDesk {
    @Override
    public long lend(Jdbi jdbi, long bookId, long memberId) {
      return jdbi.inTransaction(
          handle -> {
            if (takeCopy(handle, bookId) == 0) {
              throw new IllegalStateException("no copy of " + bookId);
            }
            addLoan(handle, bookId, memberId);
            return handle.createQuery("SELECT max(id) FROM loans").mapTo(long.class).one();
          });
    }
  }

  @Mistake(
      exercise = "4.2",
      violates = "the id of the loan",
      idea = "`execute()` returns the id of the new row",
      because = "It returns how many rows there are: 1.",
      instead = "`RETURNING id`.",
      rejectedBy = "a_loan_and_its_copy_are_one_transaction",
      says = "the id returned: the new loan's",
      earns = 1)
  static class ReturnsTheCount extends ReferenceLendingDesk {
    @Override
    public long lend(Jdbi jdbi, long bookId, long memberId) {
      return jdbi.inTransaction(
          handle -> {
            if (takeCopy(handle, bookId) == 0) {
              throw new IllegalStateException("no copy of " + bookId);
            }
            return handle.execute(
                "INSERT INTO loans (book_id, member_id) VALUES (?, ?)", bookId, memberId);
          });
    }
  }

  @Mistake(
      exercise = "4.2",
      violates = "Nothing else changes.",
      idea = "Take the copy from the book of that title",
      because = "Two books may have one title.",
      instead = "The primary key says which row it is.",
      rejectedBy = "a_loan_and_its_copy_are_one_transaction",
      says = "what others see changed, when book 3000000017 was lent",
      earns = 1)
  static class ByTitle extends ReferenceLendingDesk {
    @Override
    public long lend(Jdbi jdbi, long bookId, long memberId) {
      String take =
          "UPDATE books SET stock = stock - 1 WHERE stock > 0"
              + " AND title = (SELECT title FROM books WHERE id = ?)";
      return jdbi.inTransaction(
          handle -> {
            if (handle.execute(take, bookId) == 0) {
              throw new IllegalStateException("no copy of " + bookId);
            }
            return addLoan(handle, bookId, memberId);
          });
    }
  }

  @Mistake(
      exercise = "4.2",
      violates = "Both happen or neither, in one transaction.",
      idea = "If the loan is refused, put the copy back",
      because = """
          Others see a copy gone that is nobody's. And if the program ends in between, it stays
          gone.""",
      instead = "A rollback puts everything back, also if the power fails.",
      rejectedBy = "a_loan_and_its_copy_are_one_transaction",
      says = "between two, the power may fail",
      earns = 1)
  static class PutsBackByHand extends ReferenceLendingDesk {
    @Override
    public long lend(Jdbi jdbi, long bookId, long memberId) {
      return jdbi.withHandle(
          handle -> {
            if (takeCopy(handle, bookId) == 0) {
              throw new IllegalStateException("no copy of " + bookId);
            }
            try {
              return addLoan(handle, bookId, memberId);
            } catch (JdbiException e) {
              handle.execute("UPDATE books SET stock = stock + 1 WHERE id = ?", bookId);
              throw e;
            }
          });
    }
  }
}
