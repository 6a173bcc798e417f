package workbook.queries.mistakes;

import java.util.List;
import org.jdbi.v3.core.Jdbi;
import workbook.grading.proofs.Mistake;
import workbook.queries.Catalogue.Tidied;
import workbook.queries.reference.ReferenceCatalogue;

/** Exercise 3.7: which books are renamed, and to what. */
final class TidyRenameMistakes {
  private TidyRenameMistakes() {}

  @Mistake(
      exercise = "3.7",
      violates = "The books renamed are those with exactly this genre",
      idea = "Find the ids, then rename these books",
      because = "In between another session gives one of them another genre, and that is lost.",
      instead = "The condition belongs into the UPDATE.",
      rejectedBy = "a_genre_is_renamed_and_a_book_removed",
      says = "which another session made",
      earns = 1)
  static class RenamesTheIdsOfBefore extends ReferenceCatalogue {
    @Override
    public Tidied tidy(Jdbi jdbi, String genre, String newGenre, long bookId) {
      return jdbi.withHandle(
          handle -> {
            Long[] ids =
                handle
                    .createQuery("SELECT id FROM books WHERE genre = :genre")
                    .bind("genre", genre)
                    .mapTo(Long.class)
                    .list()
                    .toArray(Long[]::new);
            String update = "UPDATE books SET genre = ? WHERE id = ANY (?)";
            int renamed = handle.execute(update, newGenre, ids);
            return new Tidied(
                renamed, handle.execute("DELETE FROM books WHERE id = ?", bookId) == 1);
          });
    }
  }

  @Mistake(
      exercise = "3.7",
      violates = "null renames no book",
      idea = "Return at once if the genre is null",
      because = "The book is to be removed all the same.",
      instead = "NULL equals nothing: the UPDATE renames none by itself.",
      rejectedBy = "a_genre_is_renamed_and_a_book_removed",
      says = "a book that is there",
      earns = 1)
  static class NothingForNull extends ReferenceCatalogue {
    @Override
    public Tidied tidy(Jdbi jdbi, String genre, String newGenre, long bookId) {
      return genre == null
          ? new Tidied(0, false)
          : super.tidy(jdbi, genre, newGenre, bookId);
    }
  }

  @Mistake(
      exercise = "3.7",
      violates = "If the rename is refused, no book is renamed and none is removed",
      idea = "An UPDATE for each book",
      because = "If the second is refused, the first is renamed already.",
      instead = "One UPDATE for all.",
      rejectedBy = "a_refusal_to_remove_a_lent_book_is_not_hidden",
      says = "although the rename was refused",
      earns = 2,
      detail = true)
  static class RenamesBookByBook extends ReferenceCatalogue {
    @Override
    public Tidied tidy(Jdbi jdbi, String genre, String newGenre, long bookId) {
      return jdbi.withHandle(
          handle -> {
            List<Long> ids =
                handle
                    .createQuery("SELECT id FROM books WHERE genre = :genre ORDER BY id")
                    .bind("genre", genre)
                    .mapTo(Long.class)
                    .list();
            int renamed = 0;
            for (long id : ids) {
              String update = "UPDATE books SET genre = ? WHERE id = ? AND genre = ?";
              renamed += handle.execute(update, newGenre, id, genre);
            }
            return new Tidied(
                renamed, handle.execute("DELETE FROM books WHERE id = ?", bookId) == 1);
          });
    }
  }

  @Mistake(
      exercise = "3.7",
      violates = "newGenre its new name, another one, never null; stored as it is",
      idea = "Blanks at the ends of the new name are typing errors",
      because = "Case and blanks count in a genre.",
      instead = "Store what was given.",
      rejectedBy = "a_genre_is_renamed_and_a_book_removed",
      says = "The ids of books renamed",
      earns = 1)
  static class StripsTheNewName extends ReferenceCatalogue {
    @Override
    public Tidied tidy(Jdbi jdbi, String genre, String newGenre, long bookId) {
      return super.tidy(jdbi, genre, newGenre.strip(), bookId);
    }
  }

  @Mistake(
      exercise = "3.7",
      violates = "The books renamed are those with exactly this genre",
      idea = "Find the ids in a subselect, and update those",
      because = """
          The subselect is read once. If another session holds a book, the UPDATE
          waits for it, and then looks again at its own condition, which is about
          the id: a book that has another genre by now is renamed.""",
      instead = "`WHERE genre = :genre` in the UPDATE itself.",
      rejectedBy = "a_genre_is_renamed_and_a_book_removed",
      says = "commits that while tidy waits for it",
      earns = 1)
  static class FindsIdsFirst extends ReferenceCatalogue {
    @Override
    public Tidied tidy(Jdbi jdbi, String genre, String newGenre, long bookId) {
      return jdbi.withHandle(
          handle -> {
            String update =
                "UPDATE books SET genre = ? WHERE id IN (SELECT id FROM books WHERE genre = ?)";
            int renamed = handle.execute(update, newGenre, genre);
            return new Tidied(
                renamed, handle.execute("DELETE FROM books WHERE id = ?", bookId) == 1);
          });
    }
  }
}
