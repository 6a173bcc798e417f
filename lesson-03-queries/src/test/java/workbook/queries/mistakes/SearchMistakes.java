package workbook.queries.mistakes;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import workbook.grading.proofs.Mistake;
import workbook.queries.Catalogue.Book;
import workbook.queries.reference.ReferenceCatalogue;

/** Exercise 3.3: search, whatever is typed. */
final class SearchMistakes {
  private SearchMistakes() {}

  static List<Book> find(DataSource dataSource, String sql, String text)
      throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, text);
      try (ResultSet results = statement.executeQuery()) {
        return books(results);
      }
    }
  }

  static List<Book> books(ResultSet results) throws SQLException {
    List<Book> books = new ArrayList<>();
    while (results.next()) {
      books.add(
          new Book(
              results.getLong("id"),
              results.getString("title"),
              results.getString("author"),
              results.getString("genre"),
              results.getObject("published", Integer.class)));
    }
    return books;
  }

  @Mistake(
      exercise = "3.3",
      violates = "The string travels apart from the SQL text, as a placeholder",
      idea = "Put what was typed into the SQL",
      because = """
          `O'Hara` ends the text at the quote. `' OR '1' = '1` finds everything, and pgjdbc runs a
          second statement behind a `;`, such as `DROP TABLE`.""",
      instead = "A placeholder: what is bound is never SQL.",
      rejectedBy = "what_is_typed_is_never_sql",
      says = "syntax error",
      earns = 0)
  static class Concatenates extends ReferenceCatalogue {
    @Override
    public List<Book> search(DataSource dataSource, String text) throws SQLException {
      String sql = "SELECT * FROM books WHERE title LIKE '%" + text + "%' ORDER BY title, id";
      try (Connection connection = dataSource.getConnection();
          Statement statement = connection.createStatement();
          ResultSet results = statement.executeQuery(sql)) {
        return books(results);
      }
    }
  }

  @Mistake(
      exercise = "3.3",
      violates = "The string travels apart from the SQL text, as a placeholder",
      idea = "A `PreparedStatement` makes it safe",
      because = """
          Only for what is bound. A text that was concatenated before is part of the SQL,
          prepared or not.""",
      instead = "`?` in the SQL, `setString` for the text.",
      rejectedBy = "what_is_typed_is_never_sql",
      says = "syntax error",
      earns = 0)
  static class PreparesTheConcatenated extends ReferenceCatalogue {
    @Override
    public List<Book> search(DataSource dataSource, String text) throws SQLException {
      String sql = "SELECT * FROM books WHERE title LIKE '%" + text + "%' ORDER BY title, id";
      try (Connection connection = dataSource.getConnection();
          PreparedStatement statement = connection.prepareStatement(sql);
          ResultSet results = statement.executeQuery()) {
        return books(results);
      }
    }
  }

  @Mistake(
      exercise = "3.3",
      violates = "No character is special",
      idea = "What is bound needs no further care",
      because = """
          It is no SQL any more, but `LIKE` still reads it: `%` stands for anything, `_` for any
          character. `100%` also finds "1001 Nights".""",
      instead = "A backslash before `%`, `_` and `\\`; or a function that knows no wildcards.",
      rejectedBy = "percent_underscore_and_backslash_stand_for_themselves",
      says = "a per cent sign stands for itself",
      earns = 1)
  static class WildcardsStay extends ReferenceCatalogue {
    @Override
    public List<Book> search(DataSource dataSource, String text) throws SQLException {
      String sql = "SELECT * FROM books WHERE title LIKE ? ORDER BY title, id";
      return find(dataSource, sql, "%" + text + "%");
    }
  }

  @Mistake(
      exercise = "3.3",
      violates = "and the same goes for _, \\, and any other",
      idea = "Escape the backslash last",
      because = """
          Then the backslashes that were just added are doubled, and escape each other
          instead of the `%`.""",
      instead = "The backslash first.",
      rejectedBy = "percent_underscore_and_backslash_stand_for_themselves",
      says = "search(\"100%\")",
      earns = 1)
  static class BackslashLast extends ReferenceCatalogue {
    @Override
    public List<Book> search(DataSource dataSource, String text) throws SQLException {
      String literal = text.replace("%", "\\%").replace("_", "\\_").replace("\\", "\\\\");
      String sql = "SELECT * FROM books WHERE title LIKE ? ORDER BY title, id";
      return find(dataSource, sql, "%" + literal + "%");
    }
  }

  @Mistake(
      exercise = "3.3",
      violates = "Genre and published are null where the row has NULL.",
      idea = "`getInt` reads a number",
      because = "It makes 0 of NULL, since an `int` cannot be null. The year 0 then looks known.",
      instead = "`getObject(\"published\", Integer.class)`, or `wasNull()` after `getInt`.",
      rejectedBy = "titles_that_contain_the_text_come_in_order",
      says = "NULL is null",
      earns = 3,
      detail = true)
  static class GetInt extends ReferenceCatalogue {
    @Override
    public List<Book> search(DataSource dataSource, String text) throws SQLException {
      String sql = "SELECT * FROM books WHERE strpos(title, ?) > 0 ORDER BY title, id";
      try (Connection connection = dataSource.getConnection();
          PreparedStatement statement = connection.prepareStatement(sql)) {
        statement.setString(1, text);
        try (ResultSet results = statement.executeQuery()) {
          List<Book> books = new ArrayList<>();
          while (results.next()) {
            books.add(
                new Book(
                    results.getLong("id"),
                    results.getString("title"),
                    results.getString("author"),
                    results.getString("genre"),
                    results.getInt("published")));
          }
          return books;
        }
      }
    }
  }

  @Mistake(
      exercise = "3.3",
      violates = "in the order in which the server puts their titles",
      idea = "Rows come in the order in which they were added",
      because = """
          Until one is updated, or the server reads the table another way. Without `ORDER
          BY` there is no order, only luck.""",
      instead = "`ORDER BY title, id`.",
      rejectedBy = "titles_that_contain_the_text_come_in_order",
      says = "by title, then by id",
      earns = 3,
      detail = true)
  static class WithoutOrder extends ReferenceCatalogue {
    @Override
    public List<Book> search(DataSource dataSource, String text) throws SQLException {
      return find(dataSource, "SELECT * FROM books WHERE strpos(title, ?) > 0", text);
    }
  }

  @Mistake(
      exercise = "3.3",
      violates = "all books found, however many",
      idea = "Read the first row at once",
      because = """
          A `ResultSet` stands before its first row; `next()` moves it there. Reading before that is
          24000.""",
      instead = "`while (results.next())`.",
      rejectedBy = "titles_that_contain_the_text_come_in_order",
      says = "SQLSTATE 24000",
      earns = 0)
  static class ReadsBeforeNext extends ReferenceCatalogue {
    @Override
    public List<Book> search(DataSource dataSource, String text) throws SQLException {
      String sql = "SELECT title FROM books WHERE strpos(title, ?) > 0 ORDER BY title, id";
      try (Connection connection = dataSource.getConnection();
          PreparedStatement statement = connection.prepareStatement(sql)) {
        statement.setString(1, text);
        try (ResultSet results = statement.executeQuery()) {
          List<Book> books = new ArrayList<>();
          do {
            books.add(new Book(0, results.getString("title"), null, null, null));
          } while (results.next());
          return books;
        }
      }
    }
  }
}
