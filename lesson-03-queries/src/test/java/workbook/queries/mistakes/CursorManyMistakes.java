package workbook.queries.mistakes;

import java.util.List;
import org.jdbi.v3.core.Jdbi;
import workbook.grading.proofs.Mistake;
import workbook.queries.Catalogue.Book;
import workbook.queries.Catalogue.BookCursor;
import workbook.queries.reference.ReferenceCatalogue;

/** Exercise 3.5: many books at once. */
final class CursorManyMistakes {
  private CursorManyMistakes() {}

  @Mistake(
      exercise = "3.5",
      violates = "The next books, at most so many; fewer at the end",
      idea = "At most 1,000 at once, whatever is asked",
      because = "Fewer than asked means the end, and it is not the end.",
      instead = "As many as asked.",
      rejectedBy = "one_then_some_then_the_rest_share_one_position",
      says = "Books of next(5003)",
      earns = 2)
  static class AtMostAThousand extends ReferenceCatalogue {
    @Override
    public BookCursor openCursor(Jdbi jdbi) {
      return new Changed(super.openCursor(jdbi)) {
        @Override
        public List<Book> next(int count) {
          return super.next(Math.min(count, 1_000));
        }
      };
    }
  }

  @Mistake(
      exercise = "3.5",
      violates = "All books not seen yet",
      idea = "`rest()` is `next` with a great number",
      because = "No round number is great enough for all books.",
      instead = "Read until there are no more.",
      rejectedBy = "one_then_some_then_the_rest_share_one_position",
      says = "Books of rest()",
      earns = 2)
  static class RestIsSome extends ReferenceCatalogue {
    @Override
    public BookCursor openCursor(Jdbi jdbi) {
      return new Changed(super.openCursor(jdbi)) {
        @Override
        public List<Book> rest() {
          return super.next(4_000);
        }
      };
    }
  }
}
