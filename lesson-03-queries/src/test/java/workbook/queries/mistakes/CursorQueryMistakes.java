package workbook.queries.mistakes;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import workbook.grading.proofs.Mistake;
import workbook.queries.Catalogue.Book;
import workbook.queries.Catalogue.BookCursor;
import workbook.queries.reference.ReferenceCatalogue;

/** Exercise 3.5: when the query runs, and for how long. */
final class CursorQueryMistakes {
  private CursorQueryMistakes() {}

  @Mistake(
      exercise = "3.5",
      violates = "it does not begin with a list of all books",
      idea = "A list is a cursor, too",
      because = """
          It holds all books before the first is asked for, and no connection. What `open()`
          and `close()` are for stays unlearnt.""",
      instead = "Keep the handle and its `ResultIterator`.",
      rejectedBy = "one_then_some_then_the_rest_share_one_position",
      says = "Connections that an open cursor has",
      earns = 2)
  static class PlainList extends ReferenceCatalogue {
    @Override
    public BookCursor openCursor(Jdbi jdbi) {
      List<Book> books = jdbi.withHandle(handle -> CursorMistakes.query(handle).list());
      return new CursorMistakes.Over(books.iterator(), () -> {});
    }
  }

  @Mistake(
      exercise = "3.5",
      violates = "It reads on in the result of the query as it is asked",
      idea = "`list().iterator()` is an iterator",
      because = "It is one of a list that has read all rows already.",
      instead = "`iterator()` of the `ResultIterable`.",
      rejectedBy = "one_then_some_then_the_rest_share_one_position",
      says = "Rows that were read for these three books",
      earns = 2)
  static class ListAndHandle extends ReferenceCatalogue {
    @Override
    public BookCursor openCursor(Jdbi jdbi) {
      Handle handle = jdbi.open();
      try {
        List<Book> books = CursorMistakes.query(handle).list();
        return new CursorMistakes.Over(books.iterator(), handle::close);
      } catch (RuntimeException e) {
        handle.close();
        throw e;
      }
    }
  }

  @Mistake(
      exercise = "3.5",
      violates = "What others change after that does not show.",
      idea = "Ask when the first book is wanted",
      because = """
          What others change until then shows, and a query that fails does so at a caller who
          expects a book.""",
      instead = "Run the query in `openCursor`.",
      rejectedBy = "one_query_serves_the_whole_cursor",
      says = "that were changed after openCursor, which does not show",
      earns = 2)
  static class AsksLate extends ReferenceCatalogue {
    record Late(Handle handle, List<Iterator<Book>> books) implements Iterator<Book> {
      private Iterator<Book> all() {
        if (books.isEmpty()) {
          books.add(CursorMistakes.query(handle).iterator());
        }
        return books.get(0);
      }

      @Override
      public boolean hasNext() {
        return all().hasNext();
      }

      @Override
      public Book next() {
        return all().next();
      }
    }

    @Override
    public BookCursor openCursor(Jdbi jdbi) {
      Handle handle = jdbi.open();
      return new CursorMistakes.Over(new Late(handle, new ArrayList<>()), handle::close);
    }
  }

  @Mistake(
      exercise = "3.5",
      violates = "Several cursors may be open at once, each with a position of its own.",
      idea = "Keep the cursor in a field",
      because = """
          The second caller moves the position of the first, and closes their connection.""",
      instead = "A new object for each call.",
      rejectedBy = "one_then_some_then_the_rest_share_one_position",
      says = "The title of next() of a second cursor",
      earns = 2)
  static class OneCursorForAll extends ReferenceCatalogue {
    private BookCursor open;

    @Override
    public BookCursor openCursor(Jdbi jdbi) {
      if (open == null) {
        open = super.openCursor(jdbi);
      }
      return open;
    }
  }

  @Mistake(
      exercise = "3.5",
      violates = "whatever is asked of the cursor later",
      idea = "`WHERE title > ...` for each part",
      because = """
          Each part is another query, and the second of two books of one title is skipped.""",
      instead = "One query, and one position in its result.",
      rejectedBy = "one_then_some_then_the_rest_share_one_position",
      says = "the third call: by title, then by id, from where next() stopped",
      earns = 0)
  static class AfterTheLastTitle extends ReferenceCatalogue {
    final class Keyset implements Iterator<Book> {
      private final Handle handle;
      private String last = "";

      Keyset(Handle handle) {
        this.handle = handle;
      }

      private Optional<Book> after() {
        return handle
            .createQuery("SELECT * FROM books WHERE title > :last ORDER BY title, id LIMIT 1")
            .bind("last", last)
            .map(ConstructorMapper.of(Book.class))
            .findOne();
      }

      @Override
      public boolean hasNext() {
        return after().isPresent();
      }

      @Override
      public Book next() {
        Book next = after().orElseThrow();
        last = next.title();
        return next;
      }
    }

    @Override
    public BookCursor openCursor(Jdbi jdbi) {
      Handle handle = jdbi.open();
      return new CursorMistakes.Over(new Keyset(handle), handle::close);
    }
  }

  @Mistake(
      exercise = "3.5",
      violates = "Opens a cursor over all books, by title (as in 3.3) and then by id.",
      idea = "`ORDER BY title` is an order",
      because = "Not between two books of one title: their order is luck.",
      instead = "`ORDER BY title, id`.",
      rejectedBy = "one_then_some_then_the_rest_share_one_position",
      says = "by title, then by id",
      earns = 2)
  static class OrderByTitleOnly extends ReferenceCatalogue {
    @Override
    public BookCursor openCursor(Jdbi jdbi) {
      Handle handle = jdbi.open();
      try {
        return new CursorMistakes.Over(
            handle
                .createQuery("SELECT * FROM books ORDER BY title, author")
                .map(ConstructorMapper.of(Book.class))
                .iterator(),
            handle::close);
      } catch (RuntimeException e) {
        handle.close();
        throw e;
      }
    }
  }

  @Mistake(
      exercise = "3.5",
      violates = "If the query fails, this method throws",
      idea = "No table, no books",
      because = "The caller sees an empty catalogue and goes on.",
      instead = "Let the exception pass.",
      rejectedBy = "a_cursor_lets_go_of_its_connection",
      says = "A title cannot be computed",
      earns = 3,
      detail = true)
  static class NothingOnFailure extends ReferenceCatalogue {
    @Override
    public BookCursor openCursor(Jdbi jdbi) {
      try {
        return super.openCursor(jdbi);
      } catch (RuntimeException e) {
        return new CursorMistakes.Over(Collections.emptyIterator(), () -> {});
      }
    }
  }

  @Mistake(
      exercise = "3.5",
      violates = "nothing is left open",
      idea = "Only the server's exceptions leave a handle open",
      because = "A row that does not fit the record is an exception, too, and not the server's.",
      instead = "Close on every exception.",
      rejectedBy = "a_cursor_lets_go_of_its_connection",
      says = "Connections still in use when books had no column author",
      earns = 3,
      detail = true)
  static class ClosesForSqlOnly extends ReferenceCatalogue {
    @Override
    public BookCursor openCursor(Jdbi jdbi) {
      Handle handle = jdbi.open();
      try {
        return new CursorMistakes.Over(CursorMistakes.query(handle).iterator(), handle::close);
      } catch (UnableToExecuteStatementException e) {
        handle.close();
        throw e;
      }
    }
  }
}
