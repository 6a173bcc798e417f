package workbook.queries.mistakes;

import static workbook.queries.mistakes.DaoMistakes.INSERT;
import static workbook.queries.mistakes.DaoMistakes.withPlugin;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.BatchChunkSize;
import org.jdbi.v3.sqlobject.statement.GetGeneratedKeys;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jdbi.v3.sqlobject.statement.UseRowMapper;
import workbook.grading.proofs.Mistake;
import workbook.queries.Catalogue.Book;
import workbook.queries.Catalogue.BookDao;
import workbook.queries.Catalogue.NewBook;
import workbook.queries.reference.ReferenceCatalogue;

/** Exercise 3.10: what the statements find and return. */
final class DaoDetailMistakes {
  private DaoDetailMistakes() {}

  @Mistake(
      exercise = "3.10",
      violates = "by title (as in 3.3) and then by id",
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
      says = "Times that something was sent to the server for",
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
      says = "Times that something was sent to the server for",
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
}
