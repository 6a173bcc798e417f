package workbook.queries;

import static org.assertj.core.api.Assertions.assertThat;
import static workbook.grading.Errors.assertThrown;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import workbook.grading.Check;
import workbook.grading.FreshDatabase;
import workbook.queries.Catalogue.Book;
import workbook.queries.Catalogue.BookCursor;

/** Exercise 3.5: one result, one position. */
interface CursorChecks {

  /** The answer to check, made anew. */
  Catalogue answer();

  @Check(exercise = "3.5", points = 1)
  default void one_then_some_then_the_rest_share_one_position(FreshDatabase database) {
    Library.stocked(database);

    try (BookCursor cursor = answer().openCursor(Library.jdbi(database))) {
      assertThat(cursor.next())
          .as("next(), called first")
          .isEqualTo(
              Optional.of(new Book(4, "Beowulf", "unknown", "poem", null)));
      assertThat(cursor.next(2))
          .as("next(2), called second: it goes on where next() stopped")
          .isEqualTo(
              List.of(
                  new Book(5, "Carmilla", "Le Fanu", "horror", 1872),
                  new Book(2, "Dracula", "Stoker", "horror", 1897)));
      assertThat(cursor.next())
          .as("next(), called third: no book may get lost after next(2)")
          .isEqualTo(Optional.of(new Book(1, "Emma", "Austen", "novel", 1815)));
      assertThat(cursor.rest())
          .as("rest(), called last")
          .isEqualTo(
              List.of(new Book(3, "Persuasion", "Austen", "novel", 1817)));
    }
  }

  @Check(exercise = "3.5", points = 1)
  default void after_the_last_book_there_is_nothing(FreshDatabase database) {
    Library.stocked(database);

    try (BookCursor cursor = answer().openCursor(Library.jdbi(database))) {
      assertThat(cursor.next(99)).as("next(99) of five books").hasSize(5);
      assertThat(cursor.next()).as("next() after the last").isEqualTo(Optional.empty());
      assertThat(cursor.next(3)).as("next(3) after the last").isEqualTo(List.of());
      assertThat(cursor.rest()).as("rest() after the last").isEqualTo(List.of());
    }
  }

  @Check(exercise = "3.5", points = 1)
  default void one_query_serves_the_whole_cursor(FreshDatabase database) {
    Library.stocked(database);
    StatementLog log = new StatementLog(database.dataSource());

    List<Book> rest;
    try (BookCursor cursor =
        answer().openCursor(Jdbi.create(log.dataSource()))) {
      cursor.next(2);
      // Whoever asks again with OFFSET 2 now skips Dracula.
      database.execute(
          "DELETE FROM books WHERE id = 5",
          "INSERT INTO books (title, author) VALUES ('Zorro', 'McCulley')");
      rest = cursor.rest();
    }

    assertThat(rest)
        .as("rest() after next(2), while somebody removed the second book and"
            + " added Zorro: what the query found when it ran")
        .extracting(Book::title)
        .isEqualTo(List.of("Dracula", "Emma", "Persuasion"));
    assertThat(log.sent())
        .as("The statements sent for next(2) and rest(): one query, run once")
        .hasSize(1);
  }

  @Check(exercise = "3.5", points = 1)
  default void a_cursor_lets_go_of_its_connection(FreshDatabase database) {
    Library.stocked(database);
    Jdbi jdbi = Library.jdbi(database);

    BookCursor cursor = answer().openCursor(jdbi);
    cursor.next();
    cursor.close();
    assertThat(leftOpen(database))
        .as("Connections still open after close() of a cursor")
        .isZero();
    database.execute("ALTER TABLE books RENAME TO tomes");

    assertThrown(
        "the table books is gone, so the query fails",
        JdbiException.class,
        () -> {
          try (BookCursor noBooks = answer().openCursor(jdbi)) {
            noBooks.next();
          }
        });
    assertThat(leftOpen(database))
        .as("Connections still open after the query failed, as the table books"
            + " was gone: when openCursor throws, its caller has no cursor to"
            + " close")
        .isZero();
  }

  // The server needs a moment to notice that a client has hung up.
  private static int leftOpen(FreshDatabase database) {
    long end = System.nanoTime() + Duration.ofSeconds(1).toNanos();
    int open = database.sessions().size();
    while (open > 0 && System.nanoTime() < end) {
      LockSupport.parkNanos(Duration.ofMillis(2).toNanos());
      open = database.sessions().size();
    }
    return open;
  }
}
