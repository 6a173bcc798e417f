package workbook.queries.mistakes;

import java.sql.SQLException;
import java.text.Normalizer;
import org.jdbi.v3.core.Jdbi;
import workbook.grading.proofs.Mistake;
import workbook.queries.Catalogue.Tidied;
import workbook.queries.reference.ReferenceCatalogue;

/** Exercise 3.7: whose refusal it is, who waits, and what is stored. */
final class TidyServerMistakes {
  private static final String LENT = "SELECT count(*) FROM loans WHERE book_id = ?";

  private TidyServerMistakes() {}

  @Mistake(
      exercise = "3.7",
      violates = "Create none yourself in its place",
      idea = "Look for loans first, and throw a 23503 of your own",
      because = """
          A loan may come between the look and the `DELETE`. And the server says more: which
          rule, which table.""",
      instead = "Send the `DELETE`, and let the refusal pass.",
      rejectedBy = "a_refusal_to_remove_a_lent_book_is_not_hidden",
      says = "the server has thrown none",
      earns = 2,
      detail = true)
  static class LooksForLoans extends ReferenceCatalogue {
    @Override
    public Tidied tidy(Jdbi jdbi, String genre, String newGenre, long bookId) {
      return jdbi.withHandle(
          handle -> {
            int renamed = TidyMistakes.rename(handle, genre, newGenre);
            if (TidyMistakes.count(handle, LENT, bookId) > 0) {
              throw new IllegalStateException(new SQLException("A loan names it.", "23503"));
            }
            return new Tidied(renamed, TidyMistakes.remove(handle, bookId) == 1);
          });
    }
  }

  @Mistake(
      exercise = "3.7",
      violates = "The books renamed are those with exactly this genre",
      idea = "`SKIP LOCKED`: wait for no other session",
      because = """
          A book that another session holds for a moment keeps its old genre, and no error
          tells.""",
      instead = "A plain `UPDATE` waits, and then looks again.",
      rejectedBy = "a_genre_is_renamed_and_a_book_removed",
      says = "commits that while tidy waits for it",
      earns = 1)
  static class SkipsLocked extends ReferenceCatalogue {
    @Override
    public Tidied tidy(Jdbi jdbi, String genre, String newGenre, long bookId) {
      String update =
          "UPDATE books SET genre = ? WHERE id IN"
              + " (SELECT id FROM books WHERE genre = ? FOR UPDATE SKIP LOCKED)";
      return jdbi.withHandle(
          handle ->
              new Tidied(
                  handle.execute(update, newGenre, genre),
                  TidyMistakes.remove(handle, bookId) == 1));
    }
  }

  @Mistake(
      exercise = "3.7",
      violates = "newGenre its new name, another one, never null; stored as it is",
      idea = "An empty name is no name: `NULLIF`",
      because = "It is a name like any other, and it was given.",
      instead = "The value as it is.",
      rejectedBy = "a_genre_is_renamed_and_a_book_removed",
      says = "Books with the new genre \"\"",
      earns = 1)
  static class EmptyIsNone extends ReferenceCatalogue {
    @Override
    public Tidied tidy(Jdbi jdbi, String genre, String newGenre, long bookId) {
      return super.tidy(jdbi, genre, newGenre.isEmpty() ? null : newGenre, bookId);
    }
  }

  @Mistake(
      exercise = "3.7",
      violates = "stored as it is",
      idea = "Unicode normal form for the new name",
      because = "An e with an accent can be one character or two; the name was given with two.",
      instead = "The value as it is.",
      rejectedBy = "a_genre_is_renamed_and_a_book_removed",
      says = "Books with the new genre, which has",
      earns = 1)
  static class NormalForm extends ReferenceCatalogue {
    @Override
    public Tidied tidy(Jdbi jdbi, String genre, String newGenre, long bookId) {
      String normal = Normalizer.normalize(newGenre, Normalizer.Form.NFC);
      return super.tidy(jdbi, genre, normal, bookId);
    }
  }

  @Mistake(
      exercise = "3.7",
      violates = "removes one book",
      idea = "No book has a number below 1",
      because = "The column takes one, and only the server knows its rows.",
      instead = "Ask the server.",
      rejectedBy = "a_genre_is_renamed_and_a_book_removed",
      says = "and the book -3",
      earns = 1)
  static class PositiveIds extends ReferenceCatalogue {
    @Override
    public Tidied tidy(Jdbi jdbi, String genre, String newGenre, long bookId) {
      return bookId > 0
          ? super.tidy(jdbi, genre, newGenre, bookId)
          : new Tidied(jdbi.withHandle(h -> TidyMistakes.rename(h, genre, newGenre)), false);
    }
  }
}
