package workbook.engine.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import workbook.engine.ProjectRoot;
import workbook.support.DatabaseSettings;
import workbook.support.EnvironmentException;

class UrlServerTest {
  private static EmbeddedServer somebodys;
  private static DatabaseSettings admin;

  @BeforeAll
  static void start() {
    somebodys = EmbeddedServer.open(ProjectRoot.workFolder(), "", System.out::println);
    admin = somebodys.admin();
  }

  @AfterAll
  static void stop() {
    somebodys.close();
  }

  @Test
  void serves_and_goes_on_after_it_is_closed() throws SQLException {
    ThrowawayServer server = open(url(admin.user(), admin.password()));

    assertThat(server.admin()).isEqualTo(admin);
    assertThat(server.description()).isEqualTo("the server at 127.0.0.1:" + admin.port());
    server.close();
    try (Connection connection = admin.dataSource().getConnection()) {
      assertThat(connection.isValid(1)).isTrue();
    }
  }

  @Test
  void says_that_a_role_has_too_few_rights_and_how_to_give_them() throws SQLException {
    try (Connection connection = admin.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE ROLE guest LOGIN PASSWORD 'hush'");
    }

    assertThatThrownBy(() -> open(url("guest", "hush")))
        .isInstanceOf(EnvironmentException.class)
        .hasMessageStartingWith("Role guest at 127.0.0.1:" + admin.port())
        .hasMessageEndingWith("ALTER ROLE guest CREATEDB CREATEROLE")
        .hasMessageNotContaining("hush");
  }

  @Test
  void says_why_the_server_lets_nobody_in_but_not_the_password() {
    assertThatThrownBy(() -> open(url("postgres", "hush")))
        .isInstanceOf(EnvironmentException.class)
        .hasMessageContaining("postgres@127.0.0.1:" + admin.port() + "/postgres")
        .hasMessageContaining("SQLSTATE 28P01")
        .hasMessageNotContaining("hush");
  }

  @Test
  void says_that_nobody_listens() {
    int port = Ports.any();

    assertThatThrownBy(() -> open("jdbc:postgresql://127.0.0.1:" + port + "/d?user=u&password=p"))
        .isInstanceOf(EnvironmentException.class)
        .hasMessageContaining("u@127.0.0.1:" + port + "/d does not let us in")
        .hasMessageContaining("SQLSTATE 08001");
  }

  @Test
  void shows_what_a_url_looks_like_to_who_gave_another() {
    assertThatThrownBy(() -> open("jdbc:mysql://me:hush@host/d?password=hush"))
        .isInstanceOf(EnvironmentException.class)
        .hasMessage(
            ThrowawayServer.setting()
                + "=jdbc:mysql://...@host/d?... is no JDBC URL of one PostgreSQL server. It looks like this: jdbc:postgresql://localhost:5432/postgres?user=postgres&password=...");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://u:hush@localhost/d",
        "jdbc:postgresql://u:hush@localhost:5432/d",
        "jdbc:postgresql://u:hu?hush@localhost/d",
        "jdbc:postgresql://u:hu/hush@localhost/d",
        "jdbc:postgresql://u:a@hush@localhost/d",
        "jdbc:postgresql://localhost:port/d?user=u&password=hush",
        "jdbc:postgresql://localhost/d?user=u&password=x@hush&ssl=true",
        "jdbc:postgresql://localhost/d?user=u&password=x&hush&ssl=true",
        "jdbc:postgresql://localhost:5432/d&user=u&password=hush",
        "jdbc:postgresql://localhost:5432/d;password=hush",
        "jdbc:postgresql:u:hush@localhost/d",
        "jdbc:mysql://u:hush@localhost/d",
        "postgresql://u:hush@localhost/d",
        "u:hush@localhost",
        "host=localhost user=u password=hush",
        "embedded?password=hush"
      })
  void shows_no_password_wherever_it_stands(String url) {
    List<String> logged = new ArrayList<>();
    Handler log = new LogLines(logged);
    Logger.getLogger("org.postgresql").addHandler(log);
    try {
      assertThatThrownBy(() -> open(url))
          .isInstanceOf(EnvironmentException.class)
          .hasMessageStartingWith(ThrowawayServer.setting() + "=")
          .hasMessageNotContaining("hush");
    } finally {
      Logger.getLogger("org.postgresql").removeHandler(log);
    }
    assertThat(logged).noneMatch(line -> line.contains("hush"));
  }

  @Test
  void refuses_options_that_would_be_lost() {
    assertThatThrownBy(() -> open(url("postgres", "hush") + "&sslmode=require"))
        .isInstanceOf(EnvironmentException.class)
        .hasMessageContaining("sslmode")
        .hasMessageNotContaining("hush");
  }

  @Test
  void names_what_was_set_the_property_or_else_the_variable() {
    String before = System.getProperty(ThrowawayServer.PROPERTY);
    try {
      System.setProperty(ThrowawayServer.PROPERTY, "foo");
      assertThatThrownBy(() -> open("foo")).hasMessageStartingWith("workbook.database=foo is no");
      System.clearProperty(ThrowawayServer.PROPERTY);
      assertThatThrownBy(() -> open("foo")).hasMessageStartingWith("WORKBOOK_DATABASE=foo is no");
    } finally {
      if (before != null) {
        System.setProperty(ThrowawayServer.PROPERTY, before);
      }
    }
  }

  @Test
  void names_the_sources_to_who_gave_none_of_them() {
    assertThatThrownBy(() -> open("postgres://me:hush@host/d"))
        .isInstanceOf(EnvironmentException.class)
        .hasMessage(
            ThrowawayServer.setting()
                + "=postgres://...@host/d is no database source. Use auto, docker, embedded, or the JDBC URL of a server.");
  }

  private static final class LogLines extends Handler {
    private final List<String> lines;

    private LogLines(List<String> lines) {
      this.lines = lines;
    }

    @Override
    public void publish(LogRecord logged) {
      lines.add(logged.getMessage() + Arrays.toString(logged.getParameters()));
    }

    @Override
    public void flush() {
      // each line is there at once
    }

    @Override
    public void close() {
      // nothing is open
    }
  }

  private static ThrowawayServer open(String source) {
    return ThrowawayServer.open(source, line -> {});
  }

  private static String url(String user, String password) {
    return "jdbc:postgresql://127.0.0.1:%s/postgres?user=%s&password=%s"
        .formatted(admin.port(), user, password);
  }
}
