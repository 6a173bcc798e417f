package workbook.queries.mistakes;

import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.sqlobject.SqlObjectPlugin;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.BatchChunkSize;
import org.jdbi.v3.sqlobject.statement.GetGeneratedKeys;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import workbook.grading.proofs.Mistake;
import workbook.queries.Catalogue.Book;
import workbook.queries.Catalogue.BookDao;
import workbook.queries.Catalogue.NewBook;
import workbook.queries.reference.ReferenceCatalogue;

/** Exercise 3.10: the order, the size of a batch, and refusals. */
final class DaoOrderMistakes {
  private DaoOrderMistakes() {}


  @Mistake(
      exercise = "3.10",
      violates = "All books of one author, by title (as in 3.3) and then by id",
      idea = "`ORDER BY lower(title), id`: readers do not mind the case",
      because = "Where titles are sorted as computers do, `B` comes before `a`.",
      instead = "`ORDER BY title, id`: the server's order.",
      rejectedBy = "many_books_are_added_in_one_batch",
      says = "the server's ORDER BY title",
      earns = 2,
      detail = true)
  static class SortsWithoutCase extends ReferenceCatalogue {
    @Override
    public BookDao dao(Jdbi jdbi) {
      return jdbi.installPlugin(new SqlObjectPlugin()).onDemand(LowerCase.class);
    }

    /** The reference's, but for this. */
    public interface LowerCase extends Books {
      @Override
      @SqlQuery("SELECT * FROM books WHERE author = :author ORDER BY lower(title), id")
      List<Book> byAuthor(@Bind("author") String author);
    }
  }

  @Mistake(
      exercise = "3.10",
      violates = "Adds many books in one batch, one trip for all",
      idea = "`@BatchChunkSize(5000)`: so many in a trip",
      because = "10,007 books make three trips then.",
      instead = "No chunk size: Jdbi sends all in one batch.",
      rejectedBy = "many_books_are_added_in_one_batch",
      says = "one trip for all",
      earns = 2,
      detail = true)
  static class ChunksOfFiveThousand extends ReferenceCatalogue {
    @Override
    public BookDao dao(Jdbi jdbi) {
      return jdbi.installPlugin(new SqlObjectPlugin()).onDemand(Chunks.class);
    }

    /** The reference's, but for this. */
    public interface Chunks extends Books {
      @Override
      @SqlBatch(INSERT)
      @BatchChunkSize(5_000)
      int[] addAll(@BindMethods List<NewBook> books);
    }
  }

  @Mistake(
      exercise = "3.10",
      violates = "Adds a book and returns the id that the server gave it",
      idea = "`ON CONFLICT DO NOTHING`, to be safe",
      because = "If the next number is taken, no book is added, and there is no id to return.",
      instead = "The refusal reaches the caller.",
      rejectedBy = "the_methods_run_their_sql",
      says = "The next number is taken: the server refuses add,",
      earns = 1,
      detail = true)
  static class SkipsConflicts extends ReferenceCatalogue {
    @Override
    public BookDao dao(Jdbi jdbi) {
      return jdbi.installPlugin(new SqlObjectPlugin()).onDemand(NoConflict.class);
    }

    /** The reference's, but for this. */
    public interface NoConflict extends Books {
      @Override
      @SqlUpdate(INSERT + " ON CONFLICT DO NOTHING")
      @GetGeneratedKeys("id")
      long add(@BindMethods NewBook book);
    }
  }
}
