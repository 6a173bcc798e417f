package workbook.errors;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import workbook.support.DatabaseSettings;
import workbook.support.Exercise;

/**
 * Lesson 2: find out why a connection failed, and never lose one.
 *
 * <p>Paragraphs that begin with <i>Also right</i> permit unusual answers: you
 * need not understand them to write yours.
 */
public interface Troubleshooter {

  /**
   * Says what went wrong when a connection was asked for.
   *
   * <p>Decide by all five characters of {@link SQLException#getSQLState()}
   * and, for {@code 08001} only, by {@link SQLException#getCause()} and by the
   * exception's class, as {@link Problem} says. With every other state the
   * cause makes no difference. Never decide by the message: servers speak many
   * languages, and a database may be called anything. For example, a failure
   * with the state {@code 3D000} is {@link Problem#NO_SUCH_DATABASE}. States
   * are compared as they are: {@code 3d000}, or {@code 3D000} with a blank
   * before or behind it, is none of those listed.
   *
   * <p>"Caused by" means that {@code getCause()} itself is of that class, or
   * of a subclass of it. (A class of another package that has the same simple
   * name does not count.) The cause's own cause does not count, and neither do
   * {@link SQLException#getNextException()} and the suppressed exceptions. A
   * subclass of {@code PSQLException} is a {@code PSQLException}, too.
   *
   * @param failure what a driver, or {@code DriverManager}, threw; its state
   *     and its message may be null
   * @return the problem; {@link Problem#OTHER} for a failure that is none of
   *     those listed, also for one without a state
   */
  @Exercise(id = "2.1", title = "Diagnose a failed connection")
  Problem diagnose(SQLException failure);

  /**
   * Puts a problem into words for the person at the keyboard.
   *
   * <p>For example, for {@link Problem#NO_SUCH_DATABASE}:
   *
   * <pre>
   * failed: There is no database shop on that server.
   * with:   user ann, database shop, server localhost:5432
   * next:   Correct dbname in db_info.ini, or create the database.
   * </pre>
   *
   * <p>{@link Problem#REJECTED} has two reasons, and the settings tell which.
   * If their password is null or empty, {@code failed} says that there was no
   * password, with that word in it. Otherwise, also if the password is a
   * blank, {@code failed} says that the server offers no SSL, with that word
   * in it, and {@code next} does not have the word {@code password} in it. (It
   * may show a host or a database whose own name has that word in it.)
   *
   * <p>No part of the password, and nothing made from it, is ever shown: two
   * passwords that are not empty get equal explanations.
   *
   * <p><i>Also right:</i> to tell whether there is a password. A word of your
   * own that happens to be the password: your sentences may say {@code port},
   * whatever the password is, and somebody's password may be {@code port}.
   *
   * @param problem what went wrong
   * @param settings what the connection was asked for with; the password may
   *     be null
   * @return an explanation with a {@code failed} of its own for each problem,
   *     and for each of the two reasons of {@code REJECTED}
   */
  @Exercise(id = "2.2", title = "Explain the problem to a person")
  Explanation explain(Problem problem, DatabaseSettings settings);

  /**
   * Opens a connection, has work done with it, and closes it.
   *
   * <p>It is closed on every path: when the work returns, and when it throws
   * an {@code SQLException}, a {@code RuntimeException} or an {@code Error}.
   * When this method ends, the connection is closed
   * already. Opening, work and closing happen on the thread of the caller. Do
   * not look at its interrupted status, and do not change it.
   *
   * <p>The first failure is the one that comes out, the very object that was
   * thrown. If closing fails after that, with whatever exception or {@code
   * Error}, the failure to close is added to the first one with {@link
   * Throwable#addSuppressed}. If closing is all that fails, its failure comes
   * out.
   *
   * <p>Nothing is tried a second time: the source is asked for one connection,
   * nothing else of the source is called, the work is done once, and closing
   * that has failed is not tried again. Apart from closing it, this method
   * leaves the connection alone: it does not commit, roll back or change a
   * setting, also where the work has left a transaction open, and calls no
   * other method of the connection.
   *
   * <p><i>Also right:</i> to close, or not, a connection that the work has
   * closed already. To ask {@code isClosed()}, which never fails, and to call
   * {@code toString()}, {@code equals()} and {@code hashCode()}.
   *
   * @param source where the connection comes from; if it throws, the work is
   *     not done
   * @param work what to do with it
   * @param <T> what the work finds out
   * @return what the work returned, which may be null
   * @throws SQLException if there was no connection to be had, or the work
   *     or the closing failed with it
   */
  @Exercise(id = "2.3", title = "Close the connection, whatever happens")
  <T> T withConnection(DataSource source, ConnectionWork<T> work)
      throws SQLException;

  /**
   * Has work done with a handle, as 2.3 does with a connection, and brings
   * out the {@code SQLException} where Jdbi has wrapped one.
   *
   * <p>The handle is closed on every path, one connection is opened, and the
   * work is done once. There is no transaction around the work: each of its
   * statements is committed by itself. Where the work has left a transaction
   * open, it is not committed. As in 2.3, the first failure comes out, and not
   * a failure to close after it.
   *
   * <p>When any {@link org.jdbi.v3.core.JdbiException} comes out, such as a
   * {@code ConnectionException}, look for an {@code SQLException} among
   * its causes, its cause's cause and so on, and throw the first one you
   * meet, also if it has no state, so that 2.1 can diagnose it. Next
   * exceptions and suppressed ones are no causes. Any other exception comes out
   * unchanged, whatever its causes are: the very object that was thrown. So
   * does a {@code JdbiException} without an {@code SQLException} among its
   * causes.
   *
   * <p><i>Also right:</i> whatever Jdbi attaches to the first failure. If this
   * method is called within the work of another handle of the same Jdbi, Jdbi
   * may hand out that handle again: you may use it.
   *
   * @param jdbi where the handle comes from; its connections are in autocommit
   *     mode
   * @param work what to do with it
   * @param <T> what the work finds out
   * @return what the work returned, which may be null
   * @throws SQLException if the database refused the connection (for example
   *     28P01) or a statement (for example 42P01)
   */
  @Exercise(id = "2.4", title = "The same through Jdbi")
  <T> T withHandle(Jdbi jdbi, HandleCallback<T, SQLException> work)
      throws SQLException;

  /**
   * Connects, but gives up after a time, also on a server that accepts the
   * call and then says nothing at all.
   *
   * <p>The time is for connecting as a whole: the server may fall silent at any
   * point, or go on sending something without ever letting you in. A connection
   * that was made in time has no limit left on it: its {@link
   * Connection#getNetworkTimeout()} is 0, and this method sets no timeout of
   * the server's, such as {@code statement_timeout}, so a query may take as
   * long as it needs. In all else, too, it is as the driver makes it. If a
   * connection is made after the time was up, but within the next second, it is
   * closed: it does not stay open on the server.
   *
   * <p>The limit is this call's alone, even while another call is waiting with
   * the same settings and another limit. It changes nothing that
   * other parts of the program share, such as {@code DriverManager}'s login
   * timeout, not even for a while. Calls do not wait for each other, on
   * whatever threads: up to 30 that hang hold up no other, also on the same
   * server.
   *
   * <p><i>Also right:</i> a pool of threads that has room for more than these.
   * The driver's exception, if a limit of its own ends a part of it sooner,
   * such as the 10 seconds of its {@code connectTimeout}. A wait that an
   * interrupt of the calling thread ends, or does not. What happens to a
   * connection that is made more than a second late is up to you.
   *
   * @param settings where to connect, and as whom, whatever characters user
   *     and password have; each call of {@code dataSource()} makes a new one
   * @param seconds how long to wait at most, 1 to 86400 (a day)
   * @return an open connection, the caller's to close. It is returned as soon
   *     as it is made, a tenth of a second later at most
   * @throws SQLException with the state 08001 when the time was up, neither
   *     earlier nor much later; if connecting fails before that, at once the
   *     driver's own exception, not wrapped (for example 28P01)
   */
  @Exercise(id = "2.5", title = "Give up in time")
  Connection connectWithin(DatabaseSettings settings, int seconds)
      throws SQLException;

  /**
   * Connects, and tries again if the problem may pass by itself.
   *
   * <p>Three problems may, as 2.1 diagnoses them: {@link Problem#REFUSED},
   * {@link Problem#TOO_MANY_CONNECTIONS} and {@link Problem#NOT_READY}. Every
   * other failure is thrown at once, also one that is no {@code SQLException},
   * and also after attempts that failed for one of the three. Between two
   * attempts there is one pause: 100 milliseconds first, then twice as long
   * each time, however many there are. With 4 attempts that all fail, the
   * pauses are 100, 200 and 400 milliseconds. Each call of this method begins
   * anew with the first of these, also while another call pauses, and does not
   * wait for that.
   *
   * @param source where the connection comes from; an attempt is one call of
   *     its {@code getConnection()}, and nothing else of it is called
   * @param attempts how often to try in all, 1 to 50
   * @param pause call it to wait; do not sleep by yourself. A {@code
   *     RuntimeException} or an {@code Error} that it throws comes out at once
   * @return an open connection, the caller's to close: the very object that
   *     the source returned. No method of it is called, also not to test
   *     whether it works
   * @throws SQLException the failure of the last attempt, the very object
   *     that was thrown, also where each attempt throws the same one; earlier
   *     ones may be attached to it
   * @throws InterruptedException if a pause was interrupted: the caller wants
   *     to stop, so there is no further attempt. Only the pause decides that:
   *     do not look at the thread's interrupted status
   */
  @Exercise(id = "2.6", title = "Try again when it may help")
  Connection connectWithRetry(DataSource source, int attempts, Pause pause)
      throws SQLException, InterruptedException;

  /** Why a connection was not made, and how to recognise it. */
  enum Problem {
    /** 28P01: the password is wrong, or there is no such user. */
    WRONG_PASSWORD,
    /** 28000: the server does not let this user in, or not from here. */
    NOT_ADMITTED,
    /** 08004: no password was given, or SSL was asked for in vain. */
    REJECTED,
    /** 3D000: the server has no database of that name. */
    NO_SUCH_DATABASE,
    /** 42501: the user lacks the CONNECT privilege on the database. */
    NO_PRIVILEGE,
    /** 55000: the database is closed to connections. */
    DATABASE_CLOSED,
    /** 53300: the server, the database or the user has too many. */
    TOO_MANY_CONNECTIONS,
    /** 57P03: the server is starting up or shutting down. */
    NOT_READY,
    /** 08001 caused by a {@link java.net.ConnectException}. */
    REFUSED,
    /** 08001 caused by a {@link java.net.UnknownHostException}. */
    UNKNOWN_HOST,
    /**
     * 08001 caused by a {@link java.net.SocketTimeoutException}, or an
     * {@link org.postgresql.util.PSQLException} with 08001 and no cause.
     */
    TIMED_OUT,
    /**
     * 08001 caused by an {@link java.io.EOFException} or by a {@link
     * java.net.SocketException} that is no {@code ConnectException}; 08006,
     * whatever its cause is.
     */
    BROKEN_OFF,
    /** 08P01: what answers there does not speak PostgreSQL's protocol. */
    NOT_POSTGRESQL,
    /** 99999: the driver cannot make sense of the URL. */
    BAD_URL,
    /** 08001 without a cause, and no {@code PSQLException}. */
    NO_DRIVER,
    /** Anything else, also a failure without a state. */
    OTHER
  }

  /**
   * A problem in words.
   *
   * <p>Each of the three is a sentence of two words or more ({@code with} may
   * be a list), on one line, and a single one: no full stop, question mark or
   * exclamation mark has a blank and more words behind it. It is for people: it
   * does not have the constant in it, such as {@code BROKEN_OFF}, as it is
   * written there, in capital letters. The words "broken off" are no constant.
   * The language is yours. A value from the settings may stand in it as it is.
   * It counts as one word on one line, even if it has blanks or line breaks in
   * it. Where a certain word has to be in it, or must not be, its case does not
   * matter: {@code Password} is {@code password}.
   *
   * @param failed what failed, in one sentence
   * @param with what was tried: the values of host, port, database and user,
   *     each of the four as it is in the settings, with its capital letters
   *     and whatever characters it has. None is left out, neither the usual
   *     port 5432 nor a value that equals another. (The port's digits may be
   *     those of the program's language, as {@code %d} writes them.) It need
   *     not be a sentence: a list of the four will do
   * @param next what to do, in one sentence. Where one key of db_info.ini is
   *     to blame, the sentence has its name in it as a word of its own:
   *     {@code password} for {@code WRONG_PASSWORD} and where there was none,
   *     {@code dbname} for {@code NO_SUCH_DATABASE}, {@code host} for {@code
   *     UNKNOWN_HOST}, {@code port} for {@code REFUSED}. For the other
   *     problems, the advice is yours; lesson 2's table has some
   */
  record Explanation(String failed, String with, String next) {}

  /** Something to do with a connection. */
  @FunctionalInterface
  interface ConnectionWork<T> {
    /** Does it; the connection is closed by whoever opened it. */
    T with(Connection connection) throws SQLException;
  }

  /** A way to let time pass: {@code Thread.sleep}, or less in a test. */
  @FunctionalInterface
  interface Pause {
    /** Waits that long. */
    void pause(Duration time) throws InterruptedException;
  }
}
