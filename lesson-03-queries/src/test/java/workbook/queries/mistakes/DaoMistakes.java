package workbook.queries.mistakes;

import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.sqlobject.SqlObjectPlugin;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.GetGeneratedKeys;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import workbook.grading.proofs.Alternative;
import workbook.grading.proofs.Mistake;
import workbook.queries.Catalogue.Book;
import workbook.queries.Catalogue.BookDao;
import workbook.queries.Catalogue.NewBook;
import workbook.queries.reference.ReferenceCatalogue;

/** Exercise 3.10: the catalogue as a SQL Object. */
final class DaoMistakes {
  private static final String INSERT =
      "INSERT INTO books (title, author, genre, published)"
          + " VALUES (:title, :author, :genre, :published)";

  private DaoMistakes() {}

  private static Jdbi withPlugin(Jdbi jdbi) {
    return jdbi.installPlugin(new SqlObjectPlugin());
  }

  @Mistake(
      exercise = "3.10",
      idea = "Write the class yourself",
      because = """
          It works, and it is what a SQL Object saves you: the SQL stands beside the method, and the
          rest is the same in every class.""",
      instead = "An interface with annotations; `jdbi.onDemand` makes the class.",
      rejectedBy = "jdbi_wrote_the_class",
      says = "a class that Jdbi made from your interface?",
      earns = 2)
  static class ByHand extends ReferenceCatalogue {
    @Override
    public BookDao dao(Jdbi jdbi) {
      return new Written(super.dao(jdbi));
    }

    record Written(BookDao inner) implements BookDao {
      @Override
      public long add(NewBook book) {
        return inner.add(book);
      }

      @Override
      public int[] addAll(List<NewBook> books) {
        return inner.addAll(books);
      }

      @Override
      public List<Book> byAuthor(String author) {
        return inner.byAuthor(author);
      }

      @Override
      public boolean remove(long id) {
        return inner.remove(id);
      }
    }
  }

  @Mistake(
      exercise = "3.10",
      idea = "A `default` method that calls `add` in a loop",
      because = """
          It makes a trip for each book, and takes a connection for each on top of it.""",
      instead = "`@SqlBatch`, with the list as its parameter.",
      rejectedBy = "many_books_are_added_in_one_batch",
      says = "Times that something was sent to the server for 50 books",
      earns = 2)
  static class LoopInDefault extends ReferenceCatalogue {
    public interface Looping extends Books {
      @Override
      default int[] addAll(List<NewBook> books) {
        return books.stream().mapToInt(book -> add(book) > 0 ? 1 : 0).toArray();
      }
    }

    @Override
    public BookDao dao(Jdbi jdbi) {
      return withPlugin(jdbi).onDemand(Looping.class);
    }
  }

  @Mistake(
      exercise = "3.10",
      idea = "The result of an `INSERT` is its id",
      because = """
          It is the number of rows: 1. The key is there, but has to be asked for.""",
      instead = "`@GetGeneratedKeys(\"id\")`.",
      rejectedBy = "the_methods_run_their_sql",
      says = "The ids that add returned",
      earns = 2)
  static class CountForId extends ReferenceCatalogue {
    public interface Counting extends Books {
      @Override
      @SqlUpdate(INSERT)
      long add(@BindMethods NewBook book);
    }

    @Override
    public BookDao dao(Jdbi jdbi) {
      return withPlugin(jdbi).onDemand(Counting.class);
    }
  }

  @Mistake(
      exercise = "3.10",
      idea = "`open()` a handle, and attach the object to it",
      because = "Nobody closes that handle: the connection stays open.",
      instead = "`onDemand`: a connection for each call.",
      rejectedBy = "the_methods_run_their_sql",
      says = "the server still sees 1 open connection")
  static class Attached extends ReferenceCatalogue {
    @Override
    public BookDao dao(Jdbi jdbi) {
      return withPlugin(jdbi).open().attach(Books.class);
    }
  }

  @Mistake(
      exercise = "3.10",
      idea = "`onDemand` is there from the start",
      because = """
          SQL Objects are a plugin. Without it Jdbi does not know what to do with the interface.""",
      instead = "`jdbi.installPlugin(new SqlObjectPlugin())` first.",
      rejectedBy = "jdbi_wrote_the_class",
      says = "NoSuchExtensionException")
  static class WithoutPlugin extends ReferenceCatalogue {
    @Override
    public BookDao dao(Jdbi jdbi) {
      return jdbi.onDemand(Books.class);
    }
  }

  @Alternative(
      exercise = "3.10",
      idea = "`RETURNING id` under `@SqlQuery`, and the mapper registered with Jdbi rather than "
          + "with the "
          + "interface.")
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
      idea = "The statements inherited from one interface, and the keys by `@GetGeneratedKeys` "
          + "without a "
          + "name.")
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
}
