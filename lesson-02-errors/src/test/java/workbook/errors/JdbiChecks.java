package workbook.errors;

import static org.assertj.core.api.Assertions.assertThat;
import static workbook.errors.DiagnosisChecks.name;
import static workbook.errors.Outcomes.assertClosed;
import static workbook.errors.Outcomes.assertOneAttempt;
import static workbook.errors.Outcomes.assertState;
import static workbook.errors.Outcomes.assertStillInterrupted;
import static workbook.errors.Outcomes.assertThrows;
import static workbook.errors.Outcomes.fail;
import static workbook.grading.Errors.assertThrown;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.UnableToCreateStatementException;
import workbook.grading.Check;
import workbook.grading.FreshDatabase;
import workbook.support.DatabaseSettings;

/** Exercise 2.4: what comes out of Jdbi? */
interface JdbiChecks {
  /** The answer to check, made anew. */
  Troubleshooter answer();

  @Check(exercise = "2.4", points = 1)
  default void closes_the_handle(FreshDatabase database) throws SQLException {
    database.setUp("CREATE TABLE books (title text)");
    WatchedSource watched = WatchedSource.of(database.dataSource());
    Jdbi jdbi = Jdbi.create(watched.source()).define("shelf", "upper");

    String user = answer().withHandle(jdbi, JdbiChecks::userAfterFailure);

    assertThat(user)
        .as("what the work returned")
        .isEqualTo(database.settings().user());
    assertClosed(watched, "the work had returned");
    assertOneAttempt(watched, "the work succeeded");
    assertThat(answer().<String>withHandle(jdbi, JdbiChecks::state))
        .as("autocommit, read only, isolation, time-out and an attribute, seen by the work")
        .isEqualTo("true, false, 2, 0, upper");
    Object nothing = answer().withHandle(jdbi, handle -> null);
    assertThat(nothing).as("what is returned when the work returns null").isNull();
    for (Supplier<Throwable> failure : ClosingChecks.FAILURES) {
      closesAfter(failure.get(), jdbi, watched);
    }
    closesAfter(JdbiFailures.without().get(0), jdbi, watched);
    leavesATransactionOpen(database, jdbi, watched);
    nests(database, jdbi, watched);
  }

  @Check(exercise = "2.4", points = 1)
  default void brings_out_what_jdbi_wrapped(FreshDatabase database) throws SQLException {
    database.setUp("CREATE TABLE books (title text)");
    DatabaseSettings wrong = database.settings().withDbname("gone");
    Jdbi jdbi = Jdbi.create(database.dataSource());
    WatchedSource lost = WatchedSource.of(wrong.dataSource());

    assertState(
        "3D000",
        "Jdbi could not connect, and threw a ConnectionException",
        () -> answer().withHandle(Jdbi.create(lost.source()), handle -> "connected"));
    assertOneAttempt(lost, "Jdbi could not connect");
    assertState(
        "42P01",
        "a statement failed, and Jdbi threw UnableToExecuteStatementException",
        () -> answer().withHandle(jdbi, h -> h.execute("TABLE no_such")));
    assertThrown(
        "Jdbi threw it by itself, without an SQLException among the causes",
        JdbiException.class,
        () ->
            answer()
                .withHandle(
                    jdbi, h -> h.createUpdate("SELECT :no_value").execute()));
    try (Connection lent = database.dataSource().getConnection()) {
      WatchedSource watched = WatchedSource.lending(database.dataSource(), lent, null);
      Jdbi lending = Jdbi.create(watched.source());
      for (JdbiFailures.Case one : JdbiFailures.with()) {
        expect(one.expected(), one.thrown(), lending, watched);
      }
      for (Throwable unchanged : JdbiFailures.without()) {
        expectUnchanged(unchanged, lending, watched);
      }
      for (Supplier<Throwable> closing : ClosingChecks.CLOSINGS) {
        failsAndClosingToo(closing.get(), database.dataSource(), lent);
      }
      for (Throwable closing : Thrown.all()) {
        if (closing instanceof SQLException failure) {
          closingFails(failure, database.dataSource(), lent);
        }
      }
      failsInATransaction(database, jdbi);
      doesTheWorkThoughInterrupted(WatchedSource.lending(database.dataSource(), lent, null));
    }
  }

  // Jdbi rolls it back when it closes the handle, and says so.
  private void leavesATransactionOpen(FreshDatabase database, Jdbi jdbi, WatchedSource watched)
      throws SQLException {
    watched.forget();
    assertThrown(
        "the work began a transaction and left it open, and Jdbi says so by itself",
        JdbiException.class,
        () ->
            answer()
                .withHandle(
                    jdbi, handle -> handle.begin().execute("INSERT INTO books VALUES ('Emma')")));
    assertClosed(watched, "the work had left a transaction open");
    assertThat(database.value("SELECT count(*) FROM books"))
        .as("rows that the work inserted in a transaction and did not commit")
        .isEqualTo("0");
  }

  private void failsInATransaction(FreshDatabase database, Jdbi jdbi) {
    for (Supplier<Throwable> failure : ClosingChecks.FAILURES) {
      Throwable first = failure.get();
      assertThrows(
          first,
          "the work began a transaction, and then threw it",
          () ->
              answer()
                  .withHandle(
                      jdbi,
                      handle -> {
                        handle.begin().execute("INSERT INTO books VALUES ('Emma')");
                        return fail(first);
                      }));
      assertThat(database.value("SELECT count(*) FROM books"))
          .as("rows that the work inserted in a transaction, before it threw %s", name(first))
          .isEqualTo("0");
    }
  }

  private void nests(FreshDatabase database, Jdbi jdbi, WatchedSource watched)
      throws SQLException {
    WatchedSource inner = WatchedSource.of(database.dataSource());
    Troubleshooter one = answer();
    watched.forget();
    String user =
        one.withHandle(
            jdbi,
            handle -> {
              Jdbi other = Jdbi.create(inner.source());
              String found = one.withHandle(other, JdbiChecks::userAfterFailure);
              assertClosed(inner, "the work of a call within the work had returned");
              assertOneAttempt(inner, "your method was called within the work, for another Jdbi");
              assertThat(handle.isClosed())
                  .as("whether a call within the work closed the handle of the call around it")
                  .isFalse();
              return found;
            });
    assertThat(user).as("what the work returned").isEqualTo(database.settings().user());
    assertClosed(watched, "its work, with a call of your method in it, had returned");
    assertOneAttempt(watched, "your method was called within the work, too");
  }

  private void expectUnchanged(Throwable thrown, Jdbi jdbi, WatchedSource watched) {
    String reason =
        thrown instanceof JdbiException
            ? ", without an SQLException among its causes"
            : ", which is no JdbiException, so its causes do not count";
    expect(thrown, "the work threw " + JdbiFailures.told(thrown) + reason, thrown, jdbi, watched);
  }

  private void expect(Throwable expected, Throwable thrown, Jdbi jdbi, WatchedSource watched) {
    String situation = "what came out of Jdbi was " + JdbiFailures.told(thrown);
    expect(expected, situation, thrown, jdbi, watched);
  }

  private void expect(
      Throwable expected, String situation, Throwable thrown, Jdbi jdbi, WatchedSource watched) {
    watched.forget();

    assertThrows(expected, situation, () -> answer().withHandle(jdbi, handle -> fail(thrown)));

    assertOneAttempt(watched, situation);
  }

  private void closingFails(SQLException closing, DataSource real, Connection lent) {
    Jdbi jdbi = Jdbi.create(WatchedSource.lending(real, lent, closing).source());
    assertThrows(
        closing,
        "the work succeeded, closing failed, and Jdbi threw a CloseException",
        () -> answer().withHandle(jdbi, handle -> 1));
  }

  private void failsAndClosingToo(Throwable closing, DataSource real, Connection lent) {
    Jdbi jdbi = Jdbi.create(WatchedSource.lending(real, lent, closing).source());
    String then = ", and then closing threw " + name(closing);
    for (Supplier<Throwable> failure : ClosingChecks.FAILURES) {
      Throwable first = failure.get();
      assertThrows(
          first,
          "the work threw " + name(first) + then,
          () -> answer().withHandle(jdbi, handle -> fail(first)));
    }
    SQLException wrapped = new SQLException("a statement failed", "42P01");
    assertThrows(
        wrapped,
        "Jdbi threw an exception with this cause in the work" + then,
        () ->
            answer()
                .withHandle(
                    jdbi, handle -> fail(new UnableToCreateStatementException(wrapped))));
  }

  private void doesTheWorkThoughInterrupted(WatchedSource watched) throws SQLException {
    Jdbi jdbi = Jdbi.create(watched.source());
    Thread.currentThread().interrupt();
    boolean[] seen = {false, false};
    try {
      answer().withHandle(jdbi, handle -> seen[0] = Thread.currentThread().isInterrupted());
    } finally {
      seen[1] = Thread.interrupted();
    }
    assertThat(seen)
        .as("whether the thread was interrupted in the work, and afterwards, as it was before")
        .containsExactly(true, true);
    assertStillInterrupted(
        watched.calm(), "getConnection() and close()", "the work succeeded");
  }

  private void closesAfter(Throwable failure, Jdbi jdbi, WatchedSource watched)
      throws SQLException {
    watched.forget();

    String reason =
        failure instanceof JdbiException ? ", without an SQLException among its causes" : "";
    assertThrows(
        failure,
        "the work threw " + name(failure) + reason,
        () -> answer().withHandle(jdbi, handle -> fail(failure)));

    assertClosed(watched, "the work had thrown " + name(failure));
    assertOneAttempt(watched, "the work threw " + name(failure));
  }

  private static String state(Handle handle) throws SQLException {
    Connection connection = handle.getConnection();
    return Stream.of(
            connection.getAutoCommit(),
            connection.isReadOnly(),
            connection.getTransactionIsolation(),
            connection.getNetworkTimeout(),
            handle.getConfig(SqlStatements.class).getAttribute("shelf"))
        .map(String::valueOf)
        .collect(Collectors.joining(", "));
  }

  // In a transaction, the server refuses the second statement.
  private static String userAfterFailure(Handle handle) {
    try {
      handle.execute("TABLE no_such");
    } catch (JdbiException e) {
      try {
        return handle.createQuery("SELECT current_user").mapTo(String.class).one();
      } catch (JdbiException spoilt) {
        throw new AssertionError(
            "The work ran two statements: the first failed, and the work caught that.%n"
                    .formatted()
                + "expected: the second one succeeds, for each is committed by itself%n"
                    .formatted()
                + " but was: the server refused it, as it does in a transaction that has failed");
      }
    }
    throw new IllegalStateException("There is a table no_such.");
  }
}
