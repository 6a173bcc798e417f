package workbook.queries.mistakes;

import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.GetGeneratedKeys;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import workbook.grading.proofs.Mistake;
import workbook.queries.Catalogue.Book;
import workbook.queries.Catalogue.BookDao;
import workbook.queries.Catalogue.NewBook;
import workbook.queries.reference.ReferenceCatalogue;

/** Exercise 3.10: the order of one title, few books, and letters. */
final class DaoFormMistakes {
  private DaoFormMistakes() {}

  @Mistake(
      exercise = "3.10",
      violates = "by title (as in 3.3) and then by id",
      idea = "Those of one title by year",
      because = "Asked for was the id, which no two books share.",
      instead = "`ORDER BY title, id`.",
      rejectedBy = "the_methods_run_their_sql",
      says = "by title and then by id",
      earns = 0)
  static class ByYear extends ReferenceCatalogue {
    @Override
    public BookDao dao(Jdbi jdbi) {
      return DaoMistakes.withPlugin(jdbi).onDemand(YearsFirst.class);
    }

    /** The reference's, but for this. */
    public interface YearsFirst extends Books {
      @Override
      @SqlQuery("SELECT * FROM books WHERE author = :author ORDER BY title, published, id")
      List<Book> byAuthor(@Bind("author") String author);
    }
  }

  @Mistake(
      exercise = "3.10",
      violates = "All books of one author",
      idea = "`LIMIT 10000` protects the memory",
      because = "Who has more books does not hear that some are missing.",
      instead = "No `LIMIT`.",
      rejectedBy = "many_books_are_added_in_one_batch",
      says = "How many books byAuthor",
      earns = 2,
      detail = true)
  static class AtMostTenThousand extends ReferenceCatalogue {
    @Override
    public BookDao dao(Jdbi jdbi) {
      return DaoMistakes.withPlugin(jdbi).onDemand(Limited.class);
    }

    /** The reference's, but for this. */
    public interface Limited extends Books {
      @Override
      @SqlQuery("SELECT * FROM books WHERE author = :author ORDER BY title, id LIMIT 10000")
      List<Book> byAuthor(@Bind("author") String author);
    }
  }

  @Mistake(
      exercise = "3.10",
      violates = "the name is meant letter for letter",
      idea = "`normalize(author)`: the accent is written in two ways",
      because = "Then two authors become one.",
      instead = "Compare the column as it is.",
      rejectedBy = "the_methods_run_their_sql",
      says = "other names look like this one",
      earns = 1)
  static class NormalNames extends ReferenceCatalogue {
    @Override
    public BookDao dao(Jdbi jdbi) {
      return DaoMistakes.withPlugin(jdbi).onDemand(Normal.class);
    }

    /** The reference's, but for this. */
    public interface Normal extends Books {
      @Override
      @SqlQuery(
          "SELECT * FROM books WHERE normalize(author) = normalize(:author) ORDER BY title, id")
      List<Book> byAuthor(@Bind("author") String author);
    }
  }

  @Mistake(
      exercise = "3.10",
      violates = "its values are stored as they are",
      idea = "`normalize(:title)`, so that searches find it",
      because = "An e with an accent can be one character or two; the title was given with two.",
      instead = "The value as it is.",
      rejectedBy = "the_methods_run_their_sql",
      says = "characters of many kinds",
      earns = 1)
  static class NormalTitles extends ReferenceCatalogue {
    @Override
    public BookDao dao(Jdbi jdbi) {
      return DaoMistakes.withPlugin(jdbi).onDemand(NormalTitle.class);
    }

    /** The reference's, but for this. */
    public interface NormalTitle extends Books {
      @Override
      @SqlUpdate(
          "INSERT INTO books (title, author, genre, published)"
              + " VALUES (normalize(:title), :author, :genre, :published)")
      @GetGeneratedKeys("id")
      long add(@BindMethods NewBook book);
    }
  }

  @Mistake(
      exercise = "3.10",
      violates = "Adds many books in one batch, one trip for all",
      idea = "Two books go one by one",
      because = "Two trips are twice one trip.",
      instead = "`@SqlBatch`, however few there are.",
      rejectedBy = "many_books_are_added_in_one_batch",
      says = "and then for 2",
      earns = 2,
      detail = true)
  static class TwoOneByOne extends ReferenceCatalogue {
    @Override
    public BookDao dao(Jdbi jdbi) {
      return DaoMistakes.withPlugin(jdbi).onDemand(Few.class);
    }

    /** With a batch for more than two. */
    @RegisterConstructorMapper(Book.class)
    public interface Few extends BookDao {
      @Override
      @SqlUpdate(DaoMistakes.INSERT)
      @GetGeneratedKeys("id")
      long add(@BindMethods NewBook book);

      /** Adds more than two. */
      @SqlBatch(DaoMistakes.INSERT)
      int[] addMany(@BindMethods List<NewBook> books);

      @Override
      default int[] addAll(List<NewBook> books) {
        if (books.size() > 2) {
          return addMany(books);
        }
        books.forEach(this::add);
        return books.stream().mapToInt(book -> 1).toArray();
      }

      @Override
      @SqlQuery("SELECT * FROM books WHERE author = :author ORDER BY title, id")
      List<Book> byAuthor(@Bind("author") String author);

      @Override
      @SqlUpdate("DELETE FROM books WHERE id = :id")
      boolean remove(@Bind("id") long id);
    }
  }
}
