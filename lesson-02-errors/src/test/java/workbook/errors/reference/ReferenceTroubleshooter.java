package workbook.errors.reference;

import java.io.EOFException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import javax.sql.DataSource;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.postgresql.util.PSQLException;
import workbook.errors.Troubleshooter;
import workbook.support.DatabaseSettings;

/** One good answer to lesson 2, and why it is written this way. */
public class ReferenceTroubleshooter implements Troubleshooter {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Set<Problem> MAY_PASS =
      EnumSet.of(
          Problem.REFUSED, Problem.TOO_MANY_CONNECTIONS, Problem.NOT_READY);

  // The whole state, not its class: what keeps one from connecting is spread
  // over the classes 08, 28, 3D, 42, 53, 55 and 57, and 28 alone has two
  // members with different remedies.
  @Override
  public Problem diagnose(SQLException failure) {
    String state = failure.getSQLState();
    if (state == null) {
      return Problem.OTHER; // a switch on null would throw
    }
    return switch (state) {
      case "28P01" -> Problem.WRONG_PASSWORD;
      case "28000" -> Problem.NOT_ADMITTED;
      case "08004" -> Problem.REJECTED;
      case "3D000" -> Problem.NO_SUCH_DATABASE;
      case "42501" -> Problem.NO_PRIVILEGE;
      case "55000" -> Problem.DATABASE_CLOSED;
      case "53300" -> Problem.TOO_MANY_CONNECTIONS;
      case "57P03" -> Problem.NOT_READY;
      case "08001" -> unreachable(failure);
      case "08006" -> Problem.BROKEN_OFF;
      case "08P01" -> Problem.NOT_POSTGRESQL;
      case "99999" -> Problem.BAD_URL;
      default -> Problem.OTHER;
    };
  }

  // The server never spoke, so there is no state of its making: what the
  // operating system said is in the cause.
  private static Problem unreachable(SQLException failure) {
    Throwable cause = failure.getCause();
    if (cause instanceof ConnectException) { // is a SocketException too
      return Problem.REFUSED;
    }
    if (cause instanceof UnknownHostException) {
      return Problem.UNKNOWN_HOST;
    }
    if (cause instanceof SocketTimeoutException) {
      return Problem.TIMED_OUT;
    }
    if (cause instanceof EOFException || cause instanceof SocketException) {
      return Problem.BROKEN_OFF;
    }
    if (cause != null) {
      return Problem.OTHER;
    }
    // Without a driver for the URL nobody could throw a PSQLException.
    return failure instanceof PSQLException
        ? Problem.TIMED_OUT
        : Problem.NO_DRIVER;
  }

  // It takes the fields it wants to show, one by one: a string made from the
  // whole of something shows a password sooner or later.
  @Override
  public Explanation explain(Problem problem, DatabaseSettings settings) {
    String with =
        "user %s, database %s, server %s:%s"
            .formatted(
                settings.user(),
                settings.dbname(),
                settings.host(),
                settings.port());
    return new Explanation(
        failed(problem, settings), with, next(problem, settings));
  }

  private static String failed(Problem problem, DatabaseSettings settings) {
    // No default: the compiler names the constant that a new version of the
    // enum adds and this switch forgets.
    return switch (problem) {
      case WRONG_PASSWORD ->
          "The password is wrong, or there is no user " + settings.user() + ".";
      case NOT_ADMITTED ->
          "The server does not let user " + settings.user() + " in from here.";
      case REJECTED ->
          hasPassword(settings)
              ? "SSL was asked for, and the server offers none."
              : "The server wants a password, and none was given.";
      case NO_SUCH_DATABASE ->
          "There is no database " + settings.dbname() + " on that server.";
      case NO_PRIVILEGE ->
          settings.user() + " may not connect to " + settings.dbname() + ".";
      case DATABASE_CLOSED ->
          "Database " + settings.dbname() + " accepts no connections.";
      case TOO_MANY_CONNECTIONS -> "Too many connections are open already.";
      case NOT_READY -> "The server is starting up or shutting down.";
      case REFUSED -> "Nothing listens on port " + settings.port() + " there.";
      case UNKNOWN_HOST -> "There is no host " + settings.host() + ".";
      case TIMED_OUT -> "The server did not answer in time.";
      case BROKEN_OFF -> "The connection broke off, or found no way there.";
      case NOT_POSTGRESQL -> "What answers there is no PostgreSQL server.";
      case BAD_URL -> "The driver cannot read the URL.";
      case NO_DRIVER -> "No driver knows this kind of URL.";
      case OTHER -> "The connection failed for a reason not listed here.";
    };
  }

  private static String next(Problem problem, DatabaseSettings settings) {
    return switch (problem) {
      case WRONG_PASSWORD -> "Correct password, or user, in db_info.ini.";
      case NOT_ADMITTED -> "Check user; the server's pg_hba.conf decides.";
      case REJECTED ->
          hasPassword(settings)
              ? "Leave sslmode out, or have SSL turned on at the server."
              : "Set password in db_info.ini.";
      case NO_SUCH_DATABASE ->
          "Correct dbname in db_info.ini, or create the database.";
      case NO_PRIVILEGE -> "Have the database's owner GRANT CONNECT on it.";
      case DATABASE_CLOSED -> "Ask the server's administrator to open it.";
      case TOO_MANY_CONNECTIONS ->
          "Close connections that are not needed, then try again.";
      case NOT_READY -> "Try again in a moment.";
      case REFUSED -> "Check port in db_info.ini, and start the server.";
      case UNKNOWN_HOST -> "Correct host in db_info.ini.";
      case TIMED_OUT -> "See whether the server, or a firewall, hangs.";
      case BROKEN_OFF -> "Check the network, then the server's log.";
      case NOT_POSTGRESQL -> "Find the port that PostgreSQL listens on.";
      case BAD_URL -> "Write it as jdbc:postgresql://host:port/dbname.";
      case NO_DRIVER -> "Begin the URL with jdbc:postgresql: and a host.";
      case OTHER -> "Look up the SQLSTATE in PostgreSQL's manual.";
    };
  }

  private static boolean hasPassword(DatabaseSettings settings) {
    return settings.password() != null && !settings.password().isEmpty();
  }

  // All that the contract asks for is what this statement does. By hand it
  // takes a null check, a finally and a second try around close.
  @Override
  public <T> T withConnection(DataSource source, ConnectionWork<T> work)
      throws SQLException {
    try (Connection connection = source.getConnection()) {
      return work.with(connection);
    }
  }

  // Jdbi closes the handle by itself. What is left to do: its exceptions are
  // unchecked and its own, and the state is in one of their causes.
  @Override
  public <T> T withHandle(Jdbi jdbi, HandleCallback<T, SQLException> work)
      throws SQLException {
    try {
      return jdbi.withHandle(work);
    } catch (JdbiException e) {
      for (Throwable c = e.getCause(); c != null; c = c.getCause()) {
        if (c instanceof SQLException failure) {
          throw failure;
        }
      }
      throw e;
    }
  }

  // loginTimeout covers the whole of connecting and nothing after it.
  // connectTimeout ends with the TCP handshake, which a silent server does
  // answer; socketTimeout counts anew for each read, and stays on.
  @Override
  public Connection connectWithin(DatabaseSettings settings, int seconds)
      throws SQLException {
    DataSource source = settings.dataSource();
    source.setLoginTimeout(seconds); // this source's; DriverManager's is all's
    return source.getConnection();
  }

  // Nothing catches InterruptedException, so a caller who wants to stop gets
  // out at once.
  @Override
  public Connection connectWithRetry(
      DataSource source, int attempts, Pause pause)
      throws SQLException, InterruptedException {
    Duration wait = FIRST_PAUSE;
    for (int attempt = 1; ; attempt++) {
      try {
        return source.getConnection();
      } catch (SQLException e) {
        if (attempt == attempts || !MAY_PASS.contains(diagnose(e))) {
          throw e;
        }
      }
      pause.pause(wait);
      wait = wait.multipliedBy(2);
    }
  }
}
