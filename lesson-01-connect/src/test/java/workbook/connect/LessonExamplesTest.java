package workbook.connect;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.Driver;
import org.postgresql.ds.PGSimpleDataSource;
import org.tomlj.Toml;
import org.tomlj.TomlParseResult;
import workbook.grading.FreshDatabase;
import workbook.grading.Graded;
import workbook.support.DatabaseSettings;

/** The code that the lesson's text quotes. */
@Graded
class LessonExamplesTest {
  @TempDir Path folder;

  /** Compiled, never run: it names a server that you may not have. */
  static void how_not_to_connect() throws SQLException {
    String url = "jdbc:postgresql://localhost:5432/workbook";
    Properties properties = new Properties();
    properties.setProperty("user", "workbook");
    properties.setProperty("password", "secret");
    Connection connection = DriverManager.getConnection(url, properties);
    System.out.println("Successfully connected to the database.");
    connection.close();
  }

  @Test
  void a_password_in_a_url_breaks_it() {
    String password = "p&ss=w%rd +@:/";
    String url =
        "jdbc:postgresql://localhost:5432/workbook?user=workbook&password="
            + password;

    assertThatThrownBy(() -> DriverManager.getConnection(url))
        .isInstanceOf(SQLException.class)
        .hasMessage(
            "Unable to parse URL jdbc:postgresql://localhost:5432/workbook"
                + "?user=workbook&password=p&ss=w%rd +@:/");
  }

  @Test
  void a_plus_in_a_url_is_a_blank() {
    String url = "jdbc:postgresql://localhost:5432/workbook?password=a+b";

    String password = Driver.parseURL(url, null).getProperty("password");

    assertThat(password).isEqualTo("a b");
  }

  @Test
  void a_libpq_address_is_no_jdbc_url() {
    String url = "postgresql://workbook:secret@localhost:5432/workbook";

    assertThatThrownBy(() -> DriverManager.getConnection(url))
        .hasMessage("No suitable driver found for " + url);
  }

  @Test
  void what_is_not_utf_8_is_an_error_without_a_name() throws IOException {
    Path file = folder.resolve("latin-1.ini");
    Files.writeString(file, "[library]\nname=Bücher\n", ISO_8859_1);

    assertThatThrownBy(() -> Files.readAllLines(file))
        .isInstanceOf(IOException.class)
        .hasMessage("Input length = 1");
  }

  @Test
  void a_key_and_a_value_are_cut_at_the_first_separator() {
    String line = "  Password = a=b:c  ";

    String[] pair = line.strip().split("[=:]", 2);
    String key = pair[0].strip().toLowerCase(Locale.ROOT);
    String value = pair[1].strip();

    assertThat(key).isEqualTo("password");
    assertThat(value).isEqualTo("a=b:c");
  }

  @Test
  void case_is_a_matter_of_language() {
    Locale turkish = Locale.forLanguageTag("tr");

    assertThat("PORT_ID".toLowerCase(turkish)).isEqualTo("port_ıd");
    assertThat("PORT_ID".toLowerCase(Locale.ROOT)).isEqualTo("port_id");
  }

  @Test
  void a_variable_may_be_missing_or_empty() {
    Map<String, String> environment = Map.of("PGHOST", "");

    String host = environment.getOrDefault("PGHOST", "");
    if (host.isEmpty()) {
      host = "localhost";
    }

    assertThat(host).isEqualTo("localhost");
  }

  @Test
  void toml_has_types_of_its_own() throws IOException {
    Path file = folder.resolve("db_info.toml");
    Files.writeString(
        file,
        """
        [workbook]
        host = "localhost"
        port = 5432
        dbname = "workbook"
        user = "workbook"
        password = "p&ss=w%rd +@:/"
        """);

    TomlParseResult toml = Toml.parse(file);
    if (toml.hasErrors()) {
      throw new IllegalArgumentException(toml.errors().toString());
    }
    String host = toml.getString("workbook.host");
    Long port = toml.getLong("workbook.port");
    String password = toml.getString("workbook.password");

    assertThat(host).isEqualTo("localhost");
    assertThat(port).isEqualTo(5432);
    assertThat(password).isEqualTo("p&ss=w%rd +@:/");
    assertThat(toml.getTable("nowhere")).isNull();
  }

  @Test
  void without_a_user_the_computer_s_user_connects(FreshDatabase database) {
    DatabaseSettings settings = database.settings();
    PGSimpleDataSource dataSource = new PGSimpleDataSource();
    dataSource.setServerNames(new String[] {settings.host()});
    dataSource.setPortNumbers(new int[] {settings.port()});
    dataSource.setPassword("secret");

    assertThatThrownBy(() -> dataSource.getConnection())
        .hasMessageContaining(System.getProperty("user.name"));
  }

  @Test
  void a_record_shows_everything_it_has() {
    record Login(String user, String password) {}

    String text = new Login("workbook", "secret").toString();

    assertThat(text).isEqualTo("Login[user=workbook, password=secret]");
  }

  @Test
  void a_record_may_have_a_text_of_its_own() {
    record Login(String user, String password) {
      @Override
      public String toString() {
        return "login of " + user;
      }
    }

    String text = new Login("workbook", "secret").toString();

    assertThat(text).isEqualTo("login of workbook");
  }

  @Test
  void a_data_source_takes_each_value_as_it_is(FreshDatabase database)
      throws SQLException {
    DatabaseSettings settings = database.settings();

    PGSimpleDataSource dataSource = new PGSimpleDataSource();
    dataSource.setServerNames(new String[] {settings.host()});
    dataSource.setPortNumbers(new int[] {settings.port()});
    dataSource.setDatabaseName(settings.dbname());
    dataSource.setUser(settings.user());
    dataSource.setPassword(settings.password());

    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT current_user")) {
      rows.next();
      String user = rows.getString(1);

      assertThat(user).isEqualTo(settings.user());
    }
  }

  @Test
  void jdbi_asks_in_one_expression(FreshDatabase database) {
    Jdbi jdbi = Jdbi.create(database.dataSource());

    String user =
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery("SELECT current_user")
                    .mapTo(String.class)
                    .one());

    assertThat(user).isEqualTo(database.settings().user());
  }

  @Test
  void jdbi_connects_when_a_handle_is_opened(FreshDatabase database) {
    PGSimpleDataSource dataSource =
        (PGSimpleDataSource) database.dataSource();
    dataSource.setPassword("wrong");

    String state = "none";
    Jdbi jdbi = Jdbi.create(dataSource); // does not connect
    try {
      jdbi.open().close(); // does
    } catch (ConnectionException e) {
      SQLException cause = (SQLException) e.getCause();
      state = cause.getSQLState();
    }

    assertThat(state).isEqualTo("28P01");
  }
}
