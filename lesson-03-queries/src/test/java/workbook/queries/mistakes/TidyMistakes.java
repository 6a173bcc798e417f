package workbook.queries.mistakes;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import workbook.grading.proofs.Alternative;
import workbook.grading.proofs.Mistake;
import workbook.queries.Catalogue.Tidied;
import workbook.queries.reference.ReferenceCatalogue;

/** Exercise 3.7: counting what was changed. */
final class TidyMistakes {
  private TidyMistakes() {}

  private static int rename(Handle handle, String genre, String newGenre) {
    return handle
        .createUpdate("UPDATE books SET genre = :newGenre WHERE genre = :genre")
        .bind("genre", genre)
        .bind("newGenre", newGenre)
        .execute();
  }

  @Mistake(
      exercise = "3.7",
      idea = "A `DELETE` that does not throw has removed something",
      because = "It also succeeds when it finds no row. The count says 0.",
      instead = "Look at what `execute()` returns.",
      rejectedBy = "what_is_not_there_counts_as_nothing",
      says = "What tidy says for a genre no book has",
      earns = 2)
  static class AssumesRemoved extends ReferenceCatalogue {
    @Override
    public Tidied tidy(Jdbi jdbi, String genre, String newGenre, long bookId) {
      return jdbi.withHandle(
          handle -> {
            int renamed = rename(handle, genre, newGenre);
            handle.execute("DELETE FROM books WHERE id = ?", bookId);
            return new Tidied(renamed, true);
          });
    }
  }

  @Mistake(
      exercise = "3.7",
      idea = "Catch the refusal: then the book was not removed",
      because = """
          `false` means "no such book". Here there is one, and somebody has it at home; the
          caller will never know.""",
      instead = "Let the exception through, with its 23503.",
      rejectedBy = "a_refusal_to_remove_a_lent_book_is_not_hidden",
      says = "the caller has to hear of it",
      earns = 2)
  static class HidesTheRefusal extends ReferenceCatalogue {
    @Override
    public Tidied tidy(Jdbi jdbi, String genre, String newGenre, long bookId) {
      return jdbi.withHandle(
          handle -> {
            int renamed = rename(handle, genre, newGenre);
            try {
              int removed = handle.execute("DELETE FROM books WHERE id = ?", bookId);
              return new Tidied(renamed, removed == 1);
            } catch (JdbiException e) {
              return new Tidied(renamed, false);
            }
          });
    }
  }

  @Mistake(
      exercise = "3.7",
      idea = "Remove the loans first: then the book can go",
      because = "The server refused for a reason. Now it is forgotten who has the book.",
      instead = "What a loan names stays.",
      rejectedBy = "a_refusal_to_remove_a_lent_book_is_not_hidden",
      says = "so the server refuses to remove it",
      earns = 2)
  static class RemovesTheLoans extends ReferenceCatalogue {
    @Override
    public Tidied tidy(Jdbi jdbi, String genre, String newGenre, long bookId) {
      jdbi.useHandle(handle -> handle.execute("DELETE FROM loans WHERE book_id = ?", bookId));
      return super.tidy(jdbi, genre, newGenre, bookId);
    }
  }

  @Mistake(
      exercise = "3.7",
      idea = "Count the books of the new genre afterwards",
      because = """
          Some may have had that genre before. And between the two statements others may write.""",
      instead = "`execute()` returns how many rows this statement changed.",
      rejectedBy = "what_is_not_there_counts_as_nothing",
      says = "What tidy says for a genre no book has")
  static class CountsAfterwards extends ReferenceCatalogue {
    @Override
    public Tidied tidy(Jdbi jdbi, String genre, String newGenre, long bookId) {
      return jdbi.withHandle(
          handle -> {
            rename(handle, genre, newGenre);
            int renamed =
                handle
                    .createQuery("SELECT count(*) FROM books WHERE genre IS NOT NULL")
                    .mapTo(int.class)
                    .one();
            int removed = handle.execute("DELETE FROM books WHERE id = ?", bookId);
            return new Tidied(renamed, removed == 1);
          });
    }
  }

  @Mistake(
      exercise = "3.7",
      idea = "`define` fills in a value as `bind` does",
      because = """
          `define` puts the text into the SQL, quotes and all that is in it. It is for what
          cannot be bound, such as a table's name, and never for what somebody typed.""",
      instead = "`bind`.",
      rejectedBy = "what_is_not_there_counts_as_nothing",
      says = "What tidy says for a genre no book has",
      earns = 2)
  static class Defines extends ReferenceCatalogue {
    @Override
    public Tidied tidy(Jdbi jdbi, String genre, String newGenre, long bookId) {
      return jdbi.withHandle(
          handle -> {
            int renamed =
                handle
                    .createUpdate("UPDATE books SET genre = :newGenre WHERE genre = <genre>")
                    .define("genre", "'" + genre + "'")
                    .bind("newGenre", newGenre)
                    .execute();
            int removed = handle.execute("DELETE FROM books WHERE id = ?", bookId);
            return new Tidied(renamed, removed == 1);
          });
    }
  }

  @Mistake(
      exercise = "3.7",
      idea = "Both statements in one transaction",
      because = """
          The refusal then takes the rename back. That is often what one wants (see lesson 4),
          but here the contract says that each statement stands for itself.""",
      instead = "`withHandle`: each statement is saved at once.",
      rejectedBy = "a_refusal_to_remove_a_lent_book_is_not_hidden",
      says = "each statement stands for itself",
      earns = 2)
  static class InOneTransaction extends ReferenceCatalogue {
    @Override
    public Tidied tidy(Jdbi jdbi, String genre, String newGenre, long bookId) {
      return jdbi.inTransaction(
          handle -> {
            int renamed = rename(handle, genre, newGenre);
            int removed = handle.execute("DELETE FROM books WHERE id = ?", bookId);
            return new Tidied(renamed, removed == 1);
          });
    }
  }

  @Alternative(
      exercise = "3.7",
      idea = "Rows that `RETURNING` brings back, counted.")
  static class WithReturning extends ReferenceCatalogue {
    @Override
    public Tidied tidy(Jdbi jdbi, String genre, String newGenre, long bookId) {
      return jdbi.withHandle(
          handle ->
              new Tidied(
                  handle
                      .select(
                          "UPDATE books SET genre = ? WHERE genre = ? RETURNING id",
                          newGenre,
                          genre)
                      .mapTo(long.class)
                      .list()
                      .size(),
                  handle
                      .select("DELETE FROM books WHERE id = ? RETURNING id", bookId)
                      .mapTo(long.class)
                      .findFirst()
                      .isPresent()));
    }
  }
}
