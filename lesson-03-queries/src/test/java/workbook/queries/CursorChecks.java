package workbook.queries;

import static org.assertj.core.api.Assertions.assertThat;
import static workbook.queries.Refused.assertRefused;
import static workbook.queries.Steps.step;

import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import workbook.grading.Check;
import workbook.grading.FreshDatabase;
import workbook.queries.Catalogue.Book;
import workbook.queries.Catalogue.BookCursor;

/** Exercise 3.5: one result, one position. */
interface CursorChecks {

  /** What another session does while a cursor is open. */
  String[] CHANGES = {
    "DELETE FROM loans",
    "DELETE FROM books WHERE title IN ('Dracula', 'No. 6')",
    "UPDATE books SET title = 'Zorro' WHERE title IN ('Carmilla', 'No. 7')",
    "INSERT INTO books (title, author) VALUES ('  Aardvark', 'x'), ('Emma', 'x'), ('No. 8', 'x')"
  };

  /** The answer to check, made anew. */
  Catalogue answer();

  @Check(exercise = "3.5", points = 2)
  default void one_then_some_then_the_rest_share_one_position(FreshDatabase database) {
    Library.stocked(database);
    database.execute(
        SearchChecks.many(SearchChecks.MOST),
        "ALTER TABLE books ALTER COLUMN id RESTART WITH 3000000000",
        "INSERT INTO books (title, author, published) VALUES ('Carmilla', 'Another', 0)",
        "UPDATE books SET title = 'Emma', genre = '' WHERE id = 4");
    List<Book> books = books(database);

    try (WatchedSource source = new WatchedSource(database.dataSource())) {
      Catalogue answer = answer();
      Jdbi jdbi = Jdbi.create(source.dataSource());
      try (BookCursor cursor = step("openCursor", () -> answer.openCursor(jdbi))) {
        assertThat(source.inUse())
            .as("Connections that an open cursor has: it keeps its own until it is closed")
            .isEqualTo(1);
        assertOne(cursor, Optional.of(books.get(0)), "called first: by title, then by id");
        assertNext(cursor, 0, List.of(), "called second: it takes none");
        // A query that is run again from here on finds other books.
        database.execute(CHANGES);
        List<Book> two =
            assertNext(
                cursor,
                2,
                books.subList(1, 3),
                "the third call: by title, then by id, from where next() stopped");
        assertThat(source.rowsRead())
            .as("Rows that were read for these three books, of %,d: a cursor reads on as it is"
                + " asked, and does not begin with a list", books.size())
            .isLessThan(books.size());
        assertOne(
            cursor,
            Optional.of(books.get(3)),
            "called fourth: no book may get lost after next(2)");
        assertOther(answer, jdbi);
        assertThat(source.inUse())
            .as("Connections in use after close() of a second cursor: that of the first one, which"
                + " is still open")
            .isEqualTo(1);
        assertNext(cursor, 130, books.subList(4, 134), "called after another cursor was used");
        assertThat(two)
            .as("The list that next(2) returned, looked at again later")
            .isEqualTo(books.subList(1, 3));
        assertNext(cursor, 5_003, books.subList(134, 5_137), "called for many");
        assertSame("rest()", books.subList(5_137, books.size()), step("rest()", cursor::rest));
        assertEnd(cursor);
        assertThat(source.limits())
            .as("Limits on how many books a cursor has: all books")
            .isEqualTo(List.of());
        assertThat(source.inUse())
            .as("Connections in use when a cursor is at its end: its own, until it is closed")
            .isEqualTo(1);
      }
      assertThat(source.inUse())
          .as("Connections still in use after both cursors were closed")
          .isZero();
      // For their order, fewer do.
      database.execute("TRUNCATE books, loans", SearchChecks.many(303));
      for (String collation : Library.COLLATIONS) {
        database.execute(Library.collate("title", collation));
        try (BookCursor cursor = step("openCursor", () -> answer.openCursor(jdbi))) {
          assertSame(
              "rest(), called first, of a third cursor: by title, as the server's ORDER BY title"
                  + " sorts, then by id",
              books(database),
              step("rest()", cursor::rest));
        }
      }
    }
  }

  @Check(exercise = "3.5", points = 1)
  default void one_query_serves_the_whole_cursor(FreshDatabase database) {
    Library.stocked(database);
    List<Book> books = books(database);

    try (WatchedSource source = new WatchedSource(database.dataSource())) {
      Jdbi jdbi = Jdbi.create(source.dataSource());
      try (BookCursor cursor = step("openCursor", () -> answer().openCursor(jdbi))) {
        database.execute("UPDATE books SET genre = 'changed'");
        assertNext(
            cursor,
            2,
            books.subList(0, 2),
            "of five books that were changed after openCursor, which does not show");
        database.execute(CHANGES);
        assertNext(
            cursor,
            Integer.MAX_VALUE,
            books.subList(2, 5),
            "after another session changed, removed and added books: what the query found");
        assertEnd(cursor);
      }
      List<String> queries =
          source.sent().stream()
              .filter(sql -> sql.matches("(?is)(?!fetch|move|close).*\\bbooks\\b.*"))
              .toList();
      assertThat(queries.size())
          .as("Queries sent for next(2), next(%s) and rest(): one, run once; sent were %s",
              Integer.MAX_VALUE, source.sent())
          .isLessThanOrEqualTo(1);
      database.execute("DELETE FROM books");
      try (BookCursor cursor = step("openCursor, no books", () -> answer().openCursor(jdbi))) {
        assertEnd(cursor);
      }
    }
  }

  @Check(exercise = "3.5", points = 1)
  default void a_cursor_lets_go_of_its_connection(FreshDatabase database) {
    Library.stocked(database);

    try (WatchedSource source = new WatchedSource(database.dataSource())) {
      Jdbi jdbi = Jdbi.create(source.dataSource());
      BookCursor cursor = step("openCursor", () -> answer().openCursor(jdbi));
      step("next()", cursor::next);
      cursor.close();
      assertThat(source.inUse())
          .as("Connections still in use after close() of a cursor that was not at its end")
          .isZero();
      step("close() of a cursor that is closed already", () -> closed(cursor));

      database.execute(Library.FAILS_LATE);
      assertRefused(
          "A title cannot be computed (a division by zero), and the caller has to hear of it",
          "22012",
          () -> readAll(jdbi));
      assertThat(source.inUse())
          .as("Connections still in use after the server failed at a row of the query (a division"
              + " by zero)")
          .isZero();
      database.execute(
          Library.FAILS_NO_LONGER, "ALTER TABLE books RENAME COLUMN author TO writer");
      readUntilItFails(jdbi);
      assertThat(source.inUse())
          .as("Connections still in use when books had no column author: when openCursor throws,"
              + " its caller has no cursor to close")
          .isZero();
      database.execute("ALTER TABLE books RENAME TO tomes");
      assertRefused(
          "There is no table books. openCursor is to run the query itself, so it is refused",
          "42P01",
          () -> answer().openCursor(jdbi));
      assertThat(source.inUse())
          .as("Connections still in use after the query failed, as the table books was gone: when"
              + " openCursor throws, its caller has no cursor to close")
          .isZero();
    }
  }

  private static void assertOther(Catalogue answer, Jdbi jdbi) {
    try (BookCursor other = step("a second openCursor", () -> answer.openCursor(jdbi))) {
      String first = step("next()", other::next).map(Book::title).orElse("nothing");
      assertThat(first)
          .as("The title of next() of a second cursor: it has a position of its own, and sees"
              + " what was added before it was opened")
          .isEqualTo("  Aardvark");
    }
  }

  private static void assertOne(BookCursor cursor, Optional<Book> wanted, String when) {
    Optional<Book> found = step("next(), " + when, cursor::next);
    assertThat(found).as("next(), %s", when).isEqualTo(wanted);
  }

  private static List<Book> assertNext(
      BookCursor cursor, int count, List<Book> wanted, String when) {
    String call = "next(%s), %s".formatted(count, when);
    List<Book> found = step(call, () -> cursor.next(count));
    assertSame(call, wanted, found);
    return found;
  }

  private static void assertSame(String call, List<Book> wanted, List<Book> found) {
    for (int i = 0; i < Math.min(wanted.size(), found.size()); i++) {
      if (!wanted.get(i).equals(found.get(i))) {
        assertThat(found.get(i)).as("Book %s of %s", i + 1, call).isEqualTo(wanted.get(i));
      }
    }
    assertThat(found.size()).as("Books of %s", call).isEqualTo(wanted.size());
  }

  private static void assertEnd(BookCursor cursor) {
    assertOne(cursor, Optional.empty(), "after the last book");
    assertNext(cursor, 3, List.of(), "after the last book");
    assertNext(cursor, 0, List.of(), "after the last book");
    assertSame("rest() after the last book", List.of(), step("rest() at the end", cursor::rest));
    assertOne(cursor, Optional.empty(), "after the last book, again");
  }

  private void readAll(Jdbi jdbi) {
    try (BookCursor cursor = answer().openCursor(jdbi)) {
      cursor.rest();
    }
  }

  // It may fail when the query runs, or when the first row becomes a book.
  private void readUntilItFails(Jdbi jdbi) {
    try (BookCursor cursor = answer().openCursor(jdbi)) {
      cursor.next();
    } catch (RuntimeException e) {
      return;
    }
    throw new AssertionError(
        "openCursor and next(), when books has no column author%nexpected: an exception%n"
            .formatted()
            + " but was: none");
  }

  private static Object closed(BookCursor cursor) {
    cursor.close();
    return null;
  }

  private static List<Book> books(FreshDatabase database) {
    return database.rows("SELECT * FROM books ORDER BY title, id").stream()
        .map(
            row ->
                new Book(
                    Long.parseLong(row.get(0)),
                    row.get(1),
                    row.get(2),
                    row.get(3),
                    row.get(4) == null ? null : Integer.valueOf(row.get(4))))
        .toList();
  }
}
