package workbook.transactions.mistakes;

import static workbook.transactions.mistakes.MoveAlternatives.again;
import static workbook.transactions.mistakes.MoveAlternatives.change;
import static workbook.transactions.mistakes.MoveAlternatives.sleep;
import static workbook.transactions.mistakes.MoveMistakes.inOrder;
import static workbook.transactions.mistakes.MoveMistakes.require;
import static workbook.transactions.mistakes.MoveMistakes.take;

import java.sql.SQLException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import workbook.grading.proofs.Alternative;
import workbook.grading.proofs.Mistake;
import workbook.transactions.reference.ReferenceLendingDesk;

/** Exercise 4.9: moves beside which other desks move other books, or the same ones. */
final class MoveOtherDesksMistakes {
  private MoveOtherDesksMistakes() {}

  private static void advisoryLock(Handle handle, long key) {
    handle.execute("SELECT pg_advisory_xact_lock(?)", key);
  }

  private static boolean isDeadlock(UnableToExecuteStatementException e) {
    return e.getCause() instanceof SQLException cause && "40P01".equals(cause.getSQLState());
  }

  @Mistake(
      exercise = "4.9",
      violates =
          "Calls of this method alone never end in a deadlock, be it two or three in a circle",
      idea = "One lock for each pair of books",
      because = """
          It keeps two desks at the same pair apart. Three desks that move from the first book to
          the second, from the second to the third, and from the third to the first have three
          locks, and wait for one another.""",
      instead = "Lock books, not pairs, in an order that is one for all of them, such as by id.",
      rejectedBy = "moves_in_opposite_directions_do_not_deadlock",
      says = "while three desks moved",
      earns = 2)
  static class LocksThePair extends ReferenceLendingDesk {
    @Override
    public void moveCopies(Jdbi jdbi, long from, long to, int copies) {
      again(
          jdbi,
          handle -> {
            advisoryLock(handle, Math.min(from, to) * 31 + Math.max(from, to));
            require(take(handle, from, copies));
            require(change(handle, to, copies));
          });
    }
  }

  @Mistake(
      exercise = "4.9",
      violates = "A desk that is at other books does not wait for them",
      idea = "One lock for all moves",
      because = """
          Then the order of the rows does not matter. But each move waits for all others, also if
          they have no book in common.""",
      instead = "Lock the two books only, in one order.",
      rejectedBy = "moves_in_opposite_directions_do_not_deadlock",
      says = "which of your statements locks more?",
      earns = 2)
  static class OneAfterTheOther extends ReferenceLendingDesk {
    @Override
    public void moveCopies(Jdbi jdbi, long from, long to, int copies) {
      again(
          jdbi,
          handle -> {
            advisoryLock(handle, 49);
            require(take(handle, from, copies));
            require(change(handle, to, copies));
          });
    }
  }

  @Mistake(
      exercise = "4.9",
      violates = "A desk that is at other books does not wait for them",
      idea = "Sixteen locks for all books",
      because = """
          Books whose ids leave the same rest share a lock. So desks wait for each other that
          have no book in common.""",
      instead = "Lock the rows: each book has one of its own.",
      rejectedBy = "moves_in_opposite_directions_do_not_deadlock",
      says = "which of your statements locks more?",
      earns = 2)
  static class LocksShared extends ReferenceLendingDesk {
    @Override
    public void moveCopies(Jdbi jdbi, long from, long to, int copies) {
      again(
          jdbi,
          handle -> {
            long one = from % 16;
            long other = to % 16;
            advisoryLock(handle, Math.min(one, other));
            advisoryLock(handle, Math.max(one, other));
            inOrder(handle, from, to, copies);
          });
    }
  }

  @Mistake(
      exercise = "4.9",
      violates = "A desk that is at other books does not wait for them",
      idea = "Lock all books from the one to the other",
      because = """
          `BETWEEN` finds the books whose ids lie between the two, as well, and keeps the desks
          from them that are there.""",
      instead = "`WHERE id IN (?, ?)` names the two.",
      rejectedBy = "moves_in_opposite_directions_do_not_deadlock",
      says = "which of your statements locks more?",
      earns = 2)
  static class LocksBetween extends ReferenceLendingDesk {
    @Override
    public void moveCopies(Jdbi jdbi, long from, long to, int copies) {
      again(
          jdbi,
          handle -> {
            handle
                .select(
                    "SELECT id FROM books WHERE id BETWEEN ? AND ? ORDER BY id FOR UPDATE",
                    Math.min(from, to),
                    Math.max(from, to))
                .mapTo(long.class)
                .list();
            inOrder(handle, from, to, copies);
          });
    }
  }

  @Mistake(
      exercise = "4.9",
      violates = "if the first has fewer copies than are to be moved",
      idea = "Look first, then change",
      because = """
          Between the two another desk may take the copies. Then the rule of the stock refuses
          the change, with 23514.""",
      instead = "Let the `UPDATE` look, `AND stock >= ?`, or lock the rows before looking.",
      rejectedBy = "a_move_that_cannot_be_made_changes_nothing",
      says = "still true when it was written",
      earns = 3,
      detail = true)
  static class LooksFirst extends ReferenceLendingDesk {
    @Override
    public void moveCopies(Jdbi jdbi, long from, long to, int copies) {
      again(
          jdbi,
          handle -> {
            require(
                handle
                    .select("SELECT 1 FROM books WHERE id = ? AND stock >= ?", from, copies)
                    .mapTo(int.class)
                    .findOne()
                    .orElse(0));
            boolean up = from < to;
            require(change(handle, up ? from : to, up ? -copies : copies));
            require(change(handle, up ? to : from, up ? copies : -copies));
          });
    }
  }

  @Mistake(
      exercise = "4.9",
      violates =
          "if the server ends the transaction with 40P01, the whole transaction is run "
              + "again",
      idea = "Only a statement can end in a deadlock",
      because = """
          What is deferred to the commit takes locks there. Jdbi's exception is another one then,
          a `TransactionException`.""",
      instead = "Catch what both are, a `JdbiException`, and ask its cause for the SQLSTATE.",
      rejectedBy = "after_a_deadlock_it_pauses_and_tries_again",
      says = "of which each was found at the commit only",
      earns = 3,
      detail = true)
  static class NotAtTheCommit extends ReferenceLendingDesk {
    @Override
    public void moveCopies(Jdbi jdbi, long from, long to, int copies) {
      for (int attempt = 1; ; attempt++) {
        try {
          jdbi.useTransaction(handle -> inOrder(handle, from, to, copies));
          return;
        } catch (UnableToExecuteStatementException e) {
          if (!isDeadlock(e) || attempt == 5) {
            throw e;
          }
        }
        sleep(10L << attempt);
      }
    }
  }

  @Mistake(
      exercise = "4.9",
      violates = "the whole transaction is run again, from the start",
      idea = "Back to a savepoint, and again",
      because = """
          The transaction goes on, and keeps whatever it had before the savepoint. If the commit
          is what fails, there is nothing to go back to.""",
      instead = "The loop goes around the transaction, and not the transaction around the loop.",
      rejectedBy = "after_a_deadlock_it_pauses_and_tries_again",
      says = "of which each was found at the commit only",
      earns = 3,
      detail = true)
  static class BackToASavepoint extends ReferenceLendingDesk {
    @Override
    public void moveCopies(Jdbi jdbi, long from, long to, int copies) {
      jdbi.useTransaction(
          handle -> {
            for (int attempt = 1; ; attempt++) {
              handle.savepoint("before_move");
              try {
                inOrder(handle, from, to, copies);
                return;
              } catch (UnableToExecuteStatementException e) {
                if (!isDeadlock(e) || attempt == 5) {
                  throw e;
                }
                handle.rollbackToSavepoint("before_move");
              }
              sleep(10L << attempt);
            }
          });
    }
  }

  @Alternative(
      exercise = "4.9",
      idea = "An advisory lock for each of the two books, by id; then the rows in any order.")
  static class AdvisoryLocks extends ReferenceLendingDesk {
    @Override
    public void moveCopies(Jdbi jdbi, long from, long to, int copies) {
      again(
          jdbi,
          handle -> {
            advisoryLock(handle, Math.min(from, to));
            advisoryLock(handle, Math.max(from, to));
            require(take(handle, from, copies));
            require(change(handle, to, copies));
          });
    }
  }
}
