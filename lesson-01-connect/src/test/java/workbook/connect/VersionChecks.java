package workbook.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static workbook.connect.WatchedSource.Step.CONNECTION;
import static workbook.connect.WatchedSource.Step.METADATA;
import static workbook.connect.WatchedSource.Step.OTHER;
import static workbook.connect.WatchedSource.Step.STATEMENT;
import static workbook.grading.Errors.assertThrown;

import java.io.EOFException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
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

  /** An exception may be its own cause. */
  int MOST_CAUSES = 20;

  String THROWN = "thrown: ";

  String LONG = " - gepätcht  by hand, %s".formatted("x".repeat(100));

  /** Why a server refuses a query; of 26000 and 0A000, the driver itself may ask again. */
  List<String> REFUSALS =
      List.of(
          "25P02 08006 28P01 57P01 57P03 40001 40P01 55P03 57014 08003 53300 XX000".split(" "));

  /** The answer to check, made anew. */
  Connector answer();

  @Check(exercise = "1.5", points = 1)
  default void the_version_is_what_the_server_says(FreshDatabase database)
      throws IOException, SQLException {
    String version = database.value("SHOW server_version");
    try (VersionRelay relay = new VersionRelay(database.settings(), version)) {
      WatchedSource source = new WatchedSource(relay.settings());
      Connector answer = answer();

      assertTells(answer, source, relay.version(), "");
      for (String added :
          List.of(" - Percona 18.1.1", " (Debian 18.1-1.pgdg13+2)", " (patched) ", LONG, "")) {
        relay.add(added);
        assertTells(answer, source, relay.version() + added, " now");
      }
    }
    WatchedSource direct = new WatchedSource(database.settings());
    assertTells(answer(), direct, version, "");
  }

  private static void assertTells(
      Connector answer, WatchedSource source, String version, String when) throws SQLException {
    assertThat(answer.serverVersion(source))
        .as("where this data source leads%s, as SHOW server_version tells it", when)
        .isEqualTo(version);
    source.assertAllClosed("The version was returned");
  }

  @Check(exercise = "1.5", points = 1)
  default void what_fails_is_an_error_with_its_cause_and_leaves_nothing_open(
      FreshDatabase database) throws IOException, SQLException {
    String version = database.value("SHOW server_version");
    assertTellsWhyThereIsNoConnection(database);
    try (VersionRelay relay = new VersionRelay(database.settings(), version)) {
      Connector answer = answer();
      WatchedSource source = new WatchedSource(relay.settings());
      answer.serverVersion(source);
      for (String state : REFUSALS) {
        assertTellsWhyItIsRefused(answer, source, relay, state);
      }
    }
    assertClosesWhatIsNotValid(database);
    WatchedSource calm = new WatchedSource(database.settings());
    outcome(answer(), calm, null);
    int last = calm.steps().size();
    assertTellsAlsoAfterItWorked(database, last + 1);
    for (int step = 1; step <= Math.min(STEPS, last); step++) {
      SQLException lost =
          new SQLException("the connection is lost", "08006", new EOFException("the end"));
      assertFails(database, step, lost, version);
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

  // Whatever is thrown or returned then: no query failed.
  private void assertClosesWhatIsNotValid(FreshDatabase database) throws SQLException {
    WatchedSource source = WatchedSource.ofInvalid(database.settings());
    outcome(answer(), source, null);
    source.assertAllClosed("Each connection says by isValid() that it is broken");
  }

  private void assertTellsWhyItIsRefused(
      Connector answer, WatchedSource source, VersionRelay relay, String state)
      throws SQLException {
    int before = Collections.frequency(source.steps(), STATEMENT);
    relay.refuse(state);
    String refused = outcome(answer, source, null);
    relay.refuse(null);

    int statements = Collections.frequency(source.steps(), STATEMENT) - before;
    assertThat(refused)
        .withFailMessage(
            "A connection is made, but the server refuses the first query with %s.%n"
                + "expected: Jdbi's exception for a query, with the driver's among its causes%n"
                + " but was: %s",
            state, refused)
        // The driver knows the version without a query.
        .isIn(THROWN + "JdbiException, caused by " + state, statements == 0 ? relay.version() : "");
    assertThat(statements)
        .withFailMessage(
            "The query failed.%nexpected: it is not tried again%n but was: %s statements made",
            statements)
        .isLessThan(2);
    source.assertAllClosed("The query failed");
  }

  private void assertTellsAlsoAfterItWorked(FreshDatabase database, int step)
      throws SQLException {
    SQLException fault = new SQLException("the server is away", "08001");
    WatchedSource source = WatchedSource.failing(database.settings(), step, fault);
    Connector answer = answer();
    answer.serverVersion(source);

    assertThat(outcome(answer, source, null))
        .as("a data source that led to a server, and leads to none when asked again")
        .isEqualTo(THROWN + "ConnectionException, caused by 08001");
  }

  private void assertFails(FreshDatabase database, int number, Throwable fault, String version)
      throws SQLException {
    WatchedSource source = WatchedSource.failing(database.settings(), number, fault);

    String outcome = outcome(answer(), source, fault);

    List<Step> steps = source.steps();
    boolean none = number > steps.size();
    String situation =
        "%s of %s throws %s".formatted(none ? "No call" : "Call " + number, source.calls(), fault);
    assertThat(none || fits(outcome, steps.get(number - 1), fault, version))
        .withFailMessage(
            "%s.%nexpected: %s%n but was: %s",
            situation,
            fault instanceof Error ? "that Error" : "Jdbi's exception, caused by that itself",
            outcome)
        .isTrue();
    source.assertAllClosed(situation);
  }

  private static boolean fits(String outcome, Step failed, Throwable fault, String version) {
    if (failed == METADATA || failed == OTHER) {
      return outcome.equals(version) || outcome.startsWith(THROWN);
    }
    String type = failed == CONNECTION ? "ConnectionException" : "JdbiException";
    return outcome.equals(
        fault instanceof SQLException e
            ? THROWN + type + ", caused by " + e.getSQLState()
            : THROWN + fault);
  }

  // Of an exception, whose cause the fault itself is, or the driver's exception if none is given.
  private static String outcome(Connector answer, DataSource source, Throwable fault) {
    try {
      return answer.serverVersion(source);
    } catch (JdbiException e) {
      if (!e.getClass().getName().startsWith("org.jdbi.")) {
        return THROWN + e + ", which is none of Jdbi's own";
      }
      boolean none = e instanceof ConnectionException;
      for (Throwable cause = e.getCause(); cause != null; cause = none ? null : cause.getCause()) {
        if (cause instanceof SQLException driver && (fault == null || cause == fault)) {
          String type = none ? "ConnectionException" : "JdbiException";
          return THROWN + type + ", caused by " + driver.getSQLState();
        }
      }
      return THROWN + e + ", without the driver's among its causes";
    } catch (Error | RuntimeException e) {
      // Another thread hands an Error on as the cause of something.
      return THROWN + (fault instanceof Error && isAmongCauses(fault, e) ? fault : e);
    }
  }

  private static boolean isAmongCauses(Throwable sought, Throwable thrown) {
    return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause)
        .limit(MOST_CAUSES)
        .anyMatch(cause -> cause == sought);
  }
}
