package workbook.connect.mistakes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import workbook.connect.reference.ReferenceConnector;
import workbook.grading.proofs.Mistake;

/** Exercise 1.1: what is a value. */
final class ReadValueMistakes {
  private ReadValueMistakes() {}

  @Mistake(
      exercise = "1.1",
      violates = "all that follows is the value, whatever characters it holds",
      idea = "`split(\"[=:]\")` makes a key and a value",
      because = """
          It cuts at every `=` and `:`. What comes after the second one is lost, and
          passwords have such characters in them.""",
      instead = "`split` takes a limit: two parts at most.",
      rejectedBy = "one_section_is_read_and_no_other",
      says = "the value of the line colon: d:e=f",
      earns = 3)
  static class SplitsEverywhere extends ReferenceConnector {
    @Override
    public Map<String, String> readSection(Path file, String section)
        throws IOException {
      return new IniReader() {
          @Override
          String[] pair(String text) {
            String[] parts = text.split("[=:]");
            return super.pair(text) == null
                ? null
                : new String[] {parts[0], parts.length == 1 ? "" : parts[1]};
          }
      }.read(file, section);
    }
  }

  @Mistake(
      exercise = "1.1",
      violates = "The first = or : parts them",
      idea = "Several `=` in a row part key and value, too",
      because = """
          `token==abc` has the value `=abc`. Tokens in Base64 begin and end with
          such characters.""",
      instead = "Cut at the first one only.",
      rejectedBy = "one_section_is_read_and_no_other",
      says = "all that follows the first = or : is the value",
      earns = 3)
  static class RunOfSeparators extends ReferenceConnector {
    @Override
    public Map<String, String> readSection(Path file, String section)
        throws IOException {
      return new IniReader() {
          @Override
          String[] pair(String text) {
            String[] pair = text.split("[=:]+", 2);
            return super.pair(text) == null ? null : pair;
          }
      }.read(file, section);
    }
  }

  @Mistake(
      exercise = "1.1",
      violates = "The first = or : parts them",
      idea = "Look for a `=`; without one, look for a `:`",
      because = """
          In `colon: d:e=f` the `:` comes first, and parts key and value.""",
      instead = "Look for the first of both.",
      rejectedBy = "one_section_is_read_and_no_other",
      says = "the value of the line colon: d:e=f",
      earns = 3)
  static class EqualsBeforeColon extends ReferenceConnector {
    @Override
    public Map<String, String> readSection(Path file, String section)
        throws IOException {
      return new IniReader() {
          @Override
          String[] pair(String text) {
            return super.pair(text) == null
                ? null
                : text.split(text.contains("=") ? "=" : ":", 2);
          }
      }.read(file, section);
    }
  }

  @Mistake(
      exercise = "1.1",
      violates = "white space around it does not count",
      idea = "What follows the `=` is the value, blanks included",
      because = """
          Around the separator they do not count: `port =  5433` has the key `port`
          and the value `5433`.""",
      instead = "Strip both parts.",
      rejectedBy = "one_section_is_read_and_no_other",
      says = "its own lines only",
      earns = 3)
  static class SpaceCounts extends ReferenceConnector {
    @Override
    public Map<String, String> readSection(Path file, String section)
        throws IOException {
      Map<String, String> values = super.readSection(file, section);
      for (String line : Files.readAllLines(file)) {
        String[] pair = line.strip().split("[=:]", 2);
        values.computeIfPresent(
            pair[0].strip(), (key, value) -> pair[1].endsWith(value) ? pair[1] : value);
      }
      return values;
    }
  }

  @Mistake(
      exercise = "1.1",
      violates = "all that follows is the value, whatever characters it holds",
      idea = "A comment may follow a value",
      because = """
          In many formats it may. Here a value runs to the end of its line, so that
          a password may have a `#` or a `;` in it. Cutting it off there makes a
          right password wrong.""",
      instead = "Only a line that begins with `#` or `;` is a comment.",
      rejectedBy = "one_section_is_read_and_no_other",
      says = "all that follows the first = or : is the value",
      earns = 3)
  static class CommentsEverywhere extends ReferenceConnector {
    @Override
    public Map<String, String> readSection(Path file, String section)
        throws IOException {
      return new IniReader() {
          @Override
          String value(String value) {
            return value.split("[#;]")[0].strip();
          }
      }.read(file, section);
    }
  }

  @Mistake(
      exercise = "1.1",
      violates = "quotation marks and backslashes mean nothing, and stay",
      idea = "Quotation marks around a value are not part of it",
      because = """
          For a shell they are not. Here they mean nothing, and a password may begin
          and end with one.""",
      instead = "Leave the value as it is.",
      rejectedBy = "one_section_is_read_and_no_other",
      says = "all that follows the first = or : is the value",
      earns = 3)
  static class TakesQuotesOff extends ReferenceConnector {
    @Override
    public Map<String, String> readSection(Path file, String section)
        throws IOException {
      return new IniReader() {
          @Override
          String value(String value) {
            return value.replaceAll("^\"(.*)\"$", "$1");
          }
      }.read(file, section);
    }
  }

  @Mistake(
      exercise = "1.1",
      violates = "quotation marks and backslashes mean nothing, and stay",
      idea = "A backslash escapes the character behind it",
      because = """
          So it does in Java and in `java.util.Properties`. Here `l\\nm` has four
          characters.""",
      instead = "Leave the value as it is.",
      rejectedBy = "one_section_is_read_and_no_other",
      says = "all that follows the first = or : is the value",
      earns = 3)
  static class Unescapes extends ReferenceConnector {
    @Override
    public Map<String, String> readSection(Path file, String section)
        throws IOException {
      return new IniReader() {
          @Override
          String value(String value) {
            return value.replace("\\n", "\n").replace("\\\\", "\\");
          }
      }.read(file, section);
    }
  }

  @Mistake(
      exercise = "1.1",
      violates = "all that follows is the value, whatever characters it holds",
      idea = "Blanks in a row are as good as one",
      because = """
          In a web page they are. In a password they are not.""",
      instead = "Leave the value as it is.",
      rejectedBy = "one_section_is_read_and_no_other",
      says = "section [a], where k and l have the value",
      earns = 3)
  static class OneBlank extends ReferenceConnector {
    @Override
    public Map<String, String> readSection(Path file, String section)
        throws IOException {
      return new IniReader() {
          @Override
          String value(String value) {
            return value.replaceAll("\\s+", " ");
          }
      }.read(file, section);
    }
  }

  @Mistake(
      exercise = "1.1",
      violates = "It may be empty",
      idea = "A key without a value is not worth keeping",
      because = """
          `empty=` is there, and says that the value is empty. A later empty value
          also replaces an earlier one.""",
      instead = "Put empty values, too.",
      rejectedBy = "one_section_is_read_and_no_other",
      says = "all that follows the first = or : is the value",
      earns = 3)
  static class DropsEmptyValues extends ReferenceConnector {
    @Override
    public Map<String, String> readSection(Path file, String section)
        throws IOException {
      return new IniReader() {
          @Override
          void put(Map<String, String> values, String key, String value) {
            if (!value.isEmpty()) {
              values.put(key, value);
            }
          }
      }.read(file, section);
    }
  }
}
