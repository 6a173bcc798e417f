package workbook.queries.mistakes;

import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import workbook.grading.proofs.Mistake;
import workbook.queries.Catalogue.Book;
import workbook.queries.reference.ReferenceCatalogue;

/** Exercise 3.3: what a title has to contain. */
final class SearchTextMistakes {
  private SearchTextMistakes() {}

  @Mistake(
      exercise = "3.3",
      violates = "Upper and lower case differ",
      idea = "`ILIKE`: a reader seldom types capitals",
      because = """
          That is another search than the one that was asked for: `emma` also finds Emma.""",
      instead = "`LIKE`.",
      rejectedBy = "percent_underscore_and_backslash_stand_for_themselves",
      says = "upper and lower case differ",
      earns = 1)
  static class IgnoresCase extends ReferenceCatalogue {
    @Override
    public List<Book> search(DataSource dataSource, String text) throws SQLException {
      String literal = text.replaceAll("[\\\\%_]", "\\\\$0");
      String sql = "SELECT * FROM books WHERE title ILIKE ? ORDER BY title, id";
      return SearchMistakes.find(dataSource, sql, "%" + literal + "%");
    }
  }

  @Mistake(
      exercise = "3.3",
      violates = "Upper and lower case differ",
      idea = "Lower case on both sides",
      because = """
          `emma` also finds Emma, and a letter whose lower case is two letters finds nothing.""",
      instead = "Compare what is there.",
      rejectedBy = "percent_underscore_and_backslash_stand_for_themselves",
      says = "upper and lower case differ",
      earns = 1)
  static class LowersBoth extends ReferenceCatalogue {
    @Override
    public List<Book> search(DataSource dataSource, String text) throws SQLException {
      String sql =
          "SELECT * FROM books WHERE strpos(lower(title), lower(?)) > 0 ORDER BY title, id";
      return SearchMistakes.find(dataSource, sql, text);
    }
  }

  @Mistake(
      exercise = "3.3",
      violates = "blanks count, also at either end",
      idea = "Blanks at the ends are typing errors",
      because = "` Emma` then finds every title with Emma in it.",
      instead = "Search for what was typed.",
      rejectedBy = "percent_underscore_and_backslash_stand_for_themselves",
      says = "blanks count, at the ends, too",
      earns = 2)
  static class StripsTheText extends ReferenceCatalogue {
    @Override
    public List<Book> search(DataSource dataSource, String text) throws SQLException {
      return super.search(dataSource, text.strip());
    }
  }

  @Mistake(
      exercise = "3.3",
      violates = "and the same goes for _, \\, and any other",
      idea = "`ESCAPE '!'`, and no backslash is special",
      because = """
          But now `!` is. In a text that has one, it makes the next character literal and
          vanishes.""",
      instead = "The escape character stands for itself if it is doubled.",
      rejectedBy = "percent_underscore_and_backslash_stand_for_themselves",
      says = "search(\"a!b\")",
      earns = 2)
  static class EscapeNotEscaped extends ReferenceCatalogue {
    @Override
    public List<Book> search(DataSource dataSource, String text) throws SQLException {
      String literal = text.replace("%", "!%").replace("_", "!_");
      String sql = "SELECT * FROM books WHERE title LIKE ? ESCAPE '!' ORDER BY title, id";
      return SearchMistakes.find(dataSource, sql, "%" + literal + "%");
    }
  }

  @Mistake(
      exercise = "3.3",
      violates = "and the same goes for _, \\, and any other",
      idea = "`%` and `_` are the wildcards",
      because = """
          A backslash is special, too: it takes the power of what follows, and is not looked
          for.""",
      instead = "Escape the backslash, first of all.",
      rejectedBy = "percent_underscore_and_backslash_stand_for_themselves",
      says = "one backslash is a character to find like any other",
      earns = 2)
  static class TwoOfThree extends ReferenceCatalogue {
    @Override
    public List<Book> search(DataSource dataSource, String text) throws SQLException {
      String literal = text.replace("%", "\\%").replace("_", "\\_");
      String sql = "SELECT * FROM books WHERE title LIKE ? ORDER BY title, id";
      return SearchMistakes.find(dataSource, sql, "%" + literal + "%");
    }
  }

  @Mistake(
      exercise = "3.3",
      violates = "No character is special",
      idea = "`~` finds a text anywhere",
      because = "It reads a regular expression. `.` is any character, and `C:\\` is an error.",
      instead = "`LIKE` with its three characters escaped, or `strpos`.",
      rejectedBy = "percent_underscore_and_backslash_stand_for_themselves",
      says = "search(\"",
      earns = 2)
  static class AsAPattern extends ReferenceCatalogue {
    @Override
    public List<Book> search(DataSource dataSource, String text) throws SQLException {
      String sql = "SELECT * FROM books WHERE title ~ ? ORDER BY title, id";
      return SearchMistakes.find(dataSource, sql, text);
    }
  }

  @Mistake(
      exercise = "3.3",
      violates = "Finds the books whose title contains a string",
      idea = "A title begins with what is typed",
      because = "`Nights` does not find 1001 Nights.",
      instead = "A pattern with `%` on both sides.",
      rejectedBy = "percent_underscore_and_backslash_stand_for_themselves",
      says = "search(\"",
      earns = 1)
  static class OnlyTheBeginning extends ReferenceCatalogue {
    @Override
    public List<Book> search(DataSource dataSource, String text) throws SQLException {
      String literal = text.replaceAll("[\\\\%_]", "\\\\$0");
      String sql = "SELECT * FROM books WHERE title LIKE ? ORDER BY title, id";
      return SearchMistakes.find(dataSource, sql, literal + "%");
    }
  }

  @Mistake(
      exercise = "3.3",
      violates = "an empty string finds every book",
      idea = "Without a text there is nothing to search for",
      because = "Every title contains the empty string.",
      instead = "No case of its own: all of them do it right.",
      rejectedBy = "percent_underscore_and_backslash_stand_for_themselves",
      says = "search(\"\")",
      earns = 2)
  static class EmptyFindsNothing extends ReferenceCatalogue {
    @Override
    public List<Book> search(DataSource dataSource, String text) throws SQLException {
      return text.isEmpty() ? List.of() : super.search(dataSource, text);
    }
  }

  @Mistake(
      exercise = "3.3",
      violates = "blanks count, also at either end",
      idea = "A blank text is an empty one",
      because = "` ` asks for the titles that have a blank.",
      instead = "`isBlank` is not `isEmpty`.",
      rejectedBy = "percent_underscore_and_backslash_stand_for_themselves",
      says = "search(\"  \")",
      earns = 2)
  static class BlankFindsAll extends ReferenceCatalogue {
    @Override
    public List<Book> search(DataSource dataSource, String text) throws SQLException {
      return super.search(dataSource, text.isBlank() ? "" : text);
    }
  }
}
