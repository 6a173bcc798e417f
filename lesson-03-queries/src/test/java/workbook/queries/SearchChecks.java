package workbook.queries;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import workbook.grading.Check;
import workbook.grading.FreshDatabase;
import workbook.queries.Catalogue.Book;
import workbook.queries.Catalogue.NewBook;

/** The checks of exercises 3.3 and 3.4: searching, and adding in batches. */
abstract class SearchChecks extends TableChecks {
  @Check(exercise = "3.3", points = 1)
  void titles_that_contain_the_text_come_in_order(FreshDatabase database)
      throws SQLException {
    Library.stocked(database);
    database.execute(
        "INSERT INTO books (title, author) VALUES ('Carmilla', 'Another')");

    List<Book> found = answer().search(database.dataSource(), "a");

    assertThat(found)
        .as("search(\"a\") among Emma, Dracula, Persuasion, Beowulf, Carmilla"
            + " and another Carmilla: by title, then by id")
        .containsExactly(
            new Book(5, "Carmilla", "Le Fanu", "horror", 1872),
            new Book(6, "Carmilla", "Another", null, null),
            new Book(2, "Dracula", "Stoker", "horror", 1897),
            new Book(1, "Emma", "Austen", "novel", 1815),
            new Book(3, "Persuasion", "Austen", "novel", 1817));
  }

  @Check(exercise = "3.3", points = 1)
  void percent_underscore_and_backslash_stand_for_themselves(
      FreshDatabase database) throws SQLException {
    Library.empty(database);
    database.execute(
        "INSERT INTO books (title, author) SELECT t, 'x' FROM unnest(ARRAY["
            + "'100% Cotton', '1001 Nights', 'snake_case', 'snake case',"
            + " 'C:\\books', 'C:\\%', 'C:books']) AS t");

    assertThat(titles(database, "100%"))
        .as("search(\"100%\"): a per cent sign is no wildcard here")
        .containsExactly("100% Cotton");
    assertThat(titles(database, "e_c"))
        .as("search(\"e_c\"): an underscore is no wildcard here")
        .containsExactly("snake_case");
    assertThat(titles(database, ":\\"))
        .as("search of a colon and a backslash: it escapes nothing here")
        .containsExactly("C:\\%", "C:\\books");
    assertThat(titles(database, "\\%"))
        .as("search of a backslash and a per cent sign: both as they are")
        .containsExactly("C:\\%");
  }

  @Check(exercise = "3.3", points = 1)
  void what_is_typed_is_never_sql(FreshDatabase database)
      throws SQLException {
    Library.stocked(database);
    database.execute("UPDATE books SET title = 'O''Hara''s' WHERE id = 3");
    StatementLog log = new StatementLog(database.dataSource());

    assertThat(answer().search(log.dataSource(), "O'Hara"))
        .as("search(\"O'Hara\")")
        .extracting(Book::title)
        .containsExactly("O'Hara's");
    assertThat(answer().search(log.dataSource(), "' OR '1' = '1"))
        .as("search(\"' OR '1' = '1\"): no title contains this")
        .isEmpty();
    answer().search(log.dataSource(), "'; DROP TABLE books CASCADE; --");

    assertThat(database.value("SELECT to_regclass('books')"))
        .as("The table after search(\"'; DROP TABLE books CASCADE; --\")")
        .isEqualTo("books");
    assertThat(log.sent())
        .as("The SQL that was sent: ? stands where the text goes")
        .noneMatch(sql -> sql.contains("Hara"));
  }

  @Check(exercise = "3.3", points = 1)
  void a_year_that_is_unknown_is_null_and_not_0(FreshDatabase database)
      throws SQLException {
    Library.stocked(database);

    assertThat(answer().search(database.dataSource(), "Beowulf"))
        .as("search(\"Beowulf\"), whose year is NULL in the table")
        .containsExactly(new Book(4, "Beowulf", "unknown", "poem", null));
  }

  @Check(exercise = "3.4", points = 1)
  void many_books_make_one_batch(FreshDatabase database) throws SQLException {
    Library.empty(database);
    StatementLog log = new StatementLog(database.dataSource());

    answer().addBooks(log.dataSource(), books(500));

    assertThat(
            database.rows(
                "SELECT count(*), count(DISTINCT title), count(genre),"
                    + " sum(published) FROM books"))
        .as("Rows, different titles, genres and the sum of the years in books")
        .containsExactly(List.of("500", "500", "500", "125250"));
    assertThat(log.sent().size())
        .as(
            "Times that something was sent to the server for 500 books: collect"
                + " them, then send them together")
        .isEqualTo(1);
  }

  @Check(exercise = "3.4", points = 1)
  void the_count_is_right_when_the_driver_rewrites_batches(
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

  private List<String> titles(FreshDatabase database, String text)
      throws SQLException {
    DataSource dataSource = database.dataSource();
    return answer().search(dataSource, text).stream().map(Book::title).toList();
  }

  private static List<NewBook> books(int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(n -> new NewBook("It's no. " + n, "Somebody", "some", n))
        .toList();
  }
}
