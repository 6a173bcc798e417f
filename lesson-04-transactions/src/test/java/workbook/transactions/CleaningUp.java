package workbook.transactions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import workbook.transactions.LendingDesk.Work;

/**
 * Exercise 4.1 where more than one thing fails: the first comes out, and the
 * others are suppressed in it.
 */
final class CleaningUp {
  private final Library library;
  private final boolean autoCommit;

  CleaningUp(Library library, boolean autoCommit) {
    this.library = library;
    this.autoCommit = autoCommit;
  }

  /** Demands it of every step of cleaning up, after failures of every kind. */
  void require(LendingDesk desk) throws SQLException {
    for (String step : List.of("rollback", "setAutoCommit")) {
      requireFirst(desk, new IOException("the work failed"), step);
      requireFirst(desk, new IllegalStateException("not checked"), step);
      requireFirst(desk, new LinkageError("no Exception"), step);
      requireFirst(desk, null, "commit", step);
    }
    SQLException failure = new SQLException("the work's own", "23505");
    requireFirst(desk, failure, "rollback", "setAutoCommit");
  }

  // If the work does not fail, the first is what the connection throws first.
  private void requireFirst(
      LendingDesk desk, Throwable ofWork, String... failing)
      throws SQLException {
    try (CallersConnection caller =
        new CallersConnection(library, autoCommit)) {
      FailingConnection connection =
          new FailingConnection(caller.connection(), failing);
      Work<Object> work =
          ofWork == null ? caller.noting("not saved") : caller.failing(ofWork);

      Throwable thrown =
          Library.thrownBy(
              () ->
                  desk.inTransaction(
                      connection.proxy(),
                      given -> {
                        connection.arm();
                        return work.run(given);
                      }));

      List<Throwable> failures = new ArrayList<>(connection.thrown());
      if (ofWork != null) {
        failures.add(0, ofWork);
      }
      String where =
          "%s() failed, %s".formatted(String.join("() and ", failing), caller);
      requireOrder(where, failures, thrown);
      caller.requireOpen("work, in which " + where);
    }
    // Notes are unique here, and setting the mode back may have committed.
    library.database().execute("DELETE FROM notes");
  }

  private static void requireOrder(
      String where, List<Throwable> failures, Throwable thrown) {
    Library.requireSame(
        "of several failures the first comes out (%s)".formatted(where),
        failures.isEmpty() ? null : failures.get(0),
        () -> {
          if (thrown != null) {
            throw thrown;
          }
        });
    if (thrown != null) {
      assertThat(texts(suppressed(thrown)))
          .as(
              "what is suppressed in the first exception, when %s:"
                  + " no failure is lost",
              where)
          .isEqualTo(texts(failures.stream().skip(1)));
    }
  }

  private static List<String> texts(Stream<Throwable> failures) {
    return failures.distinct().map(Throwable::toString).toList();
  }

  private static Stream<Throwable> suppressed(Throwable thrown) {
    return Arrays.stream(thrown.getSuppressed())
        .flatMap(
            second -> Stream.concat(Stream.of(second), suppressed(second)));
  }
}
