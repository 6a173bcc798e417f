package workbook.connect.mistakes;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import workbook.connect.Connector.Settings;
import workbook.connect.reference.ReferenceConnector;
import workbook.grading.proofs.Alternative;
import workbook.grading.proofs.Mistake;

/** Exercise 1.6: what the string tells, and what it gives away. */
final class DescriptionMistakes {
  private DescriptionMistakes() {}

  private static String where(Settings it) {
    return it.user() + "@" + it.host() + ":" + it.port() + "/" + it.dbname();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** Settings with another string. */
  record Described(Settings it, Function<Settings, String> text) implements Settings {
    @Override
    public String host() {
      return it.host();
    }

    @Override
    public int port() {
      return it.port();
    }

    @Override
    public String dbname() {
      return it.dbname();
    }

    @Override
    public String user() {
      return it.user();
    }

    @Override
    public String password() {
      return it.password();
    }

    @Override
    public String toString() {
      return text.apply(it);
    }
  }

  @Mistake(
      exercise = "1.6",
      violates = "Nothing in it depends on the password",
      idea = "A hash of the password tells nothing",
      because = """
          It tells whether two passwords are the same, and a program tries a million
          candidates in a second.""",
      instead = "Leave the password out altogether.",
      rejectedBy = "the_text_of_settings_does_not_depend_on_the_password",
      says = "with the password a-much-longer-password",
      earns = 1)
  static class AFingerprint extends ReferenceConnector {
    @Override
    public Settings settings(Map<String, String> section) {
      return new Described(
          super.settings(section),
          it ->
              where(it) + " #" + Integer.toHexString(it.password().hashCode()));
    }
  }

  @Mistake(
      exercise = "1.6",
      violates = "Nothing in it depends on the password",
      idea = "The first letter helps to remember, and harms little",
      because = """
          It is a character less to guess, and tells passwords apart.""",
      instead = "Leave the password out altogether.",
      rejectedBy = "the_text_of_settings_does_not_depend_on_the_password",
      says = "with the password a-much-longer-password",
      earns = 1)
  static class FirstLetter extends ReferenceConnector {
    @Override
    public Settings settings(Map<String, String> section) {
      return new Described(
          super.settings(section),
          it -> where(it) + " " + it.password().charAt(0) + "***");
    }
  }

  @Mistake(
      exercise = "1.6",
      violates = "not even on how long that is",
      idea = "Say whether the password is a strong one",
      because = """
          Then the log tells which databases are worth an attack.""",
      instead = "Leave the password out altogether.",
      rejectedBy = "the_text_of_settings_does_not_depend_on_the_password",
      says = "with the password a-much-longer-password",
      earns = 1)
  static class HowStrong extends ReferenceConnector {
    @Override
    public Settings settings(Map<String, String> section) {
      return new Described(
          super.settings(section),
          it -> where(it) + (it.password().length() < 8 ? " (weak)" : ""));
    }
  }

  @Mistake(
      exercise = "1.6",
      violates = "settings that differ only in the password have the same string",
      idea = "Warn if the password is the name of the user",
      because = """
          The warning is the password.""",
      instead = "Leave the password out altogether.",
      rejectedBy = "the_text_of_settings_does_not_depend_on_the_password",
      says = "with the password reader",
      earns = 1)
  static class WarnsOfTheUser extends ReferenceConnector {
    @Override
    public Settings settings(Map<String, String> section) {
      return new Described(
          super.settings(section),
          it -> where(it) + (it.password().equals(it.user()) ? " (like the user)" : ""));
    }
  }

  @Mistake(
      exercise = "1.6",
      violates = "Nothing in it depends on the password",
      idea = "Spell the password in another way",
      because = """
          Base64, backwards, in hexadecimal: each can be turned round again.""",
      instead = "Leave the password out altogether.",
      rejectedBy = "the_text_of_settings_does_not_depend_on_the_password",
      says = "with the password a-much-longer-password",
      earns = 1)
  static class Backwards extends ReferenceConnector {
    @Override
    public Settings settings(Map<String, String> section) {
      return new Described(
          super.settings(section),
          it -> where(it) + " " + new StringBuilder(it.password()).reverse());
    }
  }

  @Mistake(
      exercise = "1.6",
      violates = "each of them unchanged",
      idea = "The text is a URL, so its parts are escaped",
      because = """
          `sales/2026` becomes `sales%2F2026`, and a search of the log for the
          database finds nothing.""",
      instead = "Write the values as they are.",
      rejectedBy = "the_text_of_settings_tells_where_and_who",
      says = "expected: a string with \"sales/2026 50%?\" in it",
      earns = 1)
  static class InAUrl extends ReferenceConnector {
    @Override
    public Settings settings(Map<String, String> section) {
      return new Described(
          super.settings(section),
          it ->
              "jdbc:postgresql://%s:%d/%s?user=%s"
                  .formatted(it.host(), it.port(), encoded(it.dbname()), encoded(it.user())));
    }
  }

  @Mistake(
      exercise = "1.6",
      violates = "each of them unchanged",
      idea = "Capitals do not matter in a log",
      because = """
          To PostgreSQL they do: `Reader` and `reader` are two roles.""",
      instead = "Write the values as they are.",
      rejectedBy = "the_text_of_settings_tells_where_and_who",
      says = "expected: a string with \"DB.example.org\" in it",
      earns = 1)
  static class InLowerCase extends ReferenceConnector {
    @Override
    public Settings settings(Map<String, String> section) {
      return new Described(
          super.settings(section),
          it -> where(it).toLowerCase(Locale.ROOT));
    }
  }

  @Mistake(
      exercise = "1.6",
      violates = "It has the host, the port, the dbname and the user in it",
      idea = "The port is always the same",
      because = """
          Until a second server runs on the same computer.""",
      instead = "Say all four.",
      rejectedBy = "the_text_of_settings_tells_where_and_who",
      says = "expected: a string with \"5433\" in it",
      earns = 1)
  static class WithoutThePort extends ReferenceConnector {
    @Override
    public Settings settings(Map<String, String> section) {
      return new Described(
          super.settings(section),
          it -> it.user() + "@" + it.host() + "/" + it.dbname());
    }
  }

  @Mistake(
      exercise = "1.6",
      violates = "It has the host, the port, the dbname and the user in it",
      idea = "Who connects is known from the program",
      because = """
          The same program runs as several users, and a log that does not say which
          helps with no question about rights.""",
      instead = "Say all four.",
      rejectedBy = "the_text_of_settings_tells_where_and_who",
      says = "expected: a string with \"reader\" in it",
      earns = 1)
  static class WithoutTheUser extends ReferenceConnector {
    @Override
    public Settings settings(Map<String, String> section) {
      return new Described(
          super.settings(section),
          it -> it.host() + ":" + it.port() + "/" + it.dbname());
    }
  }

  @Mistake(
      exercise = "1.6",
      violates = "each of them unchanged",
      idea = "Write strings as Java does",
      because = """
          A quotation mark becomes two characters, and the text does not have the
          name in it any more.""",
      instead = "Write the values as they are.",
      rejectedBy = "the_text_of_settings_tells_where_and_who",
      says = "in it, as it is",
      earns = 1)
  static class Escapes extends ReferenceConnector {
    @Override
    public Settings settings(Map<String, String> section) {
      return new Described(
          super.settings(section),
          it -> where(it).replace("\\", "\\\\").replace("\"", "\\\""));
    }
  }

  @Alternative(
      exercise = "1.6",
      idea = "Three stars in place of the password, however long it is.")
  static class FixedStars extends ReferenceConnector {
    @Override
    public Settings settings(Map<String, String> section) {
      return new Described(
          super.settings(section),
          it -> where(it) + " password=***");
    }
  }

  @Alternative(exercise = "1.6", idea = "The string of a map that never had the password.")
  static class AsAMap extends ReferenceConnector {
    @Override
    public Settings settings(Map<String, String> section) {
      return new Described(
          super.settings(section),
          it ->
              new TreeMap<>(
                      Map.of(
                          "host", it.host(),
                          "port", it.port(),
                          "dbname", it.dbname(),
                          "user", it.user()))
                  .toString());
    }
  }

  @Alternative(exercise = "1.6", idea = "Four lines.")
  static class InLines extends ReferenceConnector {
    @Override
    public Settings settings(Map<String, String> section) {
      return new Described(
          super.settings(section),
          it ->
              String.join(
                  "\n", it.host(), Integer.toString(it.port()), it.dbname(), it.user()));
    }
  }
}
