package workbook.errors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ConnectException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.junit.jupiter.api.Test;
import org.postgresql.util.PSQLException;
import workbook.errors.Troubleshooter.Pause;
import workbook.faults.Failures;
import workbook.faults.FaultyServer;
import workbook.faults.Intercepted;
import workbook.grading.FreshDatabase;
import workbook.grading.Graded;
import workbook.support.DatabaseSettings;

/** The lesson's examples that are no part of its program. */
@Graded
class LessonExamplesTest {

  @Test
  void nobody_handles_the_error(FreshDatabase database) {
    DatabaseSettings settings = database.settings().withDbname("test1");

    assertThatThrownBy(() -> settings.dataSource().getConnection())
        .isInstanceOf(PSQLException.class)
        .hasMessage("FATAL: database \"test1\" does not exist");
  }

  @Test
  void one_message_for_everything_hides_the_cause(FreshDatabase database) {
    DatabaseSettings settings = database.settings();

    assertThat(connect(settings)).startsWith("Successfully");
    assertThat(connect(settings.withDbname("test1"))).startsWith("Error");
  }

  private static String connect(DatabaseSettings settings) {
    try {
      Connection connection = settings.dataSource().getConnection();
      connection.close();
      return "Successfully connected to the database.";
    } catch (SQLException e) {
      return "Error connecting to the database :/";
    }
  }

  @Test
  void an_exception_has_a_state(FreshDatabase database) {
    DatabaseSettings settings = database.settings().withDbname("test1");
    SQLException e = Failures.of(settings);

    assertThat(e.getSQLState()).isEqualTo("3D000");
    assertThat(e.getMessage()).contains("test1");
    assertThat(e.getCause()).isNull();
  }

  @Test
  void an_exception_may_have_a_cause() throws Exception {
    try (var deaf = FaultyServer.deaf()) {
      String url = "jdbc:postgresql://127.0.0.1:" + deaf.getLocalPort() + "/";
      SQLException e = Failures.of(url);

      assertThat(e.getSQLState()).isEqualTo("08001");
      assertThat(e.getCause()).isInstanceOf(ConnectException.class);
    }
  }

  @Test
  void messages_are_for_people() throws Exception {
    try (FaultyServer server =
        FaultyServer.refusing(
            "28P01",
            "Passwort-Authentifizierung für Benutzer »ann« fehlgeschlagen")) {
      SQLException e = Failures.of(server.url(""));

      assertThat(e.getMessage()).doesNotContain("password");
      assertThat(e.getSQLState()).isEqualTo("28P01");
    }
  }

  @Test
  void a_message_may_show_a_password() {
    String url = "jdbc:postgresql:/books?user=ann&password=owl";

    assertThatThrownBy(() -> DriverManager.getConnection(url))
        .hasMessageContaining(url);
  }

  @Test
  void a_report_keeps_the_cause(FreshDatabase database) {
    DatabaseSettings settings = database.settings().withDbname("test1");

    assertThatThrownBy(() -> open(settings))
        .hasMessageStartingWith("No books without a database: ")
        .hasCauseInstanceOf(SQLException.class);
  }

  private static Connection open(DatabaseSettings settings) {
    try {
      return settings.dataSource().getConnection();
    } catch (SQLException e) {
      throw new IllegalStateException(
          "No books without a database: " + settings, e);
    }
  }

  @Test
  void closing_in_finally_can_hide_the_first_failure(FreshDatabase database) {
    SQLException closing = new SQLException("closing failed");
    DataSource source =
        Intercepted.failingToClose(database.dataSource(), closing);

    assertThatThrownBy(() -> workByHand(source)).hasMessage("closing failed");
    assertThatThrownBy(() -> workWithResources(source))
        .hasMessage("the work failed")
        .hasSuppressedException(closing);
  }

  @Test
  void a_stack_trace_shows_what_was_suppressed(FreshDatabase database) {
    DataSource source =
        Intercepted.failingToClose(
            database.dataSource(), new SQLException("closing failed"));

    Throwable thrown = catchThrowable(() -> workWithResources(source));

    StringWriter trace = new StringWriter();
    thrown.printStackTrace(new PrintWriter(trace));
    String skipped = "\\s+(at |\\.\\.\\. ).*"; // and "... 8 more"
    assertThat(
            trace.toString().lines().filter(line -> !line.matches(skipped)))
        .containsExactly(
            "java.sql.SQLException: the work failed",
            "\tSuppressed: java.sql.SQLException: closing failed");
  }

  @Test
  void causes_have_causes() {
    Jdbi jdbi = Jdbi.create("jdbc:postgresql://no-such-host.invalid/books");

    Throwable thrown = catchThrowable(() -> jdbi.open());

    List<String> chain = new ArrayList<>();
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      chain.add(t.getClass().getSimpleName() + ", and its cause:");
    }
    assertThat(chain)
        .containsExactly(
            "ConnectionException, and its cause:",
            "PSQLException, and its cause:",
            "UnknownHostException, and its cause:");
  }

  private static void workByHand(DataSource source) throws SQLException {
    Connection connection = source.getConnection();
    try {
      work(connection);
    } finally {
      connection.close();
    }
  }

  private static void workWithResources(DataSource source)
      throws SQLException {
    try (Connection connection = source.getConnection()) {
      work(connection);
    }
  }

  private static void work(Connection connection) throws SQLException {
    throw new SQLException("the work failed", connection.getCatalog());
  }

  @Test
  void resources_are_closed_before_catch(FreshDatabase database)
      throws SQLException {
    DataSource source = database.dataSource();
    AtomicReference<Connection> seen = new AtomicReference<>();

    try (Connection connection = source.getConnection()) {
      seen.set(connection);
      throw new SQLException("the work failed");
    } catch (SQLException e) {
      assertThat(seen.get().isClosed()).isTrue();
    }
  }

  @Test
  void jdbi_wraps_what_jdbc_throws(FreshDatabase database) {
    Jdbi jdbi = Jdbi.create(database.dataSource());
    DatabaseSettings wrong = database.settings().withDbname("test1");

    assertThat(greet(jdbi)).isEqualTo("Hello");
    assertThat(greet(Jdbi.create(wrong.dataSource()))).isEqualTo("3D000");
    assertThatThrownBy(() -> jdbi.useHandle(h -> h.execute("TABLE gone")))
        .isInstanceOf(UnableToExecuteStatementException.class)
        .hasCauseInstanceOf(SQLException.class);
  }

  private static String greet(Jdbi jdbi) {
    try {
      return jdbi.withHandle(
          handle ->
              handle.createQuery("SELECT 'Hello'").mapTo(String.class).one());
    } catch (ConnectionException e) {
      SQLException cause = (SQLException) e.getCause();
      return cause.getSQLState();
    }
  }

  @Test
  void a_login_timeout_ends_the_wait() throws Exception {
    try (FaultyServer silent = FaultyServer.silent()) {
      DatabaseSettings settings =
          silent.settings(
              new DatabaseSettings("db", 5432, "books", "ann", "owl"));

      DataSource source = settings.dataSource();
      source.setLoginTimeout(1);

      assertThatThrownBy(() -> source.getConnection())
          .hasFieldOrPropertyWithValue("SQLState", "08001");
    }
  }

  @Test
  void a_pause_can_be_interrupted() {
    Pause pause = time -> Thread.sleep(time.toMillis());
    Duration first = Duration.ofMillis(100);
    Duration second = first.multipliedBy(2);

    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> pause.pause(second))
        .isInstanceOf(InterruptedException.class);
  }
}
