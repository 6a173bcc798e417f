package workbook.queries.mistakes;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;
import workbook.grading.proofs.Mistake;
import workbook.queries.Catalogue.Book;
import workbook.queries.Catalogue.BookCursor;
import workbook.queries.reference.ReferenceCatalogue;

/** Exercise 3.5: what moves the position, and how it ends. */
final class CursorPositionMistakes {
  private CursorPositionMistakes() {}

  @Mistake(
      exercise = "3.5",
      violates = "0 does not move the position",
      idea = "`do ... while`: there is always a next one",
      because = "`next(0)` takes a book that was not asked for, and the caller never sees it.",
      instead = "Look at the count first.",
      rejectedBy = "one_then_some_then_the_rest_share_one_position",
      says = "Books of next(0)",
      earns = 2)
  static class ZeroTakesOne extends ReferenceCatalogue {
    @Override
    public BookCursor openCursor(Jdbi jdbi) {
      BookCursor right = super.openCursor(jdbi);
      return new Changed(right) {
        @Override
        public List<Book> next(int count) {
          List<Book> next = new ArrayList<>();
          Optional<Book> book;
          do {
            book = right.next();
            book.ifPresent(next::add);
          } while (next.size() < count && book.isPresent());
          return next;
        }
      };
    }
  }

  @Mistake(
      exercise = "3.5",
      violates = "The next books, at most so many",
      idea = "`new ArrayList<>(count)` saves time",
      because = """
          `next(Integer.MAX_VALUE)` is a way to ask for all, and no memory holds so many
          places.""",
      instead = "A list grows by itself.",
      rejectedBy = "one_query_serves_the_whole_cursor",
      says = "all memory",
      earns = 3,
      detail = true)
  static class ReservesSpace extends ReferenceCatalogue {
    @Override
    public BookCursor openCursor(Jdbi jdbi) {
      BookCursor right = super.openCursor(jdbi);
      return new Changed(right) {
        @Override
        public List<Book> next(int count) {
          List<Book> next = new ArrayList<>(count);
          next.addAll(right.next(count));
          return next;
        }
      };
    }
  }

  @Mistake(
      exercise = "3.5",
      violates = "Several cursors may be open at once, each with a position of its own.",
      idea = "Use one list again and again",
      because = "The list that the caller got changes under their hands with the next call.",
      instead = "A new list for each call.",
      rejectedBy = "one_then_some_then_the_rest_share_one_position",
      says = "looked at again later",
      earns = 2)
  static class OneListForAll extends ReferenceCatalogue {
    @Override
    public BookCursor openCursor(Jdbi jdbi) {
      BookCursor right = super.openCursor(jdbi);
      return new Changed(right) {
        private final List<Book> next = new ArrayList<>();

        @Override
        public List<Book> next(int count) {
          next.clear();
          next.addAll(right.next(count));
          return next;
        }
      };
    }
  }

  @Mistake(
      exercise = "3.5",
      violates = "The next book; empty after the last, however often it is asked.",
      idea = "`iterator.next()` is the next book",
      because = "Behind the last there is none, and it throws NoSuchElementException.",
      instead = "`hasNext()` first, or an empty `Optional`.",
      rejectedBy = "one_query_serves_the_whole_cursor",
      says = "next(), after the last book",
      earns = 1)
  static class ThrowsAtTheEnd extends ReferenceCatalogue {
    @Override
    public BookCursor openCursor(Jdbi jdbi) {
      BookCursor right = super.openCursor(jdbi);
      return new Changed(right) {
        @Override
        public Optional<Book> next() {
          return Optional.of(right.next().orElseThrow());
        }
      };
    }
  }

  @Mistake(
      exercise = "3.5",
      violates = "The next book; empty after the last, however often it is asked.",
      idea = "null says that there is none",
      because = "The caller was promised an `Optional`, and calls a method of null.",
      instead = "`Optional.empty()`.",
      rejectedBy = "one_query_serves_the_whole_cursor",
      says = "next(), after the last book",
      earns = 1)
  static class NullAtTheEnd extends ReferenceCatalogue {
    @Override
    public BookCursor openCursor(Jdbi jdbi) {
      BookCursor right = super.openCursor(jdbi);
      return new Changed(right) {
        @Override
        public Optional<Book> next() {
          Optional<Book> next = right.next();
          return next.isPresent() ? next : null;
        }
      };
    }
  }

  @Mistake(
      exercise = "3.5",
      violates = "All books not seen yet; none after the last.",
      idea = "The rest is what is in the table and was not shown",
      because = "It is another query, of another table: what was added since then shows, too.",
      instead = "Read on in the same result.",
      rejectedBy = "one_then_some_then_the_rest_share_one_position",
      says = "rest()",
      earns = 1)
  static class RestOfTheTable extends ReferenceCatalogue {
    @Override
    public BookCursor openCursor(Jdbi jdbi) {
      BookCursor right = super.openCursor(jdbi);
      return new Changed(right) {
        private final List<Book> seen = new ArrayList<>();

        @Override
        public Optional<Book> next() {
          Optional<Book> next = right.next();
          next.ifPresent(seen::add);
          return next;
        }

        @Override
        public List<Book> next(int count) {
          List<Book> next = right.next(count);
          seen.addAll(next);
          return next;
        }

        @Override
        public List<Book> rest() {
          List<Book> all = jdbi.withHandle(handle -> CursorMistakes.query(handle).list());
          all.removeAll(Set.copyOf(seen));
          seen.addAll(all);
          return all;
        }
      };
    }
  }

  @Mistake(
      exercise = "3.5",
      violates = "Closing it again does nothing; after that, nothing else is asked of it.",
      idea = "Nobody closes twice",
      because = "try-with-resources does, behind a caller who has closed already.",
      instead = "A second `close()` does nothing.",
      rejectedBy = "a_cursor_lets_go_of_its_connection",
      says = "close() of a cursor that is closed already",
      earns = 3,
      detail = true)
  static class ClosesOnce extends ReferenceCatalogue {
    @Override
    public BookCursor openCursor(Jdbi jdbi) {
      BookCursor right = super.openCursor(jdbi);
      return new Changed(right) {
        private boolean closed;

        @Override
        public void close() {
          if (closed) {
            throw new IllegalStateException("The cursor is closed.");
          }
          closed = true;
          right.close();
        }
      };
    }
  }

  @Mistake(
      exercise = "3.5",
      violates = "it is the caller's to close",
      idea = "Close when the last book was read",
      because = "A caller who has seen enough closes before the end, and the connection stays.",
      instead = "`close()` closes, wherever the position is.",
      rejectedBy = "a_cursor_lets_go_of_its_connection",
      says = "Connections still in use after close()",
      earns = 1)
  static class ClosesAtTheEnd extends ReferenceCatalogue {
    @Override
    public BookCursor openCursor(Jdbi jdbi) {
      BookCursor right = super.openCursor(jdbi);
      return new Changed(right) {
        @Override
        public void close() {
          if (right.next().isEmpty()) {
            right.close();
          }
        }
      };
    }
  }
}
