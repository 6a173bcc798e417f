package workbook.queries.mistakes;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.result.ResultIterable;
import org.jdbi.v3.core.result.ResultIterator;
import workbook.grading.proofs.Mistake;
import workbook.queries.Catalogue.Book;
import workbook.queries.Catalogue.BookCursor;
import workbook.queries.reference.ReferenceCatalogue;

/** Exercise 3.5: one position, three ways to move it. */
final class CursorMistakes {
  static final String QUERY = "SELECT * FROM books ORDER BY title, id";

  private CursorMistakes() {}

  static ResultIterable<Book> query(Handle handle) {
    return handle.createQuery(QUERY).map(ConstructorMapper.of(Book.class));
  }

  /** A cursor over an iterator; what else there is to close is its maker's. */
  record Over(Iterator<Book> books, Runnable end) implements BookCursor {
    @Override
    public Optional<Book> next() {
      return books.hasNext() ? Optional.of(books.next()) : Optional.empty();
    }

    @Override
    public List<Book> next(int count) {
      List<Book> next = new ArrayList<>();
      while (next.size() < count && books.hasNext()) {
        next.add(books.next());
      }
      return next;
    }

    @Override
    public List<Book> rest() {
      return next(Integer.MAX_VALUE);
    }

    @Override
    public void close() {
      end.run();
    }
  }

  @Mistake(
      exercise = "3.5",
      violates = "The query runs once, here, whatever is asked of the cursor later.",
      idea = "A `ResultIterable` is the cursor",
      because = """
          It is the query. Each method that is called on it runs the query again, from the
          first book on.""",
      instead = "Ask it for its `iterator()` once, and keep that.",
      rejectedBy = "one_then_some_then_the_rest_share_one_position",
      says = "the third call: by title, then by id, from where next() stopped",
      earns = 0)
  static class AsksAgain extends ReferenceCatalogue {
    record Again(Handle handle) implements BookCursor {
      @Override
      public Optional<Book> next() {
        return query(handle).findFirst();
      }

      @Override
      public List<Book> next(int count) {
        return query(handle).stream().limit(count).toList();
      }

      @Override
      public List<Book> rest() {
        return query(handle).list();
      }

      @Override
      public void close() {
        handle.close();
      }
    }

    @Override
    public BookCursor openCursor(Jdbi jdbi) {
      return new Again(jdbi.open());
    }
  }

  @Mistake(
      exercise = "3.5",
      violates = "The query runs once, here, whatever is asked of the cursor later.",
      idea = "`LIMIT` and `OFFSET` for each part",
      because = """
          Each part is another query, which sees another table. A book that somebody removes in the
          meantime moves all others up, and one of them is never shown.""",
      instead = "One query, and one position in its result.",
      rejectedBy = "one_then_some_then_the_rest_share_one_position",
      says = "the third call: by title, then by id, from where next() stopped",
      earns = 1)
  static class Pages extends ReferenceCatalogue {
    private static final class Paging implements BookCursor {
      private final Handle handle;
      private int offset;

      Paging(Handle handle) {
        this.handle = handle;
      }

      @Override
      public Optional<Book> next() {
        return next(1).stream().findFirst();
      }

      @Override
      public List<Book> next(int count) {
        List<Book> page =
            handle
                .createQuery(QUERY + " LIMIT :limit OFFSET :offset")
                .bind("limit", count)
                .bind("offset", offset)
                .map(ConstructorMapper.of(Book.class))
                .list();
        offset += page.size();
        return page;
      }

      @Override
      public List<Book> rest() {
        return next(Integer.MAX_VALUE);
      }

      @Override
      public void close() {
        handle.close();
      }
    }

    @Override
    public BookCursor openCursor(Jdbi jdbi) {
      Handle handle = jdbi.open();
      try {
        handle.execute("SELECT 1 FROM books LIMIT 1");
      } catch (RuntimeException e) {
        handle.close();
        throw e;
      }
      return new Paging(handle);
    }
  }

  @Mistake(
      exercise = "3.5",
      violates = "The next books, at most so many; fewer at the end, none after it.",
      idea = "Ask `hasNext()` first, then count",
      because = """
          `hasNext()` may already fetch the next book; and a loop that takes one more than it keeps
          loses it between two calls.""",
      instead = "Look at the count first.",
      rejectedBy = "one_then_some_then_the_rest_share_one_position",
      says = "the third call: by title, then by id, from where next() stopped",
      earns = 1)
  static class TakesOneTooMany extends ReferenceCatalogue {
    @Override
    public BookCursor openCursor(Jdbi jdbi) {
      BookCursor right = super.openCursor(jdbi);
      return new BookCursor() {
        @Override
        public Optional<Book> next() {
          return right.next();
        }

        @Override
        public List<Book> next(int count) {
          List<Book> next = new ArrayList<>();
          Optional<Book> book;
          while ((book = right.next()).isPresent()) {
            if (next.size() == count) {
              break;
            }
            next.add(book.get());
          }
          return next;
        }

        @Override
        public List<Book> rest() {
          return right.rest();
        }

        @Override
        public void close() {
          right.close();
        }
      };
    }
  }

  @Mistake(
      exercise = "3.5",
      violates = "The cursor keeps its connection until it is closed.",
      idea = "`withHandle`, as everywhere",
      because = """
          It closes the handle when the callback returns, and the result with it. The cursor
          that comes out has nothing to read from: 55000.""",
      instead = "`open()`, and the cursor's `close()` closes the handle.",
      rejectedBy = "one_then_some_then_the_rest_share_one_position",
      says = "Connections that an open cursor has",
      earns = 0)
  static class EscapesItsHandle extends ReferenceCatalogue {
    @Override
    public BookCursor openCursor(Jdbi jdbi) {
      return jdbi.withHandle(
          handle -> {
            ResultIterator<Book> books = query(handle).iterator();
            return new Over(books, books::close);
          });
    }
  }

  @Mistake(
      exercise = "3.5",
      violates = "Gives back the connection.",
      idea = "Closing the iterator closes everything",
      because = """
          It closes the statement and its result. The handle, and with it the connection, stays
          open.""",
      instead = "Close the handle: the rest closes with it.",
      rejectedBy = "a_cursor_lets_go_of_its_connection",
      says = "Connections still in use after close()",
      earns = 1)
  static class ClosesTheIterator extends ReferenceCatalogue {
    @Override
    public BookCursor openCursor(Jdbi jdbi) {
      ResultIterator<Book> books = query(jdbi.open()).iterator();
      return new Over(books, books::close);
    }
  }

  @Mistake(
      exercise = "3.5",
      violates = "If the query fails, this method throws, and nothing is left open.",
      idea = "What is not open yet need not be closed",
      because = """
          The handle is open before the query runs. If the query fails, nobody has a cursor
          to close, and the connection stays.""",
      instead = "Catch, close the handle, and throw again.",
      rejectedBy = "a_cursor_lets_go_of_its_connection",
      says = "Connections still in use",
      earns = 3,
      detail = true)
  static class LeaksOnFailure extends ReferenceCatalogue {
    @Override
    public BookCursor openCursor(Jdbi jdbi) {
      Handle handle = jdbi.open();
      return new Over(query(handle).iterator(), handle::close);
    }
  }
}
