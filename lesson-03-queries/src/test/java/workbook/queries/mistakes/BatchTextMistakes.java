package workbook.queries.mistakes;

import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import workbook.grading.proofs.Mistake;
import workbook.queries.Catalogue.NewBook;
import workbook.queries.reference.ReferenceCatalogue;

/** Exercise 3.4: values that travel as text, and long lists. */
final class BatchTextMistakes {
  private BatchTextMistakes() {}

  @Mistake(
      exercise = "3.4",
      violates = "each is stored as it is",
      idea = "COPY: backslash, tab and newline are escaped",
      because = "A carriage return ends a row, too, or is refused as one that does not.",
      instead = "Escape it as well; or CSV; or a batch.",
      rejectedBy = "many_books_make_one_batch",
      says = "expected: no exception",
      earns = 0)
  static class CopyForgetsReturn extends ReferenceCatalogue {
    @Override
    public int addBooks(DataSource dataSource, List<NewBook> books) throws SQLException {
      StringBuilder rows = new StringBuilder();
      for (NewBook book : books) {
        rows.append(field(book.title())).append('\t').append(field(book.author())).append('\t');
        rows.append(field(book.genre())).append('\t').append(field(book.published())).append('\n');
      }
      try (Connection connection = dataSource.getConnection()) {
        String copy = "COPY books (title, author, genre, published) FROM STDIN";
        return (int)
            connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn(copy, new StringReader(rows.toString()));
      } catch (IOException e) {
        throw new SQLException("Reading from memory failed.", e);
      }
    }

    private static String field(Object value) {
      return value == null
          ? "\\N"
          : value.toString().replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n");
    }
  }

  @Mistake(
      exercise = "3.4",
      violates = "each is stored as it is",
      idea = "One string for each book, its values joined by U+001F",
      because = "What separates values may be in one, and the word null is a value, too.",
      instead = "A parameter or an array for each column.",
      rejectedBy = "many_books_make_one_batch",
      says = "expected: no exception",
      earns = 0)
  static class JoinsTheFields extends ReferenceCatalogue {
    @Override
    public int addBooks(DataSource dataSource, List<NewBook> books) throws SQLException {
      String sql =
          "INSERT INTO books (title, author, genre, published)"
              + " SELECT f[1], f[2], f[3], f[4]::integer FROM unnest(?) AS line"
              + " CROSS JOIN LATERAL string_to_array(line, chr(31), 'null') AS f";
      try (Connection connection = dataSource.getConnection();
          PreparedStatement statement = connection.prepareStatement(sql)) {
        statement.setObject(
            1,
            books.stream()
                .map(
                    b ->
                        List.of(b.title(), b.author(), "" + b.genre(), "" + b.published()))
                .map(values -> String.join("\u001f", values))
                .toArray(String[]::new));
        return statement.executeUpdate();
      }
    }
  }

  @Mistake(
      exercise = "3.4",
      violates = "not one by one and not in portions",
      idea = "`executeBatch()` after each 10,000",
      because = """
          The second portion is another execution: a refusal in it comes when the first is
          saved.""",
      instead = "One `executeBatch()`.",
      rejectedBy = "many_books_make_one_batch",
      says = "collect them, then send them together",
      earns = 1)
  static class PortionsOfTenThousand extends ReferenceCatalogue {
    @Override
    public int addBooks(DataSource dataSource, List<NewBook> books) throws SQLException {
      try (Connection connection = dataSource.getConnection();
          PreparedStatement statement = connection.prepareStatement(BatchMistakes.INSERT)) {
        int waiting = 0;
        for (NewBook book : books) {
          BatchMistakes.bind(statement, book);
          statement.addBatch();
          if (++waiting % 10_000 == 0) {
            statement.executeBatch();
          }
        }
        statement.executeBatch();
        return books.size();
      }
    }
  }
}
