package workbook.queries;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import workbook.grading.Check;
import workbook.grading.FreshDatabase;
import workbook.queries.Catalogue.AuthorCount;

/** Exercise 3.6: authors and how many books they have. */
interface AuthorChecks {

  /** The answer to check, made anew. */
  Catalogue answer();

  @Check(exercise = "3.6", points = 1)
  default void only_authors_with_more_books_are_found(FreshDatabase database) {
    Library.stocked(database);

    assertThat(answer().authorsWithMoreThan(Library.jdbi(database), 1))
        .as("Authors with more than 1 book, and how many they have")
        .isEqualTo(List.of(new AuthorCount("Austen", 2)));
    assertThat(answer().authorsWithMoreThan(Library.jdbi(database), 2))
        .as("Authors with more than 2 books: Austen has 2, not more")
        .isEqualTo(List.of());
  }

  @Check(exercise = "3.6", points = 1)
  default void authors_come_most_books_first_then_by_name(FreshDatabase database) {
    Library.stocked(database);

    assertThat(answer().authorsWithMoreThan(Library.jdbi(database), 0))
        .as("Authors with more than 0 books, in order")
        .isEqualTo(
            List.of(
                new AuthorCount("Austen", 2),
                new AuthorCount("Le Fanu", 1),
                new AuthorCount("Stoker", 1),
                new AuthorCount("unknown", 1)));
  }
}
