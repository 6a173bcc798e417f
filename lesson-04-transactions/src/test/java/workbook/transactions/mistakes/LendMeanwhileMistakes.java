package workbook.transactions.mistakes;

import java.sql.SQLException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import workbook.grading.proofs.Alternative;
import workbook.grading.proofs.Mistake;
import workbook.transactions.reference.ReferenceLendingDesk;

/** Exercise 4.2: what other desks do meanwhile, and a connection that is not to be had. */
final class LendMeanwhileMistakes {
  private static final String INSERT = "INSERT INTO loans (book_id, member_id) VALUES (?, ?)";

  private LendMeanwhileMistakes() {}

  private static void takeCopy(Handle handle, long bookId) {
    if (handle.execute(
            "UPDATE books SET stock = stock - 1 WHERE id = ? AND stock > 0", bookId)
        == 0) {
      throw new IllegalStateException("no copy of book " + bookId);
    }
  }

  private static long number(Handle handle, String query) {
    return handle.createQuery(query).mapTo(long.class).one();
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
      violates = "the id of the loan",
      idea = "The sequence's last value is my loan's",
      because = """
          A sequence is no part of a transaction. Its `last_value` is what any session got last,
          and another desk may have lent a book between the two statements.""",
      instead = "`RETURNING id` says which one the row has.",
      rejectedBy = "a_loan_and_its_copy_are_one_transaction",
      says = "the id returned: the new loan's",
      earns = 1)
  static class LastValue extends ReferenceLendingDesk {
    @Override
    public long lend(Jdbi jdbi, long bookId, long memberId) {
      return jdbi.inTransaction(
          handle -> {
            takeCopy(handle, bookId);
            handle.execute(INSERT, bookId, memberId);
            return number(handle, "SELECT last_value FROM loans_id_seq");
          });
    }
  }

  @Mistake(
      exercise = "4.2",
      violates = "Calls of this method alone never end in a deadlock",
      idea = "Read under a lock that others share, then write",
      because = """
          Two desks hold the lock `FOR SHARE` at once. Then each wants to write, and waits for
          the other to give its lock back: 40P01.""",
      instead = "Take the lock that the writing needs at once: `FOR UPDATE`, or the `UPDATE`.",
      rejectedBy = "a_loan_and_its_copy_are_one_transaction",
      says = "SQLSTATE 40P01",
      earns = 1)
  static class SharesTheLock extends ReferenceLendingDesk {
    @Override
    public long lend(Jdbi jdbi, long bookId, long memberId) {
      return jdbi.inTransaction(
          handle -> {
            int stock =
                handle
                    .select("SELECT stock FROM books WHERE id = ? FOR SHARE", bookId)
                    .mapTo(int.class)
                    .findOne()
                    .orElse(0);
            if (stock == 0) {
              throw new IllegalStateException("no copy of book " + bookId);
            }
            takeCopy(handle, bookId);
            return addLoan(handle, bookId, memberId);
          });
    }
  }

  @Mistake(
      exercise = "4.2",
      violates =
          "It may be that, too, if no connection is to be had, and then without an SQLSTATE.",
      idea = "Each failure has an SQLSTATE",
      because = """
          An SQLSTATE comes from the server, or from the driver. A pool that has no connection
          left throws an SQLException without one, and `getSQLState()` is null.""",
      instead = "Write `\"23514\".equals(state)`: it works with null, too.",
      rejectedBy = "a_refused_loan_leaves_no_trace",
      says = "No connection is to be had",
      earns = 2,
      detail = true)
  static class AsksTheStateOfNull extends ReferenceLendingDesk {
    @Override
    public long lend(Jdbi jdbi, long bookId, long memberId) {
      try {
        return super.lend(jdbi, bookId, memberId);
      } catch (JdbiException e) {
        if (((SQLException) e.getCause()).getSQLState().equals("23514")) {
          throw new IllegalStateException("no copy of book " + bookId, e);
        }
        throw e;
      }
    }
  }

  @Alternative(
      exercise = "4.2",
      idea = "`currval` asks for the number that this session got, whatever others do.")
  static class CurrentValue extends ReferenceLendingDesk {
    @Override
    public long lend(Jdbi jdbi, long bookId, long memberId) {
      return jdbi.inTransaction(
          handle -> {
            takeCopy(handle, bookId);
            handle.execute(INSERT, bookId, memberId);
            return number(handle, "SELECT currval(pg_get_serial_sequence('loans', 'id'))");
          });
    }
  }
}
