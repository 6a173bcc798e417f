package workbook.transactions.mistakes;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleConsumer;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import workbook.grading.proofs.Alternative;
import workbook.transactions.reference.ReferenceLendingDesk;

/** Exercise 4.9: copies that move without deadlocks, in ways just as right. */
final class MoveAlternatives {
  private MoveAlternatives() {}

  /** Runs a transaction, and again after a deadlock, as the contract has it. */
  static void again(Jdbi jdbi, HandleConsumer<RuntimeException> work) {
    for (int left = 4, pause = 10; ; left--, pause *= 2) {
      try {
        jdbi.useTransaction(work);
        return;
      } catch (JdbiException e) {
        boolean deadlock =
            e.getCause() instanceof SQLException cause && "40P01".equals(cause.getSQLState());
        if (!deadlock || left == 0) {
          throw e;
        }
        sleep(pause + (long) (Math.random() * pause));
      }
    }
  }

  static void sleep(long milliseconds) {
    try {
      Thread.sleep(milliseconds);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  static int change(Handle handle, long book, int copies) {
    return handle.execute("UPDATE books SET stock = stock + ? WHERE id = ?", copies, book);
  }

  @Alternative(
      exercise = "4.9",
      idea = "`SELECT ... ORDER BY id FOR UPDATE` locks both rows in order; after that, any order "
          + "of the updates will do.")
  static class LocksFirst extends ReferenceLendingDesk {
    @Override
    public void moveCopies(Jdbi jdbi, long from, long to, int copies) {
      again(
          jdbi,
          handle -> {
            var stocks =
                handle
                    .createQuery(
                        "SELECT id, stock FROM books WHERE id IN (:a, :b) ORDER BY id FOR UPDATE")
                    .bind("a", from)
                    .bind("b", to)
                    .mapToMap()
                    .list();
            boolean enough =
                stocks.stream()
                    .anyMatch(
                        row -> row.get("id").equals(from) && (int) row.get("stock") >= copies);
            if (stocks.size() < 2 || !enough) {
              throw new IllegalStateException("no such books, or too few copies");
            }
            change(handle, from, -copies);
            change(handle, to, copies);
          });
    }
  }

  @Alternative(
      exercise = "4.9",
      idea = "The higher id first, in plain JDBC: any order will do that all keep.")
  static class HigherIdFirst extends ReferenceLendingDesk {
    @Override
    public void moveCopies(Jdbi jdbi, long from, long to, int copies) {
      again(
          jdbi,
          handle -> {
            try {
              long higher = Math.max(from, to);
              long lower = Math.min(from, to);
              update(handle.getConnection(), higher, higher == to ? copies : -copies);
              update(handle.getConnection(), lower, lower == to ? copies : -copies);
            } catch (SQLException e) {
              throw new JdbiException("moving", e) {
                private static final long serialVersionUID = 1;
              };
            }
          });
    }

    private static void update(Connection connection, long book, int copies) throws SQLException {
      String sql = "UPDATE books SET stock = stock + ? WHERE id = ? AND stock + ? >= 0";
      try (PreparedStatement update = connection.prepareStatement(sql)) {
        update.setInt(1, copies);
        update.setLong(2, book);
        update.setInt(3, copies);
        if (update.executeUpdate() == 0) {
          throw new IllegalStateException("no copies of " + book);
        }
      }
    }
  }
}
