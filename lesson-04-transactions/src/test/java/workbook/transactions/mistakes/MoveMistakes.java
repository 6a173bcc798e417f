package workbook.transactions.mistakes;

import static workbook.transactions.mistakes.MoveAlternatives.again;
import static workbook.transactions.mistakes.MoveAlternatives.change;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import workbook.grading.proofs.Mistake;
import workbook.transactions.reference.ReferenceLendingDesk;

/** Exercise 4.9: what is locked, and in which order. */
final class MoveMistakes {
  private MoveMistakes() {}

  static int take(Handle handle, long book, int copies) {
    return handle.execute(
        "UPDATE books SET stock = stock - ? WHERE id = ? AND stock >= ?", copies, book, copies);
  }

  static void require(int rows) {
    if (rows == 0) {
      throw new IllegalStateException("no such book, or too few copies");
    }
  }

  /** The two updates, by id. */
  static void inOrder(Handle handle, long from, long to, int copies) {
    if (from < to) {
      require(take(handle, from, copies));
      require(change(handle, to, copies));
    } else {
      require(change(handle, to, copies));
      require(take(handle, from, copies));
    }
  }

  private static int stock(Handle handle, long book) {
    return handle
        .select("SELECT stock FROM books WHERE id = ?", book)
        .mapTo(int.class)
        .findOne()
        .orElseThrow(() -> new IllegalStateException("no book " + book));
  }

  private static void set(Handle handle, long book, int stock) {
    handle.execute("UPDATE books SET stock = ? WHERE id = ?", stock, book);
  }

  private static void lock(Handle handle, long book) {
    handle.select("SELECT id FROM books WHERE id = ? FOR UPDATE", book).mapTo(long.class).findOne();
  }

  @Mistake(
      exercise = "4.9",
      violates = "each locks its two books in the same order",
      idea = "Trying again is enough",
      because = """
          The book that loses copies comes first here. Two moves in opposite directions then wait
          for each other, a second passes before the server notices, and one of them is thrown
          away.""",
      instead = "Lock the two books by id, whatever the direction.",
      rejectedBy = "moves_in_opposite_directions_do_not_deadlock",
      says = "In which order does each of them lock the two books?",
      earns = 2)
  static class FromFirst extends ReferenceLendingDesk {
    @Override
    public void moveCopies(Jdbi jdbi, long from, long to, int copies) {
      again(
          jdbi,
          handle -> {
            require(take(handle, from, copies));
            require(change(handle, to, copies));
          });
    }
  }

  @Mistake(
      exercise = "4.9",
      violates = "Calls of this method alone never end in a deadlock",
      idea = "The book that gets copies comes first",
      because = """
          That is no order of the two books: seen from the other direction, it is the opposite
          one.""",
      instead = "Lock the two books by id, whatever the direction.",
      rejectedBy = "moves_in_opposite_directions_do_not_deadlock",
      says = "In which order does each of them lock the two books?",
      earns = 2)
  static class ToFirst extends ReferenceLendingDesk {
    @Override
    public void moveCopies(Jdbi jdbi, long from, long to, int copies) {
      again(
          jdbi,
          handle -> {
            require(change(handle, to, copies));
            require(take(handle, from, copies));
          });
    }
  }

  @Mistake(
      exercise = "4.9",
      violates = "also between the same two books in opposite directions",
      idea = "A transaction keeps others out of the way",
      because = """
          It keeps its own changes together. Its locks are what the other transaction waits for,
          and the other way round: 40P01.""",
      instead = "Lock the books in one order, and run the transaction again after 40P01.",
      rejectedBy = "moves_in_opposite_directions_do_not_deadlock",
      says = "In which order does each of them lock the two books?",
      earns = 1)
  static class NoOrderNoRetry extends ReferenceLendingDesk {
    @Override
    public void moveCopies(Jdbi jdbi, long from, long to, int copies) {
      jdbi.useTransaction(
          handle -> {
            require(take(handle, from, copies));
            require(change(handle, to, copies));
          });
    }
  }

  @Mistake(
      exercise = "4.9",
      violates = "Calls of this method alone never end in a deadlock",
      idea = "`FOR UPDATE` prevents deadlocks",
      because = """
          It locks rows as an UPDATE does. If two transactions lock the same rows in opposite
          orders, each waits for the other, whichever statement takes the locks.""",
      instead = "Lock the rows in one order, for instance with `ORDER BY id FOR UPDATE`.",
      rejectedBy = "moves_in_opposite_directions_do_not_deadlock",
      says = "In which order does each of them lock the two books?",
      earns = 2)
  static class LocksFromFirst extends ReferenceLendingDesk {
    @Override
    public void moveCopies(Jdbi jdbi, long from, long to, int copies) {
      again(
          jdbi,
          handle -> {
            lock(handle, from);
            lock(handle, to);
            require(take(handle, from, copies));
            require(change(handle, to, copies));
          });
    }
  }

  @Mistake(
      exercise = "4.9",
      violates = "A desk that is at other books does not wait for them",
      idea = "Lock the table, and no two moves meet",
      because = """
          There is no deadlock then. But each desk that lends or takes back any book waits, too,
          until the move is done.""",
      instead = "Lock the two rows only.",
      rejectedBy = "moves_in_opposite_directions_do_not_deadlock",
      says = "which of your statements locks more?",
      earns = 2)
  static class LocksTheTable extends ReferenceLendingDesk {
    @Override
    public void moveCopies(Jdbi jdbi, long from, long to, int copies) {
      again(
          jdbi,
          handle -> {
            handle.execute("LOCK TABLE books IN SHARE ROW EXCLUSIVE MODE");
            require(take(handle, from, copies));
            require(change(handle, to, copies));
          });
    }
  }

  @Mistake(
      exercise = "4.9",
      violates = "and no copy gets lost",
      idea = "Read both stocks, then write both",
      because = """
          Two moves read the same stocks, and the second one writes what it has calculated from
          them: the first move is undone in part.""",
      instead = "`SET stock = stock + :copies`, or lock the rows before you read them.",
      rejectedBy = "moves_in_opposite_directions_do_not_deadlock",
      says = "what others see after 2 x 3 copies were moved",
      earns = 1)
  static class LosesCopies extends ReferenceLendingDesk {
    @Override
    public void moveCopies(Jdbi jdbi, long from, long to, int copies) {
      again(
          jdbi,
          handle -> {
            int less = stock(handle, from) - copies;
            int more = stock(handle, to) + copies;
            if (less < 0) {
              throw new IllegalStateException("too few");
            }
            if (from < to) {
              set(handle, from, less);
              set(handle, to, more);
            } else {
              set(handle, to, more);
              set(handle, from, less);
            }
          });
    }
  }

  @Mistake(
      exercise = "4.9",
      violates = "Both stocks change or neither",
      idea = "Without a transaction there is no deadlock",
      because = """
          True: each UPDATE is committed at once, and lets go of its row. But if the second one
          fails, the copies are gone.""",
      instead = "Both updates belong into one transaction.",
      rejectedBy = "moves_in_opposite_directions_do_not_deadlock",
      says = "one for both stocks",
      earns = 0)
  static class NoTransaction extends ReferenceLendingDesk {
    @Override
    public void moveCopies(Jdbi jdbi, long from, long to, int copies) {
      jdbi.useHandle(
          handle -> {
            require(take(handle, from, copies));
            require(change(handle, to, copies));
          });
    }
  }

  @Mistake(
      exercise = "4.9",
      violates = "each locks its two books in the same order, which is one for all books",
      idea = "The book with fewer copies first",
      because = """
          That is an order, until a stock changes. The next desk then begins with the other book,
          while the one before it still waits for its second.""",
      instead = "An order by what never changes, such as the id.",
      rejectedBy = "moves_in_opposite_directions_do_not_deadlock",
      says = "another program changed a stock",
      earns = 2)
  static class FewerCopiesFirst extends ReferenceLendingDesk {
    @Override
    public void moveCopies(Jdbi jdbi, long from, long to, int copies) {
      again(
          jdbi,
          handle -> {
            handle
                .createQuery(
                    "SELECT id FROM books WHERE id IN (:a, :b) ORDER BY stock, id FOR UPDATE")
                .bind("a", from)
                .bind("b", to)
                .mapTo(long.class)
                .list();
            inOrder(handle, from, to, copies);
          });
    }
  }
}
