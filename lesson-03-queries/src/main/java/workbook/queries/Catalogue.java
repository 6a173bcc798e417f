package workbook.queries;

import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import workbook.support.Exercise;

/**
 * What you write in lesson 3: the catalogue of a small public library.
 *
 * <p>Your code goes into {@link MyCatalogue}. Methods that are given a {@link
 * DataSource} are meant for JDBC, those that are given a {@link Jdbi} for Jdbi.
 * Whatever you open, close. Errors of the server reach the caller as they are:
 * {@link SQLException} from JDBC, unchecked exceptions from Jdbi.
 *
 * <p>The tables, which exercise 3.1 creates and the others find in place:
 *
 * <pre>
 * books     id          bigint    primary key, numbered by the server
 *           title       text      never NULL
 *           author      text      never NULL
 *           genre       text      NULL if nobody has said
 *           published   integer   the year; NULL if unknown
 *
 * members   id          bigint    primary key, numbered by the server
 *           name        text      never NULL
 *           email       text      never NULL, unique
 *
 * loans     id          bigint    primary key, numbered by the server
 *           book_id     bigint    never NULL, a book's id
 *           member_id   bigint    never NULL, a member's id
 *           lent_on     date      never NULL, today if nothing is said
 *           returned_on date      NULL while the book is out
 * </pre>
 */
public interface Catalogue {

  /**
   * Creates the tables books, members and loans with their keys.
   *
   * <p>The server itself keeps them sound: it refuses a second row with the
   * same id (23505), a second member with the same email (23505), a loan of a
   * book or to a member that does not exist (23503), NULL where the table above
   * says never (23502), and the removal of a book or a member that a loan names
   * (23503). Tables that exist already are left alone, rows and all: calling
   * this twice is no error.
   *
   * @param dataSource where to create them
   * @throws SQLException if the server refuses
   */
  @Exercise(id = "3.1", title = "Create the tables with their keys")
  void createTables(DataSource dataSource) throws SQLException;

  /**
   * Adds one book.
   *
   * <p>The values travel apart from the SQL text, as placeholders, so that a
   * title such as {@code O'Hara's} needs no care. A null genre or year is
   * stored as NULL.
   *
   * @param dataSource where the tables are
   * @param book the book; the server numbers it
   * @return the id that the server gave it
   * @throws SQLException if the server refuses, such as a null title (23502)
   */
  @Exercise(id = "3.2", title = "Add a book and learn its id")
  long addBook(DataSource dataSource, NewBook book) throws SQLException;

  /**
   * Finds the books whose title contains a text, letter for letter.
   *
   * <p>{@code %}, {@code _} and {@code \} in the text stand for themselves:
   * {@code search(dataSource, "100%")} finds "100% Cotton" and not "1001
   * Nights". Upper and lower case differ. An empty text finds every book.
   *
   * @param dataSource where the tables are
   * @param text what the title has to contain; anybody may have typed it
   * @return the books found, by title and then by id; genre and published are
   *     null where the row has NULL
   * @throws SQLException if the server refuses
   */
  @Exercise(id = "3.3", title = "Search by title, whatever is typed")
  List<Book> search(DataSource dataSource, String text) throws SQLException;

  /**
   * Adds many books in one batch: one trip for all, not one for each.
   *
   * @param dataSource where the tables are; its URL may or may not say {@code
   *     reWriteBatchedInserts=true}
   * @param books the books; none at all is fine
   * @return how many were added
   * @throws SQLException if the server refuses
   */
  @Exercise(id = "3.4", title = "Add many books in one batch")
  int addBooks(DataSource dataSource, List<NewBook> books)
      throws SQLException;

  /**
   * Opens a cursor over all books, by title and then by id.
   *
   * <p>It runs one query, whatever is asked of it later. What others change
   * while it is open does not show.
   *
   * @param jdbi where the tables are
   * @return the cursor, before the first book; it is the caller's to close. If
   *     the query fails, nothing is left open.
   */
  @Exercise(id = "3.5", title = "A cursor: one, some, the rest")
  BookCursor openCursor(Jdbi jdbi);

  /**
   * Finds the authors of whom there are more than a number of books.
   *
   * @param jdbi where the tables are
   * @param count the number to exceed: 2 finds authors of three or more
   * @return the authors, most books first, those with as many by name
   */
  @Exercise(id = "3.6", title = "Authors with more than n books")
  List<AuthorCount> authorsWithMoreThan(Jdbi jdbi, int count);

  /**
   * Renames a genre, then removes one book, and says what became of it.
   *
   * <p>A genre or a book that is not there is no error: the counts tell. A book
   * that a loan names cannot go; the server's refusal (23503) reaches the
   * caller. Each statement stands for itself: the rename stays, although the
   * removal was refused.
   *
   * @param jdbi where the tables are
   * @param genre the genre to rename
   * @param newGenre its new name
   * @param bookId the book to remove
   * @return how many books have the new name now because of this call, and
   *     whether the book was there to be removed
   */
  @Exercise(id = "3.7", title = "Rename a genre, remove a book, count")
  Tidied tidy(Jdbi jdbi, String genre, String newGenre, long bookId);

  /**
   * Hands every title to an action, by id, however many there are.
   *
   * <p>The titles may be more than memory holds: only some are in it at a time,
   * and each can be forgotten when the action has had it. They come from one
   * query, so what others write meanwhile does not show.
   *
   * @param jdbi where the tables are
   * @param action is given each title once; what it throws reaches the caller
   */
  @Exercise(id = "3.8", title = "Stream every title in little memory")
  void forEachTitle(Jdbi jdbi, Consumer<String> action);

  /**
   * Lists all loans with their book and member, by one query.
   *
   * @param jdbi where the tables are
   * @return the loans, by the day they began and then by their id
   */
  @Exercise(id = "3.9", title = "Loans with book and member, one query")
  List<Loan> loans(Jdbi jdbi);

  /**
   * Gives the catalogue as a SQL Object: an interface of yours that extends
   * {@link BookDao}, overrides its methods, and carries the SQL in annotations
   * ({@code @SqlUpdate}, {@code @SqlQuery}, {@code @SqlBatch}). Jdbi writes the
   * class. Nest the interface in {@link MyCatalogue}, public.
   *
   * @param jdbi where the tables are; no plugin is installed yet
   * @return the object; it opens a connection for each call and closes it again
   */
  @Exercise(id = "3.10", title = "The catalogue as a SQL Object")
  BookDao dao(Jdbi jdbi);

  /**
   * A book that has no number yet.
   *
   * @param title never null
   * @param author never null
   * @param genre null if nobody has said
   * @param published the year, null if unknown
   */
  record NewBook(
      String title, String author, String genre, Integer published) {}

  /**
   * A book of the catalogue: a row of books.
   *
   * @param id its number
   * @param title never null
   * @param author never null
   * @param genre null if nobody has said
   * @param published the year, null if unknown
   */
  record Book(
      long id, String title, String author, String genre, Integer published) {}

  /**
   * How many books there are of an author.
   *
   * @param author the author
   * @param books how many
   */
  record AuthorCount(String author, long books) {}

  /**
   * What tidying changed.
   *
   * @param renamed how many books got the new genre
   * @param removed whether a book was removed
   */
  record Tidied(int renamed, boolean removed) {}

  /**
   * A loan with the names that belong to it.
   *
   * @param title the book's title
   * @param member the member's name
   * @param lentOn the day it began
   * @param returnedOn the day it ended, null while the book is out
   */
  record Loan(
      String title, String member, LocalDate lentOn, LocalDate returnedOn) {}

  /** One position in a list of books, and three ways to move it forward. */
  interface BookCursor extends AutoCloseable {

    /** The next book; empty after the last. */
    Optional<Book> next();

    /** The next books, at most so many; fewer at the end, none after it. */
    List<Book> next(int count);

    /** All books not seen yet. */
    List<Book> rest();

    /** Gives back the connection. */
    @Override
    void close();
  }

  /** What a catalogue can do, without a word of how. */
  interface BookDao {

    /** Adds a book and returns the id that the server gave it. */
    long add(NewBook book);

    /** Adds many books in one batch; returns 1 for each. */
    int[] addAll(List<NewBook> books);

    /** The books of one author, by title and then by id. */
    List<Book> byAuthor(String author);

    /** Removes a book; says whether it was there. */
    boolean remove(long id);
  }
}
