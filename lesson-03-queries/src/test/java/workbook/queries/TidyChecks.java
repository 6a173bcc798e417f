package workbook.queries;

import static org.assertj.core.api.Assertions.assertThat;
import static workbook.grading.Errors.assertThrown;

import java.util.List;
import org.jdbi.v3.core.JdbiException;
import workbook.grading.Check;
import workbook.grading.FreshDatabase;
import workbook.queries.Catalogue.Tidied;

/** Exercise 3.7: rows changed, and out. */
interface TidyChecks {

  /** The answer to check, made anew. */
  Catalogue answer();

  @Check(exercise = "3.7", points = 1)
  default void a_genre_is_renamed_and_a_book_removed(FreshDatabase database) {
    Library.stocked(database);

    Tidied tidied = answer().tidy(Library.jdbi(database), "horror", "gothic", 3);

    assertThat(tidied)
        .as("What tidy says: two books were horror, and book 3 was there")
        .isEqualTo(new Tidied(2, true));
    assertThat(database.rows("SELECT title, genre FROM books ORDER BY id"))
        .as("Titles and genres in books afterwards")
        .isEqualTo(
            List.of(
                List.of("Emma", "novel"),
                List.of("Dracula", "gothic"),
                List.of("Beowulf", "poem"),
                List.of("Carmilla", "gothic")));
  }

  @Check(exercise = "3.7", points = 1)
  default void what_is_not_there_counts_as_nothing(FreshDatabase database) {
    Library.stocked(database);
    String attack = "x' OR '1' = '1";

    Tidied tidied = answer().tidy(Library.jdbi(database), attack, "gothic", 99);

    assertThat(tidied)
        .as("What tidy says for a genre no book has and a book that is not"
            + " there")
        .isEqualTo(new Tidied(0, false));
    assertThat(
            database.value(
                "SELECT count(*) FROM books WHERE genre = 'gothic'"))
        .as("Books that became gothic")
        .isEqualTo("0");
    assertThat(answer().tidy(Library.jdbi(database), "poem", "O'de", 99))
        .as("What tidy says when only the genre is there")
        .isEqualTo(new Tidied(1, false));
  }

  @Check(exercise = "3.7", points = 1)
  default void a_refusal_to_remove_a_lent_book_is_not_hidden(FreshDatabase database) {
    Library.stocked(database);

    assertThrown(
        "a loan names book 2, so the server refuses to remove it, and the caller has to hear of it",
        JdbiException.class,
        () -> answer().tidy(Library.jdbi(database), "novel", "story", 2));

    assertThat(database.value("SELECT count(*) FROM books"))
        .as("Books afterwards")
        .isEqualTo("5");
    assertThat(database.value("SELECT count(*) FROM books WHERE genre = 'story'"))
        .as("Books renamed from novel to story before the refusal:"
            + " each statement stands for itself")
        .isEqualTo("2");
  }
}
