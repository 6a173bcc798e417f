package workbook.queries.mistakes;

import static workbook.queries.mistakes.DaoMistakes.INSERT;
import static workbook.queries.mistakes.DaoMistakes.withPlugin;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.GetGeneratedKeys;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jdbi.v3.sqlobject.statement.UseRowMapper;
import workbook.grading.proofs.Alternative;
import workbook.queries.Catalogue.Book;
import workbook.queries.Catalogue.BookDao;
import workbook.queries.Catalogue.NewBook;
import workbook.queries.reference.ReferenceCatalogue;

/** Exercise 3.10: right answers that differ from the reference. */
final class DaoAlternatives {
  private DaoAlternatives() {}

  @Alternative(
      exercise = "3.10",
      idea =
          "`RETURNING id` under `@SqlQuery`, and the mapper registered with Jdbi rather "
          + "than with the interface.")
  static class WithReturning extends ReferenceCatalogue {
    public interface Shelves extends BookDao {
      @Override
      @SqlQuery(INSERT + " RETURNING id")
      long add(@BindMethods NewBook book);

      @Override
      @SqlBatch(INSERT)
      int[] addAll(@BindMethods List<NewBook> books);

      @Override
      @SqlQuery("SELECT * FROM books WHERE author = :author ORDER BY title, id")
      List<Book> byAuthor(String author);

      @Override
      @SqlUpdate("DELETE FROM books WHERE id = :id")
      boolean remove(long id);
    }

    @Override
    public BookDao dao(Jdbi jdbi) {
      jdbi.registerRowMapper(ConstructorMapper.factory(Book.class));
      return withPlugin(jdbi).onDemand(Shelves.class);
    }
  }

  @Alternative(
      exercise = "3.10",
      idea =
          "The statements inherited from one interface, and the keys by "
          + "`@GetGeneratedKeys` without a name.")
  static class Inherits extends ReferenceCatalogue {
    @RegisterConstructorMapper(Book.class)
    public interface Keys extends Books {
      @Override
      @SqlUpdate(INSERT)
      @GetGeneratedKeys
      long add(@BindMethods NewBook book);
    }

    @Override
    public BookDao dao(Jdbi jdbi) {
      return withPlugin(jdbi).onDemand(Keys.class);
    }
  }

  @Alternative(
      exercise = "3.10",
      idea =
          "Only queries and a batch: a `DELETE` within a query that counts, placeholders "
          + "without names, and a row mapper of one's own.")
  static class CountsInSql extends ReferenceCatalogue {
    /** Reads a row without reflection. */
    public static final class Rows implements RowMapper<Book> {
      @Override
      public Book map(ResultSet row, StatementContext context) throws SQLException {
        return new Book(
            row.getLong("id"),
            row.getString("title"),
            row.getString("author"),
            row.getString("genre"),
            row.getObject("published", Integer.class));
      }
    }

    public interface Counted extends BookDao {
      @Override
      @SqlQuery(INSERT + " RETURNING id")
      long add(@BindMethods NewBook book);

      @Override
      @SqlBatch(INSERT)
      int[] addAll(@BindMethods List<NewBook> books);

      @Override
      @UseRowMapper(Rows.class)
      @SqlQuery("SELECT * FROM books WHERE author = ? ORDER BY title, id")
      List<Book> byAuthor(String author);

      @SqlQuery(
          "WITH gone AS (DELETE FROM books WHERE id = ? RETURNING id) SELECT count(*) FROM gone")
      int removeAndCount(long id);

      @Override
      default boolean remove(long id) {
        return removeAndCount(id) > 0;
      }
    }

    @Override
    public BookDao dao(Jdbi jdbi) {
      return withPlugin(jdbi).onDemand(Counted.class);
    }
  }

  @Alternative(
      exercise = "3.10",
      idea = "One `@SqlBatch` that returns the keys serves `add` and `addAll`.")
  static class OneBatchForAll extends ReferenceCatalogue {
    public interface Keyed extends Books {
      @SqlBatch(INSERT)
      @GetGeneratedKeys("id")
      List<Long> insert(@BindMethods List<NewBook> books);

      @Override
      default long add(NewBook book) {
        return insert(List.of(book)).get(0);
      }

      @Override
      default int[] addAll(List<NewBook> books) {
        return insert(books).stream().mapToInt(id -> 1).toArray();
      }
    }

    @Override
    public BookDao dao(Jdbi jdbi) {
      return withPlugin(jdbi).onDemand(Keyed.class);
    }
  }
}
