package workbook.queries.mistakes;

import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.sqlobject.SqlObjectPlugin;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.GetGeneratedKeys;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jdbi.v3.sqlobject.transaction.Transaction;
import workbook.grading.proofs.Mistake;
import workbook.queries.Catalogue.Book;
import workbook.queries.Catalogue.BookDao;
import workbook.queries.Catalogue.NewBook;
import workbook.queries.reference.ReferenceCatalogue;

/** Exercise 3.10: what is stored, sorted and removed. */
final class DaoStoredMistakes {
  private DaoStoredMistakes() {}

  @Mistake(
      exercise = "3.10",
      violates = "its values are stored as they are",
      idea = "`NULLIF(:genre, '')`: an empty genre is none",
      because = "It is a value, and it was given.",
      instead = "The value as it is.",
      rejectedBy = "the_methods_run_their_sql",
      says = "by title and then by id",
      earns = 1)
  static class TakesEmptyForNone extends ReferenceCatalogue {
    @Override
    public BookDao dao(Jdbi jdbi) {
      return jdbi.installPlugin(new SqlObjectPlugin()).onDemand(NoEmptyGenre.class);
    }

    /** The reference's, but for this. */
    public interface NoEmptyGenre extends Books {
      @Override
      @SqlUpdate(
          "INSERT INTO books (title, author, genre, published)"
              + " VALUES (:title, :author, NULLIF(:genre, ''), :published)")
      @GetGeneratedKeys("id")
      long add(@BindMethods NewBook book);
    }
  }

  @Mistake(
      exercise = "3.10",
      violates = "Values are stored as they are.",
      idea = "`NULLIF` in the batch, too",
      because = "An empty genre is a value, and it was given.",
      instead = "The value as it is.",
      rejectedBy = "many_books_are_added_in_one_batch",
      says = "The first difference",
      earns = 0,
      detail = true)
  static class EmptyGenresOfMany extends ReferenceCatalogue {
    @Override
    public BookDao dao(Jdbi jdbi) {
      return jdbi.installPlugin(new SqlObjectPlugin()).onDemand(NoEmptyGenres.class);
    }

    /** The reference's, but for this. */
    public interface NoEmptyGenres extends Books {
      @Override
      @SqlBatch(
          "INSERT INTO books (title, author, genre, published)"
              + " VALUES (:title, :author, NULLIF(:genre, ''), :published)")
      int[] addAll(@BindMethods List<NewBook> books);
    }
  }

  @Mistake(
      exercise = "3.10",
      violates = "by title (as in 3.3) and then by id",
      idea = "`COLLATE \"C\"` for the titles",
      because = "Then every capital comes before every small letter.",
      instead = "`ORDER BY title, id`.",
      rejectedBy = "the_methods_run_their_sql",
      says = "by title and then by id",
      earns = 0)
  static class SortsByBytes extends ReferenceCatalogue {
    @Override
    public BookDao dao(Jdbi jdbi) {
      return jdbi.installPlugin(new SqlObjectPlugin()).onDemand(ByBytes.class);
    }

    /** The reference's, but for this. */
    public interface ByBytes extends Books {
      @Override
      @SqlQuery("SELECT * FROM books WHERE author = :author ORDER BY title COLLATE \"C\", id")
      List<Book> byAuthor(@Bind("author") String author);
    }
  }

  @Mistake(
      exercise = "3.10",
      violates = "If a loan names it, the server's refusal (23503) reaches the caller",
      idea = "Loans that came back are removed with their book",
      because = "The history of the library is gone, and it was not asked for.",
      instead = "Remove the book only.",
      rejectedBy = "the_methods_run_their_sql",
      says = "A loan names book 13",
      earns = 1)
  static class ForgetsOldLoans extends ReferenceCatalogue {
    @Override
    public BookDao dao(Jdbi jdbi) {
      return jdbi.installPlugin(new SqlObjectPlugin()).onDemand(WithOldLoans.class);
    }

    /** The reference's, but for this. */
    public interface WithOldLoans extends Books {
      @Override
      @Transaction
      default boolean remove(long id) {
        removeOldLoans(id);
        return removeBook(id) == 1;
      }

      /** What nobody asked for. */
      @SqlUpdate("DELETE FROM loans WHERE book_id = :id AND returned_on IS NOT NULL")
      int removeOldLoans(@Bind("id") long id);

      /** The book itself. */
      @SqlUpdate("DELETE FROM books WHERE id = :id")
      int removeBook(@Bind("id") long id);
    }
  }
}
