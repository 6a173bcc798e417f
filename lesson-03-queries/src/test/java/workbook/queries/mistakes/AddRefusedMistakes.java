package workbook.queries.mistakes;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import javax.sql.DataSource;
import workbook.grading.proofs.Mistake;
import workbook.queries.Catalogue.NewBook;
import workbook.queries.reference.ReferenceCatalogue;

/** Exercise 3.2: what the server refuses, and what is left open. */
final class AddRefusedMistakes {
  private AddRefusedMistakes() {}

  private static PreparedStatement bound(Connection connection, NewBook book)
      throws SQLException {
    PreparedStatement statement =
        connection.prepareStatement(
            "INSERT INTO books (title, author, genre, published) VALUES (?, ?, ?, ?)",
            Statement.RETURN_GENERATED_KEYS);
    statement.setString(1, book.title());
    statement.setString(2, book.author());
    statement.setString(3, book.genre());
    statement.setObject(4, book.published());
    return statement;
  }

  @Mistake(
      exercise = "3.2",
      violates = "and the statements of JDBC",
      idea = "The connection closes its statements",
      because = """
          A pool's connection is not closed but given to the next caller, and its statements
          add up.""",
      instead = "try-with-resources for the statement, too.",
      rejectedBy = "a_book_is_added_and_its_id_returned",
      says = "What addBook left open, although it closed the connection",
      earns = 0)
  static class LeavesTheStatement extends ReferenceCatalogue {
    @Override
    public long addBook(DataSource dataSource, NewBook book) throws SQLException {
      try (Connection connection = dataSource.getConnection()) {
        PreparedStatement statement = bound(connection, book);
        statement.executeUpdate();
        ResultSet keys = statement.getGeneratedKeys();
        keys.next();
        return keys.getLong(1);
      }
    }
  }

  @Mistake(
      exercise = "3.2",
      violates = "Close what you open, on every path",
      idea = "`close()` at the end",
      because = """
          An exception leaves before the end. Each refused book costs a connection, until the
          server has none.""",
      instead = "try-with-resources closes on every path.",
      rejectedBy = "an_unknown_genre_and_year_are_stored_as_null",
      says = "What addBook left open when the server refused",
      earns = 2,
      detail = true)
  static class ClosesAfterSuccess extends ReferenceCatalogue {
    @Override
    public long addBook(DataSource dataSource, NewBook book) throws SQLException {
      Connection connection = dataSource.getConnection();
      PreparedStatement statement = bound(connection, book);
      statement.executeUpdate();
      ResultSet keys = statement.getGeneratedKeys();
      keys.next();
      long id = keys.getLong(1);
      statement.close();
      connection.close();
      return id;
    }
  }

  @Mistake(
      exercise = "3.2",
      violates = """
          What is allowed is for the server to say: a null title or author is sent to it as
          well.""",
      idea = "Check the title before the server does",
      because = """
          Now there are two rules, in two places. The caller waits for 23502 and gets another
          exception.""",
      instead = "Send it: the server refuses, and says so in the same way to all programs.",
      rejectedBy = "an_unknown_genre_and_year_are_stored_as_null",
      says = "the server's own exception, SQLSTATE 23502",
      earns = 2,
      detail = true)
  static class RefusesInJava extends ReferenceCatalogue {
    @Override
    public long addBook(DataSource dataSource, NewBook book) throws SQLException {
      Objects.requireNonNull(book.title(), "title");
      return super.addBook(dataSource, book);
    }
  }

  @Mistake(
      exercise = "3.2",
      violates = "a null title or author is sent to it as well",
      idea = "Throw 23502 oneself and save a trip",
      because = """
          It looks the same until the rule is changed in the server. And a null author is
          forgotten easily.""",
      instead = "Send it.",
      rejectedBy = "an_unknown_genre_and_year_are_stored_as_null",
      says = "the server's own exception, SQLSTATE 23502",
      earns = 2,
      detail = true)
  static class PretendsToBeTheServer extends ReferenceCatalogue {
    @Override
    public long addBook(DataSource dataSource, NewBook book) throws SQLException {
      if (book.title() == null || book.author() == null) {
        throw new SQLException("NULL is not allowed here.", "23502");
      }
      return super.addBook(dataSource, book);
    }
  }

  @Mistake(
      exercise = "3.2",
      violates = "SQLException if the server refuses, such as a null title (23502)",
      idea = "-1 says that it did not work",
      because = """
          To a caller who looks. The others store -1 as the id of a book, and the reason is
          lost.""",
      instead = "Let the exception pass.",
      rejectedBy = "an_unknown_genre_and_year_are_stored_as_null",
      says = "it returned -1",
      earns = 2,
      detail = true)
  static class MinusOne extends ReferenceCatalogue {
    @Override
    public long addBook(DataSource dataSource, NewBook book) throws SQLException {
      try {
        return super.addBook(dataSource, book);
      } catch (SQLException e) {
        return -1;
      }
    }
  }

  @Mistake(
      exercise = "3.2",
      violates = """
          as the SQLException of JDBC, or as the unchecked exception in which Jdbi wraps it""",
      idea = "An exception of one's own is nicer",
      because = "The caller looks for the SQLSTATE of a `SQLException`, and there is none.",
      instead = "Let the exception pass.",
      rejectedBy = "an_unknown_genre_and_year_are_stored_as_null",
      says = "the server's own exception, SQLSTATE 23502",
      earns = 2,
      detail = true)
  static class WrapsTheRefusal extends ReferenceCatalogue {
    @Override
    public long addBook(DataSource dataSource, NewBook book) throws SQLException {
      try {
        return super.addBook(dataSource, book);
      } catch (SQLException e) {
        throw new IllegalStateException("The book could not be added.", e);
      }
    }
  }

  @Mistake(
      exercise = "3.2",
      violates = "then no book was added",
      idea = "A title can be set later",
      because = """
          The first statement is saved at once. If the second is refused, a book without its
          title stays.""",
      instead = "One `INSERT` with all values.",
      rejectedBy = "an_unknown_genre_and_year_are_stored_as_null",
      says = "Books after five that the server had to refuse",
      earns = 2,
      detail = true)
  static class TitleInTheEnd extends ReferenceCatalogue {
    @Override
    public long addBook(DataSource dataSource, NewBook book) throws SQLException {
      long id = super.addBook(dataSource, new NewBook("", "", book.genre(), book.published()));
      String update = "UPDATE books SET title = ?, author = ? WHERE id = ?";
      try (Connection connection = dataSource.getConnection();
          PreparedStatement statement = connection.prepareStatement(update)) {
        statement.setString(1, book.title());
        statement.setString(2, book.author());
        statement.setLong(3, id);
        statement.executeUpdate();
      }
      return id;
    }
  }
}
