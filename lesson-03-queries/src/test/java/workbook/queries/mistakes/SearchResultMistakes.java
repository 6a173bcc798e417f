package workbook.queries.mistakes;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import workbook.grading.proofs.Mistake;
import workbook.queries.Catalogue.Book;
import workbook.queries.reference.ReferenceCatalogue;

/** Exercise 3.3: what comes back, and in which order. */
final class SearchResultMistakes {
  private SearchResultMistakes() {}

  @Mistake(
      exercise = "3.3",
      violates = "all books found, however many",
      idea = "A hundred are enough for anyone",
      because = """
          The caller does not know that there are more, and looks for the others in vain.""",
      instead = "No `LIMIT` that was not asked for.",
      rejectedBy = "titles_that_contain_the_text_come_in_order",
      says = "all, however many",
      earns = 1)
  static class FirstHundred extends ReferenceCatalogue {
    @Override
    public List<Book> search(DataSource dataSource, String text) throws SQLException {
      String sql = "SELECT * FROM books WHERE strpos(title, ?) > 0 ORDER BY title, id LIMIT 100";
      return SearchMistakes.find(dataSource, sql, text);
    }
  }

  @Mistake(
      exercise = "3.3",
      violates = "those of the same title by id",
      idea = "`ORDER BY title` is an order",
      because = "Not between two books of one title: their order is luck.",
      instead = "A second column: `ORDER BY title, id`.",
      rejectedBy = "titles_that_contain_the_text_come_in_order",
      says = "by title, then by id",
      earns = 3,
      detail = true)
  static class OrderOfTitleOnly extends ReferenceCatalogue {
    @Override
    public List<Book> search(DataSource dataSource, String text) throws SQLException {
      String sql = "SELECT * FROM books WHERE strpos(title, ?) > 0 ORDER BY title, author";
      return SearchMistakes.find(dataSource, sql, text);
    }
  }

  @Mistake(
      exercise = "3.3",
      violates = """
          in the order in which the server puts their titles (ORDER BY title, with no
          collation of your own)""",
      idea = "`ORDER BY lower(title)` looks better",
      because = "Another program sorts by title, and the two disagree.",
      instead = "`ORDER BY title, id`.",
      rejectedBy = "titles_that_contain_the_text_come_in_order",
      says = "the order is that of the server's ORDER BY title",
      earns = 3,
      detail = true)
  static class OrderWithoutCase extends ReferenceCatalogue {
    @Override
    public List<Book> search(DataSource dataSource, String text) throws SQLException {
      String sql = "SELECT * FROM books WHERE strpos(title, ?) > 0 ORDER BY lower(title), id";
      return SearchMistakes.find(dataSource, sql, text);
    }
  }

  @Mistake(
      exercise = "3.3",
      violates = """
          in the order in which the server puts their titles (ORDER BY title, with no
          collation of your own)""",
      idea = "Sort the list in Java",
      because = """
          Java compares UTF-16, the server by its collation. They differ, at the latest behind
          U+FFFF.""",
      instead = "Leave it to `ORDER BY`.",
      rejectedBy = "titles_that_contain_the_text_come_in_order",
      says = "the order is that of the server's ORDER BY title",
      earns = 3,
      detail = true)
  static class SortsInJava extends ReferenceCatalogue {
    @Override
    public List<Book> search(DataSource dataSource, String text) throws SQLException {
      List<Book> books = new ArrayList<>(super.search(dataSource, text));
      books.sort(Comparator.comparing(Book::title).thenComparing(Book::id));
      return books;
    }
  }

  @Mistake(
      exercise = "3.3",
      violates = "Genre and published are null where the row has NULL.",
      idea = "`Objects.toString(genre, \"\")` spares the reader a null",
      because = "NULL means that it is not known, the empty string that it is none.",
      instead = "Read what is there.",
      rejectedBy = "titles_that_contain_the_text_come_in_order",
      says = "NULL is null",
      earns = 3,
      detail = true)
  static class EmptyForNull extends ReferenceCatalogue {
    @Override
    public List<Book> search(DataSource dataSource, String text) throws SQLException {
      return super.search(dataSource, text).stream()
          .map(
              book ->
                  new Book(
                      book.id(),
                      book.title(),
                      book.author(),
                      Objects.toString(book.genre(), ""),
                      book.published()))
          .toList();
    }
  }

  @Mistake(
      exercise = "3.3",
      violates = "Genre and published are null where the row has NULL.",
      idea = "The year 0 is none",
      because = "`getInt` gives 0 for NULL, and for 0, too. `wasNull()` tells them apart.",
      instead = "`getObject(\"published\", Integer.class)`.",
      rejectedBy = "titles_that_contain_the_text_come_in_order",
      says = "NULL is null",
      earns = 3,
      detail = true)
  static class ZeroIsNull extends ReferenceCatalogue {
    @Override
    public List<Book> search(DataSource dataSource, String text) throws SQLException {
      return super.search(dataSource, text).stream()
          .map(
              book ->
                  new Book(
                      book.id(),
                      book.title(),
                      book.author(),
                      book.genre(),
                      Integer.valueOf(0).equals(book.published()) ? null : book.published()))
          .toList();
    }
  }

  @Mistake(
      exercise = "3.3",
      violates = "Finds the books",
      idea = "An `int` is large enough for an id",
      because = "Ids are bigint: the book 3000000000 is an error of the driver.",
      instead = "`getLong`.",
      rejectedBy = "titles_that_contain_the_text_come_in_order",
      says = "Bad value for type int",
      earns = 3,
      detail = true)
  static class IntIds extends ReferenceCatalogue {
    @Override
    public List<Book> search(DataSource dataSource, String text) throws SQLException {
      try (Connection connection = dataSource.getConnection();
          PreparedStatement statement =
              connection.prepareStatement("SELECT id FROM books WHERE strpos(title, ?) > 0")) {
        statement.setString(1, text);
        try (ResultSet results = statement.executeQuery()) {
          while (results.next()) {
            results.getInt("id");
          }
        }
      }
      return super.search(dataSource, text);
    }
  }

  @Mistake(
      exercise = "3.3",
      violates = "SQLException if the server refuses",
      idea = "An empty list is a safe answer",
      because = "It says that there is no such book. That the search failed is lost.",
      instead = "Let the exception pass.",
      rejectedBy = "what_is_typed_is_never_sql",
      says = "when books has no column title",
      earns = 3,
      detail = true)
  static class NothingOnError extends ReferenceCatalogue {
    @Override
    public List<Book> search(DataSource dataSource, String text) throws SQLException {
      try {
        return super.search(dataSource, text);
      } catch (SQLException e) {
        return List.of();
      }
    }
  }

  @Mistake(
      exercise = "3.3",
      violates = "Close what you open, on every path",
      idea = "`close()` at the end",
      because = "An exception leaves before the end.",
      instead = "try-with-resources closes on every path.",
      rejectedBy = "what_is_typed_is_never_sql",
      says = "What search left open; the last time, the server refused",
      earns = 3,
      detail = true)
  static class ClosesAfterSuccess extends ReferenceCatalogue {
    @Override
    public List<Book> search(DataSource dataSource, String text) throws SQLException {
      String sql = "SELECT * FROM books WHERE strpos(title, ?) > 0 ORDER BY title, id";
      Connection connection = dataSource.getConnection();
      PreparedStatement statement = connection.prepareStatement(sql);
      statement.setString(1, text);
      List<Book> books = SearchMistakes.books(statement.executeQuery());
      statement.close();
      connection.close();
      return books;
    }
  }

  @Mistake(
      exercise = "3.3",
      violates = "all books found",
      idea = "Nothing found is null",
      because = "The caller's loop ends with a NullPointerException.",
      instead = "An empty list.",
      rejectedBy = "what_is_typed_is_never_sql",
      says = "expected: \"a list\"",
      earns = 1)
  static class NullForNothing extends ReferenceCatalogue {
    @Override
    public List<Book> search(DataSource dataSource, String text) throws SQLException {
      List<Book> books = super.search(dataSource, text);
      return books.isEmpty() ? null : books;
    }
  }
}
