package workbook.queries.mistakes;

import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import workbook.grading.proofs.Mistake;
import workbook.queries.reference.ReferenceCatalogue;

/** Exercise 3.4: few books, and books that were refused. */
final class BatchFewMistakes {
  private BatchFewMistakes() {}

  @Mistake(
      exercise = "3.4",
      violates = "They are sent all together, by one execution, not one by one",
      idea = "For fewer than three a batch does not pay",
      because = "Two trips are twice one trip.",
      instead = "One batch, however few there are.",
      rejectedBy = "the_count_is_right_when_the_driver_rewrites_batches",
      says = "collect them, however few",
      earns = 0)
  static class FewOneByOne extends ReferenceCatalogue {
    @Override
    public int addBooks(DataSource dataSource, List<NewBook> books) throws SQLException {
      if (books.size() > 2) {
        return super.addBooks(dataSource, books);
      }
      for (NewBook book : books) {
        addBook(dataSource, book);
      }
      return books.size();
    }
  }

  @Mistake(
      exercise = "3.4",
      violates = "They are sent all together, by one execution, not one by one",
      idea = "When the batch is refused: one by one, to find the culprit",
      because = "Books that the batch has added are added again, and there is a trip for each.",
      instead = "Let the exception pass; lesson 4 makes it all or none.",
      rejectedBy = "the_count_is_right_when_the_driver_rewrites_batches",
      says = "8 books, the sixth without a title",
      earns = 1)
  static class OneByOneAfterAll extends ReferenceCatalogue {
    @Override
    public int addBooks(DataSource dataSource, List<NewBook> books) throws SQLException {
      try {
        return super.addBooks(dataSource, books);
      } catch (BatchUpdateException e) {
        for (NewBook book : books) {
          addBook(dataSource, book);
        }
        return books.size();
      }
    }
  }

  @Mistake(
      exercise = "3.4",
      violates = "each is stored as it is",
      idea = "A year before 10,000 BC is a mistake",
      because = "An integer column takes it, and it was given.",
      instead = "The value as it is.",
      rejectedBy = "many_books_make_one_batch",
      says = "Rows that differ from the book they are made of",
      earns = 0)
  static class SensibleYears extends ReferenceCatalogue {
    private static NewBook sensible(NewBook book) {
      return book.published() == null || book.published() > -10_000
          ? book
          : new NewBook(book.title(), book.author(), book.genre(), null);
    }

    @Override
    public int addBooks(DataSource dataSource, List<NewBook> books) throws SQLException {
      return super.addBooks(dataSource, books.stream().map(SensibleYears::sensible).toList());
    }
  }
}
