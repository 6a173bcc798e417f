package workbook.transactions.mistakes;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import workbook.grading.proofs.Alternative;
import workbook.transactions.LendingDesk.NewBook;
import workbook.transactions.reference.ReferenceLendingDesk;

/** Exercise 4.4: deliveries, all but a few, in ways just as right. */
final class AcceptedAlternatives {
  private static final String INSERT = "INSERT INTO books (isbn, title, stock) VALUES (?, ?, ?)";

  private AcceptedAlternatives() {}

  private static String state(Throwable thrown) {
    return thrown.getCause() instanceof SQLException e ? String.valueOf(e.getSQLState()) : "";
  }

  private static void insert(Handle handle, NewBook book) {
    handle.execute(INSERT, book.isbn(), book.title(), book.copies());
  }

  @Alternative(
      exercise = "4.4",
      idea = "JDBC's savepoints, which need no name, and `executeUpdate`.")
  static class WithJdbcSavepoints extends ReferenceLendingDesk {
    @Override
    public List<Rejected> deliverAccepted(Jdbi jdbi, Iterable<NewBook> delivery) {
      try (Handle handle = jdbi.open()) {
        return inTransaction(handle.getConnection(), connection -> accept(connection, delivery));
      } catch (RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IllegalStateException("The delivery was refused.", e);
      }
    }

    private static List<Rejected> accept(Connection connection, Iterable<NewBook> delivery)
        throws SQLException {
      List<Rejected> rejected = new ArrayList<>();
      try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
        for (NewBook book : delivery) {
          Savepoint before = connection.setSavepoint();
          try {
            statement.setString(1, book.isbn());
            statement.setString(2, book.title());
            statement.setInt(3, book.copies());
            statement.executeUpdate();
          } catch (SQLException e) {
            if (!e.getSQLState().startsWith("23")) {
              throw e;
            }
            connection.rollback(before);
            rejected.add(new Rejected(book.isbn(), e.getSQLState()));
          }
        }
      }
      return rejected;
    }
  }

  @Alternative(
      exercise = "4.4",
      idea = "`SAVEPOINT` and `ROLLBACK TO` as statements: the server lets one go back to the same "
          + "mark twice.")
  static class InSql extends ReferenceLendingDesk {
    @Override
    public List<Rejected> deliverAccepted(Jdbi jdbi, Iterable<NewBook> delivery) {
      return jdbi.inTransaction(
          handle -> {
            List<Rejected> rejected = new ArrayList<>();
            for (NewBook book : delivery) {
              handle.execute("SAVEPOINT book");
              try {
                insert(handle, book);
              } catch (JdbiException e) {
                if (!state(e).startsWith("23")) {
                  throw e;
                }
                handle.execute("ROLLBACK TO SAVEPOINT book");
                rejected.add(new Rejected(book.isbn(), state(e)));
              }
              handle.execute("RELEASE SAVEPOINT book");
            }
            return rejected;
          });
    }
  }

  @Alternative(
      exercise = "4.4",
      idea = "A function of the session's own, whose `EXCEPTION` block is the savepoint, on the "
          + "server.")
  static class InAFunction extends ReferenceLendingDesk {
    private static final String FUNCTION =
        """
        CREATE FUNCTION pg_temp.add_book(isbn text, title text, stock int)
        RETURNS text LANGUAGE plpgsql AS $$
        BEGIN
          INSERT INTO books (isbn, title, stock) VALUES ($1, $2, $3);
          RETURN 'accepted';
        EXCEPTION WHEN integrity_constraint_violation THEN
          RETURN SQLSTATE;
        END $$
        """;

    @Override
    public List<Rejected> deliverAccepted(Jdbi jdbi, Iterable<NewBook> delivery) {
      return jdbi.inTransaction(
          handle -> {
            handle.execute(FUNCTION);
            List<Rejected> rejected = new ArrayList<>();
            for (NewBook book : delivery) {
              String answer =
                  handle
                      .createQuery("SELECT pg_temp.add_book(:isbn, :title, :copies)")
                      .bindMethods(book)
                      .mapTo(String.class)
                      .one();
              if (!answer.equals("accepted")) {
                rejected.add(new Rejected(book.isbn(), answer));
              }
            }
            return rejected;
          });
    }
  }

  @Alternative(
      exercise = "4.4",
      idea = "A batch of all books behind one savepoint; if one is refused, each half by itself.")
  static class Halves extends ReferenceLendingDesk {
    @Override
    public List<Rejected> deliverAccepted(Jdbi jdbi, Iterable<NewBook> delivery) {
      List<NewBook> books = new ArrayList<>();
      delivery.forEach(books::add);
      List<Rejected> rejected = new ArrayList<>();
      jdbi.useTransaction(handle -> addAll(handle, books, rejected));
      return rejected;
    }

    private static void addAll(Handle handle, List<NewBook> books, List<Rejected> rejected) {
      if (books.isEmpty()) {
        return;
      }
      handle.savepoint("halves");
      try {
        write(handle, books);
        handle.releaseSavepoint("halves");
      } catch (UnableToExecuteStatementException e) {
        String state = ((SQLException) e.getCause()).getSQLState();
        if (!state.startsWith("23")) {
          throw e;
        }
        handle.rollbackToSavepoint("halves");
        if (books.size() == 1) {
          rejected.add(new Rejected(books.get(0).isbn(), state));
          return;
        }
        int half = books.size() / 2;
        addAll(handle, books.subList(0, half), rejected);
        addAll(handle, books.subList(half, books.size()), rejected);
      }
    }

    private static void write(Handle handle, List<NewBook> books) {
      String add = "INSERT INTO books (isbn, title, stock) VALUES (:isbn, :title, :copies)";
      try (PreparedBatch batch = handle.prepareBatch(add)) {
        for (NewBook book : books) {
          batch.bindMethods(book).add();
        }
        batch.execute();
      }
    }
  }
}
