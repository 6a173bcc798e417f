package workbook.queries;

import static workbook.support.Todo.todo;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import workbook.support.Exercise;

/**
 * What you write in lesson 3: the catalogue of a small public library.
 *
 * <p>Your code goes into {@link MyCatalogue}. Methods that are given a {@link
 * DataSource} are meant for JDBC, those that are given a {@link Jdbi} for Jdbi.
 *
 * <p>Close what you open, on every path: connections, handles, and the
 * statements of JDBC. (A result closes with its statement.)
 *
 * <p>The connections that you get are in autocommit mode. What a method writes
 * is saved when it returns: other sessions see it.
 *
 * <p>Errors of the server reach the caller as they are: as the {@link
 * SQLException} of JDBC, or as the unchecked exception in which Jdbi wraps it.
 * Create none yourself in its place, such as {@code new SQLException("taken",
 * "23505")}: that is not the server's.
 *
 * <p>Paragraphs that begin with <i>Also right</i> permit unusual answers: you
 * need not understand them to write yours.
 *
 * <p><i>Also right:</i> of a batch that fails, the exception that {@link
 * SQLException#getNextException} gives, in place of the one that {@code
 * executeBatch} throws. Where a {@link Jdbi} is given, another unchecked
 * exception, if it has the {@link SQLException} among its causes.
 *
 * <p>The tables, which exercise 3.1 creates and the others find in place, with
 * their columns in this order:
 *
 * <pre>
 * books     id          bigint    primary key, numbered by the server
 *           title       text      never NULL
 *           author      text      never NULL
 *           genre       text      NULL if none is given
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
   * <p>They have the columns that are listed above, of these types, in any
   * order, and no others. A row that is added without an id gets its number
   * from the server. A loan that is added without a day begins today, the day
   * of the insertion, in the time zone of the session.
   *
   * <p>The server itself keeps the tables sound. It refuses at once, with the
   * statement and not at the end of the transaction:
   *
   * <ul>
   *   <li>a second row with the same id (23505),
   *   <li>a second member with exactly the same email (23505),
   *   <li>a loan of a book, or to a member, that does not exist (23503),
   *   <li>NULL where the list says never (23502),
   *   <li>the removal of a book or a member that a loan names (23503).
   * </ul>
   *
   * <p>How it does that is yours to choose, such as a constraint or a unique
   * index. All other rows of these types are allowed: add no rules of your own.
   *
   * <p>A table that exists already in the schema is left alone, its rows and
   * its columns; those that are missing are created. Calling this twice changes
   * nothing and is no error.
   *
   * <p><i>Also right:</i> 23001 for a removal that is refused, as {@code
   * RESTRICT} says since PostgreSQL 18. A further index, for speed. A unique
   * index, although it has no room for an email of some thousand letters. An
   * index or a key that a table gets which was there already; what happens if
   * its rows do not allow that, or if no loan can refer to it, is up to you.
   *
   * @param dataSource where to create them
   * @throws SQLException if the server refuses, such as a role that may create
   *     no tables (42501)
   */
  @Exercise(id = "3.1", title = "Create the tables with their keys")
  void createTables(DataSource dataSource) throws SQLException;

  /**
   * Adds one book.
   *
   * <p>The values travel apart from the SQL text, as placeholders, so that a
   * title such as {@code O'Hara's} needs no care. They are stored as they are,
   * blanks and empty strings too. A null genre or year is stored as NULL.
   *
   * <p>What is allowed is for the server to say: a null title or author is sent
   * to it as well.
   *
   * @param dataSource where the tables are
   * @param book the book; the server numbers it
   * @return the id that the server gave to this very row, whatever others add
   *     at the same time; a bigint may be greater than an int
   * @throws SQLException if the server refuses, such as a null title (23502);
   *     then no book was added
   */
  @Exercise(id = "3.2", title = "Add a book and learn its id")
  long addBook(DataSource dataSource, NewBook book) throws SQLException;

  /**
   * Finds the books whose title contains a string, character for character.
   *
   * <p>No character is special: {@code search(dataSource, "100%")} finds "100%
   * Cotton" and not "1001 Nights", and the same goes for {@code _}, {@code \},
   * and any other. Upper and lower case differ, blanks count, also at either
   * end, and an empty string finds every book.
   *
   * <p>The string travels apart from the SQL text, as a placeholder, and the
   * server does the search: only the books found are read.
   *
   * @param dataSource where the tables are
   * @param text what the title has to contain, never null; anybody may have
   *     typed it
   * @return all books found, however many; in the order in which the server
   *     puts their titles ({@code ORDER BY title}, with no collation of your
   *     own), those of the same title by id. Genre and published are null
   *     where the row has NULL.
   * @throws SQLException if the server refuses
   */
  @Exercise(id = "3.3", title = "Search by title, whatever is typed")
  List<Book> search(DataSource dataSource, String text) throws SQLException;

  /**
   * Adds many books in one batch.
   *
   * <p>They are sent all together, by one execution, not one by one and not in
   * portions: such as one {@code executeBatch}, one COPY, or one INSERT. (The
   * driver itself cuts a long batch into parts, which {@code ./workbook trace}
   * shows: it is still one {@code executeBatch}.)
   * There may be 20,000 of them and more. A statement with a placeholder for
   * each value cannot take so many: the server allows 65,535 placeholders.
   *
   * <p>As in 3.2 no value is part of the SQL text, each is stored as it is, and
   * a null genre or year is stored as NULL. A book that is twice in the list is
   * added twice.
   *
   * @param dataSource where the tables are; its URL may or may not say {@code
   *     reWriteBatchedInserts=true}
   * @param books the books; none at all is fine
   * @return how many this call added: all of them
   * @throws SQLException if the server refuses one of them, such as a null
   *     title (23502); whether the others are then in the table is left open
   *     (lesson 4 makes it all or none)
   */
  @Exercise(id = "3.4", title = "Add many books in one batch")
  int addBooks(DataSource dataSource, List<NewBook> books)
      throws SQLException;

  /**
   * Opens a cursor over all books, by title (as in 3.3) and then by id.
   *
   * <p>The query runs once, here, whatever is asked of the cursor later. What
   * others change after that does not show. If the query fails, this method
   * throws, and nothing is left open.
   *
   * <p>The cursor keeps its connection until it is closed. It reads on in the
   * result of the query as it is asked; it does not begin with a list of all
   * books. Several cursors may be open at once, each with a position of its
   * own.
   *
   * <p><i>Also right:</i> a result in the driver's memory, as it is without a
   * fetch size. A cursor of SQL that is declared here: its {@code FETCH}es are
   * no other query.
   *
   * @param jdbi where the tables are
   * @return the cursor, before the first book; it is the caller's to close
   */
  @Exercise(id = "3.5", title = "A cursor: one, some, the rest")
  BookCursor openCursor(Jdbi jdbi);

  /**
   * Finds the authors of whom there are more than a number of books.
   *
   * <p>Every row of books counts once, lent or not, also if another row has the
   * same title or if its genre is NULL. Names that differ in case or in blanks
   * are different authors.
   *
   * @param jdbi where the tables are
   * @param count the number to exceed: 2 finds authors of three or more; 0 and
   *     negative numbers find every author
   * @return all these authors, most books first; those with equally many by
   *     name, in the order that the database, not Java, gives to text
   */
  @Exercise(id = "3.6", title = "Authors with more than n books")
  List<AuthorCount> authorsWithMoreThan(Jdbi jdbi, int count);

  /**
   * Renames a genre, then removes one book, and says what was changed.
   *
   * <p>The books renamed are those with exactly this genre: case and blanks
   * count, and {@code %} and {@code _} stand for themselves.
   *
   * <p>A genre or a book that is not there is no error: the counts tell. They
   * are right even if others write at the same time. A book that a loan names
   * cannot go; the server's refusal (23503) reaches the caller. Each statement
   * stands for itself: the rename stays, although the removal was refused. If
   * the rename is refused, no book is renamed and none is removed.
   *
   * <p><i>Also right:</i> a transaction with a savepoint. What counts is what
   * is saved in the end.
   *
   * @param jdbi where the tables are
   * @param genre the genre to rename; null renames no book
   * @param newGenre its new name, another one, never null; stored as it is
   * @param bookId the book to remove
   * @return how many books this call renamed, the removed one too if it was
   *     among them, and whether this call removed the book
   */
  @Exercise(id = "3.7", title = "Rename a genre, remove a book, count")
  Tidied tidy(Jdbi jdbi, String genre, String newGenre, long bookId);

  /**
   * Hands the title of each book to an action, by id, however many there are.
   *
   * <p>The titles may be more than memory holds: at most 2,000 of them are
   * fetched at a time, that is, with one answer of the server, and each can be
   * forgotten when the action has had it. They come from one query, so what
   * others write meanwhile does not show.
   *
   * <p><i>Also right:</i> a list of up to 2,000 titles, made of what was
   * fetched, that keeps them a little longer. A cursor of SQL: its {@code
   * FETCH}es belong to its query.
   *
   * @param jdbi where the tables are
   * @param action is called once for each book, equal titles or not, in the
   *     thread of the caller. What it throws, be it an {@link Error} or an
   *     exception of Jdbi, reaches the caller as it is, and the action is not
   *     called again. (If the connection is lost by then, what that causes may
   *     be thrown in its place.)
   */
  @Exercise(id = "3.8", title = "Stream every title in little memory")
  void forEachTitle(Jdbi jdbi, Consumer<String> action);

  /**
   * Lists all loans with their book and member, by one query.
   *
   * <p>Every row of loans is listed: books that came back, too, and loans that
   * look alike. The dates are those of the table, whatever the JVM's time zone.
   * (They are later than 1900 and earlier than 3000. None is a day that the
   * JVM's time zone skipped, as Samoa's did 30 December 2011: {@code
   * java.sql.Date} cannot hold such days.)
   *
   * @param jdbi where the tables are
   * @return the loans, by the day they began, and then by the id of the loan
   */
  @Exercise(id = "3.9", title = "Loans with book and member, one query")
  List<Loan> loans(Jdbi jdbi);

  /**
   * Gives the catalogue as a SQL Object: an interface of yours that extends
   * {@link BookDao}, overrides its methods, and carries the SQL in annotations
   * ({@code @SqlUpdate}, {@code @SqlQuery}, {@code @SqlBatch}). Jdbi writes the
   * class. Nest the interface in {@link MyCatalogue}.
   *
   * <p>This form is what the exercise is about, so it is checked: every
   * statement comes from an annotation. A {@code default} method may call
   * methods that have one.
   *
   * @param jdbi where the tables are; no plugin is installed yet
   * @return the object; it opens a connection for each call and closes it again
   */
  @Exercise(id = "3.10", title = "The catalogue as a SQL Object")
  BookDao dao(Jdbi jdbi);

  /**
   * Adds an event of the library, and returns all events that have a topic in
   * common with it, the new one among them: the earliest first, and events
   * that begin at the same moment by id, as the server orders ids.
   *
   * <p>An event without topics has none in common, not even with itself. Each
   * value is stored and returned as it is, whatever the time zones of the
   * session and of the computer are, and null is NULL. (The server may write
   * the details with other spaces, and their keys in another order; they are
   * returned as it writes them. A fee of {@code 1E+2} is returned as 100.)
   *
   * <p>The table is there:
   *
   * <pre>
   * CREATE TABLE events (
   *   id uuid PRIMARY KEY,
   *   begins timestamptz NOT NULL,
   *   fee numeric,
   *   seats integer,
   *   topics text[] NOT NULL,
   *   details jsonb);
   * </pre>
   *
   * @param event what to add; if its id is taken (23505), or its details are
   *     no JSON (22P02), the server refuses it
   * @return the events, each as a row of the table
   */
  @Exercise(id = "3.11", title = "Types: moments, money, lists and JSON")
  default List<Event> addEvent(DataSource dataSource, Event event)
      throws SQLException {
    // A default method: answers from before this exercise still compile.
    return todo("3.11");
  }

  /**
   * A book that has no number yet.
   *
   * @param title not null, or the server refuses it
   * @param author not null, or the server refuses it
   * @param genre null if none is given
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
   * @param genre null if none is given
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
   * @param removed whether the book was removed
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

  /**
   * An event of the library: a row of events.
   *
   * @param id its number, which the caller chooses
   * @param begins when it begins, to the microsecond
   * @param fee what it costs, null if that is not known yet
   * @param seats how many, null if there is no limit
   * @param topics its topics, none of them null, in the order of the list; one
   *     that is there twice stays so
   * @param details more about it, as JSON; null if there is no more
   */
  record Event(
      UUID id,
      Instant begins,
      BigDecimal fee,
      Integer seats,
      List<String> topics,
      String details) {}

  /** One position in a list of books, and three ways to move it forward. */
  interface BookCursor extends AutoCloseable {

    /** The next book; empty after the last, however often it is asked. */
    Optional<Book> next();

    /**
     * The next books, at most so many; fewer at the end, none after it.
     *
     * @param count how many, 0 or more; 0 does not move the position
     */
    List<Book> next(int count);

    /** All books not seen yet; none after the last. */
    List<Book> rest();

    /**
     * Gives back the connection. Closing it again does nothing; after that,
     * nothing else is asked of it.
     */
    @Override
    void close();
  }

  /** What a catalogue can do, without a word of how. */
  interface BookDao {

    /**
     * Adds a book and returns the id that the server gave it. As in 3.2, its
     * values are stored as they are.
     */
    long add(NewBook book);

    /**
     * Adds many books in one batch, one trip for all; returns 1 for each. (One
     * INSERT of all is a batch, too.) If the URL says {@code
     * reWriteBatchedInserts=true}, some or all may be -2: done, count unknown.
     * 1 will do there as well. None at all is fine. Values are stored as they
     * are.
     */
    int[] addAll(List<NewBook> books);

    /**
     * All books of one author, by title (as in 3.3) and then by id; the name
     * is meant letter for letter.
     */
    List<Book> byAuthor(String author);

    /**
     * Removes a book; says whether it was there. If a loan names it, the
     * server's refusal (23503) reaches the caller.
     */
    boolean remove(long id);
  }
}
