package workbook.queries.mistakes;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import workbook.grading.proofs.Mistake;
import workbook.queries.Catalogue.Book;
import workbook.queries.reference.ReferenceCatalogue;

/** Exercise 3.3: who searches, and who sorts. */
final class SearchServerMistakes {
  private SearchServerMistakes() {}

  @Mistake(
      exercise = "3.3",
      violates = "with no collation of your own",
      idea = "`COLLATE \"C\"` is the same on every server",
      because = """
          Then every capital comes before every small letter, whatever the library's language
          is.""",
      instead = "`ORDER BY title`.",
      rejectedBy = "titles_that_contain_the_text_come_in_order",
      says = "the order is that of the server's ORDER BY title",
      earns = 3,
      detail = true)
  static class CollatesByBytes extends ReferenceCatalogue {
    @Override
    public List<Book> search(DataSource dataSource, String text) throws SQLException {
      String sql =
          "SELECT * FROM books WHERE strpos(title, ?) > 0 ORDER BY title COLLATE \"C\", id";
      return SearchMistakes.find(dataSource, sql, text);
    }
  }

  @Mistake(
      exercise = "3.3",
      violates = "the server does the search: only the books found are read",
      idea = "Read all books; `contains` is exact",
      because = "It moves the whole table for each search, and the string never travels.",
      instead = "A condition in `WHERE`, with a placeholder.",
      rejectedBy = "titles_that_contain_the_text_come_in_order",
      says = "the server looks for them",
      earns = 1,
      detail = true)
  static class FiltersInJava extends ReferenceCatalogue {
    @Override
    public List<Book> search(DataSource dataSource, String text) throws SQLException {
      String sql = "SELECT * FROM books WHERE ? IS NOT NULL ORDER BY title, id";
      return SearchMistakes.find(dataSource, sql, "").stream()
          .filter(book -> book.title().contains(text))
          .toList();
    }
  }

  @Mistake(
      exercise = "3.3",
      violates = "all books found",
      idea = "The same search again need not ask the server",
      because = "Other sessions write: what was found a minute ago may be gone.",
      instead = "Ask each time.",
      rejectedBy = "titles_that_contain_the_text_come_in_order",
      says = "the order is that of the server's ORDER BY title",
      earns = 3,
      detail = true)
  static class RemembersTheResult extends ReferenceCatalogue {
    private final Map<String, List<Book>> known = new HashMap<>();

    @Override
    public List<Book> search(DataSource dataSource, String text) throws SQLException {
      if (!known.containsKey(text)) {
        known.put(text, super.search(dataSource, text));
      }
      return known.get(text);
    }
  }
}
