package workbook.errors;

import static org.assertj.core.api.Assertions.assertThat;
import static workbook.grading.Errors.assertThrown;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
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
          ("The first failure has to come out: %s.%nexpected: this object: %s%n"
                  + " but was: %s%s")
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

  /**
   * Demands that a second failure is attached to the first one, once.
   *
   * @param before what the first one had before
   */
  static void assertSuppressed(Throwable[] before, Throwable first,
      Throwable second) {
    List<Throwable> expected = new ArrayList<>(List.of(before));
    if (second != null) {
      expected.add(second);
    }
    Throwable[] found = first.getSuppressed();
    if (!areSame(List.of(found), expected)) {
      throw new AssertionError(
          "%s of the first failure, %s, after %s.%nexpected: %s%n but was: %s"
              .formatted(
                  "getSuppressed()",
                  first,
                  second == null ? "closing that succeeded"
                      : "a failure to close",
                  expected,
                  Arrays.toString(found)));
    }
  }

  private static boolean areSame(List<?> some, List<?> others) {
    return some.size() == others.size()
        && IntStream.range(0, some.size())
            .allMatch(one -> some.get(one) == others.get(one));
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
    assertThat(watched.isOneThread())
        .withFailMessage(
            "Something happened on another thread, when %s.%n"
                + "expected: all of it on the thread that called your method%n"
                + " but was: also on another one%n"
                + "Is it over when your method ends?",
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

  /** Demands that closing was not tried again, when it had failed. */
  static void assertNotClosedAgain(WatchedSource watched, String situation) {
    assertThat(watched.isClosedAgain())
        .withFailMessage(
            "How often your method closed the connection, when %s.%n"
                + "expected: once%n"
                + " but was: once more, after closing had failed%n"
                + "Is anything tried a second time?",
            situation)
        .isFalse();
  }

  /** Demands that the thread was as interrupted as it was beforehand. */
  static void assertStillInterrupted(Set<String> calm, String where,
      String situation) {
    assertThat(calm)
        .withFailMessage(
            "The thread was interrupted before your method was called, "
                + "and %s.%n"
                + "expected: it is interrupted still in %s%n"
                + " but was: not interrupted, in %s%n"
                + "Who took the thread's status away?",
            situation, where, new TreeSet<>(calm))
        .isEmpty();
  }

  /** Demands that the connection was left as it was. */
  static void assertChangedNothing(WatchedSource watched) {
    assertThat(watched.changes())
        .withFailMessage(
            "Your method itself, not the work, called %s.%n"
                + "expected: only getConnection() and close()%n"
                + " but was: %s%n"
                + "Who decides about transactions and settings:"
                + " your method, or the work?",
            "other methods of the connection, or of its source",
            watched.changes())
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
