package workbook.queries.mistakes;

import java.io.IOException;
import java.io.StringReader;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import workbook.grading.proofs.Alternative;
import workbook.queries.Catalogue.NewBook;
import workbook.queries.reference.ReferenceCatalogue;

/** Exercise 3.4: many books, in other ways. */
final class BatchAlternatives {
  private BatchAlternatives() {}

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

  @Alternative(
      exercise = "3.4",
      idea = "COPY in CSV, through the driver's `CopyManager`.")
  static class Copy extends ReferenceCatalogue {
    @Override
    public int addBooks(DataSource dataSource, List<NewBook> books) throws SQLException {
      String csv =
          books.stream()
              .map(
                  book ->
                      Stream.of(book.title(), book.author(), book.genre(), book.published())
                          .map(value -> value == null ? "" : quoted(value.toString()))
                          .collect(Collectors.joining(",", "", "\n")))
              .collect(Collectors.joining());
      String copy = "COPY books (title, author, genre, published) FROM STDIN (FORMAT csv)";
      try (Connection connection = dataSource.getConnection()) {
        CopyManager manager = connection.unwrap(PGConnection.class).getCopyAPI();
        return (int) manager.copyIn(copy, new StringReader(csv));
      } catch (IOException e) {
        throw new SQLException("Reading from memory failed.", e);
      }
    }

    private static String quoted(String value) {
      return '"' + value.replace("\"", "\"\"") + '"';
    }
  }

  @Alternative(
      exercise = "3.4",
      idea = """
          `MERGE`, in a transaction, from a prepared statement's arrays, whose condition is
          never true.""")
  static class Merge extends ReferenceCatalogue {
    @Override
    public int addBooks(DataSource dataSource, List<NewBook> books) throws SQLException {
      String sql =
          "MERGE INTO books USING unnest(?::text[], ?::text[], ?::text[], ?::integer[])"
              + " AS b (title, author, genre, published) ON false WHEN NOT MATCHED THEN"
              + " INSERT (title, author, genre, published)"
              + " VALUES (b.title, b.author, b.genre, b.published)";
      try (Connection connection = dataSource.getConnection()) {
        connection.setAutoCommit(false);
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
          statement.setObject(1, books.stream().map(NewBook::title).toArray(String[]::new));
          statement.setObject(2, books.stream().map(NewBook::author).toArray(String[]::new));
          statement.setObject(3, books.stream().map(NewBook::genre).toArray(String[]::new));
          statement.setObject(4, books.stream().map(NewBook::published).toArray(Integer[]::new));
          statement.executeUpdate();
        }
        connection.commit();
        return books.size();
      }
    }
  }

  @Alternative(
      exercise = "3.4",
      idea = "Of a batch that is refused, the next exception: that of the row.")
  static class ThrowsTheNext extends ReferenceCatalogue {
    @Override
    public int addBooks(DataSource dataSource, List<NewBook> books) throws SQLException {
      try {
        return super.addBooks(dataSource, books);
      } catch (BatchUpdateException e) {
        throw e.getNextException();
      }
    }
  }
}
