package workbook.connect.mistakes;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import workbook.connect.Connector;
import workbook.connect.reference.ReferenceConnector;
import workbook.grading.proofs.Alternative;
import workbook.grading.proofs.Mistake;

/** Exercise 1.2: typed, checked settings. */
final class SettingsMistakes {
  private SettingsMistakes() {}

  record Plain(
      String host, int port, String dbname, String user, String password)
      implements Connector.Settings {
    @Override
    public String toString() {
      return user + " at " + host + ":" + port + ", database " + dbname;
    }
  }

  @Mistake(
      exercise = "1.2",
      violates = "A port is a whole number from 1 to 65535",
      idea = "`Integer.parseInt` checks the port",
      because = """
          It checks that there is a number. Its message, `For input string`,
          does not say of which setting; and 0 and 65536 are numbers, too.""",
      instead = "Check the range, and throw an exception that names key and "
          + "value.",
      rejectedBy = "a_port_that_is_no_port_is_an_error",
      says = "This calls for an exception: port=\"0",
      earns = 3,
      detail = true)
  static class ParsesOnly extends ReferenceConnector {
    @Override
    public Settings settings(Map<String, String> section) {
      return new Plain(
          orElse(section.get("host"), "localhost"),
          Integer.parseInt(orElse(section.get("port"), "5432")),
          required(section, "dbname"),
          required(section, "user"),
          required(section, "password"));
    }

    private static String required(Map<String, String> section, String key) {
      if (section.getOrDefault(key, "").isEmpty()) {
        throw new IllegalArgumentException("no " + key);
      }
      return section.get(key);
    }
  }

  @Mistake(
      exercise = "1.2",
      violates = "the message has the key and the value in it",
      idea = "The exception of `parseInt` says enough",
      because = """
          It says `For input string: "abc"`. A reader with five settings does
          not know which one has an `abc` in it.""",
      instead = "Catch it, and throw one whose message names the key, too.",
      rejectedBy = "a_port_that_is_no_port_is_an_error",
      says = "a message that names port",
      earns = 3,
      detail = true)
  static class LeavesItToParseInt extends ReferenceConnector {
    @Override
    public Settings settings(Map<String, String> section) {
      String port = section.getOrDefault("port", "");
      if (!port.isEmpty()) {
        int number = Integer.parseInt(port);
        if (number < 1 || number > 65535) {
          throw new IllegalArgumentException("port out of range: " + number);
        }
      }
      return super.settings(section);
    }
  }

  @Mistake(
      exercise = "1.2",
      violates = "A value that is empty counts as missing",
      idea = "`getOrDefault` knows when a value is missing",
      because = """
          It knows when a key is missing. `host=` has a key, and an empty value
          that is no host.""",
      instead = "Look for the empty text as well.",
      rejectedBy = "settings_hold_what_the_section_says",
      says = "a section whose host and port are empty",
      earns = 0)
  static class GetOrDefault extends ReferenceConnector {
    @Override
    public Settings settings(Map<String, String> section) {
      String port = section.getOrDefault("port", "5432");
      return new Plain(
          section.getOrDefault("host", "localhost"),
          port.isEmpty() ? 0 : Integer.parseInt(port),
          section.get("dbname"),
          section.get("user"),
          section.get("password"));
    }
  }

  @Mistake(
      exercise = "1.2",
      violates = "No message shows the password",
      idea = "Show the whole section in the message: that helps most",
      because = "The section has the password in it, and messages go to logs.",
      instead = "Name the key that is missing, and nothing else.",
      rejectedBy = "a_missing_value_is_an_error_that_does_not_tell_the_password",
      says = "the message tells the password",
      earns = 3,
      detail = true)
  static class PrintsTheSection extends ReferenceConnector {
    @Override
    public Settings settings(Map<String, String> section) {
      for (String key : new String[] {"dbname", "user", "password"}) {
        if (section.getOrDefault(key, "").isEmpty()) {
          throw new IllegalArgumentException("no " + key + " in " + section);
        }
      }
      return super.settings(section);
    }
  }

  @Mistake(
      exercise = "1.2",
      violates = "if the dbname, the user or the password is missing",
      idea = "What is missing is `null`",
      because = """
          The driver takes a `null` user for the computer's user, and a `null`
          database for one of the user's name. It fails far from here, or does
          not fail at all.""",
      instead = "Settings that exist are complete: throw at once.",
      rejectedBy = "a_missing_value_is_an_error_that_does_not_tell_the_password",
      says = "dbname is missing",
      earns = 2)
  static class NullForMissing extends ReferenceConnector {
    @Override
    public Settings settings(Map<String, String> section) {
      return new Plain(
          orElse(section.get("host"), "localhost"),
          Integer.parseInt(orElse(section.get("port"), "5432")),
          section.get("dbname"),
          section.get("user"),
          section.get("password"));
    }
  }

  @Mistake(
      exercise = "1.2",
      violates = "if the dbname, the user or the password is missing",
      idea = "`Objects.requireNonNull` is for values that are required",
      because = """
          It throws a `NullPointerException`, which tells of a fault in the
          program. Here the fault is in a file that somebody wrote. And it does
          not mind an empty value.""",
      instead = "`IllegalArgumentException` says: what you gave me is wrong.",
      rejectedBy = "a_missing_value_is_an_error_that_does_not_tell_the_password",
      says = "expected: IllegalArgumentException",
      earns = 3,
      detail = true)
  static class RequiresNonNull extends ReferenceConnector {
    @Override
    public Settings settings(Map<String, String> section) {
      Objects.requireNonNull(section.get("dbname"), "dbname");
      Objects.requireNonNull(section.get("user"), "user");
      Objects.requireNonNull(section.get("password"), "password");
      return super.settings(section);
    }
  }

  @Alternative(
      exercise = "1.2",
      idea = "`Optional` for what may be missing, and `parseInt` with its "
          + "exception caught and told anew.")
  static class WithOptional extends ReferenceConnector {
    @Override
    public Settings settings(Map<String, String> section) {
      return new Plain(
          find(section, "host").orElse("localhost"),
          find(section, "port").map(WithOptional::port).orElse(5432),
          get(section, "dbname"),
          get(section, "user"),
          get(section, "password"));
    }

    private static Optional<String> find(Map<String, String> map, String key) {
      return Optional.ofNullable(map.get(key)).filter(text -> !text.isEmpty());
    }

    private static String get(Map<String, String> section, String key) {
      return find(section, key)
          .orElseThrow(() -> new IllegalArgumentException(key + " is missing"));
    }

    private static int port(String text) {
      try {
        int port = Integer.parseInt(text);
        if (port >= 1 && port <= 65535) {
          return port;
        }
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException("The port " + text + " is none.", e);
      }
      throw new IllegalArgumentException("There is no port " + text + ".");
    }
  }

  private static String orElse(String value, String otherwise) {
    return value == null || value.isEmpty() ? otherwise : value;
  }
}
