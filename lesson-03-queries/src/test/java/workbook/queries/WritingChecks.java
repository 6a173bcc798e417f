package workbook.queries;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import java.util.stream.IntStream;
import org.postgresql.ds.PGSimpleDataSource;
import workbook.grading.Check;
import workbook.grading.FreshDatabase;
import workbook.queries.Catalogue.NewBook;

/** Exercises 3.2 and 3.4: rows in. */
interface WritingChecks {

  /** A book that knows everything about itself. */
  NewBook EMMA = new NewBook("Emma", "Austen", "novel", 1815);

  /** The answer to check, made anew. */
  Catalogue answer();

  @Check(exercise = "3.2", points = 1)
  default void a_book_is_added_and_its_id_returned(FreshDatabase database)
      throws SQLException {
    Library.empty(database);
    // Whoever asks for the greatest id afterwards gets this one.
    database.execute(
        "ALTER TABLE books ALTER COLUMN id RESTART WITH 41",
        "INSERT INTO books (id, title, author) OVERRIDING SYSTEM VALUE"
            + " VALUES (1000, 'Dracula', 'Stoker')");

    long first = answer().addBook(database.dataSource(), EMMA);
    long second = answer().addBook(database.dataSource(), EMMA);

    assertThat(List.of(first, second))
        .as("The ids returned; this server was told to start at 41, and a book"
            + " from elsewhere has 1000 already")
        .isEqualTo(List.of(41L, 42L));
    assertThat(database.rows("SELECT * FROM books WHERE id < 1000 ORDER BY id"))
        .as("The rows added to books, seen from another connection")
        .isEqualTo(
            List.of(
                List.of("41", "Emma", "Austen", "novel", "1815"),
                List.of("42", "Emma", "Austen", "novel", "1815")));
  }

  @Check(exercise = "3.2", points = 1)
  default void values_travel_apart_from_the_sql(FreshDatabase database)
      throws SQLException {
    Library.empty(database);
    StatementLog log = new StatementLog(database.dataSource());

    answer().addBook(log.dataSource(), new NewBook("x'); DROP TABLE books; --", "O'Brien", "", 1));

    assertThat(database.rows("SELECT title, author, genre FROM books"))
        .as("The row of books: quotes and all, an empty genre empty, not NULL")
        .isEqualTo(List.of(List.of("x'); DROP TABLE books; --", "O'Brien", "")));
    assertThat(log.sentWith("Brien"))
        .as("SQL that was sent with the author in it: ? stands for a value")
        .isEqualTo(List.of());
  }

  @Check(exercise = "3.2", points = 1)
  default void an_unknown_genre_and_year_are_stored_as_null(FreshDatabase database)
      throws SQLException {
    Library.empty(database);

    NewBook book = new NewBook("Beowulf", "unknown", null, null);
    answer().addBook(database.dataSource(), book);

    assertThat(
            database.value(
                "SELECT concat_ws(' ', 'genre', genre IS NULL,"
                    + " 'published', published IS NULL) FROM books"))
        .as("Is the genre NULL, is the year NULL (t: yes, f: no)?")
        .isEqualTo("genre t published t");
  }

  @Check(exercise = "3.4", points = 1)
  default void many_books_make_one_batch(FreshDatabase database) throws SQLException {
    Library.empty(database);
    StatementLog log = new StatementLog(database.dataSource());

    answer().addBooks(log.dataSource(), books(100));

    assertThat(
            database.rows(
                "SELECT count(*), count(DISTINCT title), count(genre),"
                    + " sum(published) FROM books"))
        .as("Rows, different titles, genres and the sum of the years in books")
        .isEqualTo(List.of(List.of("100", "100", "100", "5050")));
    assertThat(log.sent().size())
        .as("Times that something was sent to the server for 100 books:"
            + " collect them, then send them together")
        .isEqualTo(1);
  }

  @Check(exercise = "3.4", points = 1)
  default void the_count_is_right_when_the_driver_rewrites_batches(
      FreshDatabase database) throws SQLException {
    Library.empty(database);
    PGSimpleDataSource rewriting = (PGSimpleDataSource) database.dataSource();
    rewriting.setReWriteBatchedInserts(true);

    assertThat(answer().addBooks(rewriting, books(100)))
        .as("Books added, of 100, with reWriteBatchedInserts=true")
        .isEqualTo(100);
    assertThat(answer().addBooks(database.dataSource(), books(3)))
        .as("Books added, of 3, without it")
        .isEqualTo(3);
    assertThat(answer().addBooks(rewriting, List.of()))
        .as("Books added, of none")
        .isZero();
  }

  private static List<NewBook> books(int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(n -> new NewBook("It's no. " + n, "Somebody", "some", n))
        .toList();
  }
}
