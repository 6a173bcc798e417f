package workbook.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static workbook.connect.SettingsChecks.sectionWith;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import workbook.connect.Connector.Settings;
import workbook.grading.Check;

/** Exercise 1.6: no password in a string. */
interface PasswordChecks {
  int PLACES = 50;

  /** The answer to check, made anew. */
  Connector answer();

  @Check(exercise = "1.6", points = 1)
  default void the_text_of_settings_tells_where_and_who() throws Exception {
    assertTells("db.example.org", "5433", "library", "reader");
    assertTells("DB.example.org", "1024", "sales/2026 50%?", "O'Neil @work");
    assertTells("10.0.0.7", "65535", "Ausleihe & Rückgabe", "a+b=\"c\\d\"");
    assertTells("10.0.0.7", "65535", "other", "a+b=\"c\\d\"");
    assertTells("10.0.0.7", "65535", "other", "reader");
    assertTells("10.0.0.7", "65535", "a\nb  c", "d\te\r\nf");
    assertTells("host.".repeat(60) + "org", "5432", "dbname".repeat(50), "user".repeat(70));
    // What 1.2 may get wrong, blanks at the ends or a low port, is not asked again.
    for (long seed = 1; seed <= PLACES; seed++) {
      Random random = new Random(seed);
      assertTells(
          ("h" + OddStrings.some(random)).strip(),
          String.valueOf(1024 + random.nextInt(64512)),
          ("d" + OddStrings.some(random)).strip(),
          ("u" + OddStrings.some(random)).strip());
    }
  }

  private void assertTells(String host, String port, String dbname, String user) throws Exception {
    Map<String, String> section =
        sectionWith(Map.of("host", host, "port", port, "dbname", dbname, "user", user));

    String text = SettingsFileChecks.in(Locale.ROOT, () -> textOf(section));

    for (String value : List.of(host, port, dbname, user)) {
      if (!String.valueOf(text).contains(value)) {
        throw new AssertionError(
            """
            The text of settings, for a log: where is that, and who connects?
            expected: a string with "%s" in it, as it is
             but was: "%s\""""
                .formatted(value, text));
      }
    }
  }

  @Check(exercise = "1.6", points = 1)
  default void the_text_of_settings_does_not_depend_on_the_password() {
    String text = textOf(sectionWith(Map.of()));

    assertThat(text)
        .withFailMessage("The password, s3cret, is in the text of the settings: %s", text)
        .doesNotContain("s3cret");
    for (String other :
        List.of(
            "a-much-longer-password", "s3cre7", "library", "e", "@", ":", "5433", "reader", "x y",
            "password", "null", "***", "db.example.org", "S3CRET", "terc3s", "$1\\",
            "   ", " s3cret", "s3cret ", "s3\ncret", "ü", "1234567890", "x".repeat(300))) {
      String changed;
      try {
        changed = textOf(sectionWith(Map.of("password", other)));
      } catch (IllegalArgumentException refused) {
        // Whether a password may be blank is a matter of 1.2.
        continue;
      }
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

  private String textOf(Map<String, String> section) {
    Settings settings = answer().settings(section);
    assertThat(settings == null)
        .withFailMessage("1.2 made no settings.%nexpected: settings%n but was: null")
        .isFalse();
    return settings.toString();
  }
}
