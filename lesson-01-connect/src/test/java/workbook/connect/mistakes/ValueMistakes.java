package workbook.connect.mistakes;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import workbook.connect.reference.ReferenceConnector;
import workbook.grading.proofs.Alternative;
import workbook.grading.proofs.Mistake;

/** Exercise 1.2: what counts as a value, and as a missing one. */
final class ValueMistakes {
  private ValueMistakes() {}

  @Mistake(
      exercise = "1.2",
      violates = "one that consists of blanks is not empty",
      idea = "`isBlank` tells what is missing",
      because = """
          A password may consist of blanks. It is not empty, and so it is not
          missing.""",
      instead = "`isEmpty`, as the contract says.",
      rejectedBy = "settings_hold_what_the_section_says",
      says = "that is not empty",
      earns = 1)
  static class BlankIsEmpty extends ReferenceConnector {
    @Override
    public Settings settings(Map<String, String> section) {
      Map<String, String> rest = new HashMap<>(section);
      rest.values().removeIf(String::isBlank);
      return super.settings(rest);
    }
  }

  @Mistake(
      exercise = "1.2",
      violates = "Values that are not empty are taken as they are",
      idea = "Blanks at the ends of values are typing errors",
      because = """
          In a file they do not count, and 1.1 has taken them off. From a variable
          they come because they are meant.""",
      instead = "Take the values as they are.",
      rejectedBy = "settings_hold_what_the_section_says",
      says = "that is not empty",
      earns = 1)
  static class StripsValues extends ReferenceConnector {
    @Override
    public Settings settings(Map<String, String> section) {
      Map<String, String> stripped = new HashMap<>(section);
      stripped.replaceAll((key, value) -> value.strip());
      return super.settings(stripped);
    }
  }

  @Mistake(
      exercise = "1.2",
      violates = "other keys are ignored",
      idea = "A key may be in capitals",
      because = """
          The section comes from 1.1, whose keys are in lower case. `HOST` is
          another key, and other keys are ignored.""",
      instead = "Ask for the five keys as they are.",
      rejectedBy = "settings_hold_what_the_section_says",
      says = "also has the keys HOST, Port, username and db",
      earns = 1)
  static class KeysInAnyCase extends ReferenceConnector {
    @Override
    public Settings settings(Map<String, String> section) {
      Map<String, String> any = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      new TreeMap<>(section).descendingMap().forEach(any::put);
      return super.settings(any);
    }
  }

  @Mistake(
      exercise = "1.2",
      violates = "other keys are ignored",
      idea = "A key that is not known is an error",
      because = """
          The file may be read by other programs, too, which have keys of their own.""",
      instead = "Ask for the five keys, and leave the others alone.",
      rejectedBy = "settings_hold_what_the_section_says",
      says = "IllegalArgumentException: unknown: application",
      earns = 1)
  static class RefusesOtherKeys extends ReferenceConnector {
    @Override
    public Settings settings(Map<String, String> section) {
      for (String key : section.keySet()) {
        if (!Set.of("host", "port", "dbname", "user", "password").contains(key)) {
          throw new IllegalArgumentException("unknown: " + key);
        }
      }
      return super.settings(section);
    }
  }

  @Mistake(
      exercise = "1.2",
      violates = "The database on that server",
      idea = "`new Plain(..., user, dbname, ...)`",
      because = """
          Both are strings, so the compiler finds nothing wrong. The server does,
          and names a database that nobody has asked for.""",
      instead = "Keep to the order of the record.",
      rejectedBy = "settings_hold_what_the_section_says",
      says = "host, port, dbname, user and password",
      earns = 2)
  static class Swaps extends ReferenceConnector {
    @Override
    public Settings settings(Map<String, String> section) {
      Settings it = super.settings(section);
      return new SettingsMistakes.Plain(
          it.host(), it.port(), it.user(), it.dbname(), it.password());
    }
  }

  @Mistake(
      exercise = "1.2",
      violates = "A missing host is localhost, a missing port is 5432",
      idea = "localhost is 127.0.0.1",
      because = """
          Often. It may be `::1` as well, and a certificate or a log names the one
          and not the other.""",
      instead = "Write what the contract says.",
      rejectedBy = "settings_hold_what_the_section_says",
      says = "neither host nor port",
      earns = 2)
  static class AnAddress extends ReferenceConnector {
    @Override
    public Settings settings(Map<String, String> section) {
      Map<String, String> full = new HashMap<>(section);
      full.merge("host", "127.0.0.1", (host, own) -> host.isEmpty() ? own : host);
      return super.settings(full);
    }
  }

  @Mistake(
      exercise = "1.2",
      violates = "left as it is",
      idea = "Put the defaults into the section",
      because = """
          The map is the caller's. It changes under its hands, and if it is a
          `Map.of(...)`, `put` throws.""",
      instead = "Keep the defaults to yourself.",
      rejectedBy = "settings_hold_what_the_section_says",
      says = "the section that was handed in",
      earns = 2)
  static class FillsTheSection extends ReferenceConnector {
    @Override
    public Settings settings(Map<String, String> section) {
      Settings settings = super.settings(section);
      if (section instanceof HashMap) {
        section.put("host", settings.host());
        section.put("port", String.valueOf(settings.port()));
      }
      return settings;
    }
  }

  @Mistake(
      exercise = "1.2",
      violates = "the message says which: it has the key in it",
      idea = "One message with all three keys is enough",
      because = """
          The reader has to look which of them is missing, although the program
          knows.""",
      instead = "Name the key that is missing.",
      rejectedBy = "a_missing_value_is_an_error_that_does_not_tell_the_password",
      says = "expected: three messages",
      earns = 3,
      detail = true)
  static class OneMessageForAll extends ReferenceConnector {
    @Override
    public Settings settings(Map<String, String> section) {
      for (String key : new String[] {"dbname", "user", "password"}) {
        if (section.getOrDefault(key, "").isEmpty()) {
          throw new IllegalArgumentException("dbname, user and password are needed");
        }
      }
      return super.settings(section);
    }
  }

  @Mistake(
      exercise = "1.2",
      violates = "if the dbname, the user or the password is missing",
      idea = "Without a user, take the computer's",
      because = """
          psql does so. Here a missing user is an error: the file was meant to be
          complete.""",
      instead = "Throw, and name the key.",
      rejectedBy = "a_missing_value_is_an_error_that_does_not_tell_the_password",
      says = "user is missing",
      earns = 3,
      detail = true)
  static class AUserOfItsOwn extends ReferenceConnector {
    @Override
    public Settings settings(Map<String, String> section) {
      Map<String, String> full = new HashMap<>(section);
      String own = System.getProperty("user.name");
      full.merge("user", own, (user, other) -> user.isEmpty() ? other : user);
      return super.settings(full);
    }
  }

  @Alternative(
      exercise = "1.2",
      idea = "A regular expression that takes neither signs nor zeros in "
          + "front, a `switch`, and one message for each key.")
  static class Strictly extends ReferenceConnector {
    @Override
    public Settings settings(Map<String, String> section) {
      String port = section.containsKey("port") ? section.get("port") : "";
      if (!port.matches("|[1-9][0-9]{0,4}") || port.compareTo("65535") > 0 && port.length() == 5) {
        throw new IllegalArgumentException("Wrong port: '" + port + "'");
      }
      return new SettingsMistakes.Plain(
          value(section, "host"),
          Integer.parseInt(port.isEmpty() ? "5432" : port),
          value(section, "dbname"),
          value(section, "user"),
          value(section, "password"));
    }

    private static String value(Map<String, String> section, String key) {
      String value = section.get(key);
      if (value != null && value.length() > 0) {
        return value;
      }
      return switch (key) {
        case "host" -> "localhost";
        case "dbname" -> throw new IllegalArgumentException("Which dbname?");
        case "user" -> throw new IllegalArgumentException("Who is the user?");
        default -> throw new IllegalArgumentException("A password, please!");
      };
    }
  }

  @Alternative(
      exercise = "1.2",
      idea = "`BigInteger` for the port, whose exception becomes the cause of "
          + "another, and an anonymous class.")
  static class WithBigNumbers extends ReferenceConnector {
    @Override
    public Settings settings(Map<String, String> section) {
      Map<String, String> full = new TreeMap<>(Map.of("host", "localhost", "port", "5432"));
      section.forEach((key, value) -> full.merge(key, value, (a, b) -> b.isEmpty() ? a : b));
      full.values().removeIf(String::isEmpty);
      Settings rest = super.settings(without("port", full));
      int port = port(full.get("port"));
      return new SettingsMistakes.Plain(
          rest.host(), port, rest.dbname(), rest.user(), rest.password());
    }

    private static Map<String, String> without(String key, Map<String, String> map) {
      Map<String, String> rest = new HashMap<>(map);
      rest.remove(key);
      return rest;
    }

    private static int port(String text) {
      try {
        int port = new BigInteger(text).intValueExact();
        if (port > 0 && port < 65536) {
          return port;
        }
      } catch (ArithmeticException | NumberFormatException e) {
        throw new IllegalArgumentException("port: " + text, e);
      }
      throw new IllegalArgumentException("port: " + text);
    }
  }
}
