package workbook.queries.mistakes;

import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import workbook.grading.proofs.Mistake;
import workbook.queries.Catalogue.Book;
import workbook.queries.Catalogue.BookCursor;
import workbook.queries.reference.ReferenceCatalogue;

/** Exercise 3.5: the end of a cursor, and errors on the way. */
final class CursorEndMistakes {
  private CursorEndMistakes() {}

  @Mistake(
      exercise = "3.5",
      violates = "The cursor keeps its connection until it is closed.",
      idea = "After the last book the connection can go",
      because = "The cursor is the caller's to close.",
      instead = "Close in `close()`.",
      rejectedBy = "one_then_some_then_the_rest_share_one_position",
      says = "Connections in use when a cursor is at its end",
      earns = 2)
  static class ClosesAtTheEnd extends ReferenceCatalogue {
    @Override
    public BookCursor openCursor(Jdbi jdbi) {
      return new Changed(super.openCursor(jdbi)) {
        private boolean done;

        @Override
        public Optional<Book> next() {
          return done ? Optional.empty() : super.next();
        }

        @Override
        public List<Book> next(int count) {
          return done ? List.of() : super.next(count);
        }

        @Override
        public List<Book> rest() {
          List<Book> rest = done ? List.of() : super.rest();
          done = true;
          close();
          return rest;
        }
      };
    }
  }

  @Mistake(
      exercise = "3.5",
      violates = "Errors of the server reach the caller as they are",
      idea = "If a FETCH fails, there are no more books",
      because = "The caller takes a part of the books for all.",
      instead = "Let the exception pass.",
      rejectedBy = "a_cursor_lets_go_of_its_connection",
      says = "A title cannot be computed",
      earns = 3,
      detail = true)
  static class TakesAnErrorForTheEnd extends ReferenceCatalogue {
    @Override
    public BookCursor openCursor(Jdbi jdbi) {
      Handle handle = jdbi.open();
      try {
        handle.begin();
        handle.execute("DECLARE c CURSOR FOR SELECT * FROM books ORDER BY title, id");
      } catch (RuntimeException e) {
        handle.close();
        throw e;
      }
      return new BookCursor() {
        private List<Book> fetch(String howMany) {
          try {
            String fetch = "FETCH " + howMany + " FROM c";
            return handle.createQuery(fetch).map(ConstructorMapper.of(Book.class)).list();
          } catch (JdbiException e) {
            return List.of();
          }
        }

        @Override
        public Optional<Book> next() {
          return fetch("NEXT").stream().findFirst();
        }

        @Override
        public List<Book> next(int count) {
          return count == 0 ? List.of() : fetch("FORWARD " + count);
        }

        @Override
        public List<Book> rest() {
          return fetch("ALL");
        }

        @Override
        public void close() {
          if (!handle.isClosed()) {
            handle.rollback();
            handle.close();
          }
        }
      };
    }
  }
}
