package workbook.errors;

import static org.assertj.core.api.Assertions.assertThat;
import static workbook.grading.Errors.assertThrown;

import java.sql.SQLException;
import java.util.Arrays;
import workbook.grading.Errors;

/**
 * What came out of a method, and what it left behind, in words for the learner.
 */
final class Outcomes {
  private Outcomes() {}

  /** Demands an {@code SQLException} with a state. */
  static void assertState(String sqlState, String situation,
      Errors.Action action) {
    SQLException thrown = assertThrown(situation, SQLException.class, action);
    assertThat(thrown.getSQLState())
        .as("the SQLSTATE of the exception, when %s", situation)
        .isEqualTo(sqlState);
  }

  /** Demands the very object that was thrown. */
  // Not isSameAs: its message is two stack traces.
  static void assertThrows(Throwable expected, String situation,
      Errors.Action action) {
    Throwable thrown = assertThrown(situation, expected.getClass(), action);
    if (thrown != expected) {
      throw new AssertionError(
          "Another exception came out: %s.%nexpected: %s%n but was: %s%s"
              .formatted(
                  situation,
                  expected,
                  thrown,
                  String.valueOf(thrown).equals(String.valueOf(expected))
                      ? " (a new one; throw the one that you were given)"
                      : ""),
          thrown);
    }
  }

  /** Demands that a second failure is attached to the first one, once. */
  static void assertSuppressed(Throwable first, Throwable second) {
    Throwable[] found = first.getSuppressed();
    boolean right =
        second == null
            ? found.length == 0
            : found.length == 1 && found[0] == second;
    if (!right) {
      throw new AssertionError(
          "%s of the first failure, %s, after %s.%nexpected: %s%n but was: %s"
              .formatted(
                  "getSuppressed()",
                  first,
                  second == null ? "closing that succeeded"
                      : "a failure to close",
                  second == null ? "[]" : "[" + second + "]",
                  Arrays.toString(found)));
    }
  }

  /** Demands that all connections are closed. */
  static void assertClosed(WatchedSource watched, String when)
      throws SQLException {
    assertThat(watched.isAllClosed())
        .withFailMessage(
            "The connection is still open.%nexpected: closed after %s%n"
                + " but was: open%nWhich ways lead out of your method?",
            when)
        .isTrue();
  }

  /** Demands that one connection was asked for. */
  static void assertOneAttempt(WatchedSource watched, String situation) {
    assertThat(watched.attempts())
        .withFailMessage(
            "How often your method asked for a connection, when %s.%n"
                + "expected: 1%n but was: %s%n"
                + "Is anything tried a second time?",
            situation, watched.attempts())
        .isEqualTo(1);
  }

  /** Demands that the connection was left as it was. */
  static void assertChangedNothing(WatchedSource watched) {
    assertThat(watched.changes())
        .withFailMessage(
            "Your method itself, not the work, called %s.%n"
                + "expected: only close()%n but was: %s%n"
                + "Who decides about transactions and settings:"
                + " your method, or the work?",
            "other methods of the connection", watched.changes())
        .isEmpty();
  }

  /** Throws it, which is no checked exception. */
  static void failUnchecked(Throwable failure) {
    if (failure instanceof RuntimeException e) {
      throw e;
    }
    throw (Error) failure;
  }

  /** Throws it, whatever it is. */
  static <T> T fail(Throwable failure) throws SQLException {
    if (failure instanceof SQLException e) {
      throw e;
    }
    if (failure instanceof RuntimeException e) {
      throw e;
    }
    throw (Error) failure;
  }
}
