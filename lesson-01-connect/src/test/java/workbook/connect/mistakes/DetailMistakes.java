package workbook.connect.mistakes;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import workbook.connect.reference.ReferenceConnector;
import workbook.grading.proofs.Mistake;

/** Exercises 1.1, 1.2 and 1.6: a place, a character or a name that is seldom met. */
final class DetailMistakes {
  private DetailMistakes() {}

  @Mistake(
      exercise = "1.1",
      violates = "the map has every key in lower case",
      idea = "First all in upper case, then all in lower case",
      because = """
          `straße` is in lower case. In upper case it is `STRASSE`, and back in lower case another
          key.""",
      instead = "`toLowerCase(Locale.ROOT)` is enough.",
      rejectedBy = "keys_are_in_lower_case_on_a_turkish_computer_too",
      says = "keys in lower case",
      earns = 5,
      detail = true)
  static class UpperCaseFirst extends ReferenceConnector {
    @Override
    public Map<String, String> readSection(Path file, String section) throws IOException {
      return new IniReader() {
        @Override
        String key(String key) {
          return key.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
        }
      }.read(file, section);
    }
  }

  @Mistake(
      exercise = "1.1",
      violates = "it is a folder (even /, which has no name)",
      idea = "Every path has a name",
      because = """
          `getFileName()` of `/` is `null`.""",
      instead = "Read first: `Files` throws the right exception.",
      rejectedBy = "a_missing_file_or_section_is_an_error",
      says = "a folder in place of a file",
      earns = 5,
      detail = true)
  static class TakesTheNameFirst extends ReferenceConnector {
    @Override
    public Map<String, String> readSection(Path file, String section) throws IOException {
      String name = Objects.requireNonNull(file.getFileName()).toString();
      try {
        return super.readSection(file, section);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(e.getMessage() + " This is about " + name + ".");
      }
    }
  }

  @Mistake(
      exercise = "1.2",
      violates = "the message has the key and the value in it",
      idea = "The port is a part of the format",
      because = """
          `%` in a format begins something else. For the port `50%`, `format` throws an exception
          of its own, which says nothing of a port. It is an `IllegalArgumentException`, too.""",
      instead = "Hand values to `formatted` as arguments.",
      rejectedBy = "a_port_that_is_no_port_is_an_error",
      says = "Format specifier",
      earns = 3,
      detail = true)
  static class FormatsThePort extends ReferenceConnector {
    @Override
    public Settings settings(Map<String, String> section) {
      String port = section.getOrDefault("port", "");
      if (!port.isEmpty() && !port.matches("[0-9]{1,5}")) {
        String text = "port=" + port + " is not from 1 to %s";
        throw new IllegalArgumentException(text.formatted(65535));
      }
      return super.settings(section);
    }
  }

  @Mistake(
      exercise = "1.2",
      violates = "a host, a dbname, a user or a right port can be equal to the password",
      idea = "A port is no secret",
      because = """
          Nor is the word `library`. But if the password is the same, the message shows it.""",
      instead = "Name the key that is missing, and nothing else.",
      rejectedBy = "a_missing_value_is_an_error_that_does_not_tell_the_password",
      says = "the password and the port too",
      earns = 3,
      detail = true)
  static class TellsTheRightPort extends ReferenceConnector {
    @Override
    public Settings settings(Map<String, String> section) {
      try {
        return super.settings(section);
      } catch (IllegalArgumentException e) {
        String port = section.getOrDefault("port", "");
        boolean right = !e.getMessage().contains("port=");
        throw right ? new IllegalArgumentException(e.getMessage() + " The port is " + port) : e;
      }
    }
  }

  @Mistake(
      exercise = "1.6",
      violates = "None is left out, neither a default such as 5432",
      idea = "Your own name says nothing",
      because = """
          A log does not say whose computer that was.""",
      instead = "Write all four, always.",
      rejectedBy = "the_text_of_settings_tells_where_and_who",
      says = "expected: a string with \"reader\" in it",
      earns = 1)
  static class LeavesYouOut extends ReferenceConnector {
    @Override
    public Settings settings(Map<String, String> section) {
      Settings it = super.settings(section);
      boolean you = it.user().equals(System.getProperty("user.name"));
      String text = (you ? "" : it.user() + "@") + place(it);
      return new DescriptionMistakes.Described(it, any -> text);
    }
  }

  @Mistake(
      exercise = "1.6",
      violates = "nor a value that equals another value or is a part of it",
      idea = "Do not write what is there already",
      because = """
          The user `ex` is in `example.org`, and so is not written. The reader of the log
          cannot know that.""",
      instead = "Write all four, always.",
      rejectedBy = "the_text_of_settings_tells_where_and_who",
      says = "in it, as it is",
      earns = 1)
  static class WritesWhatIsNotThere extends ReferenceConnector {
    @Override
    public Settings settings(Map<String, String> section) {
      Settings it = super.settings(section);
      String place = place(it);
      boolean there = place.contains(it.user()) && !place.endsWith("/" + it.user());
      String text = there ? place : it.user() + "@" + place;
      return new DescriptionMistakes.Described(it, any -> text);
    }
  }

  private static String place(workbook.connect.Connector.Settings it) {
    return it.host() + ":" + it.port() + "/" + it.dbname();
  }
}
