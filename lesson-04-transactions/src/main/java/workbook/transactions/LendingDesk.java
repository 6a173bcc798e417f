package workbook.transactions;

import static workbook.support.Todo.todo;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import workbook.support.Exercise;

/**
 * Lesson 4: the lending desk of a library, where things happen together or
 * not at all.
 *
 * <p>Wherever a method says "the database's own exception", it is what Jdbi
 * throws, passed on as it came, such as an {@link
 * org.jdbi.v3.core.statement.UnableToExecuteStatementException}. Its cause is
 * the {@link SQLException} that has the SQLSTATE.
 *
 * <p>A method closes every handle and connection that it has opened, whatever
 * happens.
 *
 * <p>Paragraphs that begin with <i>Also right</i> permit unusual answers: you
 * need not understand them to write yours.
 *
 * <p><i>Also right:</i> JDBC where a {@link Jdbi} is given. The database's own
 * exception is then a {@link RuntimeException} whose cause is the {@link
 * SQLException}. It may be that, too, if no connection is to be had, and then
 * without an SQLSTATE. If after a failure the rollback fails as well, as when
 * the connection is lost, the exception of either may come out; {@link
 * #inTransaction} alone is stricter.
 */
public interface LendingDesk {
  /** The library's tables. Each check makes them anew and fills them. */
  String SCHEMA =
      """
      CREATE TABLE books (
        id    bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        isbn  text NOT NULL UNIQUE,
        title text NOT NULL,
        stock integer NOT NULL CHECK (stock >= 0) -- copies on the shelf
      );
      CREATE TABLE members (
        id   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        name text NOT NULL
      );
      CREATE TABLE loans (
        id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        book_id   bigint NOT NULL REFERENCES books,
        member_id bigint NOT NULL REFERENCES members,
        UNIQUE (book_id, member_id) -- no member has two of the same
      );
      CREATE TABLE notes (
        id   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        line text NOT NULL
      );
      """;

  /**
   * Runs work as one transaction, with JDBC alone.
   *
   * <pre>
   * int id = inTransaction(connection, c -&gt; insertBook(c, "Momo"));
   * </pre>
   *
   * <p>The work is run once. If it returns, what it wrote is committed, whether
   * autocommit was on or off before. If it throws, or the commit does,
   * everything is rolled back and that same exception object (not another one,
   * not a wrapper) is thrown. If cleaning up after it (rolling back,
   * setting autocommit back) throws an {@link SQLException}, that is added to
   * it: {@link Throwable#addSuppressed}.
   *
   * <p>The connection is the caller's. It stays open, whatever fails, and has
   * its autocommit mode back afterwards: on if it was on, off if it was off.
   * Its isolation level is not changed.
   *
   * <p><i>Also right:</i> if both steps of cleaning up throw, the exception of
   * the second, added to that of the first; none is lost. If the rollback
   * failed, to set the mode back or not, although that may commit what the work
   * wrote. If the commit went well and only setting the mode back failed, to
   * throw the exception of that or not.
   *
   * <p>Work that swallows an SQL error and returns counts as work that went
   * well. Its commit saves nothing and does not say so (step 3 of the lesson);
   * this method need not find that out, and may return the result.
   *
   * @param connection open, with no transaction under way. If several of its
   *     calls throw, each throws an exception object of its own
   * @param work what to do, with that same connection; it does not commit,
   *     roll back or change autocommit itself. What it throws is an {@link
   *     Exception} or an {@link Error}, no other {@link Throwable}
   * @return what the work returned, be it null
   * @throws Exception what the work threw, of whatever type, also if it is an
   *     {@link Error}; or the {@link SQLException} of the commit, if the work
   *     went well and the commit did not
   */
  @Exercise(id = "4.1", title = "A transaction around any work")
  <T> T inTransaction(Connection connection, Work<T> work) throws Exception;

  /**
   * Lends a copy of a book: the book's stock goes down by one, and a row of
   * {@code loans} says who has it. Both happen or neither, in one transaction.
   * Nothing else changes.
   *
   * <p>Many desks do this at the same time, each a program of its own, and
   * books are given back meanwhile. A copy is lent once only. A desk is refused
   * for the reasons below and for no other: if another desk is at the same
   * book, it waits, and sets no limit to that. Calls of this method alone
   * never end in a deadlock.
   *
   * <p><i>Also right:</i> a limit that the connection has already. A 40P01, if
   * the server finds a deadlock between this method and {@link
   * Returns#giveBack} of that member and book. A 23514 taken for a stock of 0:
   * the CHECK of the stock is the only one there is. If there are two reasons,
   * such as no copy and no such member, the exception of either.
   *
   * @return the id of the loan
   * @throws IllegalStateException if there is no such book, or no copy of it
   *     is left; the message has the book's id in it
   * @throws RuntimeException the database's own exception (which is no {@code
   *     IllegalStateException}) if it refuses the loan: 23503 if there is no
   *     such member, 23505 if the member has that book already; or if anything
   *     else goes wrong there
   */
  @Exercise(id = "4.2", title = "Lend a book: both writes or none")
  long lend(Jdbi jdbi, long bookId, long memberId);

  /**
   * Adds a delivery of new books, all or none, in one transaction: others see
   * nothing of it before the last book is in.
   *
   * @param delivery a row of {@code books} each, its copies being the stock. It
   *     may be empty, and has 2000 books at most, none of them null. It can be
   *     read only once, as it may come over a network, and reading it may fail
   *     in the middle, with a {@link RuntimeException} or an {@link Error} of
   *     any type. Which books are acceptable is for the database to say
   * @return how many books were added (books, not copies)
   * @throws RuntimeException the database's own exception if it refuses a
   *     book (23505: the ISBN is taken) or the commit; or what reading the
   *     delivery threw, itself, also if it is an {@link Error}. Then no book
   *     of the delivery is there
   */
  @Exercise(id = "4.3", title = "Take a delivery, all or nothing")
  int deliver(Jdbi jdbi, Iterable<NewBook> delivery);

  /**
   * Adds those books of a delivery that the database accepts, in one
   * transaction: others see nothing of it before the last book is in.
   *
   * <p>A book is rejected if its row breaks a rule of the table: the database
   * refuses it with an SQLSTATE of class 23, whatever the rule. Any other
   * failure ends it all, also one while reading the delivery or at the commit.
   * Then no book is there, and the exception is passed on as in {@link
   * #deliver}.
   *
   * @param delivery as in {@link #deliver}
   * @return the rejected books, each with the SQLSTATE that the database gave,
   *     in the delivery's order; an empty list if all are in
   */
  @Exercise(id = "4.4", title = "Skip rejected books with savepoints")
  List<Rejected> deliverAccepted(Jdbi jdbi, Iterable<NewBook> delivery);

  /**
   * Lends a book if that can be done, and notes the request either way.
   *
   * <p>If the book is lent, there are the loan, the stock that is one less, and
   * a row of {@code notes} with the line {@code lent 1 to 2} (book 1, member
   * 2).
   *
   * <p>If the loan is refused, there is only the line {@code refused 1 to 2}:
   * no loan, and the stock as before. It is refused if there is no copy left or
   * no such book, or if one of two statements ends with any SQLSTATE of class
   * 23: the one that writes the loan, or the one that writes the new stock. (A
   * refusal at the commit is not meant.)
   *
   * <p>Any other failure is passed on at once, and so is each failure to write
   * the note, be it of class 23 or not. Nothing that failed is run again, not
   * even after 40001. Many desks do this at the same time, and no stock gets
   * lost.
   *
   * <p>The handle is the caller's, and may be in a transaction already, of
   * any isolation level, with rows and savepoints of the caller's (whose names
   * begin with {@code caller}). Then all
   * this is part of that transaction: it goes on, also after a refusal, others
   * see nothing before the caller commits, and if the caller rolls back, the
   * note goes too. (After a failure that is passed on, the caller has to roll
   * back, to a savepoint or altogether.) If the handle is in no transaction,
   * note and loan are one of their own, and the handle is in none afterwards,
   * whatever happened. The handle stays open, with the isolation level that
   * it had before the call, also after a failure.
   *
   * <p><i>Also right:</i> if there is no copy left, and the loan would fail for
   * another reason, too, what follows from either.
   *
   * @return true if the book is lent, false if that was refused
   * @throws RuntimeException the database's own exception, after a failure
   *     that is no refusal
   */
  @Exercise(id = "4.5", title = "A transaction in a transaction")
  boolean lendAndNote(Handle handle, long bookId, long memberId);

  /**
   * The desk where books come back, as a SQL Object. The checks look at its
   * form, too.
   *
   * <p>Declare an interface of your own that extends {@link Returns}, such as
   * one nested in your class, and return what {@link Jdbi#onDemand} makes of
   * it. Its {@code giveBack} has the annotation {@code @Transaction}, or the
   * whole interface has. Most often it is a {@code default} method that calls
   * others, one with {@code @SqlUpdate} for each statement.
   *
   * <p>Many desks use the one object, at the same time and all day. So each
   * call takes a connection of its own from {@code jdbi} and gives it back.
   *
   * @param jdbi with the SqlObjectPlugin installed
   */
  @Exercise(id = "4.6", title = "A SQL Object with @Transaction")
  Returns returns(Jdbi jdbi);

  /**
   * Runs work in a transaction as if no other were going on (SERIALIZABLE),
   * and again from the start if the server answers that it cannot: 40001.
   *
   * <p>Each attempt is a transaction of its own, and each is SERIALIZABLE.
   * 40001 may come from a statement of the work or from the commit. Any other
   * failure is passed on at once, also one of class 40: trying again would not
   * help, or would hide it.
   *
   * <p><i>Also right:</i> to try again after a deadlock, 40P01; PostgreSQL's
   * manual says that it may help. To try again, or not, if the work has wrapped
   * a 40001 in an exception of its own, or has swallowed it, so that its next
   * statement ended in 25P02. To pause for some milliseconds between two
   * attempts; what happens if the thread is interrupted then is up to you.
   *
   * <p>Work that swallows an SQL error and returns counts as work that went
   * well, as in {@link #inTransaction}.
   *
   * <p>Nothing changes on the {@code jdbi}, not even for a while, and a
   * connection goes back to it as it came, also after a failure: in no
   * transaction, and with its former isolation level. It may belong to a pool.
   *
   * @param jdbi where to work; the calling thread has no handle of it open yet
   * @param attempts how often the work is run at most, 1 or more
   * @return what the work returned in the attempt that was committed, be it
   *     null
   * @throws RuntimeException the exception of the last attempt, after so many
   *     that ended in 40001; or that of another failure. What the work threw
   *     comes out itself, in no wrapper, also if it is an {@link Error}; of a
   *     commit that failed, the database's own exception
   */
  @Exercise(id = "4.7", title = "Two desks and one copy: retry 40001")
  <T> T serializable(
      Jdbi jdbi, int attempts, HandleCallback<T, RuntimeException> work);

  /**
   * Counts the library's copies, all as of one moment, although books are
   * lent and given back meanwhile.
   *
   * <p>In one transaction it first sums up the stock, then calls {@code
   * meanwhile} once, then counts the loans. It does not look at the table
   * {@code loans} earlier: before {@code meanwhile} has ended, no statement is
   * sent that names it. Other sessions can write while it runs,
   * from its first statement to its last: whatever they insert, update or
   * delete, they do not wait for it, nor does it wait for them.
   *
   * <p>A connection goes back to the {@code jdbi} as it came, also after a
   * failure: in no transaction, and with its former isolation level and read
   * only mode. It may belong to a pool.
   *
   * <p><i>Also right:</i> a report at SERIALIZABLE, although others at
   * SERIALIZABLE may then end in 40001.
   *
   * @param meanwhile what happens in between, on the calling thread, through
   *     connections that are not the {@code jdbi}'s; what it throws is passed
   *     on, itself, also if it is an {@link Error}
   * @throws RuntimeException the database's own exception if a query fails
   */
  @Exercise(id = "4.8", title = "A report of one consistent moment")
  Report report(Jdbi jdbi, Runnable meanwhile);

  /**
   * Moves copies from one book's stock to another's: they had been counted as
   * the wrong edition. Both stocks change or neither, in one transaction.
   * Nothing else changes.
   *
   * <p>Many desks do this at the same time, also between the same two books in
   * opposite directions, and no copy gets lost. Calls of this method alone
   * never end in a deadlock, be it two or three in a circle: each locks its two
   * books in the same order, which is one for all books. A desk that is at
   * other books does not wait for them.
   *
   * <p>Other programs need not keep that order. So if the server ends the
   * transaction with 40P01, the whole transaction is run again, from the
   * start. There are five attempts at most. Before each further attempt there
   * is a pause: of at least 10 milliseconds before the second, and of at least
   * 20, 40 and 80 before the next three. A random part is added to each pause,
   * so that two programs do not meet again and again. Any other failure is
   * passed on at once.
   *
   * <p><i>Also right:</i> a random part of any length, from anywhere, since the
   * checks cannot see chance. To try again after 40001, too. A 23514 taken for
   * too few copies, as in {@link #lend}. What happens if the thread is
   * interrupted during a pause is up to you.
   *
   * @param from the id of the book that loses copies
   * @param to the id of another book
   * @param copies how many, 1 or more
   * @throws IllegalStateException if there is no such book, or if the first
   *     has fewer copies than are to be moved; then nothing has changed
   * @throws RuntimeException the database's own exception: of the fifth
   *     attempt, if each ended in 40P01, or of another failure; then nothing
   *     has changed
   */
  @Exercise(id = "4.9", title = "Moves in opposite order: no deadlock")
  default void moveCopies(Jdbi jdbi, long from, long to, int copies) {
    // A default method: answers from before this exercise still compile.
    todo("4.9");
  }

  /**
   * What is done in a transaction.
   *
   * @param <T> what it returns
   */
  @FunctionalInterface
  interface Work<T> {
    /** Does it, with the connection that the transaction is on. */
    T run(Connection connection) throws Exception;
  }

  /**
   * A book that the library does not have yet.
   *
   * @param isbn its number, which no other book has
   * @param title its title
   * @param copies how many came
   */
  record NewBook(String isbn, String title, int copies) {}

  /**
   * A book of a delivery that the database did not accept.
   *
   * @param isbn the book's number
   * @param sqlState why not, such as {@code 23505}
   */
  record Rejected(String isbn, String sqlState) {}

  /** The desk where books come back. */
  interface Returns {
    /**
     * Takes a book back: that member's loan of that book is deleted, and the
     * book's stock goes up by one. Both happen or neither. Nothing else
     * changes.
     *
     * <p>Many desks do this at the same time. If another desk is at the same
     * book, this one waits, and sets no limit to that. If two take the same
     * loan back, one of them does.
     *
     * <p><i>Also right:</i> a 40P01, if the server finds a deadlock, whatever
     * the others in it are.
     *
     * @return false if the member does not have that book; then nothing has
     *     changed
     * @throws RuntimeException the database's own exception if it refuses
     *     anything of it; then nothing has changed
     */
    boolean giveBack(long bookId, long memberId);
  }

  /**
   * Where the library's copies are.
   *
   * @param onShelf the sum of all books' stock, 0 if there are no books
   * @param onLoan the number of loans
   */
  record Report(int onShelf, int onLoan) {}
}
