package workbook.queries.mistakes;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import workbook.grading.proofs.Mistake;
import workbook.queries.Catalogue.Tidied;
import workbook.queries.reference.ReferenceCatalogue;

/** Exercise 3.7: counting what was changed. */
final class TidyMistakes {
  private TidyMistakes() {}

  static int rename(Handle handle, String genre, String newGenre) {
    return handle
        .createUpdate("UPDATE books SET genre = :newGenre WHERE genre = :genre")
        .bind("genre", genre)
        .bind("newGenre", newGenre)
        .execute();
  }

  static int remove(Handle handle, long bookId) {
    return handle.execute("DELETE FROM books WHERE id = ?", bookId);
  }

  static int count(Handle handle, String query, Object value) {
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
      violates = "if it has the SQLException among its causes",
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
}
