package workbook.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static workbook.grading.Errors.assertThrown;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import net.ttddyy.dsproxy.support.ProxyDataSourceBuilder;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.JdbiException;
import workbook.connect.Connector.Settings;
import workbook.grading.Check;
import workbook.grading.FreshDatabase;
import workbook.support.DatabaseSettings;

/** Exercises 1.4 and 1.5: from settings to a server that answers. */
interface ConnectionChecks {
  String ODD_PASSWORD = "p&ss=w%rd +@:/%41";

  /** The answer to check, made anew. */
  Connector answer();

  @Check(exercise = "1.4", points = 1)
  default void a_connection_goes_where_the_settings_say(FreshDatabase database) {
    DatabaseSettings settings = database.settings();

    assertThat(whereabouts(given(settings), "Are all five settings handed on?"))
        .as("database and user, as the server sees the connection")
        .isEqualTo(settings.dbname() + " as " + settings.user());
    assertGoesElsewhere(settings);
  }

  // The driver takes localhost if nobody says a host, and there the right server may be.
  private void assertGoesElsewhere(DatabaseSettings settings) {
    // A name too long for a host: no name server is asked.
    String host = "nowhere".repeat(10);
    Settings elsewhere =
        new Given(
            host, settings.port(), settings.dbname(), settings.user(), settings.password());

    assertThrown(
        "the settings name a host that is not there: is the host handed on?",
        Exception.class,
        () -> answer().dataSource(elsewhere).getConnection().close());
  }

  @Check(exercise = "1.4", points = 1)
  default void any_character_may_be_in_a_password(FreshDatabase database) {
    DatabaseSettings settings = database.settings();
    database.changePassword(ODD_PASSWORD);
    String idea = "The password is " + ODD_PASSWORD + ": what do its characters mean in a URL?";

    assertThat(whereabouts(given(settings, ODD_PASSWORD), idea))
        .as("database and user, as the server sees the connection")
        .isEqualTo(settings.dbname() + " as " + settings.user());
  }

  @Check(exercise = "1.4", points = 1)
  default void any_character_may_be_in_the_name_of_a_database(FreshDatabase database) {
    DatabaseSettings settings = database.settings();
    DatabaseSettings odd = database.sibling("/50%? a&b=c+d%41#");
    String idea = "The database is " + odd.dbname() + ": what do its characters mean in a URL?";

    assertThat(whereabouts(given(odd), idea))
        .as("database and user, as the server sees the connection")
        .isEqualTo(odd.dbname() + " as " + settings.user());
  }

  @Check(exercise = "1.4", points = 1)
  default void a_wrong_password_shows_when_a_connection_is_asked_for(FreshDatabase database) {
    Settings wrong = given(database.settings(), "wrong");

    Throwable early = catchThrowable(() -> answer().dataSource(wrong));
    assertThat(early)
        .withFailMessage("A data source connects when asked to, not when made: %s", early)
        .isNull();
    SQLException late =
        assertThrown(
            "getConnection() with a wrong password",
            SQLException.class,
            () -> answer().dataSource(wrong).getConnection().close());
    assertThat(late.getSQLState()).as("SQLSTATE, with a wrong password").isEqualTo("28P01");
  }

  @Check(exercise = "1.5", points = 1)
  default void the_version_is_what_the_server_says(FreshDatabase database) {
    assertThat(answer().serverVersion(database.dataSource()))
        .as("the server's version, as SHOW server_version tells it")
        .isEqualTo(database.value("SHOW server_version"));
  }

  @Check(exercise = "1.5", points = 1)
  default void what_fails_is_an_error_with_its_cause_and_leaves_nothing_open(
      FreshDatabase database) {
    DatabaseSettings right = database.settings();
    DatabaseSettings wrong =
        new DatabaseSettings(right.host(), right.port(), right.dbname(), right.user(), "wrong");

    ConnectionException error =
        assertThrown(
            "the data source has a wrong password, so Jdbi gets no connection",
            ConnectionException.class,
            () -> answer().serverVersion(wrong.dataSource()));

    assertThat(error.getCause() instanceof SQLException e ? e.getSQLState() : error.getCause())
        .as("the SQLSTATE of the cause of Jdbi's exception: it tells why")
        .isEqualTo("28P01");
    // Whether anything stays open the server is asked once the check has ended.
    assertThat(versionOrException(refusingQueries(database.dataSource())))
        .withFailMessage(
            "A connection is made, but the server refuses every query.%n"
                + "expected: Jdbi's exception%n but was: none, the method returned")
        // The driver knows the version without a query.
        .isIn("a JdbiException", database.value("SHOW server_version"));
  }

  private String versionOrException(DataSource source) {
    try {
      return answer().serverVersion(source);
    } catch (JdbiException e) {
      return "a JdbiException";
    }
  }

  // In a transaction that has failed, the server answers every query with 25P02.
  private static DataSource refusingQueries(DataSource real) {
    return ProxyDataSourceBuilder.create(real)
        .afterMethod(
            called -> {
              if (called.getResult() instanceof Connection connection) {
                failTransaction(connection);
              }
            })
        .build();
  }

  private static void failTransaction(Connection connection) {
    try (Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("SELECT 1/0");
    } catch (SQLException e) {
      assertThat(e.getSQLState()).as("what fails the transaction").isEqualTo("22012");
    }
  }

  private String whereabouts(Settings settings, String idea) {
    String query = "SELECT current_database() || ' as ' || current_user";
    try (Connection connection = answer().dataSource(settings).getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getString(1);
    } catch (SQLException | RuntimeException e) {
      throw new AssertionError("%s%nexpected: a connection%n but was: %s".formatted(idea, e), e);
    }
  }

  private static Settings given(DatabaseSettings at) {
    return given(at, at.password());
  }

  private static Settings given(DatabaseSettings at, String password) {
    return new Given(at.host(), at.port(), at.dbname(), at.user(), password);
  }

  /** Settings that do not wait for the answers to other exercises. */
  record Given(String host, int port, String dbname, String user, String password)
      implements Settings {}
}
