package workbook.queries.mistakes;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import workbook.grading.proofs.Alternative;
import workbook.queries.Catalogue.Book;
import workbook.queries.Catalogue.BookCursor;
import workbook.queries.reference.ReferenceCatalogue;

/** Exercise 3.5: a cursor in plain JDBC. */
final class CursorPortionAlternatives {
  private CursorPortionAlternatives() {}

  @Alternative(
      exercise = "3.5",
      idea = """
          JDBC on the handle's connection, three rows at a time in a transaction; its exceptions
          wrapped in an unchecked one.""")
  static class PortionsOfThree extends ReferenceCatalogue {
    @Override
    public BookCursor openCursor(Jdbi jdbi) {
      Handle handle = jdbi.open();
      try {
        handle.begin();
        Statement statement = handle.getConnection().createStatement();
        statement.setFetchSize(3);
        String query = "SELECT published, genre, author, title, id FROM books ORDER BY title, id";
        return new Portions(handle, statement, statement.executeQuery(query));
      } catch (SQLException e) {
        handle.rollback();
        handle.close();
        throw new IllegalStateException(e);
      }
    }
  }

  private record Portions(Handle handle, Statement statement, ResultSet rows)
      implements BookCursor {
    @Override
    public Optional<Book> next() {
      try {
        return rows.isAfterLast() || !rows.next()
            ? Optional.empty()
            : Optional.of(
                new Book(
                    rows.getLong("id"),
                    rows.getString("title"),
                    rows.getString("author"),
                    rows.getString("genre"),
                    rows.getObject("published", Integer.class)));
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public List<Book> next(int count) {
      return Stream.generate(this::next)
          .limit(count)
          .takeWhile(Optional::isPresent)
          .map(Optional::get)
          .toList();
    }

    @Override
    public List<Book> rest() {
      return next(Integer.MAX_VALUE);
    }

    @Override
    public void close() {
      if (!handle.isClosed()) {
        try (handle; statement) {
          handle.rollback();
        } catch (SQLException e) {
          throw new IllegalStateException(e);
        }
      }
    }
  }
}
