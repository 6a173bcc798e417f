package workbook.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static workbook.connect.SettingsChecks.sectionWith;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import workbook.connect.Connector.Settings;
import workbook.grading.Check;

/** Exercise 1.6: no password in a string. */
interface PasswordChecks {
  int PLACES = 50;

  /** Names that a reader may take a part of for clear. */
  List<String> HOSTS =
      List.of(
          "db.local", "localhost.localdomain", "www.example.org", "db.example.com.",
          "db.internal", "db-1.eu-central-1.example.org", "postgres.default.svc.cluster.local",
          "db.fritz.box", "fe80::1", "0:0:0:0:0:0:0:1", "127.0.0.1", "DB01");

  /** The answer to check, made anew. */
  Connector answer();

  @Check(exercise = "1.6", points = 1)
  default void the_text_of_settings_tells_where_and_who() throws Exception {
    assertTellsWhatThisComputerHas();
    assertTells("db.example.org", "5433", "library", "reader");
    assertTells("DB.example.org", "1024", "sales/2026 50%?", "O'Neil @work");
    assertTells("10.0.0.7", "65535", "Ausleihe & Rückgabe", "a+b=\"c\\d\"");
    assertTells("10.0.0.7", "65535", "other", "a+b=\"c\\d\"");
    assertTells("10.0.0.7", "65535", "other", "reader");
    assertTells("10.0.0.7", "65535", "a\nb  c", "d\te\r\nf");
    assertTells("localhost", "5432", "library", "reader");
    assertTells("h", "8080", "password=a", "Password: b");
    assertTells("h", "8080", "jdbc:postgresql://a:b@c/d?user=e&password=f", "x://g:h@i");
    assertTells("h pwd=s", "8080", "token=abc", "secret=1;key=2");
    assertTells("null", "8080", "null", "null");
    for (String same : List.of("library", "5433", "localhost", "postgres")) {
      assertTells(same, "5433", "library", "reader");
      assertTells("db.example.org", "5433", same, same);
      assertTells(same, "5433", same, same);
      assertTells(same, "5433", same, "reader");
      assertTells(same, "5433", "library", same);
    }
    assertTells("example", "8080", "example.org", "ex");
    for (String host : HOSTS) {
      assertTells(host, "5433", host + "/" + host, "reader@" + host);
    }
    assertTells("reader.example.org", "4433", "a", "reader");
    assertTells("db1024", "1024", "library1024", "db");
    assertTells("host.".repeat(60) + "org", "5432", "dbname".repeat(400), "user".repeat(800));
    for (String odd : OddStrings.WHOLE) {
      assertTells(odd, "8080", odd, odd);
    }
    for (long seed = 1; seed <= PLACES; seed++) {
      Random random = OddStrings.random(seed);
      String port = String.valueOf(1024 + random.nextInt(64512));
      List<String> values =
          List.of(
              "h" + OddStrings.some(random), "d" + OddStrings.some(random),
              "u" + OddStrings.some(random));
      assertTells(
          values.get(0).strip(), port, values.get(1).strip(), values.get(2).strip());
      assertTellsWhatItHas(sectionWith(
          Map.of("host", " " + values.get(0), "port", port, "dbname", values.get(1) + " ",
              "user", "\t" + values.get(2) + "  ")));
    }
    for (String variable : List.of("PGUSER", "PGDATABASE", "USER", "LOGNAME", "USERNAME")) {
      String value = System.getenv(variable);
      if (value != null && !value.isBlank()) {
        assertTells("db.example.org", "5432", value, value);
      }
    }
  }

  // To PostgreSQL's own programs, these are defaults.
  private void assertTellsWhatThisComputerHas() throws Exception {
    String you = System.getProperty("user.name");
    System.setProperty("user.name", "reader");
    try {
      assertTells("db.example.org", "5433", "library", "reader");
      assertTells("db.example.org", "5432", "reader", "reader");
    } finally {
      System.setProperty("user.name", you);
    }
    assertTells("127.0.0.1", "5432", "postgres", "postgres");
    assertTells("::1", "5432", you, you);
    assertTells("0.0.0.0", "5432", "template1", you);
  }

  private void assertTells(String host, String port, String dbname, String user) throws Exception {
    Map<String, String> section =
        sectionWith(Map.of("host", host, "port", port, "dbname", dbname, "user", user));

    String text = SettingsFileChecks.in(Locale.ROOT, () -> textOf(section));

    assertHas(text, List.of(host, port, dbname, user));
  }

  // What 1.2 may get wrong, blanks at the ends for example, is not asked again.
  private void assertTellsWhatItHas(Map<String, String> section) throws Exception {
    Settings settings;
    try {
      settings = answer().settings(section);
    } catch (IllegalArgumentException refused) {
      return;
    }
    String text = SettingsFileChecks.in(Locale.ROOT, settings::toString);

    assertHas(
        text,
        List.of(
            settings.host(), String.valueOf(settings.port()), settings.dbname(), settings.user()));
  }

  private static void assertHas(String text, List<String> values) {
    for (String value : values) {
      // Each has a place of its own, also if it is the same as another, or a part of one.
      int times = values.stream().mapToInt(it -> times(value, it)).sum();
      if (times(value, String.valueOf(text)) < times) {
        throw new AssertionError(
            """
            The text of settings: in a log, it tells which server and database, and which user.
            expected: a string with "%s" in it, as it is%s
             but was: "%s\""""
                .formatted(value, times > 1 ? ", %s times".formatted(times) : "", text));
      }
    }
  }

  private static int times(String value, String text) {
    return text.split(Pattern.quote(value), -1).length - 1;
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
    String text = settings.toString();
    for (int again = 0; again < 3; again++) {
      assertThat(settings.toString()).as("what toString() returns when it is called again")
          .isEqualTo(text);
    }
    return text;
  }
}
