package workbook.transactions.mistakes;

import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import workbook.grading.proofs.Alternative;
import workbook.transactions.LendingDesk.NewBook;
import workbook.transactions.reference.ReferenceLendingDesk;

/** Exercise 4.3: deliveries, all or nothing, in ways just as right. */
final class DeliveryAlternatives {
  private static final String INSERT = "INSERT INTO books (isbn, title, stock) VALUES (?, ?, ?)";

  private DeliveryAlternatives() {}

  private static int batch(Handle handle, Iterable<NewBook> delivery) {
    PreparedBatch batch = handle.prepareBatch(INSERT);
    for (NewBook book : delivery) {
      batch.add(book.isbn(), book.title(), book.copies());
    }
    return batch.size() == 0 ? 0 : batch.execute().length;
  }

  @Alternative(exercise = "4.3", idea = "A `PreparedBatch`, inside a transaction.")
  static class BatchInTransaction extends ReferenceLendingDesk {
    @Override
    public int deliver(Jdbi jdbi, Iterable<NewBook> delivery) {
      return jdbi.inTransaction(handle -> batch(handle, delivery));
    }
  }

  @Alternative(
      exercise = "4.3",
      idea = "JDBC on the handle's connection: 4.1 in use, with the exception wrapped for the "
          + "caller.")
  static class WithJdbc extends ReferenceLendingDesk {
    @Override
    public int deliver(Jdbi jdbi, Iterable<NewBook> delivery) {
      try (Handle handle = jdbi.open()) {
        return inTransaction(handle.getConnection(), connection -> insert(connection, delivery));
      } catch (RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IllegalStateException("The delivery was refused.", e);
      }
    }

    private static int insert(Connection connection, Iterable<NewBook> delivery)
        throws SQLException {
      int added = 0;
      try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
        for (NewBook book : delivery) {
          statement.setString(1, book.isbn());
          statement.setString(2, book.title());
          statement.setInt(3, book.copies());
          added += statement.executeUpdate();
        }
      }
      return added;
    }
  }

  @Alternative(
      exercise = "4.3",
      idea = "One statement, which is a transaction of its own: `INSERT ... SELECT` from three "
          + "arrays.")
  static class FromArrays extends ReferenceLendingDesk {
    @Override
    public int deliver(Jdbi jdbi, Iterable<NewBook> delivery) {
      List<NewBook> all = new ArrayList<>();
      delivery.forEach(all::add);
      String insert = "INSERT INTO books (isbn, title, stock) SELECT * FROM unnest(?, ?, ?)";
      try (Handle handle = jdbi.open();
          PreparedStatement statement = handle.getConnection().prepareStatement(insert)) {
        statement.setArray(1, array(statement, "text", all.stream().map(NewBook::isbn).toArray()));
        statement.setArray(2, array(statement, "text", all.stream().map(NewBook::title).toArray()));
        statement.setArray(3, array(statement, "int", all.stream().map(NewBook::copies).toArray()));
        return statement.executeUpdate();
      } catch (SQLException e) {
        throw new UnsupportedOperationException("The delivery was refused.", e);
      }
    }

    private static Array array(PreparedStatement statement, String type, Object[] values)
        throws SQLException {
      return statement.getConnection().createArrayOf(type, values);
    }
  }

  @Alternative(
      exercise = "4.3",
      idea = "`COPY`, which is one statement, too, and is cancelled if reading fails.")
  static class WithCopy extends ReferenceLendingDesk {
    @Override
    public int deliver(Jdbi jdbi, Iterable<NewBook> delivery) {
      try (Handle handle = jdbi.open()) {
        CopyIn copy =
            handle
                .getConnection()
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("COPY books (isbn, title, stock) FROM STDIN");
        try {
          for (NewBook book : delivery) {
            byte[] row =
                (field(book.isbn()) + '\t' + field(book.title()) + '\t' + book.copies() + '\n')
                    .getBytes(StandardCharsets.UTF_8);
            copy.writeToCopy(row, 0, row.length);
          }
          return Math.toIntExact(copy.endCopy());
        } finally {
          if (copy.isActive()) {
            copy.cancelCopy();
          }
        }
      } catch (SQLException e) {
        throw new UnsupportedOperationException("The delivery was refused.", e);
      }
    }

    private static String field(String value) {
      return value == null
          ? "\\N"
          : value
              .replace("\\", "\\\\")
              .replace("\t", "\\t")
              .replace("\n", "\\n")
              .replace("\r", "\\r");
    }
  }
}
