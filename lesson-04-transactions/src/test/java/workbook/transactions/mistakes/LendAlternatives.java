package workbook.transactions.mistakes;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import workbook.grading.proofs.Alternative;
import workbook.transactions.reference.ReferenceLendingDesk;

/** Exercise 4.2: a loan and its copy, in ways just as right. */
final class LendAlternatives {
  private LendAlternatives() {}

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

  private static int stock(Handle handle, long bookId) {
    return handle
        .select("SELECT stock FROM books WHERE id = ?", bookId)
        .mapTo(int.class)
        .findOne()
        .orElse(0);
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

  @Alternative(
      exercise = "4.2",
      idea = "The loan first, selected from the book so that a missing one yields no row, and then "
          + "the copy.")
  static class LoanBeforeCopy extends ReferenceLendingDesk {
    @Override
    public long lend(Jdbi jdbi, long bookId, long memberId) {
      String add =
          """
          INSERT INTO loans (book_id, member_id)
          SELECT id, :member FROM books WHERE id = :book
          """;
      return jdbi.inTransaction(
          handle -> {
            long id =
                handle
                    .createUpdate(add)
                    .bind("book", bookId)
                    .bind("member", memberId)
                    .executeAndReturnGeneratedKeys("id")
                    .mapTo(long.class)
                    .findOne()
                    .orElseThrow(() -> new IllegalStateException("no book " + bookId));
            if (takeCopy(handle, bookId) == 0) {
              throw new IllegalStateException("no copy of " + bookId);
            }
            return id;
          });
    }
  }

  @Alternative(
      exercise = "4.2",
      idea = "SERIALIZABLE, tried again as exercise 4.7 does it: then reading, testing and writing "
          + "one after the other is safe.")
  static class SerializableAgain extends ReferenceLendingDesk {
    @Override
    public long lend(Jdbi jdbi, long bookId, long memberId) {
      return serializable(
          jdbi,
          20,
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

  @Alternative(
      exercise = "4.2",
      idea = "JDBC on the handle's connection, and the CHECK of the table in place of a condition: "
          + "23514 is \"no copy left\".")
  static class WithJdbc extends ReferenceLendingDesk {
    @Override
    public long lend(Jdbi jdbi, long bookId, long memberId) {
      try (Handle handle = jdbi.open()) {
        return inTransaction(handle.getConnection(), c -> write(c, bookId, memberId));
      } catch (SQLException e) {
        if ("23514".equals(e.getSQLState())) {
          throw new IllegalStateException("no copy of " + bookId, e);
        }
        throw new UnsupportedOperationException(e);
      } catch (RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }

    private static long write(Connection connection, long bookId, long memberId)
        throws SQLException {
      String take = "UPDATE books SET stock = stock - 1 WHERE id = ?";
      try (PreparedStatement update = connection.prepareStatement(take)) {
        update.setLong(1, bookId);
        if (update.executeUpdate() == 0) {
          throw new IllegalStateException("no book " + bookId);
        }
      }
      String add = "INSERT INTO loans (book_id, member_id) VALUES (?, ?)";
      try (PreparedStatement insert = connection.prepareStatement(add, new String[] {"id"})) {
        insert.setLong(1, bookId);
        insert.setLong(2, memberId);
        insert.executeUpdate();
        try (ResultSet keys = insert.getGeneratedKeys()) {
          keys.next();
          return keys.getLong(1);
        }
      }
    }
  }
}
