package workbook.queries.mistakes;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.sqlobject.SqlObject;
import org.jdbi.v3.sqlobject.SqlObjectPlugin;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.BatchChunkSize;
import org.jdbi.v3.sqlobject.statement.GetGeneratedKeys;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jdbi.v3.sqlobject.statement.UseRowMapper;
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
      violates = "Jdbi writes the class",
      idea = "Write the class yourself",
      because = """
          It works, and it is what a SQL Object saves you: the SQL stands beside the method,
          and the rest is the same in every class.""",
      instead = "An interface with annotations; `jdbi.onDemand` makes the class.",
      rejectedBy = "the_methods_run_their_sql",
      says = "a class that Jdbi made from your interface?",
      earns = 1)
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
      violates = "every statement comes from an annotation",
      idea = "`default` methods around a handle",
      because = """
          An interface with code in it is a class by another name. What a SQL Object is good
          for is that the SQL stands beside the method, and no code.""",
      instead = "`@SqlUpdate`, with the statement.",
      rejectedBy = "the_methods_run_their_sql",
      says = "Statements that came from elsewhere",
      earns = 1)
  static class HandleInDefault extends ReferenceCatalogue {
    public interface WithHandle extends Books, SqlObject {
      @Override
      default boolean remove(long id) {
        return getHandle().execute("DELETE FROM books WHERE id = ?", id) > 0;
      }
    }

    @Override
    public BookDao dao(Jdbi jdbi) {
      return withPlugin(jdbi).onDemand(WithHandle.class);
    }
  }

  @Mistake(
      exercise = "3.10",
      violates = "overrides its methods",
      idea = "What `BookDao` declares is there already",
      because = """
          Without an annotation Jdbi does not know what to run. It finds that out when the
          method is called.""",
      instead = "Override each of the four, with the annotation of its statement.",
      rejectedBy = "the_methods_run_their_sql",
      says = "a method of BookDao without SQL",
      earns = 0)
  static class OneWithoutSql extends ReferenceCatalogue {
    @RegisterConstructorMapper(Book.class)
    public interface Partly extends BookDao {
      @Override
      @SqlBatch(INSERT)
      int[] addAll(@BindMethods List<NewBook> books);

      @Override
      @SqlUpdate(INSERT)
      @GetGeneratedKeys("id")
      long add(@BindMethods NewBook book);

      @Override
      @SqlUpdate("DELETE FROM books WHERE id = :id")
      boolean remove(@Bind("id") long id);
    }

    @Override
    public BookDao dao(Jdbi jdbi) {
      return withPlugin(jdbi).onDemand(Partly.class);
    }
  }

  @Mistake(
      exercise = "3.10",
      violates = "no plugin is installed yet",
      idea = "`onDemand` is there from the start",
      because = """
          SQL Objects are a plugin. Without it Jdbi does not know what to do with the
          interface.""",
      instead = "`jdbi.installPlugin(new SqlObjectPlugin())` first.",
      rejectedBy = "the_methods_run_their_sql",
      says = "NoSuchExtensionException",
      earns = 0)
  static class WithoutPlugin extends ReferenceCatalogue {
    @Override
    public BookDao dao(Jdbi jdbi) {
      return jdbi.onDemand(Books.class);
    }
  }

  @Mistake(
      exercise = "3.10",
      violates = "it opens a connection for each call and closes it again",
      idea = "`open()` a handle, and attach the object to it",
      because = "Nobody closes that handle: the connection stays open.",
      instead = "`onDemand`: a connection for each call.",
      rejectedBy = "the_methods_run_their_sql",
      says = "Connections that the call of add opened",
      earns = 0)
  static class Attached extends ReferenceCatalogue {
    private static final List<Handle> KEPT = new ArrayList<>();

    @Override
    public BookDao dao(Jdbi jdbi) {
      KEPT.add(withPlugin(jdbi).open());
      return KEPT.get(KEPT.size() - 1).attach(Books.class);
    }
  }

  @Mistake(
      exercise = "3.10",
      violates = "returns the id that the server gave it",
      idea = "The result of an `INSERT` is its id",
      because = "It is the number of rows: 1. The key is there, but has to be asked for.",
      instead = "`@GetGeneratedKeys(\"id\")`.",
      rejectedBy = "the_methods_run_their_sql",
      says = "The ids that add returned",
      earns = 1)
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
      violates = "returns the id that the server gave it",
      idea = "The new book has the greatest id",
      because = """
          Not if another session adds one in between, or a book from elsewhere has a greater
          one.""",
      instead = "`@GetGeneratedKeys(\"id\")`, in the same statement.",
      rejectedBy = "the_methods_run_their_sql",
      says = "The ids that add returned",
      earns = 1)
  static class GreatestId extends ReferenceCatalogue {
    public interface Greatest extends Books {
      @SqlUpdate(INSERT)
      void insert(@BindMethods NewBook book);

      @SqlQuery("SELECT max(id) FROM books")
      long greatest();

      @Override
      default long add(NewBook book) {
        insert(book);
        return greatest();
      }
    }

    @Override
    public BookDao dao(Jdbi jdbi) {
      return withPlugin(jdbi).onDemand(Greatest.class);
    }
  }

  @Mistake(
      exercise = "3.10",
      violates = "the name is meant letter for letter",
      idea = "`LIKE` compares strings",
      because = """
          It compares with a pattern: `_` is any character in it, `%` any number of them.
          Books of other authors are found, too.""",
      instead = "`=`.",
      rejectedBy = "the_methods_run_their_sql",
      says = "the name letter for letter",
      earns = 1)
  static class AuthorLike extends ReferenceCatalogue {
    public interface Alike extends Books {
      @Override
      @SqlQuery("SELECT * FROM books WHERE author LIKE :author ORDER BY title, id")
      List<Book> byAuthor(@Bind("author") String author);
    }

    @Override
    public BookDao dao(Jdbi jdbi) {
      return withPlugin(jdbi).onDemand(Alike.class);
    }
  }

  @Mistake(
      exercise = "3.10",
      violates = "the name is meant letter for letter",
      idea = "O'Brien and o'brien are the same man",
      because = "To the table they are two.",
      instead = "`author = :author`.",
      rejectedBy = "the_methods_run_their_sql",
      says = "byAuthor(\"O'Brien\")",
      earns = 1)
  static class AuthorInAnyCase extends ReferenceCatalogue {
    public interface AnyCase extends Books {
      @Override
      @SqlQuery("SELECT * FROM books WHERE lower(author) = lower(:author) ORDER BY title, id")
      List<Book> byAuthor(@Bind("author") String author);
    }

    @Override
    public BookDao dao(Jdbi jdbi) {
      return withPlugin(jdbi).onDemand(AnyCase.class);
    }
  }

  @Mistake(
      exercise = "3.10",
      violates = "the name is meant letter for letter",
      idea = "Blanks around a name mean nothing",
      because = "They make it another name.",
      instead = "`author = :author`.",
      rejectedBy = "the_methods_run_their_sql",
      says = "byAuthor(\"O'Brien\")",
      earns = 1)
  static class AuthorTrimmed extends ReferenceCatalogue {
    public interface Trimmed extends Books {
      @Override
      @SqlQuery("SELECT * FROM books WHERE trim(author) = trim(:author) ORDER BY title, id")
      List<Book> byAuthor(@Bind("author") String author);
    }

    @Override
    public BookDao dao(Jdbi jdbi) {
      return withPlugin(jdbi).onDemand(Trimmed.class);
    }
  }

  @Mistake(
      exercise = "3.10",
      violates = "All books of one author",
      idea = "A string needs quotes around it",
      because = """
          In quotes `:author` is a string of seven characters, and no placeholder. Jdbi finds
          no place for the value.""",
      instead = "`:author`, without quotes.",
      rejectedBy = "the_methods_run_their_sql",
      says = "named parameters",
      earns = 0)
  static class QuotedPlaceholder extends ReferenceCatalogue {
    public interface Quoted extends Books {
      @Override
      @SqlQuery("SELECT * FROM books WHERE author = ':author' ORDER BY title, id")
      List<Book> byAuthor(@Bind("author") String author);
    }

    @Override
    public BookDao dao(Jdbi jdbi) {
      return withPlugin(jdbi).onDemand(Quoted.class);
    }
  }

  @Mistake(
      exercise = "3.10",
      violates = "by title and then by id",
      idea = "Titles differ",
      because = "Of two books with one title, which comes first is left to the server.",
      instead = "`ORDER BY title, id`.",
      rejectedBy = "the_methods_run_their_sql",
      says = "by title and then by id",
      earns = 1)
  static class ByTitleOnly extends ReferenceCatalogue {
    public interface ByTitle extends Books {
      @Override
      @SqlQuery("SELECT * FROM books WHERE author = :author ORDER BY title, id DESC")
      List<Book> byAuthor(@Bind("author") String author);
    }

    @Override
    public BookDao dao(Jdbi jdbi) {
      return withPlugin(jdbi).onDemand(ByTitle.class);
    }
  }

  @Mistake(
      exercise = "3.10",
      violates = "by title and then by id",
      idea = "The id is order enough",
      because = "Asked for was the title; the id decides between equal ones.",
      instead = "`ORDER BY title, id`.",
      rejectedBy = "the_methods_run_their_sql",
      says = "by title and then by id",
      earns = 0)
  static class ById extends ReferenceCatalogue {
    public interface Numbered extends Books {
      @Override
      @SqlQuery("SELECT * FROM books WHERE author = :author ORDER BY id")
      List<Book> byAuthor(@Bind("author") String author);
    }

    @Override
    public BookDao dao(Jdbi jdbi) {
      return withPlugin(jdbi).onDemand(Numbered.class);
    }
  }

  @Mistake(
      exercise = "3.10",
      violates = "All books of one author",
      idea = "A hundred rows are enough for anybody",
      because = "The 101st book is missing, and no error says so.",
      instead = "No `LIMIT`.",
      rejectedBy = "many_books_are_added_in_one_batch",
      says = "The first difference between byAuthor",
      earns = 2,
      detail = true)
  static class OnlyAHundred extends ReferenceCatalogue {
    public interface Hundred extends Books {
      @Override
      @SqlQuery("SELECT * FROM books WHERE author = :author ORDER BY title, id LIMIT 100")
      List<Book> byAuthor(@Bind("author") String author);
    }

    @Override
    public BookDao dao(Jdbi jdbi) {
      return withPlugin(jdbi).onDemand(Hundred.class);
    }
  }

  @Mistake(
      exercise = "3.10",
      violates = "null if unknown",
      idea = "`getInt` reads a year",
      because = "It makes 0 of NULL, and a book of the year 0.",
      instead = "`@RegisterConstructorMapper`, or `getObject(column, Integer.class)`.",
      rejectedBy = "the_methods_run_their_sql",
      says = "byAuthor(\"O'Brien\")",
      earns = 0)
  static class YearZero extends ReferenceCatalogue {
    /** Reads a year that may be NULL as if it could not. */
    public static final class Years implements RowMapper<Book> {
      @Override
      public Book map(ResultSet row, StatementContext context) throws SQLException {
        return new Book(
            row.getLong("id"),
            row.getString("title"),
            row.getString("author"),
            row.getString("genre"),
            row.getInt("published"));
      }
    }

    public interface Dated extends Books {
      @Override
      @UseRowMapper(Years.class)
      @SqlQuery("SELECT * FROM books WHERE author = :author ORDER BY title, id")
      List<Book> byAuthor(@Bind("author") String author);
    }

    @Override
    public BookDao dao(Jdbi jdbi) {
      return withPlugin(jdbi).onDemand(Dated.class);
    }
  }

  @Mistake(
      exercise = "3.10",
      violates = "says whether it was there",
      idea = "A `DELETE` that does not throw has removed something",
      because = "It also succeeds when it finds no row.",
      instead = "`boolean` as the result of `@SqlUpdate`: whether the count is above 0.",
      rejectedBy = "the_methods_run_their_sql",
      says = "it was there, then it was not",
      earns = 1)
  static class AlwaysRemoved extends ReferenceCatalogue {
    public interface Certain extends Books {
      @SqlUpdate("DELETE FROM books WHERE id = :id")
      void delete(@Bind("id") long id);

      @Override
      default boolean remove(long id) {
        delete(id);
        return true;
      }
    }

    @Override
    public BookDao dao(Jdbi jdbi) {
      return withPlugin(jdbi).onDemand(Certain.class);
    }
  }

  @Mistake(
      exercise = "3.10",
      violates = "If a loan names it, the server's refusal (23503) reaches the caller",
      idea = "Catch the refusal: then the book was not there",
      because = "It is there, and somebody has it at home. The caller will never know.",
      instead = "Let the exception through.",
      rejectedBy = "the_methods_run_their_sql",
      says = "so the server refuses remove(13)",
      earns = 1)
  static class HidesTheRefusal extends ReferenceCatalogue {
    public interface Quiet extends Books {
      @SqlUpdate("DELETE FROM books WHERE id = :id")
      boolean delete(@Bind("id") long id);

      @Override
      default boolean remove(long id) {
        try {
          return delete(id);
        } catch (JdbiException e) {
          return false;
        }
      }
    }

    @Override
    public BookDao dao(Jdbi jdbi) {
      return withPlugin(jdbi).onDemand(Quiet.class);
    }
  }

  @Mistake(
      exercise = "3.10",
      violates = "Errors of the server reach the caller",
      idea = "Without a title: an empty one",
      because = """
          The table says that a title is never NULL, so that the caller hears of one that is
          missing.""",
      instead = "Hand the value on as it is.",
      rejectedBy = "the_methods_run_their_sql",
      says = "A title is never NULL",
      earns = 1)
  static class TitleForNull extends ReferenceCatalogue {
    public interface Lenient extends Books {
      @Override
      @SqlUpdate(
          "INSERT INTO books (title, author, genre, published)"
              + " VALUES (coalesce(:title, ''), :author, :genre, :published)")
      @GetGeneratedKeys("id")
      long add(@BindMethods NewBook book);
    }

    @Override
    public BookDao dao(Jdbi jdbi) {
      return withPlugin(jdbi).onDemand(Lenient.class);
    }
  }

  @Mistake(
      exercise = "3.10",
      violates = "Adds many books in one batch, one trip for all",
      idea = "A `default` method that calls `add` in a loop",
      because = "It makes a trip for each book.",
      instead = "`@SqlBatch`, with the list as its parameter.",
      rejectedBy = "many_books_are_added_in_one_batch",
      says = "Times that something was sent to the server for 1203 books",
      earns = 2,
      detail = true)
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
      violates = "Adds many books in one batch, one trip for all",
      idea = "A hundred at a time",
      because = "It makes thirteen trips for 1,203 books.",
      instead = "No `@BatchChunkSize`: the driver cuts a long batch by itself if it has to.",
      rejectedBy = "many_books_are_added_in_one_batch",
      says = "Times that something was sent to the server for 1203 books",
      earns = 2,
      detail = true)
  static class InChunks extends ReferenceCatalogue {
    public interface Chunked extends Books {
      @Override
      @SqlBatch(INSERT)
      @BatchChunkSize(100)
      int[] addAll(@BindMethods List<NewBook> books);
    }

    @Override
    public BookDao dao(Jdbi jdbi) {
      return withPlugin(jdbi).onDemand(Chunked.class);
    }
  }

  @Mistake(
      exercise = "3.10",
      violates = "returns 1 for each",
      idea = "How many there were, in one number",
      because = "The result has a place for each book.",
      instead = "What `@SqlBatch` returns.",
      rejectedBy = "many_books_are_added_in_one_batch",
      says = "The counts that addAll returns",
      earns = 2,
      detail = true)
  static class OneCountForAll extends ReferenceCatalogue {
    public interface Summing extends Books {
      @SqlBatch(INSERT)
      int[] insert(@BindMethods List<NewBook> books);

      @Override
      default int[] addAll(List<NewBook> books) {
        return new int[] {insert(books).length};
      }
    }

    @Override
    public BookDao dao(Jdbi jdbi) {
      return withPlugin(jdbi).onDemand(Summing.class);
    }
  }

  @Mistake(
      exercise = "3.10",
      violates = "some or all may be -2: done, count unknown",
      idea = "A count that is not 1 is a failure",
      because = """
          -2 is `SUCCESS_NO_INFO`: the driver has put several rows into one statement, and
          does not know which did what. A row that cannot be added makes it throw.""",
      instead = "No exception, no failure.",
      rejectedBy = "many_books_are_added_in_one_batch",
      says = "a book was not added",
      earns = 2,
      detail = true)
  static class ThrowsOnUnknown extends ReferenceCatalogue {
    public interface Strict extends Books {
      @SqlBatch(INSERT)
      int[] insert(@BindMethods List<NewBook> books);

      @Override
      default int[] addAll(List<NewBook> books) {
        int[] counts = insert(books);
        if (Arrays.stream(counts).anyMatch(count -> count != 1)) {
          throw new IllegalStateException("a book was not added");
        }
        return counts;
      }
    }

    @Override
    public BookDao dao(Jdbi jdbi) {
      return withPlugin(jdbi).onDemand(Strict.class);
    }
  }

  @Mistake(
      exercise = "3.10",
      violates = "None at all is fine",
      idea = "An empty list is a bug of the caller",
      because = "Adding no books is easily done, and no reason to stop.",
      instead = "No special case: `@SqlBatch` takes an empty list.",
      rejectedBy = "many_books_are_added_in_one_batch",
      says = "no books to add",
      earns = 2,
      detail = true)
  static class NoneIsAnError extends ReferenceCatalogue {
    public interface Demanding extends Books {
      @SqlBatch(INSERT)
      int[] insert(@BindMethods List<NewBook> books);

      @Override
      default int[] addAll(List<NewBook> books) {
        if (books.isEmpty()) {
          throw new IllegalArgumentException("no books to add");
        }
        return insert(books);
      }
    }

    @Override
    public BookDao dao(Jdbi jdbi) {
      return withPlugin(jdbi).onDemand(Demanding.class);
    }
  }

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
