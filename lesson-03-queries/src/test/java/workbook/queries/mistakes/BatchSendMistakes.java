package workbook.queries.mistakes;

import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.Collections;
import java.util.List;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import workbook.grading.proofs.Mistake;
import workbook.queries.Catalogue.NewBook;
import workbook.queries.reference.ReferenceCatalogue;

/** Exercise 3.4: what is sent, and how often. */
final class BatchSendMistakes {
  private static final String INSERT = BatchMistakes.INSERT;

  private BatchSendMistakes() {}

  private static String quoted(String value) {
    return value == null ? "NULL" : "'" + value.replace("'", "''") + "'";
  }

  @Mistake(
      exercise = "3.4",
      violates = "how many this call added: all of them",
      idea = "Execute each hundred",
      because = "Of 103 books the last three wait for a hundredth that never comes.",
      instead = "One `executeBatch()` after the loop.",
      rejectedBy = "many_books_make_one_batch",
      says = "Rows of books after addBooks of 2 books",
      earns = 0)
  static class LosesTheRest extends ReferenceCatalogue {
    @Override
    public int addBooks(DataSource dataSource, List<NewBook> books) throws SQLException {
      try (Connection connection = dataSource.getConnection();
          PreparedStatement statement = connection.prepareStatement(INSERT)) {
        for (int i = 0; i < books.size(); i++) {
          BatchMistakes.bind(statement, books.get(i));
          statement.addBatch();
          if ((i + 1) % 100 == 0) {
            statement.executeBatch();
          }
        }
        return books.size();
      }
    }
  }

  @Mistake(
      exercise = "3.4",
      violates = "not in portions",
      idea = "A thousand at a time is enough",
      because = """
          The driver cuts a batch into portions by itself. Yours only add trips, and code that
          can lose the rest.""",
      instead = "One `executeBatch()` after the loop.",
      rejectedBy = "many_books_make_one_batch",
      says = "Times that books were sent to the server",
      earns = 1)
  static class Portions extends ReferenceCatalogue {
    @Override
    public int addBooks(DataSource dataSource, List<NewBook> books) throws SQLException {
      try (Connection connection = dataSource.getConnection();
          PreparedStatement statement = connection.prepareStatement(INSERT)) {
        for (int i = 0; i < books.size(); i++) {
          BatchMistakes.bind(statement, books.get(i));
          statement.addBatch();
          if (i % 1000 == 999 || i == books.size() - 1) {
            statement.executeBatch();
          }
        }
        return books.size();
      }
    }
  }

  @Mistake(
      exercise = "3.4",
      violates = "Adds many books in one batch.",
      idea = "`addBatch()` adds",
      because = """
          It puts the values aside. Without `executeBatch()` the server never hears of them.""",
      instead = "`executeBatch()` after the loop.",
      rejectedBy = "many_books_make_one_batch",
      says = "Rows of books after addBooks",
      earns = 0)
  static class NeverSends extends ReferenceCatalogue {
    @Override
    public int addBooks(DataSource dataSource, List<NewBook> books) throws SQLException {
      try (Connection connection = dataSource.getConnection();
          PreparedStatement statement = connection.prepareStatement(INSERT)) {
        for (NewBook book : books) {
          BatchMistakes.bind(statement, book);
          statement.addBatch();
        }
        return books.size();
      }
    }
  }

  @Mistake(
      exercise = "3.4",
      violates = "As in 3.2 no value is part of the SQL text",
      idea = "`Statement.addBatch(sql)` is a batch, too",
      because = """
          One of different texts, with values in them: each is parsed anew, and one forgotten
          quote is enough.""",
      instead = "One `PreparedStatement`, and its `addBatch()`.",
      rejectedBy = "many_books_make_one_batch",
      says = "? stands for a value",
      earns = 0)
  static class BatchOfTexts extends ReferenceCatalogue {
    @Override
    public int addBooks(DataSource dataSource, List<NewBook> books) throws SQLException {
      try (Connection connection = dataSource.getConnection();
          Statement statement = connection.createStatement()) {
        for (NewBook book : books) {
          statement.addBatch(
              "INSERT INTO books (title, author, genre, published) VALUES (%s, %s, %s, %s)"
                  .formatted(
                      quoted(book.title()),
                      quoted(book.author()),
                      quoted(book.genre()),
                      book.published()));
        }
        statement.executeBatch();
        return books.size();
      }
    }
  }

  @Mistake(
      exercise = "3.4",
      violates = """
          There may be 20,000 of them and more. A statement with a placeholder for each value
          cannot take so many: the server allows 65,535 placeholders.""",
      idea = "One `INSERT` with a row of placeholders for each book",
      because = """
          It works until there are 16,384 books: the server takes no more than 65,535
          placeholders.""",
      instead = "`addBatch()`, an array for each column, or COPY.",
      rejectedBy = "many_books_make_one_batch",
      says = "Placeholders in the SQL",
      earns = 1)
  static class ListOfValues extends ReferenceCatalogue {
    @Override
    public int addBooks(DataSource dataSource, List<NewBook> books) throws SQLException {
      if (books.isEmpty()) {
        return 0;
      }
      String rows = String.join(", ", Collections.nCopies(books.size(), "(?, ?, ?, ?)"));
      try (Connection connection = dataSource.getConnection();
          PreparedStatement statement =
              connection.prepareStatement(INSERT.replace("(?, ?, ?, ?)", rows))) {
        int i = 0;
        for (NewBook book : books) {
          statement.setString(++i, book.title());
          statement.setString(++i, book.author());
          statement.setString(++i, book.genre());
          statement.setObject(++i, book.published(), Types.INTEGER);
        }
        return statement.executeUpdate();
      }
    }
  }

  @Mistake(
      exercise = "3.4",
      violates = "What a method writes is saved when it returns: other sessions see it.",
      idea = "Autocommit off makes a batch faster",
      because = "It does, and without `commit()` nothing of it is saved.",
      instead = "Commit, or leave autocommit on.",
      rejectedBy = "many_books_make_one_batch",
      says = "Rows of books after addBooks",
      earns = 0)
  static class NeverCommits extends ReferenceCatalogue {
    @Override
    public int addBooks(DataSource dataSource, List<NewBook> books) throws SQLException {
      try (Connection connection = dataSource.getConnection();
          PreparedStatement statement = connection.prepareStatement(INSERT)) {
        connection.setAutoCommit(false);
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
      violates = "each is stored as it is",
      idea = "COPY reads lines with tabs between the values",
      because = "A tab, a line break or a backslash in a title is read as part of the format.",
      instead = "Escape them, or let the driver send the values.",
      rejectedBy = "many_books_make_one_batch",
      says = "expected: no exception",
      earns = 0)
  static class NaiveCopy extends ReferenceCatalogue {
    @Override
    public int addBooks(DataSource dataSource, List<NewBook> books) throws SQLException {
      StringBuilder lines = new StringBuilder();
      for (NewBook book : books) {
        lines.append(book.title()).append('\t').append(book.author()).append('\t');
        lines.append(book.genre() == null ? "\\N" : book.genre()).append('\t');
        lines.append(book.published() == null ? "\\N" : book.published()).append('\n');
      }
      String copy = "COPY books (title, author, genre, published) FROM STDIN";
      try (Connection connection = dataSource.getConnection()) {
        CopyManager manager = connection.unwrap(PGConnection.class).getCopyAPI();
        return (int) manager.copyIn(copy, new StringReader(lines.toString()));
      } catch (IOException e) {
        throw new SQLException("Reading from memory failed.", e);
      }
    }
  }
}
