package workbook.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static workbook.grading.Errors.assertThrown;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jdbi.v3.core.ConnectionException;
import org.junit.jupiter.api.io.TempDir;
import workbook.connect.Connector.Settings;
import workbook.grading.Check;
import workbook.grading.FreshDatabase;
import workbook.grading.Graded;
import workbook.support.DatabaseSettings;

/** What a {@link Connector} has to do, exercise by exercise. */
@Graded
abstract class ConnectorChecks {
  private static final String ODD_PASSWORD = "p&ss=w%rd +@:/%41";

  /** The answer to check, made anew. */
  abstract Connector answer();

  @Check(exercise = "1.1", points = 1)
  void one_section_is_read_and_no_other(@TempDir Path folder) throws IOException {
    Path file =
        write(
            folder,
            """
            ; [library]
            [old library]
            host=old.example.org
            [library]

            # where it is
            host=db.example.org
              port =  5433 \s
            \t; who connects
            user: reader
            [Library]
            user=nobody
            password=none
            """);

    assertThat(answer().readSection(file, "library"))
        .as("section [library]: its own lines only, no comments, no space around key and value")
        .isEqualTo(Map.of("host", "db.example.org", "port", "5433", "user", "reader"));
  }

  @Check(exercise = "1.1", points = 1)
  void a_value_keeps_every_character(@TempDir Path folder) throws IOException {
    Map<String, String> values =
        Map.of(
            "equals", "a=b:c==",
            "comment", "f;g#h ; i # j",
            "percent", "100%d %(k)s",
            "backslash", "l\\nm\\",
            "umlaut", "[Bücher]",
            "empty", "");
    StringBuilder lines = new StringBuilder("[library]\ncolon: d:e=f\n");
    values.forEach((key, value) -> lines.append(key + "=" + value + "\n"));
    Path file = write(folder, lines.toString());

    Map<String, String> section = new HashMap<>(answer().readSection(file, "library"));

    assertThat(section.remove("colon")).as("the value of the line colon: d:e=f").isEqualTo("d:e=f");
    assertThat(section).as("all that follows the first = or : is the value").isEqualTo(values);
  }

  @Check(exercise = "1.1", points = 1)
  void keys_are_in_lower_case_on_a_turkish_computer_too(@TempDir Path folder) throws IOException {
    Path file = write(folder, "[library]\nHOST=DB.example.org\nApplication_ID=7\n");
    Locale before = Locale.getDefault();
    Map<String, String> section;
    try {
      Locale.setDefault(Locale.forLanguageTag("tr-TR"));
      section = answer().readSection(file, "library");
    } finally {
      Locale.setDefault(before);
    }

    assertThat(section)
        .as("keys in lower case on a Turkish computer, whose language makes an I an ı")
        .isEqualTo(Map.of("host", "DB.example.org", "application_id", "7"));
  }

  @Check(exercise = "1.1", points = 1)
  void a_missing_file_is_an_error(@TempDir Path folder) {
    Path file = folder.resolve("missing.ini");

    assertThrown(
        "a file that is not there",
        IOException.class,
        () -> answer().readSection(file, "library"),
        "missing.ini");
  }

  @Check(exercise = "1.1", points = 1)
  void a_missing_section_is_an_error_but_an_empty_one_is_not(@TempDir Path folder)
      throws IOException {
    Path file = write(folder, "[library]\n# [reports]\nnote=[reports]\n[empty]\n[last]\n");

    assertThat(answer().readSection(file, "empty"))
        .as("section [empty], which is there and has no keys")
        .isEqualTo(Map.of());
    assertThrown(
        "section [reports] is not there, and an empty map would stand for defaults everywhere",
        IllegalArgumentException.class,
        () -> answer().readSection(file, "reports"),
        "settings.ini",
        "reports");
  }

  @Check(exercise = "1.1", points = 1)
  void a_line_that_means_nothing_is_an_error_with_its_number(@TempDir Path folder)
      throws IOException {
    Path file = write(folder, "# line 1\n\n[library]\nhost=a\n\noops\nport=1\n");

    IllegalArgumentException error =
        assertThrown(
            "line 6 is no section, no pair and no comment",
            IllegalArgumentException.class,
            () -> answer().readSection(file, "library"),
            "settings.ini");

    // The folder's own name may have a 6 in it.
    assertThat(error.getMessage().replace(folder.toString(), ""))
        .withFailMessage(
            "Which line means nothing? Count them all, from 1.%n"
                + "expected: a message that names line 6%n but was: %s",
            error.getMessage())
        .containsPattern("\\b6\\b");
  }

  @Check(exercise = "1.2", points = 1)
  void settings_hold_what_the_section_says() {
    assertThat(valuesOf(sectionWith(Map.of("application", "shelves"))))
        .as("host, port, dbname, user and password")
        .isEqualTo(List.of("db.example.org", 5433, "library", "reader", "s3cret"));
  }

  @Check(exercise = "1.2", points = 1)
  void host_and_port_have_defaults() {
    Map<String, String> bare = Map.of("dbname", "library", "user", "reader", "password", "s3cret");
    Map<String, String> empty = sectionWith(Map.of("host", "", "port", ""));

    assertThat(valuesOf(bare))
        .as("settings of a section that has neither host nor port")
        .isEqualTo(List.of("localhost", 5432, "library", "reader", "s3cret"));
    assertThat(valuesOf(empty))
        .as("settings of a section whose host and port are empty")
        .isEqualTo(List.of("localhost", 5432, "library", "reader", "s3cret"));
  }

  @Check(exercise = "1.2", points = 1)
  void a_port_that_is_no_port_is_an_error() {
    for (int port : List.of(1, 65535)) {
      Settings settings = settingsOf(sectionWith(Map.of("port", String.valueOf(port))));

      assertThat(settings.port()).as("a port at the end of the range").isEqualTo(port);
    }
    for (String port : List.of("0", "65536", "-1", "abc", "5432x", "99999999999")) {
      assertThrown(
          "port=" + port,
          IllegalArgumentException.class,
          () -> answer().settings(sectionWith(Map.of("port", port))),
          "port",
          port);
    }
  }

  @Check(exercise = "1.2", points = 1)
  void a_missing_value_is_an_error_that_does_not_tell_the_password() {
    for (String key : List.of("dbname", "user", "password")) {
      Map<String, String> empty = sectionWith(Map.of(key, ""));
      Map<String, String> missing = sectionWith(Map.of());
      missing.remove(key);

      for (Map<String, String> section : List.of(missing, empty)) {
        String situation = key + (section == empty ? " is empty" : " is missing");
        IllegalArgumentException error =
            assertThrown(
                situation,
                IllegalArgumentException.class,
                () -> answer().settings(section),
                key);
        assertThat(error.getMessage())
            .withFailMessage("%s, and the message tells the password. Who reads logs?", situation)
            .doesNotContain("s3cret");
      }
    }
  }

  @Check(exercise = "1.3", points = 1)
  void variables_win_over_the_section_and_fill_its_gaps() {
    Map<String, String> section =
        new HashMap<>(Map.of("host", "db.example.org", "port", "5433", "user", "old"));
    Map<String, String> environment =
        Map.of(
            "PGHOST", "10.0.0.7",
            "PGPORT", "6000",
            "PGDATABASE", "library",
            "PGUSER", "reader",
            "PGPASSWORD", " s3cret ");

    Map<String, String> result = answer().override(section, environment);

    assertThat(result)
        .as("all five variables are set: each value as it is, under the section's own key")
        .isEqualTo(
            Map.of(
                "host", "10.0.0.7",
                "port", "6000",
                "dbname", "library",
                "user", "reader",
                "password", " s3cret "));
  }

  @Check(exercise = "1.3", points = 1)
  void what_is_unset_or_empty_changes_nothing() {
    Map<String, String> section = sectionWith(Map.of("application", "shelves"));
    Map<String, String> before = Map.copyOf(section);
    Map<String, String> environment =
        Map.of("PGUSER", "", "PGPASSWORD", "", "PATH", "/bin", "host", "wrong", "USER", "wrong");

    assertThat(answer().override(section, environment))
        .as("none of the five variables says anything")
        .isEqualTo(before);
    answer().override(section, Map.of("PGHOST", "10.0.0.7"));
    assertThat(section).as("the map that was handed in, afterwards").isEqualTo(before);
  }

  @Check(exercise = "1.4", points = 1)
  void a_connection_goes_where_the_settings_say(FreshDatabase database) {
    DatabaseSettings settings = database.settings();

    assertThat(whereabouts(given(settings), "Are all five settings handed on?"))
        .as("database and user, as the server sees the connection")
        .isEqualTo(settings.dbname() + " as " + settings.user());
  }

  @Check(exercise = "1.4", points = 1)
  void any_character_may_be_in_a_password(FreshDatabase database) {
    DatabaseSettings settings = database.settings();
    database.administer("ALTER ROLE " + settings.user() + " PASSWORD '" + ODD_PASSWORD + "'");
    String idea = "The password is " + ODD_PASSWORD + ": what do its characters mean in a URL?";

    assertThat(whereabouts(given(settings, ODD_PASSWORD), idea))
        .as("database and user, as the server sees the connection")
        .isEqualTo(settings.dbname() + " as " + settings.user());
  }

  @Check(exercise = "1.4", points = 1)
  void any_character_may_be_in_the_name_of_a_database(FreshDatabase database) {
    DatabaseSettings settings = database.settings();
    String odd = settings.dbname() + "/50%? a&b=c+d%41#";
    String idea = "The database is " + odd + ": what do its characters mean in a URL?";
    try {
      database.administer("CREATE DATABASE \"" + odd + "\" TEMPLATE template0");

      assertThat(whereabouts(given(settings.withDbname(odd)), idea))
          .as("database and user, as the server sees the connection")
          .isEqualTo(odd + " as " + settings.user());
    } finally {
      database.administer("DROP DATABASE IF EXISTS \"" + odd + "\" WITH (FORCE)");
    }
  }

  @Check(exercise = "1.4", points = 1)
  void a_wrong_password_shows_when_a_connection_is_asked_for(FreshDatabase database) {
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
  void the_version_is_what_the_server_says(FreshDatabase database) {
    assertThat(answer().serverVersion(database.dataSource()))
        .as("the server's version, as SHOW server_version tells it")
        .isEqualTo(database.value("SHOW server_version"));
  }

  @Check(exercise = "1.5", points = 1)
  void a_connection_that_fails_is_an_error_with_its_cause(FreshDatabase database) {
    DatabaseSettings right = database.settings();
    DatabaseSettings wrong =
        new DatabaseSettings(right.host(), right.port(), right.dbname(), right.user(), "wrong");

    ConnectionException error =
        assertThrown(
            "the data source has a wrong password, so Jdbi gets no connection",
            ConnectionException.class,
            () -> answer().serverVersion(wrong.dataSource()));

    assertThat(error.getCause())
        .as("the cause of Jdbi's exception: it tells why")
        .isInstanceOfSatisfying(
            SQLException.class,
            cause -> assertThat(cause.getSQLState()).as("SQLSTATE").isEqualTo("28P01"));
  }

  @Check(exercise = "1.6", points = 1)
  void the_text_of_settings_tells_where_and_who() {
    assertThat(settingsOf(sectionWith(Map.of())).toString())
        .as("the text of settings, for a log")
        .contains("db.example.org", "5433", "library", "reader");
  }

  @Check(exercise = "1.6", points = 1)
  void the_text_of_settings_does_not_depend_on_the_password() {
    String text = settingsOf(sectionWith(Map.of())).toString();

    assertThat(text)
        .withFailMessage("The password, s3cret, is in the text of the settings: %s", text)
        .doesNotContain("s3cret");
    for (String other : List.of("a-much-longer-password", "library", "e")) {
      assertThat(settingsOf(sectionWith(Map.of("password", other))).toString())
          .as("the text of the same settings, but with the password %s", other)
          .isEqualTo(text);
    }
  }

  private static Path write(Path folder, String text) throws IOException {
    return Files.writeString(folder.resolve("settings.ini"), text);
  }

  private static Map<String, String> sectionWith(Map<String, String> changes) {
    Map<String, String> section = new HashMap<>();
    section.putAll(Map.of("host", "db.example.org", "port", "5433", "dbname", "library"));
    section.putAll(Map.of("user", "reader", "password", "s3cret"));
    section.putAll(changes);
    return section;
  }

  // Null is looked for here, since a failure's message would print the settings: exercise 1.6.
  private Settings settingsOf(Map<String, String> section) {
    Settings settings = answer().settings(section);
    assertThat(settings == null)
        .withFailMessage("What became of the settings?%nexpected: settings%n but was: null")
        .isFalse();
    return settings;
  }

  private List<Object> valuesOf(Map<String, String> section) {
    Settings it = settingsOf(section);
    return Arrays.asList(it.host(), it.port(), it.dbname(), it.user(), it.password());
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
  private record Given(String host, int port, String dbname, String user, String password)
      implements Settings {}
}
