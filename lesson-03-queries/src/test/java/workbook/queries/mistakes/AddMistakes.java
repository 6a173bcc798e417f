package workbook.queries.mistakes;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import workbook.grading.proofs.Alternative;
import workbook.grading.proofs.Mistake;
import workbook.queries.reference.ReferenceCatalogue;

/** Exercise 3.2: one book. */
final class AddMistakes {
  private static final String INSERT =
      "INSERT INTO books (title, author, genre, published) VALUES (?, ?, ?, ?)";

  private AddMistakes() {}

  private static void bind(PreparedStatement statement, String... values) throws SQLException {
    for (int i = 0; i < 3; i++) {
      statement.setString(i + 1, values[i]);
    }
    if (values[3] == null) {
      statement.setNull(4, Types.INTEGER);
    } else {
      statement.setInt(4, Integer.parseInt(values[3]));
    }
  }

  @Mistake(
      exercise = "3.2",
      violates = "The values travel apart from the SQL text, as placeholders",
      idea = "Put the values between quotes in the SQL",
      because = """
          A title with a quote in it ends the text, and what follows is SQL: with `O'Hara's`
          an error, with `x'); DROP TABLE books; --` much worse.""",
      instead = "`?` for each value, and `setString`: what is bound is never read as SQL.",
      rejectedBy = "a_book_is_added_and_its_id_returned",
      says = "syntax error",
      earns = 0)
  static class Concatenates extends ReferenceCatalogue {
    @Override
    public long addBook(DataSource dataSource, NewBook book) throws SQLException {
      String sql =
          "INSERT INTO books (title, author, genre, published) VALUES ('"
              + book.title() + "', '" + book.author() + "', '" + book.genre() + "', "
              + book.published() + ") RETURNING id";
      try (Connection connection = dataSource.getConnection();
          Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery(sql)) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  @Mistake(
      exercise = "3.2",
      violates = "The values travel apart from the SQL text, as placeholders",
      idea = "Double the quotes, and concatenation is safe",
      because = """
          It is a filter of your own, and one forgotten value is enough. Also the text of each
          statement is a new one, so the server plans each anew.""",
      instead = "Placeholders, always.",
      rejectedBy = "a_book_is_added_and_its_id_returned",
      says = "? stands for a value",
      earns = 0)
  static class DoublesQuotes extends ReferenceCatalogue {
    @Override
    public long addBook(DataSource dataSource, NewBook book) throws SQLException {
      String sql =
          "INSERT INTO books (title, author, genre, published) VALUES (%s, %s, %s, %s) RETURNING id"
              .formatted(
                  quoted(book.title()),
                  quoted(book.author()),
                  quoted(book.genre()),
                  book.published());
      try (Connection connection = dataSource.getConnection();
          Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery(sql)) {
        row.next();
        return row.getLong(1);
      }
    }

    private static String quoted(String text) {
      return text == null ? "NULL" : "'" + text.replace("'", "''") + "'";
    }
  }

  @Mistake(
      exercise = "3.2",
      violates = "The values travel apart from the SQL text, as placeholders",
      idea = "`'?'`: a text stands in quotes",
      because = """
          In quotes it is a text of one character, a question mark. The driver counts no placeholder
          there, and setting it fails with 22023.""",
      instead = "No quotes: the driver knows the type.",
      rejectedBy = "a_book_is_added_and_its_id_returned",
      says = "SQLSTATE 22023",
      earns = 0)
  static class QuotedPlaceholder extends ReferenceCatalogue {
    @Override
    public long addBook(DataSource dataSource, NewBook book) throws SQLException {
      String sql = "INSERT INTO books (title, author) VALUES ('?', '?') RETURNING id";
      try (Connection connection = dataSource.getConnection();
          PreparedStatement statement = connection.prepareStatement(sql)) {
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
      violates = "The values travel apart from the SQL text, as placeholders",
      idea = "Placeholders count from 0, like everything in Java",
      because = "JDBC counts from 1. (Jdbi's `bind` counts from 0.)",
      instead = "`setString(1, ...)` is the first.",
      rejectedBy = "a_book_is_added_and_its_id_returned",
      says = "SQLSTATE 22023",
      earns = 0)
  static class CountsFromZero extends ReferenceCatalogue {
    @Override
    public long addBook(DataSource dataSource, NewBook book) throws SQLException {
      try (Connection connection = dataSource.getConnection();
          PreparedStatement statement =
              connection.prepareStatement(INSERT, Statement.RETURN_GENERATED_KEYS)) {
        statement.setString(0, book.title());
        statement.setString(1, book.author());
        statement.setString(2, book.genre());
        statement.setObject(3, book.published());
        return statement.executeUpdate();
      }
    }
  }

  @Mistake(
      exercise = "3.2",
      violates = "the id that the server gave to this very row",
      idea = "`executeUpdate` returns the id",
      because = "It returns how many rows were added: 1, each time.",
      instead = "`getGeneratedKeys()`, or `RETURNING id`.",
      rejectedBy = "a_book_is_added_and_its_id_returned",
      says = "The server was told to start at 3000000041",
      earns = 0)
  static class CountForId extends ReferenceCatalogue {
    @Override
    public long addBook(DataSource dataSource, NewBook book) throws SQLException {
      try (Connection connection = dataSource.getConnection();
          PreparedStatement statement = connection.prepareStatement(INSERT)) {
        statement.setString(1, book.title());
        statement.setString(2, book.author());
        statement.setString(3, book.genre());
        statement.setObject(4, book.published());
        return statement.executeUpdate();
      }
    }
  }

  @Mistake(
      exercise = "3.2",
      violates = "the id that the server gave to this very row",
      idea = "The new book has the greatest id",
      because = """
          Only if nobody else has added one since, and if no book got a greater number elsewhere,
          such as by an import.""",
      instead = "Ask the `INSERT` itself: `getGeneratedKeys()`, or `RETURNING id`.",
      rejectedBy = "a_book_is_added_and_its_id_returned",
      says = "a book from elsewhere has 9000000000",
      earns = 1)
  static class GreatestId extends ReferenceCatalogue {
    @Override
    public long addBook(DataSource dataSource, NewBook book) throws SQLException {
      super.addBook(dataSource, book);
      try (Connection connection = dataSource.getConnection();
          Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery("SELECT max(id) FROM books")) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  @Mistake(
      exercise = "3.2",
      violates = "A null genre or year is stored as NULL.",
      idea = "An unknown year is 0, an unknown genre is empty",
      because = """
          0 is a year to whoever sums up, sorts or compares. NULL says that nobody knows.""",
      instead = "`setObject(4, book.published())` sends NULL for a null.",
      rejectedBy = "an_unknown_genre_and_year_are_stored_as_null",
      says = "null is NULL",
      earns = 2,
      detail = true)
  static class ZeroForUnknown extends ReferenceCatalogue {
    @Override
    public long addBook(DataSource dataSource, NewBook book) throws SQLException {
      return super.addBook(
          dataSource,
          new NewBook(
              book.title(),
              book.author(),
              book.genre() == null ? "" : book.genre(),
              book.published() == null ? 0 : book.published()));
    }
  }

  @Alternative(
      exercise = "3.2",
      idea = "`INSERT ... RETURNING id`, run as a query, and `setNull` for what is unknown.")
  static class Returning extends ReferenceCatalogue {
    @Override
    public long addBook(DataSource dataSource, NewBook book) throws SQLException {
      try (Connection connection = dataSource.getConnection();
          PreparedStatement statement = connection.prepareStatement(INSERT + " RETURNING id")) {
        String year = book.published() == null ? null : "" + book.published();
        bind(statement, book.title(), book.author(), book.genre(), year);
        try (ResultSet row = statement.executeQuery()) {
          row.next();
          return row.getLong(1);
        }
      }
    }
  }

  @Alternative(
      exercise = "3.2",
      idea = """
          Fetch a number with `nextval`, in a transaction of Jdbi, and insert it with
          `OVERRIDING SYSTEM VALUE`.""")
  static class NumberFirst extends ReferenceCatalogue {
    @Override
    public long addBook(DataSource dataSource, NewBook book) {
      return Jdbi.create(dataSource)
          .inTransaction(
              handle -> {
                long id =
                    handle
                        .select("SELECT nextval(pg_get_serial_sequence('books', 'id'))")
                        .mapTo(Long.class)
                        .one();
                handle
                    .createUpdate(
                        "INSERT INTO books (id, title, author, genre, published)"
                            + " OVERRIDING SYSTEM VALUE"
                            + " VALUES (:id, :title, :author, :genre, :published)")
                    .bind("id", id)
                    .bindMethods(book)
                    .execute();
                return id;
              });
    }
  }

  @Alternative(
      exercise = "3.2",
      idea = """
          One array with all values and a CTE: `INSERT ... SELECT`, and the id from the CTE.""")
  static class FromAnArray extends ReferenceCatalogue {
    @Override
    public long addBook(DataSource dataSource, NewBook book) throws SQLException {
      String sql =
          "WITH added AS (INSERT INTO books (title, author, genre, published)"
              + " SELECT b[1], b[2], b[3], b[4]::integer FROM (SELECT ?::text[]) AS x (b)"
              + " RETURNING id) SELECT id FROM added";
      String year = book.published() == null ? null : "" + book.published();
      String[] values = {book.title(), book.author(), book.genre(), year};
      try (Connection connection = dataSource.getConnection();
          PreparedStatement statement = connection.prepareStatement(sql)) {
        statement.setArray(1, connection.createArrayOf("text", values));
        try (ResultSet row = statement.executeQuery()) {
          row.next();
          return row.getLong("id");
        }
      }
    }
  }
}
