package workbook.queries.mistakes;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
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

  private static int remove(Handle handle, long bookId) {
    return handle.execute("DELETE FROM books WHERE id = ?", bookId);
  }

  private static int count(Handle handle, String query, Object value) {
    return handle.select(query, value).mapTo(int.class).one();
  }

  @Mistake(
      exercise = "3.7",
      violates = "whether this call removed the book",
      idea = "A `DELETE` that does not throw has removed something",
      because = "It also succeeds when it finds no row. The count says 0.",
      instead = "Look at what `execute()` returns.",
      rejectedBy = "a_genre_is_renamed_and_a_book_removed",
      says = "a book that is gone",
      earns = 1)
  static class AssumesRemoved extends ReferenceCatalogue {
    @Override
    public Tidied tidy(Jdbi jdbi, String genre, String newGenre, long bookId) {
      return jdbi.withHandle(
          handle -> {
            int renamed = rename(handle, genre, newGenre);
            remove(handle, bookId);
            return new Tidied(renamed, true);
          });
    }
  }

  @Mistake(
      exercise = "3.7",
      violates = "the server's refusal (23503) reaches the caller",
      idea = "Catch the refusal: then the book was not removed",
      because = """
          `false` means "no such book". Here there is one, and somebody has it at home; the
          caller will never know.""",
      instead = "Let the exception through, with its 23503.",
      rejectedBy = "a_refusal_to_remove_a_lent_book_is_not_hidden",
      says = "the caller has to hear of it",
      earns = 2,
      detail = true)
  static class HidesTheRefusal extends ReferenceCatalogue {
    @Override
    public Tidied tidy(Jdbi jdbi, String genre, String newGenre, long bookId) {
      return jdbi.withHandle(
          handle -> {
            int renamed = rename(handle, genre, newGenre);
            try {
              return new Tidied(renamed, remove(handle, bookId) == 1);
            } catch (JdbiException e) {
              return new Tidied(renamed, false);
            }
          });
    }
  }

  @Mistake(
      exercise = "3.7",
      violates = "if it has that SQLException among its causes",
      idea = "An exception of one's own says it better",
      because = """
          It may, if it keeps the server's as its cause. Without that the SQLSTATE is lost,
          and the table, and the name of the rule.""",
      instead = "Let the exception through, or pass it on as the cause.",
      rejectedBy = "a_refusal_to_remove_a_lent_book_is_not_hidden",
      says = "with SQLSTATE 23503",
      earns = 2,
      detail = true)
  static class OwnWords extends ReferenceCatalogue {
    @Override
    public Tidied tidy(Jdbi jdbi, String genre, String newGenre, long bookId) {
      try {
        return super.tidy(jdbi, genre, newGenre, bookId);
      } catch (JdbiException e) {
        throw new IllegalStateException("Book " + bookId + " is lent.");
      }
    }
  }

  @Mistake(
      exercise = "3.7",
      violates = "A book that a loan names cannot go",
      idea = "Remove the loans first: then the book can go",
      because = "The server refused for a reason. Now it is forgotten who has the book.",
      instead = "What a loan names stays.",
      rejectedBy = "a_refusal_to_remove_a_lent_book_is_not_hidden",
      says = "so the server refuses to remove it",
      earns = 2,
      detail = true)
  static class RemovesTheLoans extends ReferenceCatalogue {
    @Override
    public Tidied tidy(Jdbi jdbi, String genre, String newGenre, long bookId) {
      jdbi.useHandle(handle -> handle.execute("DELETE FROM loans WHERE book_id = ?", bookId));
      return super.tidy(jdbi, genre, newGenre, bookId);
    }
  }

  @Mistake(
      exercise = "3.7",
      violates = "how many books got the new genre",
      idea = "Count the books of the new genre afterwards",
      because = "Some had that genre before. And between the two statements others may write.",
      instead = "`execute()` returns how many rows this statement changed.",
      rejectedBy = "a_genre_is_renamed_and_a_book_removed",
      says = "What tidy says: three books were sci_fi",
      earns = 1)
  static class CountsAfterwards extends ReferenceCatalogue {
    @Override
    public Tidied tidy(Jdbi jdbi, String genre, String newGenre, long bookId) {
      return jdbi.withHandle(
          handle -> {
            rename(handle, genre, newGenre);
            int renamed = count(handle, "SELECT count(*) FROM books WHERE genre = ?", newGenre);
            return new Tidied(renamed, remove(handle, bookId) == 1);
          });
    }
  }

  @Mistake(
      exercise = "3.7",
      violates = "They are right even if others write at the same time",
      idea = "Count the books of the old genre first",
      because = """
          Between the two statements another session may add one. Then more were renamed than
          you say.""",
      instead = "`execute()` returns how many rows this statement changed.",
      rejectedBy = "a_genre_is_renamed_and_a_book_removed",
      says = "when other sessions are quick",
      earns = 1)
  static class CountsBefore extends ReferenceCatalogue {
    @Override
    public Tidied tidy(Jdbi jdbi, String genre, String newGenre, long bookId) {
      return jdbi.withHandle(
          handle -> {
            int renamed = count(handle, "SELECT count(*) FROM books WHERE genre = ?", genre);
            rename(handle, genre, newGenre);
            return new Tidied(renamed, remove(handle, bookId) == 1);
          });
    }
  }

  @Mistake(
      exercise = "3.7",
      violates = "whether the book was removed",
      idea = "Ask whether the book is there, then remove it",
      because = """
          Between the two statements another session may remove it, and then two say that they
          have.""",
      instead = "What `DELETE` returns: 1 or 0.",
      rejectedBy = "a_genre_is_renamed_and_a_book_removed",
      says = "when other sessions are quick",
      earns = 1)
  static class AsksFirst extends ReferenceCatalogue {
    @Override
    public Tidied tidy(Jdbi jdbi, String genre, String newGenre, long bookId) {
      return jdbi.withHandle(
          handle -> {
            int renamed = rename(handle, genre, newGenre);
            boolean there = count(handle, "SELECT count(*) FROM books WHERE id = ?", bookId) == 1;
            remove(handle, bookId);
            return new Tidied(renamed, there);
          });
    }
  }

  @Mistake(
      exercise = "3.7",
      violates = "those with exactly this genre",
      idea = "`define` fills in a value as `bind` does",
      because = """
          `define` puts the string into the SQL, quotes and all that is in it. It is for what
          cannot be bound, such as a table's name, and never for what somebody typed.""",
      instead = "`bind`.",
      rejectedBy = "a_genre_is_renamed_and_a_book_removed",
      says = "What tidy says for the genre x' OR '1' = '1",
      earns = 1)
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
            return new Tidied(renamed, remove(handle, bookId) == 1);
          });
    }
  }

  @Mistake(
      exercise = "3.7",
      violates = "% and _ stand for themselves",
      idea = "`LIKE` compares strings",
      because = """
          It compares with a pattern: `_` is any character in it, `%` any number of them.
          Books of other genres are renamed, too.""",
      instead = "`=`.",
      rejectedBy = "a_genre_is_renamed_and_a_book_removed",
      says = "What tidy says: three books were sci_fi",
      earns = 1)
  static class GenreLike extends ReferenceCatalogue {
    @Override
    public Tidied tidy(Jdbi jdbi, String genre, String newGenre, long bookId) {
      return jdbi.withHandle(
          handle -> {
            int renamed =
                handle.execute(
                    "UPDATE books SET genre = ? WHERE genre LIKE ?",
                    newGenre,
                    genre);
            return new Tidied(renamed, remove(handle, bookId) == 1);
          });
    }
  }

  @Mistake(
      exercise = "3.7",
      violates = "case and blanks count",
      idea = "Sci_Fi and sci_fi are the same genre",
      because = "To the table they are two.",
      instead = "`genre = :genre`, without `lower`.",
      rejectedBy = "a_genre_is_renamed_and_a_book_removed",
      says = "What tidy says: three books were sci_fi",
      earns = 1)
  static class GenreInAnyCase extends ReferenceCatalogue {
    @Override
    public Tidied tidy(Jdbi jdbi, String genre, String newGenre, long bookId) {
      return jdbi.withHandle(
          handle -> {
            int renamed =
                handle.execute(
                    "UPDATE books SET genre = ? WHERE lower(genre) = lower(?)",
                    newGenre,
                    genre);
            return new Tidied(renamed, remove(handle, bookId) == 1);
          });
    }
  }

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
      violates = "null is the genre of no book",
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
      violates = "If the rename is refused, no book is removed",
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
      says = "the server still sees 2 open connections",
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

  @Alternative(
      exercise = "3.7",
      idea = "`MERGE` for the rename, and a transaction for each statement.")
  static class WithMerge extends ReferenceCatalogue {
    @Override
    public Tidied tidy(Jdbi jdbi, String genre, String newGenre, long bookId) {
      int renamed =
          jdbi.inTransaction(
              handle ->
                  handle.execute(
                      "MERGE INTO books USING (SELECT ?::text AS old, ?::text AS new) AS names"
                          + " ON genre = old WHEN MATCHED THEN UPDATE SET genre = new",
                      genre,
                      newGenre));
      return new Tidied(renamed, jdbi.inTransaction(handle -> remove(handle, bookId)) > 0);
    }
  }

  @Alternative(
      exercise = "3.7",
      idea = "The rows locked first, and then counted: nobody can come in between.")
  static class WithLocks extends ReferenceCatalogue {
    @Override
    public Tidied tidy(Jdbi jdbi, String genre, String newGenre, long bookId) {
      int renamed = jdbi.withHandle(handle -> rename(handle, genre, newGenre));
      boolean removed =
          jdbi.inTransaction(
              handle -> {
                boolean there =
                    handle
                        .select("SELECT id FROM books WHERE id = ? FOR UPDATE", bookId)
                        .mapTo(long.class)
                        .findOne()
                        .isPresent();
                remove(handle, bookId);
                return there;
              });
      return new Tidied(renamed, removed);
    }
  }

  @Alternative(
      exercise = "3.7",
      idea = "JDBC on the handle's connection.")
  static class WithJdbc extends ReferenceCatalogue {
    @Override
    public Tidied tidy(Jdbi jdbi, String genre, String newGenre, long bookId) {
      try (Handle handle = jdbi.open();
          PreparedStatement rename =
              handle
                  .getConnection()
                  .prepareStatement("UPDATE books SET genre = ? WHERE genre = ?");
          PreparedStatement remove =
              handle.getConnection().prepareStatement("DELETE FROM books WHERE id = ?")) {
        rename.setString(1, newGenre);
        rename.setString(2, genre);
        int renamed = rename.executeUpdate();
        remove.setLong(1, bookId);
        return new Tidied(renamed, remove.executeUpdate() == 1);
      } catch (SQLException e) {
        throw new IllegalStateException("The catalogue could not be tidied.", e);
      }
    }
  }
}
