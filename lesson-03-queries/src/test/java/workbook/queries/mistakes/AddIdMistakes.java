package workbook.queries.mistakes;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import workbook.grading.proofs.Mistake;
import workbook.queries.Catalogue.NewBook;
import workbook.queries.reference.ReferenceCatalogue;

/** Exercise 3.2: whose id it is, and which row. */
final class AddIdMistakes {
  private AddIdMistakes() {}

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
      violates = "a bigint may be greater than an int",
      idea = "`getInt` reads an id",
      because = """
          Ids are bigint. The one after 2,147,483,647 is an error of the driver, long after
          the test.""",
      instead = "`getLong`.",
      rejectedBy = "a_book_is_added_and_its_id_returned",
      says = "Bad value for type int",
      earns = 0)
  static class IntId extends ReferenceCatalogue {
    @Override
    public long addBook(DataSource dataSource, NewBook book) throws SQLException {
      try (Connection connection = dataSource.getConnection();
          PreparedStatement statement = bound(connection, book)) {
        statement.executeUpdate();
        try (ResultSet keys = statement.getGeneratedKeys()) {
          keys.next();
          return keys.getInt(1);
        }
      }
    }
  }

  @Mistake(
      exercise = "3.2",
      violates = "the id that the server gave to this very row",
      idea = "The new book is the one with this title",
      because = """
          Two books may have one title and one author. Which of their ids comes back is luck.""",
      instead = "Ask the `INSERT` itself: `getGeneratedKeys()`, or `RETURNING id`.",
      rejectedBy = "a_book_is_added_and_its_id_returned",
      says = "The ids returned by addBook",
      earns = 1)
  static class LooksForTheTitle extends ReferenceCatalogue {
    @Override
    public long addBook(DataSource dataSource, NewBook book) throws SQLException {
      super.addBook(dataSource, book);
      String query = "SELECT id FROM books WHERE title = ? AND author = ? ORDER BY id DESC";
      try (Connection connection = dataSource.getConnection();
          PreparedStatement statement = connection.prepareStatement(query)) {
        statement.setString(1, book.title());
        statement.setString(2, book.author());
        try (ResultSet row = statement.executeQuery()) {
          row.next();
          return row.getLong(1);
        }
      }
    }
  }

  @Mistake(
      exercise = "3.2",
      violates = "whatever others add at the same time",
      idea = "The numbering knows the last id",
      because = "It knows the last that anyone got, in whatever session.",
      instead = """
          `getGeneratedKeys()`, `RETURNING id`, or `currval`, which is the session's own.""",
      rejectedBy = "a_book_is_added_and_its_id_returned",
      says = "The ids returned by addBook",
      earns = 1)
  static class LastOfTheSequence extends ReferenceCatalogue {
    @Override
    public long addBook(DataSource dataSource, NewBook book) throws SQLException {
      super.addBook(dataSource, book);
      try (Connection connection = dataSource.getConnection();
          Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery("SELECT last_value FROM books_id_seq")) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  @Mistake(
      exercise = "3.2",
      violates = "They are stored as they are, blanks and empty strings too.",
      idea = "Nobody wants blanks at the ends",
      because = """
          Then the row is another book than the caller's, and a search for its title may miss
          it.""",
      instead = "Store what you are given.",
      rejectedBy = "a_book_is_added_and_its_id_returned",
      says = "The rows of these books, seen from another session",
      earns = 1)
  static class StripsBlanks extends ReferenceCatalogue {
    @Override
    public long addBook(DataSource dataSource, NewBook book) throws SQLException {
      return super.addBook(
          dataSource,
          new NewBook(
              book.title() == null ? null : book.title().strip(),
              book.author() == null ? null : book.author().strip(),
              book.genre(),
              book.published()));
    }
  }

  @Mistake(
      exercise = "3.2",
      violates = "blanks and empty strings too",
      idea = "An empty genre is none",
      because = "The caller distinguishes them: NULL is not known, empty is known to be none.",
      instead = "Only null is NULL.",
      rejectedBy = "an_unknown_genre_and_year_are_stored_as_null",
      says = "null is NULL",
      earns = 0)
  static class EmptyIsUnknown extends ReferenceCatalogue {
    @Override
    public long addBook(DataSource dataSource, NewBook book) throws SQLException {
      boolean none = book.genre() == null || book.genre().isBlank();
      return super.addBook(
          dataSource,
          new NewBook(book.title(), book.author(), none ? null : book.genre(), book.published()));
    }
  }

  @Mistake(
      exercise = "3.2",
      violates = "What a method writes is saved when it returns: other sessions see it.",
      idea = "Autocommit off, as psycopg2 has it",
      because = "Then only `commit()` saves. The id is there, the row is not.",
      instead = "Leave autocommit on, or commit.",
      rejectedBy = "a_book_is_added_and_its_id_returned",
      says = "The rows of these books, seen from another session",
      earns = 0)
  static class NeverCommits extends ReferenceCatalogue {
    @Override
    public long addBook(DataSource dataSource, NewBook book) throws SQLException {
      try (Connection connection = dataSource.getConnection()) {
        connection.setAutoCommit(false);
        try (PreparedStatement statement = bound(connection, book)) {
          statement.executeUpdate();
          try (ResultSet keys = statement.getGeneratedKeys()) {
            keys.next();
            return keys.getLong(1);
          }
        }
      }
    }
  }

  @Mistake(
      exercise = "3.2",
      violates = "Adds one book.",
      idea = "`execute()` prepares, `executeUpdate()` adds",
      because = "Both run the statement: there are two books.",
      instead = "Run it once.",
      rejectedBy = "a_book_is_added_and_its_id_returned",
      says = "The ids returned by addBook",
      earns = 0)
  static class AddsTwice extends ReferenceCatalogue {
    @Override
    public long addBook(DataSource dataSource, NewBook book) throws SQLException {
      try (Connection connection = dataSource.getConnection();
          PreparedStatement statement = bound(connection, book)) {
        statement.execute();
        statement.executeUpdate();
        try (ResultSet keys = statement.getGeneratedKeys()) {
          keys.next();
          return keys.getLong(1);
        }
      }
    }
  }
}
