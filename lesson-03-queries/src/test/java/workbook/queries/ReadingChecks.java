package workbook.queries;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import workbook.grading.Check;
import workbook.grading.FreshDatabase;
import workbook.queries.Catalogue.Book;

/** Exercise 3.3: what a search finds. */
interface ReadingChecks {

  /** The answer to check, made anew. */
  Catalogue answer();

  @Check(exercise = "3.3", points = 1)
  default void titles_that_contain_the_text_come_in_order(FreshDatabase database)
      throws SQLException {
    Library.stocked(database);
    database.execute(
        "INSERT INTO books (title, author, genre, published)"
            + " VALUES ('Carmilla', 'Another', 'horror', 1872)",
        "UPDATE books SET genre = genre WHERE id = 5");

    List<Book> found = answer().search(database.dataSource(), "a");

    assertThat(found)
        .as("search(\"a\") among Emma, Dracula, Persuasion, Beowulf, Carmilla"
            + " and another Carmilla: by title, then by id")
        .isEqualTo(
            List.of(
                new Book(5, "Carmilla", "Le Fanu", "horror", 1872),
                new Book(6, "Carmilla", "Another", "horror", 1872),
                new Book(2, "Dracula", "Stoker", "horror", 1897),
                new Book(1, "Emma", "Austen", "novel", 1815),
                new Book(3, "Persuasion", "Austen", "novel", 1817)));
  }

  @Check(exercise = "3.3", points = 1)
  default void percent_underscore_and_backslash_stand_for_themselves(
      FreshDatabase database) throws SQLException {
    Library.empty(database);
    database.execute(
        "INSERT INTO books (title, author) SELECT t, 'x' FROM unnest(ARRAY["
            + "'100% Cotton', '1001 Nights', 'snake_case', 'snake case',"
            + " 'C:\\books', 'C:\\%', 'C:books']) AS t");

    assertThat(titles(database, "100%"))
        .as("search(\"100%\"): a per cent sign is no wildcard here")
        .isEqualTo(List.of("100% Cotton"));
    assertThat(titles(database, "e_c"))
        .as("search(\"e_c\"): an underscore is no wildcard here")
        .isEqualTo(List.of("snake_case"));
    assertThat(titles(database, ":\\"))
        .as("search(\":\\\\\") as Java writes it, a colon and one backslash: the"
            + " backslash is a character to find like any other")
        .isEqualTo(List.of("C:\\%", "C:\\books"));
    assertThat(titles(database, "\\%"))
        .as("search(\"\\\\%\") as Java writes it, one backslash and a per cent"
            + " sign: titles with just these two in a row")
        .isEqualTo(List.of("C:\\%"));
  }

  @Check(exercise = "3.3", points = 1)
  default void what_is_typed_is_never_sql(FreshDatabase database)
      throws SQLException {
    Library.stocked(database);
    database.execute("UPDATE books SET title = 'O''Hara''s' WHERE id = 3");
    StatementLog log = new StatementLog(database.dataSource());

    assertThat(answer().search(log.dataSource(), "O'Hara"))
        .as("search(\"O'Hara\")")
        .extracting(Book::title)
        .isEqualTo(List.of("O'Hara's"));
    assertThat(answer().search(log.dataSource(), "' OR '1' = '1"))
        .as("search(\"' OR '1' = '1\"): no title contains this")
        .isEqualTo(List.of());
    answer().search(log.dataSource(), "'; DROP TABLE books CASCADE; --");

    assertThat(database.value("SELECT to_regclass('books')"))
        .as("The table after search(\"'; DROP TABLE books CASCADE; --\")")
        .isEqualTo("books");
    assertThat(log.sentWith("Hara"))
        .as("SQL that was sent with the text in it: ? stands for a value")
        .isEqualTo(List.of());
  }

  @Check(exercise = "3.3", points = 1)
  default void a_year_that_is_unknown_is_null_and_not_0(FreshDatabase database)
      throws SQLException {
    Library.stocked(database);

    assertThat(answer().search(database.dataSource(), "Beowulf"))
        .as("search(\"Beowulf\"), whose year is NULL in the table")
        .isEqualTo(List.of(new Book(4, "Beowulf", "unknown", "poem", null)));
  }

  private List<String> titles(FreshDatabase database, String text)
      throws SQLException {
    DataSource dataSource = database.dataSource();
    return answer().search(dataSource, text).stream().map(Book::title).toList();
  }
}
