package workbook.queries;

import java.sql.SQLException;
import java.util.concurrent.Callable;
import org.jdbi.v3.core.JdbiException;

/** Calls an answer; what it throws is reported with what it was given. */
final class Steps {
  private static final String WANTED =
      "%s%nexpected: the server's own exception, SQLSTATE %s%n but was: %s";

  private Steps() {}

  /**
   * Runs what must not throw.
   *
   * @param call the call as a learner would write it, and in which situation
   */
  static <T> T step(String call, Callable<T> action) {
    try {
      return action.call();
    } catch (Throwable e) {
      throw new AssertionError(
          "%s%nexpected: no exception%n but was: %s%s"
              .formatted(call, text(e), idea(e)),
          e);
    }
  }

  /**
   * Runs what the server must refuse, with an exception that tells so.
   *
   * @param call the call as a learner would write it, and in which situation
   * @param state the SQLSTATE of the refusal
   */
  static void refused(String call, String state, Callable<?> action) {
    Object returned;
    try {
      returned = action.call();
    } catch (Throwable e) {
      if (!Refused.isOfServer(unwrapped(e), state)) {
        throw new AssertionError(WANTED.formatted(call, state, text(e)), e);
      }
      return;
    }
    String value = returned == null ? "" : " " + returned;
    throw new AssertionError(
        WANTED.formatted(call, state, "none, it returned" + value));
  }

  private static String idea(Throwable e) {
    return unwrapped(e) instanceof SQLException refused
            && "42601".equals(refused.getSQLState())
        ? "\nHas a value become part of the SQL text?"
        : "";
  }

  private static String text(Throwable e) {
    return e.getClass().getSimpleName()
        + (e.getMessage() == null ? "" : ": " + e.getMessage().strip());
  }

  // JDBC's exception itself, or the one in which Jdbi wraps it.
  private static Throwable unwrapped(Throwable thrown) {
    Throwable e = thrown;
    while (e instanceof JdbiException && e.getCause() != null) {
      e = e.getCause();
    }
    return e;
  }
}
