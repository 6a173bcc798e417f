package workbook.queries.mistakes;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import workbook.grading.proofs.Alternative;
import workbook.queries.Catalogue.Book;
import workbook.queries.reference.ReferenceCatalogue;

/** Exercise 3.3: search, in other ways. */
final class SearchAlternatives {
  private SearchAlternatives() {}

  @Alternative(
      exercise = "3.3",
      idea = "`strpos(title, ?) > 0` instead of `LIKE`: nothing to escape.")
  static class WithStrpos extends ReferenceCatalogue {
    @Override
    public List<Book> search(DataSource dataSource, String text) throws SQLException {
      String sql = "SELECT * FROM books WHERE strpos(title, ?) > 0 ORDER BY title, id";
      return SearchMistakes.find(dataSource, sql, text);
    }
  }

  @Alternative(
      exercise = "3.3",
      idea = "Jdbi, with a named parameter and `ESCAPE '!'` for another escape character.")
  static class WithJdbi extends ReferenceCatalogue {
    @Override
    public List<Book> search(DataSource dataSource, String text) {
      String sql =
          """
          SELECT * FROM books WHERE title LIKE '%' || :text || '%' ESCAPE '!'
          ORDER BY title, id
          """;
      try (Handle handle = Jdbi.open(dataSource)) {
        return handle
            .createQuery(sql)
            .bind("text", text.replaceAll("[!%_]", "!$0"))
            .map(ConstructorMapper.of(Book.class))
            .list();
      }
    }
  }

  @Alternative(
      exercise = "3.3",
      idea = "A regular expression that says of itself that it is none: `***=`.")
  static class AsALiteralPattern extends ReferenceCatalogue {
    @Override
    public List<Book> search(DataSource dataSource, String text) throws SQLException {
      String sql = "SELECT * FROM books WHERE ? = '' OR title ~ ('***=' || ?) ORDER BY title, id";
      try (Connection connection = dataSource.getConnection();
          PreparedStatement statement = connection.prepareStatement(sql)) {
        statement.setString(1, text);
        statement.setString(2, text);
        try (ResultSet results = statement.executeQuery()) {
          return SearchMistakes.books(results);
        }
      }
    }
  }

  @Alternative(
      exercise = "3.3",
      idea = """
          Without a pattern: what `replace` changes contains the string; as a stream of Jdbi
          in a transaction.""")
  static class CutInPieces extends ReferenceCatalogue {
    @Override
    public List<Book> search(DataSource dataSource, String text) throws SQLException {
      String sql =
          """
          SELECT id, title, author, genre, published FROM books
          WHERE :text = '' OR replace(title, :text, :text || '.') <> title
          ORDER BY title, id
          """;
      return Jdbi.create(dataSource)
          .inTransaction(
              handle ->
                  handle
                      .createQuery(sql)
                      .bind("text", text)
                      .setFetchSize(50)
                      .map(ConstructorMapper.of(Book.class))
                      .collectIntoList());
    }
  }
}
