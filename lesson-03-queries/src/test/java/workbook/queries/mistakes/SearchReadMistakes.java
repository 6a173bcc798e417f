package workbook.queries.mistakes;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import workbook.grading.proofs.Mistake;
import workbook.queries.Catalogue.Book;
import workbook.queries.reference.ReferenceCatalogue;

/** Exercise 3.3: what is read, and of how long a text. */
final class SearchReadMistakes {
  private SearchReadMistakes() {}

  static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
  }

  @Mistake(
      exercise = "3.3",
      violates = "the server does the search: only the books found are read",
      idea = "`LIKE` finds too much, and `contains` sifts it",
      because = "Who types % has every book sent, and most of them thrown away.",
      instead = "Escape what `LIKE` takes for a wildcard, or use `strpos`.",
      rejectedBy = "titles_that_contain_the_text_come_in_order",
      says = "the server looks for them",
      earns = 1)
  static class SiftsInJava extends ReferenceCatalogue {
    @Override
    public List<Book> search(DataSource dataSource, String text) throws SQLException {
      String sql = "SELECT * FROM books WHERE title LIKE ? ORDER BY title, id";
      return SearchMistakes.find(dataSource, sql, "%" + text.replace("\\", "_") + "%").stream()
          .filter(book -> book.title().contains(text))
          .toList();
    }
  }

  @Mistake(
      exercise = "3.3",
      violates = "the server does the search: only the books found are read",
      idea = "`ILIKE` first, and `contains` for upper and lower case",
      because = "The server can tell them apart itself.",
      instead = "`LIKE`, with the wildcards escaped.",
      rejectedBy = "titles_that_contain_the_text_come_in_order",
      says = "the server looks for them",
      earns = 3,
      detail = true)
  static class SiftsTheCase extends ReferenceCatalogue {
    @Override
    public List<Book> search(DataSource dataSource, String text) throws SQLException {
      String sql = "SELECT * FROM books WHERE title ILIKE ? ORDER BY title, id";
      return SearchMistakes.find(dataSource, sql, "%" + escaped(text) + "%").stream()
          .filter(book -> book.title().contains(text))
          .toList();
    }
  }

  @Mistake(
      exercise = "3.3",
      violates = "all books found, however many",
      idea = "`setMaxRows(5000)`, lest nothing is typed",
      because = "Who has more books does not hear that some are missing.",
      instead = "No limit.",
      rejectedBy = "titles_that_contain_the_text_come_in_order",
      says = "How many books search(\"No. \") finds",
      earns = 3,
      detail = true)
  static class AtMostFiveThousand extends ReferenceCatalogue {
    @Override
    public List<Book> search(DataSource dataSource, String text) throws SQLException {
      String sql = "SELECT * FROM books WHERE strpos(title, ?) > 0 ORDER BY title, id";
      try (Connection connection = dataSource.getConnection();
          PreparedStatement statement = connection.prepareStatement(sql)) {
        statement.setMaxRows(5_000);
        statement.setString(1, text);
        return SearchMistakes.books(statement.executeQuery());
      }
    }
  }

  @Mistake(
      exercise = "3.3",
      violates = "Finds the books whose title contains a string, character for character",
      idea = "The first 1,000 characters will do",
      because = "Two titles can differ further on.",
      instead = "The string as it is.",
      rejectedBy = "percent_underscore_and_backslash_stand_for_themselves",
      says = "finds too much",
      earns = 2)
  static class CutsTheText extends ReferenceCatalogue {
    @Override
    public List<Book> search(DataSource dataSource, String text) throws SQLException {
      return super.search(dataSource, text.substring(0, Math.min(1_000, text.length())));
    }
  }

  @Mistake(
      exercise = "3.3",
      violates = "Close what you open, on every path",
      idea = "`prepareStatement` cannot fail",
      because = "It fails on a connection that was lost, which then never goes back to the pool.",
      instead = "`prepareStatement`, too, inside of try-with-resources.",
      rejectedBy = "what_is_typed_is_never_sql",
      says = "when it got one that was lost before",
      earns = 3,
      detail = true)
  static class PreparesOutside extends ReferenceCatalogue {
    @Override
    public List<Book> search(DataSource dataSource, String text) throws SQLException {
      Connection connection = dataSource.getConnection();
      PreparedStatement statement =
          connection.prepareStatement(
              "SELECT * FROM books WHERE strpos(title, ?) > 0 ORDER BY title, id");
      try (connection; statement) {
        statement.setString(1, text);
        return SearchMistakes.books(statement.executeQuery());
      }
    }
  }
}
