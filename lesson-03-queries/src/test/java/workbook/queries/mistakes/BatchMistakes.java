package workbook.queries.mistakes;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import javax.sql.DataSource;
import workbook.grading.proofs.Mistake;
import workbook.queries.Catalogue.NewBook;
import workbook.queries.reference.ReferenceCatalogue;

/** Exercise 3.4: many books. */
final class BatchMistakes {
  static final String INSERT =
      "INSERT INTO books (title, author, genre, published) VALUES (?, ?, ?, ?)";

  private BatchMistakes() {}

  static void bind(PreparedStatement statement, NewBook book) throws SQLException {
    statement.setString(1, book.title());
    statement.setString(2, book.author());
    statement.setString(3, book.genre());
    statement.setObject(4, book.published());
  }

  @Mistake(
      exercise = "3.4",
      violates = "They are sent all together, by one execution, not one by one and not in portions",
      idea = "A loop of `executeUpdate` is a batch",
      because = """
          It is a hundred trips to the server for a hundred books, and each waits for the one
          before.""",
      instead = "`addBatch()` in the loop, and one `executeBatch()` after it.",
      rejectedBy = "many_books_make_one_batch",
      says = "collect them, then send them together",
      earns = 0)
  static class LoopOfUpdates extends ReferenceCatalogue {
    @Override
    public int addBooks(DataSource dataSource, List<NewBook> books) throws SQLException {
      int added = 0;
      for (NewBook book : books) {
        addBook(dataSource, book);
        added++;
      }
      return added;
    }
  }

  @Mistake(
      exercise = "3.4",
      violates = "how many this call added: all of them",
      idea = "Sum up what `executeBatch` returns",
      because = """
          With `reWriteBatchedInserts=true` several rows travel in one statement, and nobody counts
          them one by one: each count is -2, `SUCCESS_NO_INFO`. The sum is negative.""",
      instead = "If a row could not be added it would have thrown: all of them were.",
      rejectedBy = "the_count_is_right_when_the_driver_rewrites_batches",
      says = "What addBooks of 2 books returned, with reWriteBatchedInserts=true",
      earns = 1)
  static class SumsTheCounts extends ReferenceCatalogue {
    @Override
    public int addBooks(DataSource dataSource, List<NewBook> books) throws SQLException {
      try (Connection connection = dataSource.getConnection();
          PreparedStatement statement = connection.prepareStatement(INSERT)) {
        for (NewBook book : books) {
          bind(statement, book);
          statement.addBatch();
        }
        return Arrays.stream(statement.executeBatch()).sum();
      }
    }
  }

  @Mistake(
      exercise = "3.4",
      violates = "They are sent all together, by one execution, not one by one and not in portions",
      idea = "`executeBatch()` inside the loop",
      because = "Then each batch has one book, and there are as many trips as books.",
      instead = "Collect in the loop; send after it.",
      rejectedBy = "many_books_make_one_batch",
      says = "Times that books were sent to the server",
      earns = 0)
  static class BatchesOfOne extends ReferenceCatalogue {
    @Override
    public int addBooks(DataSource dataSource, List<NewBook> books) throws SQLException {
      try (Connection connection = dataSource.getConnection();
          PreparedStatement statement = connection.prepareStatement(INSERT)) {
        for (NewBook book : books) {
          bind(statement, book);
          statement.addBatch();
          statement.executeBatch();
        }
        return books.size();
      }
    }
  }

  @Mistake(
      exercise = "3.4",
      violates = "Adds many books in one batch.",
      idea = "What was added last need not be bound again",
      because = """
          `addBatch()` before the values are set adds the values of the book before: the first has
          none, and the last is missing.""",
      instead = "Bind, then `addBatch()`.",
      rejectedBy = "many_books_make_one_batch",
      says = "No value specified for parameter",
      earns = 0)
  static class AddsBeforeBinding extends ReferenceCatalogue {
    @Override
    public int addBooks(DataSource dataSource, List<NewBook> books) throws SQLException {
      try (Connection connection = dataSource.getConnection();
          PreparedStatement statement = connection.prepareStatement(INSERT)) {
        for (NewBook book : books) {
          statement.addBatch();
          bind(statement, book);
        }
        statement.executeBatch();
        return books.size();
      }
    }
  }
}
