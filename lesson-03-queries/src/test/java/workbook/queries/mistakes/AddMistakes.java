package workbook.queries.mistakes;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.Arrays;
import java.util.List;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;
import workbook.grading.proofs.Alternative;
import workbook.grading.proofs.Mistake;
import workbook.queries.reference.ReferenceCatalogue;

/** Exercises 3.2 and 3.4: one book, and many. */
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
      idea = "Put the values between quotes in the SQL",
      because = """
          A title with a quote in it ends the text, and what follows is SQL: with `O'Hara's`
          an error, with `x'); DROP TABLE books; --` much worse.""",
      instead = "`?` for each value, and `setString`: what is bound is never read as SQL.",
      rejectedBy = "values_travel_apart_from_the_sql",
      says = "syntax error")
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
      idea = "Double the quotes, and concatenation is safe",
      because = """
          It is a filter of your own, and one forgotten value is enough. Also the text of each
          statement is a new one, so the server plans each anew.""",
      instead = "Placeholders, always.",
      rejectedBy = "values_travel_apart_from_the_sql",
      says = "? stands for a value",
      earns = 2)
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
      idea = "`'?'`: a text stands in quotes",
      because = """
          In quotes it is a text of one character, a question mark. The driver counts no placeholder
          there, and setting it fails with 22023.""",
      instead = "No quotes: the driver knows the type.",
      rejectedBy = "a_book_is_added_and_its_id_returned",
      says = "SQLSTATE 22023")
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
      idea = "Placeholders count from 0, like everything in Java",
      because = "JDBC counts from 1. (Jdbi's `bind` counts from 0.)",
      instead = "`setString(1, ...)` is the first.",
      rejectedBy = "a_book_is_added_and_its_id_returned",
      says = "SQLSTATE 22023")
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
      idea = "`executeUpdate` returns the id",
      because = "It returns how many rows were added: 1, each time.",
      instead = "`getGeneratedKeys()`, or `RETURNING id`.",
      rejectedBy = "a_book_is_added_and_its_id_returned",
      says = "this server was told to start at 41",
      earns = 2)
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
      idea = "The new book has the greatest id",
      because = """
          Only if nobody else has added one since, and if no book got a greater number elsewhere,
          such as by an import.""",
      instead = "Ask the `INSERT` itself: `getGeneratedKeys()`, or `RETURNING id`.",
      rejectedBy = "a_book_is_added_and_its_id_returned",
      says = "has 1000 already",
      earns = 2)
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
      idea = "An unknown year is 0, an unknown genre is empty",
      because = """
          0 is a year to whoever sums up, sorts or compares. NULL says that nobody knows.""",
      instead = "`setObject(4, book.published())` sends NULL for a null.",
      rejectedBy = "an_unknown_genre_and_year_are_stored_as_null",
      says = "is the year NULL",
      earns = 2)
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

  @Mistake(
      exercise = "3.4",
      idea = "A loop of `executeUpdate` is a batch",
      because = """
          It is a hundred trips to the server for a hundred books, and each waits for the one
          before.""",
      instead = "`addBatch()` in the loop, and one `executeBatch()` after it.",
      rejectedBy = "many_books_make_one_batch",
      says = "collect them, then send them together",
      earns = 1)
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
      idea = "Sum up what `executeBatch` returns",
      because = """
          With `reWriteBatchedInserts=true` several rows travel in one statement, and nobody counts
          them one by one: each count is -2, `SUCCESS_NO_INFO`. The sum is negative.""",
      instead = "If a row could not be added it would have thrown: all of them were.",
      rejectedBy = "the_count_is_right_when_the_driver_rewrites_batches",
      says = "Books added, of 100, with reWriteBatchedInserts=true",
      earns = 1)
  static class SumsTheCounts extends ReferenceCatalogue {
    @Override
    public int addBooks(DataSource dataSource, List<NewBook> books) throws SQLException {
      try (Connection connection = dataSource.getConnection();
          PreparedStatement statement = connection.prepareStatement(INSERT)) {
        for (NewBook book : books) {
          String year = book.published() == null ? null : "" + book.published();
          bind(statement, book.title(), book.author(), book.genre(), year);
          statement.addBatch();
        }
        return Arrays.stream(statement.executeBatch()).sum();
      }
    }
  }

  @Mistake(
      exercise = "3.4",
      idea = "`executeBatch()` inside the loop",
      because = "Then each batch has one book, and there are as many trips as books.",
      instead = "Collect in the loop; send after it.",
      rejectedBy = "many_books_make_one_batch",
      says = "Times that something was sent to the server for 100 books",
      earns = 1)
  static class BatchesOfOne extends ReferenceCatalogue {
    @Override
    public int addBooks(DataSource dataSource, List<NewBook> books) throws SQLException {
      try (Connection connection = dataSource.getConnection();
          PreparedStatement statement = connection.prepareStatement(INSERT)) {
        for (NewBook book : books) {
          String year = book.published() == null ? null : "" + book.published();
          bind(statement, book.title(), book.author(), book.genre(), year);
          statement.addBatch();
          statement.executeBatch();
        }
        return books.size();
      }
    }
  }

  @Mistake(
      exercise = "3.4",
      idea = "What was added last need not be bound again",
      because = """
          `addBatch()` before the values are set adds the values of the book before: the first has
          none, and the last is missing.""",
      instead = "Bind, then `addBatch()`.",
      rejectedBy = "many_books_make_one_batch",
      says = "No value specified for parameter")
  static class AddsBeforeBinding extends ReferenceCatalogue {
    @Override
    public int addBooks(DataSource dataSource, List<NewBook> books) throws SQLException {
      try (Connection connection = dataSource.getConnection();
          PreparedStatement statement = connection.prepareStatement(INSERT)) {
        for (NewBook book : books) {
          statement.addBatch();
          String year = book.published() == null ? null : "" + book.published();
          bind(statement, book.title(), book.author(), book.genre(), year);
        }
        statement.executeBatch();
        return books.size();
      }
    }
  }

  @Alternative(
      exercise = "3.4",
      idea = "Jdbi's `PreparedBatch` with named parameters.")
  static class WithJdbi extends ReferenceCatalogue {
    @Override
    public int addBooks(DataSource dataSource, List<NewBook> books) throws SQLException {
      if (books.isEmpty()) {
        return 0;
      }
      try (Handle handle = Jdbi.create(dataSource).open()) {
        PreparedBatch batch =
            handle.prepareBatch(
                "INSERT INTO books (title, author, genre, published)"
                    + " VALUES (:title, :author, :genre, :published)");
        books.forEach(book -> batch.bindMethods(book).add());
        return batch.execute().length;
      }
    }
  }

  @Alternative(
      exercise = "3.4",
      idea = "One `INSERT ... SELECT` from arrays (`unnest`): one statement for all.")
  static class WithArrays extends ReferenceCatalogue {
    @Override
    public int addBooks(DataSource dataSource, List<NewBook> books) throws SQLException {
      String sql =
          "INSERT INTO books (title, author, genre, published)"
              + " SELECT * FROM unnest(?, ?, ?, ?)";
      try (Connection connection = dataSource.getConnection();
          PreparedStatement statement = connection.prepareStatement(sql)) {
        Object[] titles = books.stream().map(NewBook::title).toArray();
        Object[] authors = books.stream().map(NewBook::author).toArray();
        Object[] genres = books.stream().map(NewBook::genre).toArray();
        Object[] years = books.stream().map(NewBook::published).toArray();
        statement.setArray(1, connection.createArrayOf("text", titles));
        statement.setArray(2, connection.createArrayOf("text", authors));
        statement.setArray(3, connection.createArrayOf("text", genres));
        statement.setArray(4, connection.createArrayOf("integer", years));
        return statement.executeUpdate();
      }
    }
  }
}
