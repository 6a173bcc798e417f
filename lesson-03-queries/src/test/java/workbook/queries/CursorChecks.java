package workbook.queries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import workbook.grading.Check;
import workbook.grading.FreshDatabase;
import workbook.queries.Catalogue.AuthorCount;
import workbook.queries.Catalogue.Book;
import workbook.queries.Catalogue.BookCursor;
import workbook.queries.Catalogue.Tidied;

/** The checks of exercises 3.5 to 3.7: cursors, groups, counts of changes. */
abstract class CursorChecks extends SearchChecks {

  @Check(exercise = "3.5", points = 1)
  void one_then_some_then_the_rest_share_one_position(FreshDatabase database) {
    Library.stocked(database);

    try (BookCursor cursor = answer().openCursor(jdbi(database))) {
      assertThat(cursor.next())
          .as("next(), called first")
          .contains(new Book(4, "Beowulf", "unknown", "poem", null));
      assertThat(cursor.next(2))
          .as("next(2), called second: it goes on where next() stopped")
          .containsExactly(
              new Book(5, "Carmilla", "Le Fanu", "horror", 1872),
              new Book(2, "Dracula", "Stoker", "horror", 1897));
      assertThat(cursor.next())
          .as("next(), called third: no book may get lost after next(2)")
          .contains(new Book(1, "Emma", "Austen", "novel", 1815));
      assertThat(cursor.rest())
          .as("rest(), called last")
          .containsExactly(new Book(3, "Persuasion", "Austen", "novel", 1817));
    }
  }

  @Check(exercise = "3.5", points = 1)
  void after_the_last_book_there_is_nothing(FreshDatabase database) {
    Library.stocked(database);

    try (BookCursor cursor = answer().openCursor(jdbi(database))) {
      assertThat(cursor.next(99)).as("next(99) of five books").hasSize(5);
      assertThat(cursor.next()).as("next() after the last").isEmpty();
      assertThat(cursor.next(3)).as("next(3) after the last").isEmpty();
      assertThat(cursor.rest()).as("rest() after the last").isEmpty();
    }
  }

  @Check(exercise = "3.5", points = 1)
  void one_query_serves_the_whole_cursor(FreshDatabase database) {
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
        .containsExactly("Dracula", "Emma", "Persuasion");
    assertThat(log.sent())
        .as("The statements sent for next(2) and rest(): one query, run once")
        .hasSize(1);
  }

  @Check(exercise = "3.5", points = 1)
  void a_cursor_lets_go_of_its_connection(FreshDatabase database) {
    Library.stocked(database);
    Jdbi jdbi = jdbi(database);

    BookCursor cursor = answer().openCursor(jdbi);
    cursor.next();
    cursor.close();
    database.execute("ALTER TABLE books RENAME TO tomes");
    Throwable thrown =
        catchThrowable(() -> answer().openCursor(jdbi).next());

    // That nothing is left open, here or on the failing path, is seen by the
    // server after this check.
    assertThat(thrown)
        .as("What openCursor threw when there was no table books")
        .isInstanceOf(JdbiException.class);
  }

  @Check(exercise = "3.6", points = 1)
  void only_authors_with_more_books_are_found(FreshDatabase database) {
    Library.stocked(database);

    assertThat(answer().authorsWithMoreThan(jdbi(database), 1))
        .as("Authors with more than 1 book, and how many they have")
        .containsExactly(new AuthorCount("Austen", 2));
    assertThat(answer().authorsWithMoreThan(jdbi(database), 2))
        .as("Authors with more than 2 books: Austen has 2, not more")
        .isEmpty();
  }

  @Check(exercise = "3.6", points = 1)
  void authors_come_most_books_first_then_by_name(FreshDatabase database) {
    Library.stocked(database);

    assertThat(answer().authorsWithMoreThan(jdbi(database), 0))
        .as("Authors with more than 0 books, in order")
        .containsExactly(
            new AuthorCount("Austen", 2),
            new AuthorCount("Le Fanu", 1),
            new AuthorCount("Stoker", 1),
            new AuthorCount("unknown", 1));
  }

  @Check(exercise = "3.7", points = 1)
  void a_genre_is_renamed_and_a_book_removed(FreshDatabase database) {
    Library.stocked(database);

    Tidied tidied = answer().tidy(jdbi(database), "horror", "gothic", 3);

    assertThat(tidied)
        .as("What tidy says: two books were horror, and book 3 was there")
        .isEqualTo(new Tidied(2, true));
    assertThat(database.rows("SELECT title, genre FROM books ORDER BY id"))
        .as("Titles and genres in books afterwards")
        .containsExactly(
            List.of("Emma", "novel"),
            List.of("Dracula", "gothic"),
            List.of("Beowulf", "poem"),
            List.of("Carmilla", "gothic"));
  }

  @Check(exercise = "3.7", points = 1)
  void what_is_not_there_counts_as_nothing(FreshDatabase database) {
    Library.stocked(database);
    String attack = "x' OR '1' = '1";

    Tidied tidied = answer().tidy(jdbi(database), attack, "gothic", 99);

    assertThat(tidied)
        .as("What tidy says for a genre no book has and a book that is not there")
        .isEqualTo(new Tidied(0, false));
    assertThat(database.value("SELECT count(*) FROM books WHERE genre = 'gothic'"))
        .as("Books that became gothic")
        .isEqualTo("0");
    assertThat(answer().tidy(jdbi(database), "poem", "O'de", 99))
        .as("What tidy says when only the genre is there")
        .isEqualTo(new Tidied(1, false));
  }

  @Check(exercise = "3.7", points = 1)
  void a_refusal_to_remove_a_lent_book_is_not_hidden(FreshDatabase database) {
    Library.stocked(database);

    Throwable thrown =
        catchThrowable(() -> answer().tidy(jdbi(database), "none", "some", 2));

    assertThat(thrown)
        .as("What tidy threw for book 2, which a loan names: the server said no,"
            + " and the caller has to hear of it")
        .isInstanceOf(JdbiException.class);
    assertThat(database.value("SELECT count(*) FROM books"))
        .as("Books afterwards")
        .isEqualTo("5");
  }

  static Jdbi jdbi(FreshDatabase database) {
    return Jdbi.create(database.dataSource());
  }
}
