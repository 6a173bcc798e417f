package workbook.queries;

import java.sql.BatchUpdateException;
import java.sql.SQLException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.postgresql.util.PSQLException;
import workbook.grading.FreshDatabase;
import workbook.grading.jdbc.LentSessions;

/** Asks for an error of the server, in whatever exception it comes. */
final class Refused {
  private Refused() {}

  /**
   * Runs what the server must refuse.
   *
   * @param situation what the server refuses, and why
   * @param state the SQLSTATE that has to reach the caller
   */
  static void assertRefused(
      String situation, String state, ThrowingCallable action) {
    Throwable thrown = thrownBy(action);
    String madeUp = "";
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (isOfServer(cause, state)) {
        return;
      } else if (isOf(cause, state)) {
        madeUp =
            "%n(One has this SQLSTATE, but the server has thrown none.)"
                .formatted();
      }
    }
    throw new AssertionError(
        ("%s.%nexpected: the server's exception, with SQLSTATE %s, or one that"
                + " has it as a cause%n but was: %s%s")
            .formatted(
                situation,
                state,
                thrown == null ? "none, the method returned" : thrown,
                madeUp),
        thrown);
  }

  /**
   * Whether the server itself has refused something, and how. One that is made
   * anew may have the same SQLSTATE, but not what the server said.
   */
  static boolean isOfServer(Throwable thrown, String state) {
    if (thrown instanceof BatchUpdateException batch) {
      return isOfServer(batch.getNextException(), state);
    }
    return isOf(thrown, state)
        && thrown instanceof PSQLException e
        && e.getServerErrorMessage() != null;
  }

  private static boolean isOf(Throwable thrown, String state) {
    return thrown instanceof SQLException e && state.equals(e.getSQLState());
  }

  /** Runs a query of a table that is gone. */
  static void assertRefusedWithout(
      String table,
      FreshDatabase database,
      LentSessions source,
      ThrowingCallable action) {
    // What is left open is told after the check; its locks would stop this.
    if (source.isQuiet()) {
      database.execute("ALTER TABLE %s RENAME TO gone".formatted(table));
      assertRefused(
          ("There is no table %s, so the query fails, and the caller has to"
                  + " hear of it")
              .formatted(table),
          "42P01",
          action);
    }
  }

  private static Throwable thrownBy(ThrowingCallable action) {
    try {
      action.call();
      return null;
    } catch (Throwable thrown) {
      return thrown;
    }
  }
}
