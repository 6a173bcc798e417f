package workbook.queries.mistakes;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import workbook.grading.proofs.Alternative;
import workbook.grading.proofs.Mistake;
import workbook.queries.Catalogue.NewBook;
import workbook.queries.reference.ReferenceCatalogue;

/** Exercise 3.2: what is stored, and what is refused. */
final class AddStoredMistakes {
  private AddStoredMistakes() {}

  @Mistake(
      exercise = "3.2",
      violates = "They are stored as they are",
      idea = "A cast to `varchar(255)` keeps the author short",
      because = "A cast cuts in silence what is longer.",
      instead = "The column is text: a string of any length fits.",
      rejectedBy = "an_unknown_genre_and_year_are_stored_as_null",
      says = "as they were given",
      earns = 2,
      detail = true)
  static class CutsTheAuthor extends ReferenceCatalogue {
    @Override
    public long addBook(DataSource dataSource, NewBook book) throws SQLException {
      String sql =
          BatchMistakes.INSERT.replaceFirst("[?], [?]", "?, CAST(? AS varchar(255))")
              + " RETURNING id";
      try (Connection connection = dataSource.getConnection();
          PreparedStatement statement = connection.prepareStatement(sql)) {
        BatchMistakes.bind(statement, book);
        ResultSet keys = statement.executeQuery();
        return keys.next() ? keys.getLong("id") : 0;
      }
    }
  }

  @Mistake(
      exercise = "3.2",
      violates = "SQLException if the server refuses",
      idea = "`ON CONFLICT DO NOTHING` makes it robust",
      because = "If the id is taken, the row is not added, and the caller hears nothing of it.",
      instead = "Let the exception pass.",
      rejectedBy = "an_unknown_genre_and_year_are_stored_as_null",
      says = "SQLSTATE 23505",
      earns = 2,
      detail = true)
  static class ConflictDoesNothing extends ReferenceCatalogue {
    @Override
    public long addBook(DataSource dataSource, NewBook book) throws SQLException {
      String sql =
          BatchMistakes.INSERT + " ON CONFLICT DO NOTHING RETURNING id";
      try (Connection connection = dataSource.getConnection();
          PreparedStatement statement = connection.prepareStatement(sql)) {
        BatchMistakes.bind(statement, book);
        ResultSet keys = statement.executeQuery();
        return keys.next() ? keys.getLong("id") : 0;
      }
    }
  }

  @Mistake(
      exercise = "3.2",
      violates = "Errors of the server reach the caller as they are",
      idea = "A new exception with the same SQLSTATE and a better message",
      because = "The server's own message, its detail and the name of the constraint are gone.",
      instead = "Let the exception pass.",
      rejectedBy = "an_unknown_genre_and_year_are_stored_as_null",
      says = "the server's own exception, SQLSTATE 23502",
      earns = 2,
      detail = true)
  static class SameStateAnotherException extends ReferenceCatalogue {
    @Override
    public long addBook(DataSource dataSource, NewBook book) throws SQLException {
      String sql =
          BatchMistakes.INSERT + " RETURNING id";
      try (Connection connection = dataSource.getConnection();
          PreparedStatement statement = connection.prepareStatement(sql)) {
        BatchMistakes.bind(statement, book);
        ResultSet keys = statement.executeQuery();
        return keys.next() ? keys.getLong("id") : 0;
      } catch (SQLException e) {
        throw new SQLException("The book could not be added.", e.getSQLState());
      }
    }
  }

  @Mistake(
      exercise = "3.2",
      violates = "the id that the server gave to this very row",
      idea = "`getGeneratedKeys` has the keys of whatever was inserted",
      because = "It has those that were asked for. Without a second argument there are none.",
      instead = "`prepareStatement(sql, new String[] {\"id\"})`.",
      rejectedBy = "a_book_is_added_and_its_id_returned",
      says = "prepareStatement was not told which columns to return",
      earns = 0)
  static class AsksForNoKey extends ReferenceCatalogue {
    @Override
    public long addBook(DataSource dataSource, NewBook book) throws SQLException {
      try (Connection connection = dataSource.getConnection();
          PreparedStatement statement = connection.prepareStatement(BatchMistakes.INSERT)) {
        BatchMistakes.bind(statement, book);
        statement.executeUpdate();
        ResultSet keys = statement.getGeneratedKeys();
        keys.next();
        return keys.getLong(1);
      }
    }
  }

  @Alternative(
      exercise = "3.2",
      idea = "`RETURN_GENERATED_KEYS`, and the first column: the table has the id first.")
  static class FirstGeneratedKey extends ReferenceCatalogue {
    @Override
    public long addBook(DataSource dataSource, NewBook book) throws SQLException {
      try (Connection connection = dataSource.getConnection();
          PreparedStatement statement =
              connection.prepareStatement(
                  BatchMistakes.INSERT, Statement.RETURN_GENERATED_KEYS)) {
        BatchMistakes.bind(statement, book);
        statement.executeUpdate();
        ResultSet keys = statement.getGeneratedKeys();
        keys.next();
        return keys.getLong(1);
      }
    }
  }
}
