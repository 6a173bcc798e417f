package workbook.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static workbook.connect.WatchedSource.Step.CONNECTION;
import static workbook.connect.WatchedSource.Step.METADATA;
import static workbook.connect.WatchedSource.Step.STATEMENT;
import static workbook.grading.Errors.assertThrown;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import javax.sql.DataSource;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.JdbiException;
import workbook.connect.WatchedSource.Step;
import workbook.grading.Check;
import workbook.grading.FreshDatabase;
import workbook.support.DatabaseSettings;

/** Exercise 1.5: a question to the server, and what fails on the way. */
interface VersionChecks {
  /** More steps than a right answer takes. */
  int STEPS = 8;

  String THROWN = "thrown: ";

  /** The answer to check, made anew. */
  Connector answer();

  @Check(exercise = "1.5", points = 1)
  default void the_version_is_what_the_server_says(FreshDatabase database)
      throws IOException, SQLException {
    WatchedSource source = new WatchedSource(database.settings());
    String version = database.value("SHOW server_version");

    assertThat(answer().serverVersion(source))
        .as("the server's version, as SHOW server_version tells it")
        .isEqualTo(version);
    source.assertAllClosed("The version was returned");
    assertIsTheWholeVersion(database, version);
  }

  private void assertIsTheWholeVersion(FreshDatabase database, String version)
      throws IOException, SQLException {
    try (VersionRelay relay = new VersionRelay(database.settings(), version)) {
      WatchedSource source = new WatchedSource(relay.settings());
      Connector answer = answer();
      for (String added :
          List.of(" (Debian 18.1-1.pgdg13+2)", " - Percona 18.1.1", " (patched) ", "")) {
        relay.add(added);
        assertThat(answer.serverVersion(source))
            .as("the version of the server that this data source leads to now")
            .isEqualTo(version + added);
      }
      source.assertAllClosed("The version was returned");
    }
  }

  @Check(exercise = "1.5", points = 1)
  default void what_fails_is_an_error_with_its_cause_and_leaves_nothing_open(
      FreshDatabase database) throws IOException, SQLException {
    String version = database.value("SHOW server_version");
    assertTellsWhyThereIsNoConnection(database);
    try (VersionRelay relay = new VersionRelay(database.settings(), version)) {
      for (String state : List.of("25P02", "08006", "28P01")) {
        assertTellsWhyItIsRefused(relay, state, version);
      }
    }
    WatchedSource calm = new WatchedSource(database.settings());
    outcome(calm);
    for (int step = 1; step <= Math.min(STEPS, calm.steps().size()); step++) {
      assertFails(database, step, new SQLException("the connection is lost", "08006"), version);
      assertFails(database, step, new Error("this driver is broken"), version);
    }
  }

  private void assertTellsWhyThereIsNoConnection(FreshDatabase database) {
    DatabaseSettings right = database.settings();
    WatchedSource wrong =
        new WatchedSource(
            new DatabaseSettings(
                right.host(), right.port(), right.dbname(), right.user(), "wrong"));
    Connector answer = answer();
    answer.serverVersion(database.dataSource());

    ConnectionException error =
        assertThrown(
            "the data source has a wrong password, so Jdbi gets no connection",
            ConnectionException.class,
            () -> answer.serverVersion(wrong));

    assertThat(error.getCause() instanceof SQLException e ? e.getSQLState() : error.getCause())
        .as("the SQLSTATE of the cause of Jdbi's exception: it tells why")
        .isEqualTo("28P01");
    assertThat(wrong.refused())
        .withFailMessage(
            "A wrong password.%nexpected: the driver's own exception as the cause%n but was: %s",
            error.getCause())
        .anyMatch(driver -> driver == error.getCause());
  }

  private void assertTellsWhyItIsRefused(VersionRelay relay, String state, String version)
      throws SQLException {
    WatchedSource source = new WatchedSource(relay.settings());
    relay.refuse(state);
    String refused = outcome(source);
    relay.refuse(null);

    int statements = Collections.frequency(source.steps(), STATEMENT);
    assertThat(refused)
        .withFailMessage(
            "A connection is made, but the server refuses the first query with %s.%n"
                + "expected: Jdbi's exception for a query, with the driver's among its causes%n"
                + " but was: %s",
            state, refused)
        // The driver knows the version without a query.
        .isIn(THROWN + "JdbiException, caused by " + state, statements == 0 ? version : "");
    assertThat(statements)
        .withFailMessage(
            "The query failed.%nexpected: it is not tried again%n but was: %s statements made",
            statements)
        .isLessThan(2);
    source.assertAllClosed("The query failed");
  }

  private void assertFails(FreshDatabase database, int number, Throwable fault, String version)
      throws SQLException {
    WatchedSource source = WatchedSource.failing(database.settings(), number, fault);

    String outcome = outcome(source);

    List<Step> steps = source.steps();
    boolean none = number > steps.size();
    String situation =
        "%s of %s throws %s".formatted(none ? "No step" : "Step " + number, steps, fault);
    assertThat(none || fits(outcome, steps.get(number - 1), fault, version))
        .withFailMessage(
            "%s.%nexpected: %s%n but was: %s",
            situation,
            fault instanceof Error ? "that Error" : "Jdbi's exception, with that as its cause",
            outcome)
        .isTrue();
    source.assertAllClosed(situation);
  }

  private static boolean fits(String outcome, Step failed, Throwable fault, String version) {
    if (failed == METADATA) {
      return outcome.equals(version) || outcome.startsWith(THROWN);
    }
    String type = failed == CONNECTION ? "ConnectionException" : "JdbiException";
    return outcome.equals(
        fault instanceof SQLException e
            ? THROWN + type + ", caused by " + e.getSQLState()
            : THROWN + fault);
  }

  private String outcome(DataSource source) {
    try {
      return answer().serverVersion(source);
    } catch (JdbiException e) {
      String type = e instanceof ConnectionException ? "ConnectionException" : "JdbiException";
      for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
        if (cause instanceof SQLException driver) {
          return THROWN + type + ", caused by " + driver.getSQLState();
        }
      }
      return THROWN + e + ", without the driver's among its causes";
    } catch (Error | RuntimeException e) {
      return THROWN + e;
    }
  }
}
