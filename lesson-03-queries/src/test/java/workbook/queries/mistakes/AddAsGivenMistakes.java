package workbook.queries.mistakes;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.text.Normalizer;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import workbook.grading.proofs.Mistake;
import workbook.queries.Catalogue.NewBook;
import workbook.queries.reference.ReferenceCatalogue;

/** Exercise 3.2: values that are "put right", and a connection that is lost. */
final class AddAsGivenMistakes {
  private AddAsGivenMistakes() {}

  private static long add(DataSource dataSource, NewBook book, UnaryOperator<String> change)
      throws SQLException {
    String title = book.title() == null ? null : change.apply(book.title());
    return new ReferenceCatalogue()
        .addBook(dataSource, new NewBook(title, book.author(), book.genre(), book.published()));
  }

  @Mistake(
      exercise = "3.2",
      violates = "They are stored as they are",
      idea = "Unicode normal form, so that searches find it",
      because = "An e with an accent can be one character or two; the book was given with two.",
      instead = "`setString` with the value as it is.",
      rejectedBy = "a_book_is_added_and_its_id_returned",
      says = "The rows of these books, seen from another session",
      earns = 0)
  static class NormalForm extends ReferenceCatalogue {
    @Override
    public long addBook(DataSource dataSource, NewBook book) throws SQLException {
      return add(
          dataSource, book, title -> Normalizer.normalize(title, Normalizer.Form.NFC));
    }
  }

  @Mistake(
      exercise = "3.2",
      violates = "What is allowed is for the server to say",
      idea = "The character 0 cannot be stored: it is left out",
      because = "The server refuses it (22021), and the caller has to hear of that.",
      instead = "`setString` with the value as it is.",
      rejectedBy = "an_unknown_genre_and_year_are_stored_as_null",
      says = "the server's own exception, SQLSTATE 22021",
      earns = 2,
      detail = true)
  static class LeavesOutZeros extends ReferenceCatalogue {
    @Override
    public long addBook(DataSource dataSource, NewBook book) throws SQLException {
      return add(dataSource, book, title -> title.replace("\0", ""));
    }
  }

  @Mistake(
      exercise = "3.2",
      violates = "Close what you open, on every path",
      idea = "`prepareStatement` cannot fail",
      because = "It fails on a connection that was lost, which then never goes back to the pool.",
      instead = "`prepareStatement`, too, inside of try-with-resources.",
      rejectedBy = "an_unknown_genre_and_year_are_stored_as_null",
      says = "when it got one that was lost before",
      earns = 2,
      detail = true)
  static class PreparesOutside extends ReferenceCatalogue {
    @Override
    public long addBook(DataSource dataSource, NewBook book) throws SQLException {
      Connection connection = dataSource.getConnection();
      PreparedStatement statement =
          connection.prepareStatement(BatchMistakes.INSERT + " RETURNING id");
      try (connection; statement) {
        BatchMistakes.bind(statement, book);
        ResultSet keys = statement.executeQuery();
        keys.next();
        return keys.getLong(1);
      }
    }
  }
}
