package workbook.errors;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.security.GeneralSecurityException;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLSyntaxErrorException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import java.sql.SQLWarning;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import javax.net.ssl.SSLHandshakeException;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;
import org.postgresql.util.ServerErrorMessage;
import workbook.errors.Troubleshooter.Problem;

/** What generated failures are made from: states, messages, classes, causes. */
final class FailureParts {
  /** What a state means that means the same with every cause. */
  static final Map<String, Problem> STATES = states();

  /** What drivers and servers say, each of them with any state. */
  static final List<String> MESSAGES =
      Arrays.asList(
          null,
          "",
          "refused",
          "Verbindungsaufbau abgelehnt",
          "FATAL: password authentication failed for user \"ann\"",
          "FATAL: no pg_hba.conf entry for host \"10.0.0.7\"",
          "The server requested SCRAM-based authentication, but no password"
              + " was provided.",
          "The server does not support SSL.",
          "FATAL: database \"books\" does not exist",
          "FATAL: permission denied for database \"books\"",
          "FATAL: database \"books\" is not currently accepting connections",
          "FATAL: sorry, too many clients already",
          "FATAL: the database system is starting up",
          "Connection to localhost:5432 refused. Check that the hostname and"
              + " port are correct and that the postmaster is accepting TCP/IP"
              + " connections.",
          "The connection attempt failed.",
          "Connection attempt timed out.",
          "Read timed out",
          "Connection reset",
          "Protocol error.  Session setup failed.",
          "Unable to parse URL jdbc:postgresql:/books",
          "No suitable driver found for jdbc:postgres://localhost/books");

  /** What makes a problem of 08001. */
  static final Map<Problem, List<Supplier<Throwable>>> CAUSES =
      new EnumMap<>(Map.of(
          Problem.REFUSED,
              List.of(ConnectException::new, () -> new ConnectException() {}),
          Problem.UNKNOWN_HOST,
              List.of(UnknownHostException::new,
                  () -> new UnknownHostException() {}),
          Problem.TIMED_OUT,
              List.of(SocketTimeoutException::new,
                  () -> new SocketTimeoutException() {}),
          Problem.BROKEN_OFF,
              List.of(
                  EOFException::new,
                  () -> new EOFException() {},
                  SocketException::new,
                  () -> new SocketException() {},
                  NoRouteToHostException::new,
                  PortUnreachableException::new,
                  BindException::new),
          Problem.OTHER,
              List.of(
                  IOException::new,
                  InterruptedIOException::new,
                  () -> new SSLHandshakeException("no common cipher"),
                  ClosedChannelException::new,
                  UnresolvedAddressException::new,
                  GeneralSecurityException::new,
                  TimeoutException::new,
                  InterruptedException::new,
                  () -> new SQLException("refused", "08001"),
                  () -> new SQLException("wrong password", "28P01"),
                  () -> byTheDriver("time is up", "08001", null),
                  () -> new java.rmi.ConnectException(""),
                  () -> new java.rmi.UnknownHostException(""),
                  Namesakes.SocketTimeoutException::new,
                  Namesakes.EOFException::new,
                  Namesakes.SocketException::new,
                  LinkageError::new)));

  /** What makes a failure; the first is the driver's. */
  static final List<Type> TYPES =
      List.of(
          FailureParts::byTheDriver,
          FailureParts::byTheDriverItself,
          PoolException::new,
          SQLException::new,
          (message, state, cause) ->
              new SQLException(message, state, 1045, cause),
          Namesakes.PSQLException::new,
          SQLTransientConnectionException::new,
          SQLNonTransientConnectionException::new,
          SQLInvalidAuthorizationSpecException::new,
          SQLSyntaxErrorException::new,
          SQLRecoverableException::new,
          SQLTimeoutException::new,
          SQLWarning::new,
          (message, state, cause) ->
              new BatchUpdateException(message, state, new int[0], cause));

  private static final List<String> UNLISTED =
      List.of(
          "00000", "01000", "08000", "08003", "08007", "08S01", "0A000",
              "22023", "23505", "25P02",
          "28001", "28P02", "2D000", "3D001", "3F000", "40001", "40P01",
              "42000", "42P01",
          "42P04", "53000", "53100", "53200", "53400", "55006", "55P03",
              "57000", "57014", "57P01",
          "57P02", "57P04", "57P05", "58030", "99998", "HY000", "XX000", "");

  private FailureParts() {}

  /** States of no problem, some of them nearly one that is listed. */
  static List<String> unlisted() {
    Set<String> states = new LinkedHashSet<>(UNLISTED);
    List<String> listed = new ArrayList<>(STATES.keySet());
    listed.add("08001");
    for (String state : listed) {
      states.addAll(
          List.of(
              state.toLowerCase(Locale.ROOT), " " + state, state + " ",
              state + "\n", state + "x", "x" + state, state.substring(0, 4),
              state.substring(0, 2), state.substring(0, 2) + "000",
              state.substring(1)));
    }
    states.removeAll(listed);
    return List.copyOf(states);
  }

  // With a state that is not one of PSQLState's constants, or may not be.
  private static SQLException byTheDriver(String message, String state,
      Throwable cause) {
    PSQLException failure =
        new PSQLException(new ServerErrorMessage(fields(message, state)));
    failure.initCause(cause);
    return failure;
  }

  // What the server had no part in.
  private static SQLException byTheDriverItself(String message, String state,
      Throwable cause) {
    for (PSQLState constant : PSQLState.values()) {
      if (constant.getState().equals(state)) {
        return new PSQLException(message, constant, cause);
      }
    }
    return byTheDriver(message, state, cause);
  }

  private static String fields(String message, String state) {
    return (state == null ? "" : "C" + state + "\0") + "M" + message + "\0";
  }

  private static Map<String, Problem> states() {
    Map<String, Problem> states = new LinkedHashMap<>();
    states.put("28P01", Problem.WRONG_PASSWORD);
    states.put("28000", Problem.NOT_ADMITTED);
    states.put("08004", Problem.REJECTED);
    states.put("3D000", Problem.NO_SUCH_DATABASE);
    states.put("42501", Problem.NO_PRIVILEGE);
    states.put("55000", Problem.DATABASE_CLOSED);
    states.put("53300", Problem.TOO_MANY_CONNECTIONS);
    states.put("57P03", Problem.NOT_READY);
    states.put("08006", Problem.BROKEN_OFF);
    states.put("08P01", Problem.NOT_POSTGRESQL);
    states.put("99999", Problem.BAD_URL);
    return states;
  }

  /** A constructor of an {@code SQLException}. */
  interface Type {
    SQLException make(String message, String state, Throwable cause);
  }

  /** A library's own kind of {@code PSQLException}. */
  private static final class PoolException extends PSQLException {
    private static final long serialVersionUID = 1;

    private PoolException(String message, String state, Throwable cause) {
      super(new ServerErrorMessage(fields(message, state)));
      initCause(cause);
    }
  }
}
