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
import workbook.grading.proofs.Mistake;
import workbook.transactions.reference.ReferenceLendingDesk;

/** Exercise 4.9: what is tried again, how often and when, and what cannot be moved. */
final class MoveAgainMistakes {
  private MoveAgainMistakes() {}

  private static String state(RuntimeException e) {
    return e.getCause() instanceof SQLException cause ? cause.getSQLState() + "" : "";
  }

  private static boolean isDeadlock(RuntimeException e) {
    return state(e).equals("40P01");
  }

  private static boolean mayPass(RuntimeException e) {
    return isDeadlock(e) || state(e).equals("25P02");
  }

  private static void lock(Handle handle, long one, long other) {
    handle
        .select("SELECT id FROM books WHERE id IN (?, ?) ORDER BY id FOR UPDATE", one, other)
        .mapTo(long.class)
        .list();
  }

  @Mistake(
      exercise = "4.9",
      violates = "the whole transaction is run again, from the start",
      idea = "With an order there is no deadlock",
      because = """
          Not among moves. But a report, an import or an older program may lock the same rows in
          another order, and then the server ends one of the transactions, perhaps this one.""",
      instead = "Keep the order, and run the transaction again after 40P01 all the same.",
      rejectedBy = "after_a_deadlock_it_pauses_and_tries_again",
      says = "after 4 deadlocks",
      earns = 3,
      detail = true)
  static class NeverAgain extends ReferenceLendingDesk {
    @Override
    public void moveCopies(Jdbi jdbi, long from, long to, int copies) {
      jdbi.useTransaction(handle -> inOrder(handle, from, to, copies));
    }
  }

  @Mistake(
      exercise = "4.9",
      violates =
          "if the server ends the transaction with 40P01, the whole transaction is run "
              + "again",
      idea = "Run the statements again",
      because = """
          The transaction has failed. Until it is rolled back, the server refuses each statement
          with 25P02.""",
      instead = "The loop goes around the transaction, and not the transaction around the loop.",
      rejectedBy = "after_a_deadlock_it_pauses_and_tries_again",
      says = "after 4 deadlocks",
      earns = 3,
      detail = true)
  static class AgainInside extends ReferenceLendingDesk {
    @Override
    public void moveCopies(Jdbi jdbi, long from, long to, int copies) {
      jdbi.useTransaction(
          handle -> {
            for (int attempt = 1; ; attempt++) {
              try {
                inOrder(handle, from, to, copies);
                return;
              } catch (RuntimeException e) {
                if (attempt == 5 || !mayPass(e)) {
                  throw e;
                }
              }
              sleep(10L << attempt);
            }
          });
    }
  }

  @Mistake(
      exercise = "4.9",
      violates = "Before each further attempt there is a pause",
      idea = "Try again at once",
      because = """
          The other transaction is still at work, and so is a third one. Both meet again at the
          same rows.""",
      instead = "Pause before the next attempt.",
      rejectedBy = "after_a_deadlock_it_pauses_and_tries_again",
      says = "How long is each, and does it grow?",
      earns = 3,
      detail = true)
  static class NoPause extends ReferenceLendingDesk {
    @Override
    public void moveCopies(Jdbi jdbi, long from, long to, int copies) {
      for (int attempt = 1; ; attempt++) {
        try {
          jdbi.useTransaction(handle -> inOrder(handle, from, to, copies));
          return;
        } catch (RuntimeException e) {
          if (!isDeadlock(e) || attempt == 5) {
            throw e;
          }
        }
      }
    }
  }

  @Mistake(
      exercise = "4.9",
      violates = "of at least 10 milliseconds before the second, and of at least 20, 40 and 80",
      idea = "A pause is a pause",
      because = """
          If many programs are at the same rows, ten milliseconds each time are not enough, and
          all of them come back at once.""",
      instead = "Let each pause be longer than the one before.",
      rejectedBy = "after_a_deadlock_it_pauses_and_tries_again",
      says = "How long is each, and does it grow?",
      earns = 3,
      detail = true)
  static class EqualPauses extends ReferenceLendingDesk {
    @Override
    public void moveCopies(Jdbi jdbi, long from, long to, int copies) {
      for (int attempt = 1; ; attempt++) {
        try {
          jdbi.useTransaction(handle -> inOrder(handle, from, to, copies));
          return;
        } catch (RuntimeException e) {
          if (!isDeadlock(e) || attempt == 5) {
            throw e;
          }
        }
        sleep(10);
      }
    }
  }

  @Mistake(
      exercise = "4.9",
      violates = "There are five attempts at most",
      idea = "Three attempts are enough",
      because = """
          The contract says five: the fourth and the fifth follow the longest pauses, and are the
          most likely to go well.""",
      instead = "Count the attempts from 1 to 5.",
      rejectedBy = "after_a_deadlock_it_pauses_and_tries_again",
      says = "after 4 deadlocks",
      earns = 3,
      detail = true)
  static class ThreeAttempts extends ReferenceLendingDesk {
    @Override
    public void moveCopies(Jdbi jdbi, long from, long to, int copies) {
      for (int attempt = 1; ; attempt++) {
        try {
          jdbi.useTransaction(handle -> inOrder(handle, from, to, copies));
          return;
        } catch (RuntimeException e) {
          if (!isDeadlock(e) || attempt == 3) {
            throw e;
          }
        }
        sleep(10L << attempt);
      }
    }
  }

  @Mistake(
      exercise = "4.9",
      violates = "There are five attempts at most",
      idea = "Five attempts after the first",
      because = """
          Five in all are one and four more. The last pause makes the caller wait for an attempt
          that it did not ask for.""",
      instead = "Count the first attempt, too.",
      rejectedBy = "after_a_deadlock_it_pauses_and_tries_again",
      says = "attempts at a move whose every attempt ends in a deadlock",
      earns = 3,
      detail = true)
  static class SixAttempts extends ReferenceLendingDesk {
    @Override
    public void moveCopies(Jdbi jdbi, long from, long to, int copies) {
      for (int attempt = 1; ; attempt++) {
        try {
          jdbi.useTransaction(handle -> inOrder(handle, from, to, copies));
          return;
        } catch (RuntimeException e) {
          if (!isDeadlock(e) || attempt == 6) {
            throw e;
          }
        }
        sleep(5L << attempt);
      }
    }
  }

  @Mistake(
      exercise = "4.9",
      violates = "the database's own exception: of the fifth attempt, if each ended in 40P01",
      idea = "After the last attempt, say that it did not work",
      because = """
          An exception without the first one as its cause has no SQLSTATE. The caller cannot tell
          a deadlock from anything else.""",
      instead = "Throw the exception of the last attempt as it came.",
      rejectedBy = "after_a_deadlock_it_pauses_and_tries_again",
      says = "the database's own exception",
      earns = 3,
      detail = true)
  static class WrapsTheDeadlock extends ReferenceLendingDesk {
    @Override
    public void moveCopies(Jdbi jdbi, long from, long to, int copies) {
      for (int attempt = 1; attempt <= 5; attempt++) {
        try {
          jdbi.useTransaction(handle -> inOrder(handle, from, to, copies));
          return;
        } catch (RuntimeException e) {
          if (!isDeadlock(e)) {
            throw e;
          }
        }
        sleep(10L << attempt);
      }
      throw new IllegalStateException("It did not work in 5 attempts.");
    }
  }

  @Mistake(
      exercise = "4.9",
      violates = "Any other failure is passed on at once",
      idea = "Whatever fails is worth another attempt",
      because = """
          What breaks a rule of the data breaks it the fifth time, too. The caller waits for
          nothing.""",
      instead = "Only a deadlock (and 40001) asks for another attempt.",
      rejectedBy = "a_move_that_cannot_be_made_changes_nothing",
      says = "which is no deadlock",
      earns = 3,
      detail = true)
  static class AnythingAgain extends ReferenceLendingDesk {
    @Override
    public void moveCopies(Jdbi jdbi, long from, long to, int copies) {
      for (int attempt = 1; ; attempt++) {
        try {
          jdbi.useTransaction(handle -> inOrder(handle, from, to, copies));
          return;
        } catch (RuntimeException e) {
          if (!!(e instanceof IllegalStateException) || attempt == 5) {
            throw e;
          }
        }
        sleep(10L << attempt);
      }
    }
  }

  @Mistake(
      exercise = "4.9",
      violates = "IllegalStateException if there is no such book",
      idea = "An UPDATE that went well has changed something",
      because = """
          An UPDATE of no row is no error. The copies leave one book, and the other one does not
          exist.""",
      instead = "Look at the number of rows that each UPDATE has changed.",
      rejectedBy = "a_move_that_cannot_be_made_changes_nothing",
      says = "does not exist",
      earns = 3,
      detail = true)
  static class IgnoresTheMissing extends ReferenceLendingDesk {
    @Override
    public void moveCopies(Jdbi jdbi, long from, long to, int copies) {
      again(
          jdbi,
          handle -> {
            if (from < to) {
              require(take(handle, from, copies));
              change(handle, to, copies);
            } else {
              change(handle, to, copies);
              require(take(handle, from, copies));
            }
          });
    }
  }

  @Mistake(
      exercise = "4.9",
      violates = "if the first has fewer copies than are to be moved",
      idea = "The CHECK of the table says it",
      because = """
          It does: with 23514, among the errors of the database. The contract promises an
          IllegalStateException, which callers catch.""",
      instead =
          "A condition in the UPDATE, `AND stock >= :copies`, and the number of changed "
              + "rows tell it.",
      rejectedBy = "a_move_that_cannot_be_made_changes_nothing",
      says = "8 copies of a book that has 7",
      earns = 3,
      detail = true)
  static class RuleOfTheTable extends ReferenceLendingDesk {
    @Override
    public void moveCopies(Jdbi jdbi, long from, long to, int copies) {
      again(
          jdbi,
          handle -> {
            if (from < to) {
              require(change(handle, from, -copies));
            }
            require(change(handle, to, copies));
            if (from > to) {
              require(change(handle, from, -copies));
            }
          });
    }
  }

  @Mistake(
      exercise = "4.9",
      violates = "has fewer copies than are to be moved; then nothing has changed",
      idea = "A book keeps its last copy",
      because = """
          `stock > :copies` refuses a move of all copies, which is a good one.""",
      instead = "`stock >= :copies`.",
      rejectedBy = "a_move_that_cannot_be_made_changes_nothing",
      says = "a move of all copies that a book has",
      earns = 3,
      detail = true)
  static class OneMustStay extends ReferenceLendingDesk {
    @Override
    public void moveCopies(Jdbi jdbi, long from, long to, int copies) {
      again(
          jdbi,
          handle -> {
            lock(handle, from, to);
            require(
                handle.execute(
                    "UPDATE books SET stock = stock - ? WHERE id = ? AND stock > ?",
                    copies,
                    from,
                    copies));
            require(change(handle, to, copies));
          });
    }
  }

  @Mistake(
      exercise = "4.9",
      violates = "Nothing else changes",
      idea = "Both books are one edition now",
      because = """
          Who moves copies has not asked to give a book another title.""",
      instead = "Change the stocks only.",
      rejectedBy = "moves_in_opposite_directions_do_not_deadlock",
      says = "what others see after 2 x 3 copies were moved",
      earns = 2,
      detail = true)
  static class TouchesMore extends ReferenceLendingDesk {
    @Override
    public void moveCopies(Jdbi jdbi, long from, long to, int copies) {
      super.moveCopies(jdbi, from, to, copies);
      jdbi.useHandle(
          handle -> handle.execute("UPDATE books SET title = 'Krabat!' WHERE id = ?", from));
    }
  }
}
