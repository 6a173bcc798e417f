package workbook.connect.mistakes;

import java.util.HashMap;
import java.util.Map;
import java.util.Scanner;
import workbook.connect.reference.ReferenceConnector;
import workbook.grading.proofs.Mistake;

/** Exercise 1.2: a port that is none, and what is said about it. */
final class PortMistakes {
  private PortMistakes() {}

  private static boolean given(Map<String, String> section, String key) {
    return !section.getOrDefault(key, "").isEmpty();
  }

  private static IllegalArgumentException noPort(String text) {
    return new IllegalArgumentException("port=" + text + " is no port");
  }

  @Mistake(
      exercise = "1.2",
      violates = "written in decimal digits with nothing around them",
      idea = "`Integer.decode` reads numbers",
      because = """
          It reads more: `0x1538` and `#1538` are hexadecimal for it, and `010` is
          octal, which is 8.""",
      instead = "`Integer.parseInt` reads decimal digits.",
      rejectedBy = "a_port_that_is_no_port_is_an_error",
      says = "port=\"0x1538",
      earns = 3,
      detail = true)
  static class Decodes extends ReferenceConnector {
    @Override
    public Settings settings(Map<String, String> section) {
      Map<String, String> checked = new HashMap<>(section);
      if (given(section, "port")) {
        int port = port(section.get("port"));
        if (port < 1 || port > 65535) {
          throw noPort(section.get("port"));
        }
        checked.put("port", String.valueOf(port));
      }
      return super.settings(checked);
    }

    private static int port(String text) {
      try {
        return Integer.decode(text);
      } catch (NumberFormatException e) {
        throw noPort(text);
      }
    }
  }

  @Mistake(
      exercise = "1.2",
      violates = "written in decimal digits with nothing around them",
      idea = "`Scanner.nextInt` reads a number",
      because = """
          It reads the number at the front, and leaves the rest alone: `5432 x` is a
          typing error that is never found.""",
      instead = "Look at the whole value: `Integer.parseInt` does.",
      rejectedBy = "a_port_that_is_no_port_is_an_error",
      says = "port=\"5432 x",
      earns = 3,
      detail = true)
  static class WithAScanner extends ReferenceConnector {
    @Override
    public Settings settings(Map<String, String> section) {
      Map<String, String> checked = new HashMap<>(section);
      if (given(section, "port")) {
        int port = port(section.get("port"));
        if (port < 1 || port > 65535) {
          throw noPort(section.get("port"));
        }
        checked.put("port", String.valueOf(port));
      }
      return super.settings(checked);
    }

    private static int port(String text) {
      try (Scanner scanner = new Scanner(text)) {
        if (scanner.hasNextInt()) {
          return scanner.nextInt();
        }
      }
      throw noPort(text);
    }
  }

  @Mistake(
      exercise = "1.2",
      violates = "with nothing around them, no blanks either",
      idea = "Blanks around a number mean nothing",
      because = """
          Values are taken as they are. A blank that came from a variable came by
          mistake, and there may be more of it.""",
      instead = "Pass the value on as it is.",
      rejectedBy = "a_port_that_is_no_port_is_an_error",
      says = "port=\" 5432",
      earns = 3,
      detail = true)
  static class StripsThePort extends ReferenceConnector {
    @Override
    public Settings settings(Map<String, String> section) {
      Map<String, String> checked = new HashMap<>(section);
      if (given(section, "port")) {
        int port = port(section.get("port"));
        if (port < 1 || port > 65535) {
          throw noPort(section.get("port"));
        }
        checked.put("port", String.valueOf(port));
      }
      return super.settings(checked);
    }

    private static int port(String text) {
      try {
        return Integer.parseInt(text.strip());
      } catch (NumberFormatException e) {
        throw noPort(text);
      }
    }
  }

  @Mistake(
      exercise = "1.2",
      violates = "A port is a whole number from 1 to 65535",
      idea = "`(int)` makes a port of any number",
      because = """
          `(int) Double.parseDouble("5432.5")` is 5432, and 5e3 becomes 5000. A cast
          does not complain.""",
      instead = "Parse an `int`, since an `int` is wanted.",
      rejectedBy = "a_port_that_is_no_port_is_an_error",
      says = "This calls for an exception: port=\"5432.0",
      earns = 3,
      detail = true)
  static class Rounds extends ReferenceConnector {
    @Override
    public Settings settings(Map<String, String> section) {
      Map<String, String> checked = new HashMap<>(section);
      if (given(section, "port")) {
        int port = port(section.get("port"));
        if (port < 1 || port > 65535) {
          throw noPort(section.get("port"));
        }
        checked.put("port", String.valueOf(port));
      }
      return super.settings(checked);
    }

    private static int port(String text) {
      try {
        return (int) Double.parseDouble(text.matches(" .*|.* ") ? "x" : text);
      } catch (NumberFormatException e) {
        throw noPort(text);
      }
    }
  }

  @Mistake(
      exercise = "1.2",
      violates = "A port is a whole number from 1 to 65535",
      idea = "`(int)` makes a port of any `long`",
      because = """
          4294972728 is a `long`. Cut down to an `int` it is 5432, and in the range.""",
      instead = "Look at the range before the cast, or parse an `int`.",
      rejectedBy = "a_port_that_is_no_port_is_an_error",
      says = "This calls for an exception: port=\"4294972728",
      earns = 3,
      detail = true)
  static class Wraps extends ReferenceConnector {
    @Override
    public Settings settings(Map<String, String> section) {
      Map<String, String> checked = new HashMap<>(section);
      if (given(section, "port")) {
        int port = port(section.get("port"));
        if (port < 1 || port > 65535) {
          throw noPort(section.get("port"));
        }
        checked.put("port", String.valueOf(port));
      }
      return super.settings(checked);
    }

    private static int port(String text) {
      try {
        return (int) Long.parseLong(text);
      } catch (NumberFormatException e) {
        throw noPort(text);
      }
    }
  }

  @Mistake(
      exercise = "1.2",
      violates = "A port is a whole number from 1 to 65535",
      idea = "Ports below 1024 are for the administrator",
      because = """
          To listen there one has to be it, on some systems. To call there one has
          not.""",
      instead = "Take the whole range, from 1 to 65535.",
      rejectedBy = "a_port_that_is_no_port_is_an_error",
      says = "port=1, which is in the range",
      earns = 1)
  static class OnlyHighPorts extends ReferenceConnector {
    @Override
    public Settings settings(Map<String, String> section) {
      Map<String, String> checked = new HashMap<>(section);
      if (given(section, "port")) {
        int port = port(section.get("port"));
        if (port < 1 || port > 65535) {
          throw noPort(section.get("port"));
        }
        checked.put("port", String.valueOf(port));
      }
      return super.settings(checked);
    }

    private static int port(String text) {
      if (text.matches("[0-9]{1,3}") || text.matches("10[01][0-9]|102[0-3]")) {
        throw noPort(text);
      }
      return Integer.parseInt(text);
    }
  }

  @Mistake(
      exercise = "1.2",
      violates = "if the port is no such number",
      idea = "A port that is none is a missing one",
      because = """
          It was meant to be something. With the default the program calls another
          server than the file says.""",
      instead = "Throw, and name key and value.",
      rejectedBy = "a_port_that_is_no_port_is_an_error",
      says = "This calls for an exception: port=\"0",
      earns = 3,
      detail = true)
  static class DefaultForNonsense extends ReferenceConnector {
    @Override
    public Settings settings(Map<String, String> section) {
      try {
        return super.settings(section);
      } catch (IllegalArgumentException e) {
        if (!e.getMessage().startsWith("port=")) {
          throw e;
        }
        Map<String, String> rest = new HashMap<>(section);
        rest.remove("port");
        return super.settings(rest);
      }
    }
  }

  @Mistake(
      exercise = "1.2",
      violates = "No message shows the password",
      idea = "With a wrong port, show the whole section",
      because = """
          It has the password in it, and messages go to logs.""",
      instead = "Name the key and its value, and nothing else.",
      rejectedBy = "a_port_that_is_no_port_is_an_error",
      says = "the message tells the password",
      earns = 2)
  static class SectionInTheMessage extends ReferenceConnector {
    @Override
    public Settings settings(Map<String, String> section) {
      try {
        return super.settings(section);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(e.getMessage() + " " + section);
      }
    }
  }

  @Mistake(
      exercise = "1.2",
      violates = "nor does that of a cause",
      idea = "What the cause says is not seen",
      because = """
          A stack trace shows it, and that is what a log gets.""",
      instead = "Keep the section out of every message.",
      rejectedBy = "a_port_that_is_no_port_is_an_error",
      says = "the message tells the password",
      earns = 2)
  static class SectionInTheCause extends ReferenceConnector {
    @Override
    public Settings settings(Map<String, String> section) {
      try {
        return super.settings(section);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            e.getMessage(), new IllegalStateException("read: " + section));
      }
    }
  }
}
