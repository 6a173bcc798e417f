package workbook.queries.mistakes;

import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import workbook.grading.proofs.Mistake;
import workbook.queries.Catalogue.Book;
import workbook.queries.reference.ReferenceCatalogue;

/** Exercise 3.3: any character, any length, any number of books. */
final class SearchAnyMistakes {
  private SearchAnyMistakes() {}


  @Mistake(
      exercise = "3.3",
      violates = "No character is special",
      idea = "`ESCAPE '\u00a7'`: a character that no title has needs no care",
      because = "A title has it one day, and then it is not found.",
      instead = "Put the escape character before itself, too.",
      rejectedBy = "percent_underscore_and_backslash_stand_for_themselves",
      says = "finds too much",
      earns = 2)
  static class RareEscapeCharacter extends ReferenceCatalogue {
    @Override
    public List<Book> search(DataSource dataSource, String text) throws SQLException {
      String escaped = text.replace("%", "\u00a7%").replace("_", "\u00a7_");
      return SearchMistakes.find(
          dataSource,
          "SELECT * FROM books WHERE title LIKE ? ESCAPE '\u00a7' ORDER BY title, id",
          "%" + escaped + "%");
    }
  }

  @Mistake(
      exercise = "3.3",
      violates = "in the order in which the server puts their titles",
      idea = "`ORDER BY left(title, 100), id`: the beginning tells enough",
      because = "Titles that differ later come by id.",
      instead = "`ORDER BY title, id`.",
      rejectedBy = "titles_that_contain_the_text_come_in_order",
      says = "the order is that of the server's ORDER BY title",
      earns = 3,
      detail = true)
  static class SortsByTheBeginning extends ReferenceCatalogue {
    @Override
    public List<Book> search(DataSource dataSource, String text) throws SQLException {
      return SearchMistakes.find(
          dataSource,
          "SELECT * FROM books WHERE strpos(title, ?) > 0 ORDER BY left(title, 100), id",
          text);
    }
  }

  @Mistake(
      exercise = "3.3",
      violates = "all books found, however many",
      idea = "`LIMIT 100000` is more than there will ever be",
      because = "The contract has no such number, and nothing says when it is reached.",
      instead = "No limit.",
      rejectedBy = "titles_that_contain_the_text_come_in_order",
      says = "Limits on how many books are found",
      earns = 3,
      detail = true)
  static class LimitOfAHundredThousand extends ReferenceCatalogue {
    @Override
    public List<Book> search(DataSource dataSource, String text) throws SQLException {
      return SearchMistakes.find(
          dataSource,
          "SELECT * FROM books WHERE strpos(title, ?) > 0 ORDER BY title, id LIMIT 100000",
          text);
    }
  }
}
