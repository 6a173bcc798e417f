package workbook.queries.mistakes;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.result.ResultSetException;
import workbook.grading.proofs.Alternative;
import workbook.queries.Catalogue.Book;
import workbook.queries.Catalogue.BookCursor;
import workbook.queries.reference.ReferenceCatalogue;

/** Exercise 3.5: a cursor, in other ways. */
final class CursorAlternatives {
  private CursorAlternatives() {}

  // Jdbi insists that a transaction is ended before its handle is closed.
  private static void end(Handle handle) {
    if (!handle.isClosed()) {
      handle.rollback();
      handle.close();
    }
  }

  @Alternative(
      exercise = "3.5",
      idea = "A `Stream` and its `iterator()`; the stream closes the handle with `onClose`.")
  static class OverAStream extends ReferenceCatalogue {
    @Override
    public BookCursor openCursor(Jdbi jdbi) {
      Handle handle = jdbi.open();
      try {
        Stream<Book> books = CursorMistakes.query(handle).stream().onClose(handle::close);
        return new CursorMistakes.Over(books.iterator(), books::close);
      } catch (RuntimeException e) {
        handle.close();
        throw e;
      }
    }
  }

  @Alternative(
      exercise = "3.5",
      idea = """
          A cursor of the server's: `DECLARE` in a transaction, and `FETCH` as many as are
          wanted.""")
  static class Declared extends ReferenceCatalogue {
    record Fetching(Handle handle) implements BookCursor {
      @Override
      public Optional<Book> next() {
        return next(1).stream().findFirst();
      }

      @Override
      public List<Book> next(int count) {
        return count == 0 ? List.of() : fetch(String.valueOf(count));
      }

      @Override
      public List<Book> rest() {
        return fetch("ALL");
      }

      private List<Book> fetch(String count) {
        return handle
            .createQuery("FETCH " + count + " FROM all_books")
            .map(ConstructorMapper.of(Book.class))
            .list();
      }

      @Override
      public void close() {
        end(handle);
      }
    }

    @Override
    public BookCursor openCursor(Jdbi jdbi) {
      Handle handle = jdbi.open();
      try {
        handle.begin();
        handle.execute("DECLARE all_books CURSOR FOR " + CursorMistakes.QUERY);
        return new Fetching(handle);
      } catch (RuntimeException e) {
        end(handle);
        throw e;
      }
    }
  }

  @Alternative(
      exercise = "3.5",
      idea = """
          JDBC on the handle's connection: a `ResultSet` in a transaction, with a fetch size.""")
  static class InPortions extends ReferenceCatalogue {
    record Reading(Handle handle, ResultSet results) implements BookCursor {
      @Override
      public Optional<Book> next() {
        return next(1).stream().findFirst();
      }

      @Override
      public List<Book> next(int count) {
        List<Book> next = new ArrayList<>();
        try {
          while (next.size() < count && !results.isClosed() && results.next()) {
            next.add(
                new Book(
                    results.getLong("id"),
                    results.getString("title"),
                    results.getString("author"),
                    results.getString("genre"),
                    results.getObject("published", Integer.class)));
          }
          return next;
        } catch (SQLException e) {
          throw new ResultSetException("Reading books failed.", e, null);
        }
      }

      @Override
      public List<Book> rest() {
        return next(Integer.MAX_VALUE);
      }

      @Override
      public void close() {
        end(handle);
      }
    }

    @Override
    public BookCursor openCursor(Jdbi jdbi) {
      Handle handle = jdbi.open();
      try {
        handle.begin();
        PreparedStatement statement =
            handle.getConnection().prepareStatement(CursorMistakes.QUERY);
        statement.setFetchSize(60);
        return new Reading(handle, statement.executeQuery());
      } catch (SQLException e) {
        end(handle);
        throw new ResultSetException("Asking for books failed.", e, null);
      }
    }
  }
}
