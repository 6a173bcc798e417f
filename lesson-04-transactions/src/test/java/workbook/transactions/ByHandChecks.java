package workbook.transactions;

import static org.assertj.core.api.Assertions.assertThat;
import static workbook.grading.Errors.assertThrown;
import static workbook.transactions.Library.requireSame;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.postgresql.util.PSQLException;
import workbook.grading.Check;
import workbook.grading.Errors.Action;
import workbook.grading.FreshDatabase;
import workbook.transactions.LendingDesk.Work;

/** Exercise 4.1: a transaction around any work, with JDBC alone. */
interface ByHandChecks {

  /** A rule that is looked at only when a transaction commits. */
  String NO_NOTE_TWICE = "ALTER TABLE notes ADD UNIQUE (line) DEFERRABLE INITIALLY DEFERRED";

  /** The answer to check, made anew. */
  LendingDesk answer();

  @Check(exercise = "4.1", points = 3)
  default void others_see_the_work_all_at_once(FreshDatabase database) throws Exception {
    Library library = Library.in(database);

    for (boolean autoCommit : new boolean[] {true, false}) {
      try (CallersConnection caller = new CallersConnection(library, autoCommit)) {
        requireOneCommit(library, caller, new Object());
        requireRollback(library, caller, new IOException("checked"));
        requireRollback(library, caller, new SQLException("the work's own", "40001"));
      }
    }
  }

  private void requireOneCommit(Library library, CallersConnection caller, Object result)
      throws Exception {
    List<String> before = library.notes();
    int transactions = Integer.parseInt(library.transactions());

    Object returned =
        answer()
            .inTransaction(
                caller.connection(),
                given -> {
                  caller.requireSame(given);
                  caller.note("first");
                  assertThat(library.notes())
                      .as(
                          "what others see after the first of two statements, %s:"
                              + " nothing is saved before commit()",
                          caller)
                      .isEqualTo(before);
                  caller.note("second");
                  return result;
                });

    assertThat(library.notes().stream().skip(before.size()).toList())
        .as(
            "what others see when work that returns %s was run, %s: did it commit, and once?",
            result != null && result.getClass() == Object.class ? "a result" : result + "", caller)
        .isEqualTo(List.of("first", "second"));
    assertThat(Integer.parseInt(library.transactions()) - transactions)
        .as("transactions that wrote the two rows, %s", caller)
        .isEqualTo(1);
    caller.requireOpen("work that went well");
    assertThat(returned).as("what the method returned: the work's result").isSameAs(result);
  }

  private void requireRollback(Library library, CallersConnection caller, Exception failure)
      throws SQLException {
    List<String> before = library.notes();

    requireSame(
        "the work threw an exception, " + caller,
        failure,
        () -> answer().inTransaction(caller.connection(), caller.failing(failure)));
    // Half the work that is still pending would be saved now.
    caller.goOn();

    assertThat(library.notes().stream().skip(before.size()).toList())
        .as("what others see after work that ended with a %s, and a note of the caller's", failure)
        .isEqualTo(List.of("next, by the caller"));
  }

  @Check(exercise = "4.1", points = 1)
  default void a_failure_of_any_type_rolls_back_and_comes_out_as_it_was(FreshDatabase database)
      throws SQLException {
    Library library = Library.in(database, NO_NOTE_TWICE);

    for (boolean autoCommit : new boolean[] {true, false}) {
      try (CallersConnection caller = new CallersConnection(library, autoCommit)) {
        for (Throwable failure :
            List.of(
                new InterruptedException("another checked one"),
                new SQLException("a deadlock", "40P01"),
                new NullPointerException("not checked"),
                new LinkageError("no Exception at all"))) {
          requireSame(
              "the work threw, " + caller,
              failure,
              () -> answer().inTransaction(caller.connection(), caller.failing(failure)));
          requireNothingSaved(library, "work that ended with a " + failure);
          assertThat(failure.getSuppressed())
              .as("what is suppressed in it: rolling back went well")
              .isEmpty();
        }
        requireOwnOfCommit(() -> answer().inTransaction(caller.connection(), caller::noteTwice));
        requireNothingSaved(library, "a commit that was refused");
      }
      if (autoCommit) {
        requireTheFirst(library);
      } else {
        requireTheFirstOfCommit(library);
      }
      requireNothingSaved(library, "all of that");
      requireRollbackAfterCommit(library, autoCommit);
      new CleaningUp(library, autoCommit).require(answer());
    }
  }

  private static void requireNothingSaved(Library library, String after) {
    assertThat(library.notes()).as("what others see of %s", after).isEqualTo(List.of());
  }

  private static void requireOwnOfCommit(Action action) {
    String situation =
        "the work went well, but a constraint that is checked at the commit is broken";
    Throwable thrown = Library.thrownBy(action);
    if (!(thrown instanceof PSQLException e && "23505".equals(e.getSQLState()))) {
      throw new AssertionError(
          "This calls for what commit() threw, itself: %s.%nexpected: %s%n but was: %s"
              .formatted(
                  situation, "a PSQLException with SQLSTATE 23505", Library.described(thrown)),
          thrown);
    }
    assertThat(thrown.getSuppressed()).as("what is suppressed in it").isEmpty();
  }

  // A commit that does not reach the server leaves the transaction open.
  private void requireRollbackAfterCommit(Library library, boolean autoCommit)
      throws SQLException {
    for (String state : List.of("40001", "08006")) {
      SQLException failure = new SQLException("the commit did not reach the server", state);
      try (CallersConnection caller = new CallersConnection(library, autoCommit)) {
        List<String> before = library.notes();
        boolean[] asked = {false};
        Connection connection = caller.failingToCommit(failure, asked);
        Throwable thrown =
            Library.thrownBy(
                () -> answer().inTransaction(connection, caller.noting("not committed")));
        if (asked[0]) {
          requireSame(
              "commit() threw, " + caller,
              failure,
              () -> {
                if (thrown != null) {
                  throw thrown;
                }
              });
          caller.goOn();
          assertThat(library.notes().stream().skip(before.size()).toList())
              .as(
                  "what others see after a commit() that failed before it reached the server, and"
                      + " a note of the caller's, %s",
                  caller)
              .isEqualTo(List.of("next, by the caller"));
        }
      }
      // Notes are unique here.
      library.database().execute("DELETE FROM notes");
    }
  }

  private void requireTheFirst(Library library) throws SQLException {
    Exception first = new IOException("the first");
    try (CallersConnection caller = CallersConnection.toLose(library, true)) {
      requireSame(
          "the work threw, and with the server gone rollback() fails as well",
          first,
          () -> answer().inTransaction(caller.connection(), caller.losingTheServer(first)));
      List<String> kinds = Arrays.stream(first.getSuppressed()).map(ByHandChecks::kind).toList();
      assertThat(kinds.contains("the server is gone"))
          .as(
              "whether what rollback() threw is suppressed in the first exception: it must not be"
                  + " lost.%nWhat is suppressed there: %s",
              List.of(first.getSuppressed()))
          .isEqualTo(true);
    }
  }

  private void requireTheFirstOfCommit(Library library) throws SQLException {
    try (CallersConnection caller = CallersConnection.toLose(library, false)) {
      Work<Object> work = caller.losingTheServer(null);
      Throwable thrown =
          assertThrown(
              "the server was gone when the work returned",
              SQLException.class,
              () -> answer().inTransaction(caller.connection(), work));
      assertThat(kind(thrown))
          .as("the exception, after commit() and then rollback() failed: %s", thrown)
          .isEqualTo("the server is gone");
    }
  }

  // What is asked of the connection later is answered with 08003.
  private static String kind(Throwable thrown) {
    if (!(thrown instanceof SQLException e)) {
      return "no SQLException: " + thrown;
    }
    return "08003".equals(e.getSQLState()) ? "already closed" : "the server is gone";
  }

  @Check(exercise = "4.1", points = 1)
  default void the_connection_comes_back_as_it_was(FreshDatabase database) throws Exception {
    Library library = Library.in(database, NO_NOTE_TWICE);

    for (boolean autoCommit : new boolean[] {true, false}) {
      try (CallersConnection caller = new CallersConnection(library, autoCommit);
          CallersConnection other = new CallersConnection(library, !autoCommit)) {
        LendingDesk desk = answer();

        Object result =
            desk.inTransaction(
                caller.connection(),
                given -> {
                  caller.requireSettings();
                  return desk.inTransaction(other.connection(), second -> null);
                });
        assertThat(result).as("what work returned that returned null").isNull();
        // Only an exception is a failure: none of these results is.
        for (Object ofWork : Arrays.asList(null, false, 0, Optional.empty())) {
          requireOneCommit(library, caller, ofWork);
          database.execute("DELETE FROM notes");
        }
        other.requireAsBefore("work within work, on two connections");
        caller.requireAsBefore("work that went well");
        for (Work<Object> failing :
            List.of(
                caller.failing(new IOException("the work failed")),
                caller.failing(new LinkageError("no Exception at all")))) {
          assertThrown(
              "the work threw",
              Throwable.class,
              () -> desk.inTransaction(caller.connection(), failing));
          caller.requireAsBefore("work that failed");
        }
        assertThrown(
            "the commit was refused",
            SQLException.class,
            () -> desk.inTransaction(caller.connection(), caller::noteTwice));
        caller.requireAsBefore("a commit that failed");
      }
    }
  }
}
