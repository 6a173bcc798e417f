package workbook.queries.mistakes;

import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashSet;
import java.util.List;
import javax.sql.DataSource;
import workbook.grading.proofs.Mistake;
import workbook.queries.Catalogue.NewBook;
import workbook.queries.reference.ReferenceCatalogue;

/** Exercise 3.4: which books are added, and how many. */
final class BatchCountMistakes {
  private static final String INSERT = BatchMistakes.INSERT;

  private BatchCountMistakes() {}

  private static int count(DataSource dataSource) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT count(*) FROM books")) {
      row.next();
      return row.getInt(1);
    }
  }

  @Mistake(
      exercise = "3.4",
      violates = "none at all is fine",
      idea = "There is always a first book",
      because = """
          With an empty list there is none, and the method throws before it does anything.""",
      instead = "Nothing to add is 0 books.",
      rejectedBy = "the_count_is_right_when_the_driver_rewrites_batches",
      says = "addBooks of 0 books",
      earns = 1)
  static class FirstNotEmpty extends ReferenceCatalogue {
    @Override
    public int addBooks(DataSource dataSource, List<NewBook> books) throws SQLException {
      System.out.println("From " + books.get(0).title() + " on");
      return super.addBooks(dataSource, books);
    }
  }

  @Mistake(
      exercise = "3.4",
      violates = "A book that is twice in the list is added twice.",
      idea = "A `Set`, so that no book comes twice",
      because = """
          A library may have two copies. And the count that comes back is not that of the
          list.""",
      instead = "Add what you are given.",
      rejectedBy = "many_books_make_one_batch",
      says = "Rows of books after addBooks",
      earns = 0)
  static class EachOnce extends ReferenceCatalogue {
    @Override
    public int addBooks(DataSource dataSource, List<NewBook> books) throws SQLException {
      super.addBooks(dataSource, List.copyOf(new LinkedHashSet<>(books)));
      return books.size();
    }
  }

  @Mistake(
      exercise = "3.4",
      violates = "A book that is twice in the list is added twice.",
      idea = "What is in the table already need not be added",
      because = """
          It is another copy. `INSERT ... WHERE NOT EXISTS` leaves it out without a word.""",
      instead = "Add what you are given.",
      rejectedBy = "the_count_is_right_when_the_driver_rewrites_batches",
      says = "Rows of books after addBooks of 0, 1, 2 and 203 books",
      earns = 0)
  static class OnlyNewOnes extends ReferenceCatalogue {
    @Override
    public int addBooks(DataSource dataSource, List<NewBook> books) throws SQLException {
      String sql =
          "INSERT INTO books (title, author, genre, published) SELECT b.* FROM (VALUES"
              + " (?, ?, ?, ?::integer)) AS b (t, a, g, p) WHERE NOT EXISTS"
              + " (SELECT FROM books WHERE title = b.t AND author = b.a)";
      try (Connection connection = dataSource.getConnection();
          PreparedStatement statement = connection.prepareStatement(sql)) {
        for (NewBook book : books) {
          BatchMistakes.bind(statement, book);
          statement.addBatch();
        }
        statement.executeBatch();
        return books.size();
      }
    }
  }

  @Mistake(
      exercise = "3.4",
      violates = "how many this call added",
      idea = "Count before, count after",
      because = "Others add books in the meantime, and they are counted, too.",
      instead = "All of them were added, or an exception would say so.",
      rejectedBy = "the_count_is_right_when_the_driver_rewrites_batches",
      says = "What addBooks of 0 books returned",
      earns = 1)
  static class CountsTheTable extends ReferenceCatalogue {
    @Override
    public int addBooks(DataSource dataSource, List<NewBook> books) throws SQLException {
      int before = count(dataSource);
      super.addBooks(dataSource, books);
      return count(dataSource) - before;
    }
  }

  @Mistake(
      exercise = "3.4",
      violates = "SQLException if the server refuses one of them",
      idea = "Add those that can be added",
      because = """
          The caller gets a smaller number, or not even that, and does not hear which book is
          missing, or why.""",
      instead = "Let the exception pass.",
      rejectedBy = "the_count_is_right_when_the_driver_rewrites_batches",
      says = "the sixth without a title",
      earns = 1)
  static class LeavesOutTheRefused extends ReferenceCatalogue {
    @Override
    public int addBooks(DataSource dataSource, List<NewBook> books) throws SQLException {
      try {
        return super.addBooks(dataSource, books);
      } catch (BatchUpdateException e) {
        return e.getUpdateCounts().length;
      }
    }
  }

  @Mistake(
      exercise = "3.4",
      violates = "such as a null title (23502)",
      idea = "A book without a title is none",
      because = """
          The server would have said so. Now it is missing, and the caller does not know.""",
      instead = "What is allowed is for the server to say.",
      rejectedBy = "the_count_is_right_when_the_driver_rewrites_batches",
      says = "the sixth without a title",
      earns = 1)
  static class SkipsNulls extends ReferenceCatalogue {
    @Override
    public int addBooks(DataSource dataSource, List<NewBook> books) throws SQLException {
      return super.addBooks(
          dataSource, books.stream().filter(book -> book.title() != null).toList());
    }
  }

  @Mistake(
      exercise = "3.4",
      violates = "a null genre or year is stored as NULL",
      idea = "`String.valueOf` never fails",
      because = "It makes the text `null` of a null: a genre of four letters.",
      instead = "`setString` takes a null.",
      rejectedBy = "many_books_make_one_batch",
      says = "Rows that differ from the book they are made of",
      earns = 0)
  static class NullBecomesText extends ReferenceCatalogue {
    @Override
    public int addBooks(DataSource dataSource, List<NewBook> books) throws SQLException {
      return super.addBooks(
          dataSource,
          books.stream()
              .map(
                  book ->
                      new NewBook(
                          book.title(),
                          book.author(),
                          String.valueOf(book.genre()),
                          book.published()))
              .toList());
    }
  }

  @Mistake(
      exercise = "3.4",
      violates = "and the statements of JDBC",
      idea = "Close the statement after the loop",
      because = "If a book is refused, an exception leaves before that.",
      instead = "try-with-resources closes on every path.",
      rejectedBy = "the_count_is_right_when_the_driver_rewrites_batches",
      says = "What addBooks left open when the server refused",
      earns = 1)
  static class LeavesTheStatement extends ReferenceCatalogue {
    @Override
    public int addBooks(DataSource dataSource, List<NewBook> books) throws SQLException {
      try (Connection connection = dataSource.getConnection()) {
        PreparedStatement statement = connection.prepareStatement(INSERT);
        for (NewBook book : books) {
          BatchMistakes.bind(statement, book);
          statement.addBatch();
        }
        statement.executeBatch();
        statement.close();
        return books.size();
      }
    }
  }
}
