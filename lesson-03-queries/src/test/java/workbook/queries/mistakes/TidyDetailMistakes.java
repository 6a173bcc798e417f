package workbook.queries.mistakes;

import static workbook.queries.mistakes.TidyMistakes.remove;
import static workbook.queries.mistakes.TidyMistakes.rename;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import workbook.grading.proofs.Mistake;
import workbook.queries.Catalogue.Tidied;
import workbook.queries.reference.ReferenceCatalogue;

/** Exercise 3.7: genres, ids and refusals. */
final class TidyDetailMistakes {
  private TidyDetailMistakes() {}

  @Mistake(
      exercise = "3.7",
      violates = "case and blanks count",
      idea = "Blanks around a genre mean nothing",
      because = "They make it another genre, which keeps its name.",
      instead = "`genre = :genre`, without `trim`.",
      rejectedBy = "a_genre_is_renamed_and_a_book_removed",
      says = "What tidy says: three books were sci_fi",
      earns = 1)
  static class TrimsTheGenre extends ReferenceCatalogue {
    @Override
    public Tidied tidy(Jdbi jdbi, String genre, String newGenre, long bookId) {
      return jdbi.withHandle(
          handle -> {
            int renamed =
                handle.execute(
                    "UPDATE books SET genre = ? WHERE trim(genre) = trim(?)",
                    newGenre,
                    genre);
            return new Tidied(renamed, remove(handle, bookId) == 1);
          });
    }
  }

  @Mistake(
      exercise = "3.7",
      violates = "null renames no book",
      idea = "A null genre means the books without a genre",
      because = """
          NULL says that the genre is unknown, not that it is the same for all of them. The
          contract has it like SQL: nothing is equal to NULL.""",
      instead = "`=`, which finds no row for NULL.",
      rejectedBy = "a_genre_is_renamed_and_a_book_removed",
      says = "What tidy says for the genre null",
      earns = 1)
  static class NullForNull extends ReferenceCatalogue {
    @Override
    public Tidied tidy(Jdbi jdbi, String genre, String newGenre, long bookId) {
      return jdbi.withHandle(
          handle -> {
            int renamed =
                handle.execute(
                    "UPDATE books SET genre = ? WHERE genre IS NOT DISTINCT FROM ?",
                    newGenre,
                    genre);
            return new Tidied(renamed, remove(handle, bookId) == 1);
          });
    }
  }

  @Mistake(
      exercise = "3.7",
      violates = "A genre or a book that is not there is no error",
      idea = "A null genre is a bug of the caller",
      because = "It is the genre of no book: nothing to rename, and no error.",
      instead = "No special case.",
      rejectedBy = "a_genre_is_renamed_and_a_book_removed",
      says = "genre is null",
      earns = 1)
  static class NullIsAnError extends ReferenceCatalogue {
    @Override
    public Tidied tidy(Jdbi jdbi, String genre, String newGenre, long bookId) {
      Objects.requireNonNull(genre, "genre is null");
      return super.tidy(jdbi, genre, newGenre, bookId);
    }
  }

  @Mistake(
      exercise = "3.7",
      violates = "A genre or a book that is not there is no error",
      idea = "Nothing to remove: say so with an exception",
      because = "The caller asked for the book to be gone, and gone it is. The count tells.",
      instead = "`removed` is false.",
      rejectedBy = "a_genre_is_renamed_and_a_book_removed",
      says = "No book",
      earns = 1)
  static class MissingIsAnError extends ReferenceCatalogue {
    @Override
    public Tidied tidy(Jdbi jdbi, String genre, String newGenre, long bookId) {
      Tidied tidied = super.tidy(jdbi, genre, newGenre, bookId);
      if (!tidied.removed()) {
        throw new IllegalStateException("No book " + bookId);
      }
      return tidied;
    }
  }

  @Mistake(
      exercise = "3.7",
      violates = "bookId the book to remove",
      idea = "An id is an int",
      because = """
          A `bigint` has 64 bits, an int 32. What is cut off makes it the id of another book.""",
      instead = "`long`, all the way.",
      rejectedBy = "a_genre_is_renamed_and_a_book_removed",
      says = "Titles and genres in books",
      earns = 1)
  static class CutsTheId extends ReferenceCatalogue {
    @Override
    public Tidied tidy(Jdbi jdbi, String genre, String newGenre, long bookId) {
      return super.tidy(jdbi, genre, newGenre, (int) bookId);
    }
  }

  @Mistake(
      exercise = "3.7",
      violates = "Renames a genre, then removes one book",
      idea = "The order of two statements does not matter",
      because = """
          A book of that genre is gone before the rename, so it is not counted. And a refused
          removal keeps the rename from being done.""",
      instead = "First rename, then remove.",
      rejectedBy = "a_genre_is_renamed_and_a_book_removed",
      says = "What tidy says: three books were sci_fi",
      earns = 0)
  static class RemovesFirst extends ReferenceCatalogue {
    @Override
    public Tidied tidy(Jdbi jdbi, String genre, String newGenre, long bookId) {
      return jdbi.withHandle(
          handle -> {
            int removed = remove(handle, bookId);
            return new Tidied(rename(handle, genre, newGenre), removed == 1);
          });
    }
  }

  @Mistake(
      exercise = "3.7",
      violates = "Each statement stands for itself",
      idea = "Both statements in one transaction",
      because = """
          The refusal then takes the rename back. That is often what one wants (see lesson 4),
          but here the contract says that each statement stands for itself.""",
      instead = "`withHandle`: each statement is saved at once.",
      rejectedBy = "a_refusal_to_remove_a_lent_book_is_not_hidden",
      says = "each statement stands for itself",
      earns = 2,
      detail = true)
  static class InOneTransaction extends ReferenceCatalogue {
    @Override
    public Tidied tidy(Jdbi jdbi, String genre, String newGenre, long bookId) {
      return jdbi.inTransaction(
          handle -> {
            int renamed = rename(handle, genre, newGenre);
            return new Tidied(renamed, remove(handle, bookId) == 1);
          });
    }
  }

  @Mistake(
      exercise = "3.7",
      violates = "If the rename is refused, no book is renamed and none is removed",
      idea = "`finally` sees to the second statement",
      because = """
          The rename has failed and the caller gets an exception. Nothing says that the book
          is gone, too.""",
      instead = "Two statements, one after the other.",
      rejectedBy = "a_refusal_to_remove_a_lent_book_is_not_hidden",
      says = "which was to be removed after the rename that was refused",
      earns = 2,
      detail = true)
  static class RemovesInAnyCase extends ReferenceCatalogue {
    @Override
    public Tidied tidy(Jdbi jdbi, String genre, String newGenre, long bookId) {
      return jdbi.withHandle(
          handle -> {
            int renamed = 0;
            int removed = 0;
            try {
              renamed = rename(handle, genre, newGenre);
            } finally {
              removed = remove(handle, bookId);
            }
            return new Tidied(renamed, removed == 1);
          });
    }
  }

  @Mistake(
      exercise = "3.7",
      violates = "Close what you open, on every path",
      idea = "A handle closes itself in the end",
      because = "It does not when the removal is refused: the exception passes by `close()`.",
      instead = "`withHandle`, or try-with-resources.",
      rejectedBy = "a_refusal_to_remove_a_lent_book_is_not_hidden",
      says = "What tidy, which the server refused, left open",
      earns = 2,
      detail = true)
  static class KeepsTheHandle extends ReferenceCatalogue {
    private final List<Handle> kept = new ArrayList<>();

    @Override
    public Tidied tidy(Jdbi jdbi, String genre, String newGenre, long bookId) {
      Handle handle = jdbi.open();
      kept.add(handle);
      int renamed = rename(handle, genre, newGenre);
      int removed = remove(handle, bookId);
      handle.close();
      return new Tidied(renamed, removed == 1);
    }
  }

  @Mistake(
      exercise = "3.7",
      violates = "Renames a genre",
      idea = "First the new name, then the old one",
      because = """
          In the SQL the new name comes first, in the contract the old one. With `?` nothing
          tells that they are exchanged.""",
      instead = "Names for the placeholders, or a second look.",
      rejectedBy = "a_genre_is_renamed_and_a_book_removed",
      says = "What tidy says: three books were sci_fi",
      earns = 0)
  static class Exchanged extends ReferenceCatalogue {
    @Override
    public Tidied tidy(Jdbi jdbi, String genre, String newGenre, long bookId) {
      return super.tidy(jdbi, newGenre, genre, bookId);
    }
  }
}
