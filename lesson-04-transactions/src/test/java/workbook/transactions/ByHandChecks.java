package workbook.transactions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static workbook.transactions.Library.requireSame;
import static workbook.transactions.Library.requireState;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.postgresql.PGConnection;
import workbook.grading.Check;
import workbook.grading.FreshDatabase;
import workbook.grading.FreshDatabase.Session;

/** Exercise 4.1: the context manager, written with JDBC alone. */
interface ByHandChecks {

  /** The answer to check, made anew. */
  LendingDesk answer();

  @Check(exercise = "4.1", points = 1)
  default void others_see_the_work_all_at_once(FreshDatabase database) throws Exception {
    Library library = Library.in(database);
    List<String> seenInBetween = new ArrayList<>();

    String result;
    try (Connection connection = database.dataSource().getConnection()) {
      result =
          answer()
              .inTransaction(
                  connection,
                  given -> {
                    note(given, "first");
                    seenInBetween.addAll(library.notes());
                    note(given, "second");
                    return "done";
                  });
    }

    assertThat(seenInBetween)
        .as("what others saw after the first of two statements: nothing is saved before commit()")
        .isEqualTo(List.of());
    assertThat(library.notes())
        .as("what others see when the method has returned: did it commit?")
        .isEqualTo(List.of("first", "second"));
    assertThat(library.transactions()).as("transactions that wrote the two rows").isEqualTo("1");
    assertThat(result).as("what the work returned").isEqualTo("done");
  }

  @Check(exercise = "4.1", points = 1)
  default void a_failure_of_any_type_rolls_back_and_comes_out_as_it_was(FreshDatabase database)
      throws SQLException {
    Library library = Library.in(database);

    for (Throwable failure :
        List.of(
            new IOException("checked"),
            new NullPointerException("not"),
            new LinkageError("no Exception at all"))) {
      try (Connection connection = database.dataSource().getConnection()) {
        requireSame(
            "the work threw an exception",
            failure,
            () -> answer().inTransaction(connection, failing(failure)));
        requireAsBefore(database, connection, true, "work that ended with a " + failure);
      }

      assertThat(library.notes())
          .as("what others see of work that ended with a %s", failure)
          .isEqualTo(List.of());
    }
  }

  @Check(exercise = "4.1", points = 1)
  default void the_connection_comes_back_as_it_was(FreshDatabase database) throws Exception {
    Library.in(database);
    Exception failure = new IOException("the work failed");

    for (boolean autoCommit : new boolean[] {true, false}) {
      try (Connection connection = database.dataSource().getConnection()) {
        connection.setAutoCommit(autoCommit);

        answer().inTransaction(connection, given -> null);
        requireAsBefore(database, connection, autoCommit, "work that went well");
        catchThrowable(() -> answer().inTransaction(connection, failing(failure)));
        requireAsBefore(database, connection, autoCommit, "work that failed");
      }
    }
  }

  @Check(exercise = "4.1", points = 1)
  default void the_first_exception_is_kept_when_cleaning_up_fails_too(FreshDatabase database)
      throws SQLException {
    Library.in(database);
    Exception first = new IOException("the first");

    try (Connection connection = database.dataSource().getConnection()) {
      requireSame(
          "the work threw, and with the server gone rollback() fails as well",
          first,
          () ->
              answer()
                  .inTransaction(
                      connection,
                      given -> {
                        note(given, "lost");
                        endTheSessionOnTheServer(database);
                        throw first;
                      }));
    }

    assertThat(Arrays.stream(first.getSuppressed()).map(ByHandChecks::kind).distinct().toList())
        .as("what is suppressed in the first exception: rollback()'s must not be lost")
        .isEqualTo(List.of("SQLException"));
  }

  @Check(exercise = "4.1", points = 1)
  default void a_commit_that_the_server_refuses_is_a_failure_too(FreshDatabase database)
      throws SQLException {
    Library library =
        Library.in(database, "ALTER TABLE notes ADD UNIQUE (line) DEFERRABLE INITIALLY DEFERRED");

    try (Connection connection = database.dataSource().getConnection()) {
      requireState(
          "the work went well, but a constraint that is checked at the commit is broken",
          "23505",
          () ->
              answer()
                  .inTransaction(
                      connection,
                      given -> {
                        note(given, "twice");
                        note(given, "twice");
                        return "done";
                      }));
      requireAsBefore(database, connection, true, "a commit that failed");
    }
    assertThat(library.notes()).as("what others see of it").isEqualTo(List.of());
  }

  private static String kind(Throwable thrown) {
    return thrown instanceof SQLException ? "SQLException" : thrown.toString();
  }

  private static void note(Connection connection, String line) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("INSERT INTO notes (line) VALUES ('" + line + "')");
    }
  }

  private static LendingDesk.Work<Object> failing(Throwable failure) {
    return connection -> {
      note(connection, "half the work");
      if (failure instanceof Error error) {
        throw error;
      }
      throw (Exception) failure;
    };
  }

  private static void requireAsBefore(
      FreshDatabase database, Connection connection, boolean autoCommit, String after)
      throws SQLException {
    assertThat(connection.isClosed())
        .as("whether the caller's connection is closed after %s", after)
        .isEqualTo(false);
    assertThat(connection.getAutoCommit())
        .as("the caller's autocommit after %s, which was %s before", after, autoCommit)
        .isEqualTo(autoCommit);
    // Of connections that were closed before, a server process may still be ending.
    int process = connection.unwrap(PGConnection.class).getBackendPID();
    assertThat(database.sessions())
        .filteredOn(session -> session.pid() == process)
        .extracting(Session::state)
        .as("what the server says the connection is doing after %s", after)
        .isEqualTo(List.of("idle"));
  }

  // Returns when the server process has ended, so that the next statement is sure to fail.
  private static void endTheSessionOnTheServer(FreshDatabase database) {
    for (Session session : database.sessions()) {
      database.value("SELECT pg_terminate_backend(" + session.pid() + ")");
    }
    // pg_terminate_backend itself would look only every 100 ms.
    while (!database.sessions().isEmpty()) {
      Thread.onSpinWait();
    }
  }
}
