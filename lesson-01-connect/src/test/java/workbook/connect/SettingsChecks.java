package workbook.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static workbook.grading.Errors.assertMentions;
import static workbook.grading.Errors.assertThrown;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import workbook.connect.Connector.Settings;
import workbook.grading.Check;

/** Exercises 1.2, 1.3 and 1.6: from texts to settings that can be trusted. */
interface SettingsChecks {

  /** The answer to check, made anew. */
  Connector answer();

  @Check(exercise = "1.2", points = 1)
  default void settings_hold_what_the_section_says() {
    assertThat(valuesOf(sectionWith(Map.of("application", "shelves"))))
        .as("host, port, dbname, user and password")
        .isEqualTo(List.of("db.example.org", 5433, "library", "reader", "s3cret"));
  }

  @Check(exercise = "1.2", points = 1)
  default void host_and_port_have_defaults() {
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
  default void a_port_that_is_no_port_is_an_error() {
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
  default void a_missing_value_is_an_error_that_does_not_tell_the_password() {
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
  default void variables_win_over_the_section_and_fill_its_gaps() {
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
  default void what_is_unset_or_empty_changes_nothing() {
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

  @Check(exercise = "1.6", points = 1)
  default void the_text_of_settings_tells_where_and_who() {
    assertMentions(
        "The text of settings, for a log: where is that, and who connects?",
        settingsOf(sectionWith(Map.of())).toString(),
        "db.example.org",
        "5433",
        "library",
        "reader");
  }

  @Check(exercise = "1.6", points = 1)
  default void the_text_of_settings_does_not_depend_on_the_password() {
    String text = settingsOf(sectionWith(Map.of())).toString();

    assertThat(text)
        .withFailMessage("The password, s3cret, is in the text of the settings: %s", text)
        .doesNotContain("s3cret");
    for (String other : List.of("a-much-longer-password", "library", "e")) {
      String changed = settingsOf(sectionWith(Map.of("password", other))).toString();
      assertThat(changed)
          .withFailMessage(
              "Only the password is another one, and the text changes. What does that tell?%n"
                  + "expected: the same text for both passwords%n"
                  + " but was: \"%s\" with the password s3cret,%n"
                  + "          \"%s\" with the password %s",
              text, changed, other)
          .isEqualTo(text);
    }
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
}
