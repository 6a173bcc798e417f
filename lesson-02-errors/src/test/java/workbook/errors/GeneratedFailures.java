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
import java.sql.SQLException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import javax.net.ssl.SSLHandshakeException;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;
import workbook.errors.Troubleshooter.Problem;

/**
 * Failures to diagnose: every state with every cause, their diagnosis chosen
 * first.
 */
final class GeneratedFailures {
  /** What a state means that means the same with every cause. */
  static final Map<String, Problem> STATES = states();

  private static final List<String> UNLISTED =
      List.of(
          "00000", "01000", "08000", "08003", "08007", "08S01", "0A000",
              "22023", "23505", "25P02",
          "28001", "28P02", "2D000", "3D001", "3F000", "40001", "40P01",
              "42000", "42501x", "42P01",
          "42P04", "53000", "53100", "53200", "53400", "55006", "55P03",
              "57000", "57014", "57P01",
          "57P02", "57P04", "57P05", "58030", "99998", "HY000", "XX000", "08",
              "53", "", "3d000", "28p01", "08p01", "57p03", " 28000", "28000 ",
              "53300\n", "08001 ", " 08006", "3D000 ", "3D000\0");
  private static final Map<Problem, List<Supplier<Throwable>>> CAUSES =
      new EnumMap<>(Map.of(
          Problem.REFUSED,
              List.of(ConnectException::new, HttpConnectException::new),
          Problem.UNKNOWN_HOST, List.of(UnknownHostException::new),
          Problem.TIMED_OUT,
              List.of(SocketTimeoutException::new, ReadTimeoutException::new),
          Problem.BROKEN_OFF,
              List.of(
                  EOFException::new,
                  SocketException::new,
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
                  LinkageError::new)));
  private static final List<Type> TYPES =
      List.of(
          GeneratedFailures::byTheDriver,
          PoolException::new,
          SQLException::new,
          SQLTransientConnectionException::new,
          SQLNonTransientConnectionException::new,
          SQLInvalidAuthorizationSpecException::new,
          SQLRecoverableException::new,
          SQLTimeoutException::new);

  private final Random random;
  private final List<Case> cases = new ArrayList<>();

  private GeneratedFailures(long seed) {
    random = new Random(seed);
  }

  /** Failures of the problems that are listed. */
  static List<Case> listed(long seed) {
    GeneratedFailures made = new GeneratedFailures(seed);
    STATES.forEach((state, problem) -> made.addEveryCause(problem, state));
    CAUSES.forEach(
        (problem, causes) -> {
          if (problem != Problem.OTHER) {
            made.addUnreachable(problem, causes);
          }
        });
    for (Type type : TYPES) {
      boolean ofTheDriver =
          type.make("", "08001", null) instanceof PSQLException;
      made.add(ofTheDriver ? Problem.TIMED_OUT
          : Problem.NO_DRIVER, type, "08001", null);
    }
    return made.cases;
  }

  /** Failures of no listed problem. */
  static List<Case> others(long seed) {
    GeneratedFailures made = new GeneratedFailures(seed);
    made.addEveryCause(Problem.OTHER, null);
    for (String state : UNLISTED) {
      for (List<Supplier<Throwable>> causes : CAUSES.values()) {
        made.add(Problem.OTHER, made.pick(TYPES), state,
            made.pick(causes).get());
      }
      made.add(Problem.OTHER, made.pick(TYPES), state, null);
    }
    made.addUnreachable(Problem.OTHER, CAUSES.get(Problem.OTHER));
    return made.cases;
  }

  private void addEveryCause(Problem expected, String state) {
    add(expected, pick(TYPES), state, null);
    add(expected, TYPES.get(0), state, null);
    for (List<Supplier<Throwable>> causes : CAUSES.values()) {
      causes.forEach(cause -> add(expected, pick(TYPES), state, cause.get()));
    }
  }

  private void addUnreachable(Problem expected,
      List<Supplier<Throwable>> causes) {
    for (Supplier<Throwable> cause : causes) {
      for (Type type : TYPES) {
        add(expected, type, "08001", cause.get());
      }
      // What is below the cause says something else each time.
      for (List<Supplier<Throwable>> deeper : CAUSES.values()) {
        for (Supplier<Throwable> below : deeper) {
          add(expected, pick(TYPES), "08001",
              withCause(cause.get(), below.get()));
        }
      }
    }
  }

  private void add(Problem expected, Type type, String state, Throwable cause) {
    String[] messages = {
      null, "", "Verbindungsaufbau abgelehnt",
      "password authentication failed", "refused"
    };
    SQLException failure =
        type.make(messages[random.nextInt(messages.length)], state, cause);
    if (random.nextInt(4) == 0) {
      List<String> states = List.copyOf(STATES.keySet());
      failure.setNextException(new SQLException("the next one", pick(states)));
      failure.addSuppressed(new ConnectException("a suppressed one"));
    }
    cases.add(new Case(expected, failure));
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }

  private static Throwable withCause(Throwable thrown, Throwable cause) {
    try {
      return thrown.initCause(cause);
    } catch (IllegalStateException e) {
      return thrown; // its class has settled that it has none
    }
  }

  // The state is not one of PSQLState's constants.
  private static SQLException byTheDriver(String message, String state,
      Throwable cause) {
    PSQLException failure =
        new PSQLException(new ServerErrorMessage(fields(message, state)));
    failure.initCause(cause);
    return failure;
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

  /** A failure, and what it has to be diagnosed as. */
  record Case(Problem expected, SQLException failure) {}

  /** A constructor of an {@code SQLException}. */
  private interface Type {
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

  /** A library's own kind of {@code ConnectException}. */
  private static final class HttpConnectException extends ConnectException {
    private static final long serialVersionUID = 1;
  }

  /** A library's own kind of {@code SocketTimeoutException}. */
  private static final class ReadTimeoutException
      extends SocketTimeoutException {
    private static final long serialVersionUID = 1;
  }
}
