package workbook.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

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
import java.util.regex.Pattern;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
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
            "; [library]",
            "[old library]",
            "host=old.example.org",
            "[library]",
            "",
            "# where it is",
            "host=db.example.org",
            "  port =  5433  ",
            "\t; who connects",
            "user: reader",
            "[Library]",
            "user=nobody",
            "password=none");

    Map<String, String> section = answer().readSection(file, "library");

    assertThat(section)
        .as("section [library]: its own lines only, no comments, no space around key and value")
        .isEqualTo(Map.of("host", "db.example.org", "port", "5433", "user", "reader"));
  }

  @Check(exercise = "1.1", points = 1)
  void a_value_keeps_every_character(@TempDir Path folder) throws IOException {
    Path file =
        write(
            folder,
            "[library]",
            "equals=a=b==",
            "colon: c:d=e",
            "comment=f;g#h ; i # j",
            "percent=100%d %(k)s",
            "backslash=l\\nm\\",
            "bracket=[n]",
            "umlaut=Bücher",
            "empty=");

    Map<String, String> section = answer().readSection(file, "library");

    assertThat(section)
        .as("a value is all that follows the first = or :, whatever it holds, even nothing")
        .isEqualTo(
            Map.of(
                "equals", "a=b==",
                "colon", "c:d=e",
                "comment", "f;g#h ; i # j",
                "percent", "100%d %(k)s",
                "backslash", "l\\nm\\",
                "bracket", "[n]",
                "umlaut", "Bücher",
                "empty", ""));
  }

  @Check(exercise = "1.1", points = 1)
  void keys_are_in_lower_case_on_a_turkish_computer_too(@TempDir Path folder) throws IOException {
    Path file = write(folder, "[library]", "HOST=DB.example.org", "Application_ID=7");
    Locale before = Locale.getDefault();
    Map<String, String> section;
    try {
      Locale.setDefault(Locale.forLanguageTag("tr-TR"));
      section = answer().readSection(file, "library");
    } finally {
      Locale.setDefault(before);
    }

    assertThat(section)
        .as("keys in lower case, values as they are, on a computer that speaks Turkish")
        .isEqualTo(Map.of("host", "DB.example.org", "application_id", "7"));
  }

  @Check(exercise = "1.1", points = 1)
  void a_missing_file_is_an_error(@TempDir Path folder) {
    Path file = folder.resolve("missing.ini");

    assertError(
        "a file that is not there",
        IOException.class,
        () -> answer().readSection(file, "library"),
        "missing.ini");
  }

  @Check(exercise = "1.1", points = 1)
  void a_missing_section_is_an_error_but_an_empty_one_is_not(@TempDir Path folder)
      throws IOException {
    Path file = write(folder, "[library]", "# [reports]", "note=[reports]", "[empty]", "[last]");

    assertThat(answer().readSection(file, "empty"))
        .as("section [empty], which is there and has no keys")
        .isEqualTo(Map.of());
    assertError(
        "section [reports], which is not there,",
        IllegalArgumentException.class,
        () -> answer().readSection(file, "reports"),
        "settings.ini",
        "reports");
  }

  @Check(exercise = "1.1", points = 1)
  void a_line_that_means_nothing_is_an_error_with_its_number(@TempDir Path folder)
      throws IOException {
    Path file = write(folder, "# line 1", "", "[library]", "host=a", "", "oops", "port=1");

    Throwable error =
        assertError(
            "a line that is no section, no pair and no comment",
            IllegalArgumentException.class,
            () -> answer().readSection(file, "library"),
            "settings.ini");

    // The folder's name may have digits in it.
    String rest = error.getMessage().replace(folder.toString(), "");
    assertThat(Pattern.compile("\\b6\\b").matcher(rest).find())
        .withFailMessage(
            "The line that means nothing is line 6: count every line, from 1.%n"
                + "expected: a message with a 6 in it%n but was: %s",
            error.getMessage())
        .isTrue();
  }

  @Check(exercise = "1.2", points = 1)
  void settings_hold_what_the_section_says() {
    Settings settings = answer().settings(section(Map.of("application", "shelves")));

    assertThat(values(settings))
        .as("host, port, dbname, user and password")
        .isEqualTo(List.of("db.example.org", 5433, "library", "reader", "s3cret"));
  }

  @Check(exercise = "1.2", points = 1)
  void host_and_port_have_defaults() {
    Map<String, String> bare = Map.of("dbname", "library", "user", "reader", "password", "s3cret");

    assertThat(values(answer().settings(bare)))
        .as("settings of a section that has neither host nor port")
        .isEqualTo(List.of("localhost", 5432, "library", "reader", "s3cret"));
    assertThat(values(answer().settings(section(Map.of("host", "", "port", "")))))
        .as("settings of a section whose host and port are empty")
        .isEqualTo(List.of("localhost", 5432, "library", "reader", "s3cret"));
  }

  @Check(exercise = "1.2", points = 1)
  void a_port_that_is_no_port_is_an_error() {
    for (String port : List.of("0", "65536", "70000", "-1", "abc", "5432x", "99999999999")) {
      assertError(
          "port=" + port,
          IllegalArgumentException.class,
          () -> answer().settings(section(Map.of("port", port))),
          "port",
          port);
    }
    for (int port : List.of(1, 65535)) {
      Settings settings = answer().settings(section(Map.of("port", String.valueOf(port))));

      assertThat(settings.port()).as("a port at the end of the range").isEqualTo(port);
    }
  }

  @Check(exercise = "1.2", points = 1)
  void a_missing_value_is_an_error_that_keeps_the_password_to_itself() {
    for (String key : List.of("dbname", "user", "password")) {
      Map<String, String> without = section(Map.of());
      without.remove(key);
      String situation = "a section without " + key;
      Throwable error =
          assertError(
              situation,
              IllegalArgumentException.class,
              () -> answer().settings(without),
              key);
      assertError(
          "a section whose " + key + " is empty",
          IllegalArgumentException.class,
          () -> answer().settings(section(Map.of(key, ""))),
          key);

      assertThat(error.getMessage())
          .withFailMessage("The message about %s shows the password. Who reads logs?", situation)
          .doesNotContain("s3cret");
    }
  }

  @Check(exercise = "1.3", points = 1)
  void variables_win_over_the_section_and_fill_its_gaps() {
    Map<String, String> section = Map.of("host", "db.example.org", "port", "5433", "user", "old");
    Map<String, String> environment =
        Map.of(
            "PGHOST", "10.0.0.7",
            "PGPORT", "6000",
            "PGDATABASE", "library",
            "PGUSER", "reader",
            "PGPASSWORD", " s3cret ");

    assertThat(answer().override(section, environment))
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
    Map<String, String> section = section(Map.of("application", "shelves"));
    Map<String, String> before = Map.copyOf(section);
    Map<String, String> environment =
        Map.of("PGUSER", "", "PGPASSWORD", "", "PATH", "/bin", "host", "wrong", "USER", "wrong");

    assertThat(answer().override(section, environment))
        .as("no variable of the five is set to anything")
        .isEqualTo(before);
    answer().override(section, Map.of("PGHOST", "10.0.0.7"));
    assertThat(section).as("the map that was handed in, afterwards").isEqualTo(before);
  }

  @Check(exercise = "1.4", points = 1)
  void a_connection_goes_where_the_settings_say(FreshDatabase database) throws SQLException {
    DatabaseSettings settings = database.settings();

    assertThat(whereabouts(Given.of(settings)))
        .as("database and user, as the server sees the connection")
        .isEqualTo(settings.dbname() + " as " + settings.user());
  }

  @Check(exercise = "1.4", points = 1)
  void any_character_may_be_in_a_password(FreshDatabase database) throws SQLException {
    DatabaseSettings settings = database.settings();
    database.administer("ALTER ROLE " + settings.user() + " PASSWORD '" + ODD_PASSWORD + "'");

    assertThat(whereabouts(Given.of(settings).withPassword(ODD_PASSWORD)))
        .as("database and user, with the password " + ODD_PASSWORD)
        .isEqualTo(settings.dbname() + " as " + settings.user());
  }

  @Check(exercise = "1.4", points = 1)
  void any_character_may_be_in_the_name_of_a_database(FreshDatabase database)
      throws SQLException {
    DatabaseSettings settings = database.settings();
    String odd = settings.dbname() + "/50%? a&b=c+ü%41#";
    try {
      database.administer("CREATE DATABASE \"" + odd + "\" TEMPLATE template0");

      assertThat(whereabouts(Given.of(settings.withDbname(odd))))
          .as("database and user, where the database has an odd name")
          .isEqualTo(odd + " as " + settings.user());
    } finally {
      database.administer("DROP DATABASE IF EXISTS \"" + odd + "\" WITH (FORCE)");
    }
  }

  @Check(exercise = "1.4", points = 1)
  void a_wrong_password_shows_when_a_connection_is_asked_for(FreshDatabase database) {
    Settings wrong = Given.of(database.settings()).withPassword("wrong");

    Throwable early = catchThrowable(() -> answer().dataSource(wrong));
    Throwable late = catchThrowable(() -> answer().dataSource(wrong).getConnection().close());

    assertThat(early)
        .withFailMessage("To make a data source is not to connect yet, but it threw %s", early)
        .isNull();
    assertThat(late)
        .withFailMessage(
            "The password is wrong, so getConnection() cannot succeed.%n"
                + "expected: an SQLException with SQLSTATE 28P01%n but was: %s",
            late == null ? "a connection: with which password?" : late)
        .matches(error -> error instanceof SQLException e && "28P01".equals(e.getSQLState()));
  }

  @Check(exercise = "1.5", points = 1)
  void the_version_is_what_the_server_says(FreshDatabase database) {
    assertThat(answer().serverVersion(database.dataSource()))
        .as("the server's version, as SHOW server_version tells it")
        .isEqualTo(database.value("SHOW server_version"));
  }

  @Check(exercise = "1.5", points = 1)
  void a_connection_that_fails_is_an_error_of_jdbi(FreshDatabase database) {
    DatabaseSettings right = database.settings();
    DatabaseSettings wrong =
        new DatabaseSettings(right.host(), right.port(), right.dbname(), right.user(), "wrong");

    Throwable error =
        assertError(
            "a wrong password",
            ConnectionException.class,
            () -> answer().serverVersion(wrong.dataSource()));

    assertThat(error.getCause())
        .withFailMessage(
            "The cause tells why there is no connection: keep it.%n"
                + "expected: an SQLException with SQLSTATE 28P01%n but was: %s",
            error.getCause())
        .matches(cause -> cause instanceof SQLException e && "28P01".equals(e.getSQLState()));
  }

  @Check(exercise = "1.6", points = 1)
  void the_text_of_settings_tells_where_and_who() {
    assertThat(String.valueOf(answer().settings(section(Map.of()))))
        .as("the text of settings, for a log")
        .contains("db.example.org", "5433", "library", "reader");
  }

  @Check(exercise = "1.6", points = 1)
  void the_text_of_settings_does_not_depend_on_the_password() {
    String text = String.valueOf(answer().settings(section(Map.of())));

    assertThat(text)
        .withFailMessage("The password, s3cret, is in the text of the settings: %s", text)
        .doesNotContain("s3cret");
    for (String other : List.of("a-much-longer-password", "library", "e")) {
      assertThat(String.valueOf(answer().settings(section(Map.of("password", other)))))
          .as("the same settings, but with the password %s", other)
          .isEqualTo(text);
    }
  }

  /** A section that has everything, with some values changed or added. */
  private static Map<String, String> section(Map<String, String> changes) {
    Map<String, String> section =
        new HashMap<>(
            Map.of(
                "host", "db.example.org",
                "port", "5433",
                "dbname", "library",
                "user", "reader",
                "password", "s3cret"));
    section.putAll(changes);
    return section;
  }

  private static Path write(Path folder, String... lines) throws IOException {
    return Files.write(folder.resolve("settings.ini"), List.of(lines));
  }

  // Not the settings themselves: a failure's message would print them.
  private static List<Object> values(Settings settings) {
    assertThat(settings == null).as("whether settings(...) returned null").isFalse();
    return Arrays.asList(
        settings.host(),
        settings.port(),
        settings.dbname(),
        settings.user(),
        settings.password());
  }

  private String whereabouts(Settings settings) throws SQLException {
    String query = "SELECT current_database() || ' as ' || current_user";
    try (Connection connection = answer().dataSource(settings).getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getString(1);
    }
  }

  private static Throwable assertError(
      String situation, Class<?> type, ThrowingCallable action, String... mentions) {
    Throwable error = catchThrowable(action);
    if (!type.isInstance(error)) {
      String actual = error == null ? "no error: the method returned" : error.toString();
      throw new AssertionError(
          "%s is an error that the caller must hear of.%nexpected: %s%n but was: %s"
              .formatted(situation, type.getSimpleName(), actual),
          error);
    }
    for (String mention : mentions) {
      if (!String.valueOf(error.getMessage()).contains(mention)) {
        throw new AssertionError(
            "The message about %s leaves the reader guessing.%nexpected: it has %s in it%n but was: %s"
                .formatted(situation, mention, error.getMessage()),
            error);
      }
    }
    return error;
  }

  /** Settings that do not depend on the answers to other exercises. */
  private record Given(String host, int port, String dbname, String user, String password)
      implements Settings {
    static Given of(DatabaseSettings settings) {
      return new Given(
          settings.host(),
          settings.port(),
          settings.dbname(),
          settings.user(),
          settings.password());
    }

    Given withPassword(String other) {
      return new Given(host, port, dbname, user, other);
    }

    @Override
    public String toString() {
      return user + "@" + host + ":" + port + "/" + dbname;
    }
  }
}
