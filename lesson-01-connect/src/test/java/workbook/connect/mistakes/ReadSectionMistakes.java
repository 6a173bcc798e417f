package workbook.connect.mistakes;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import workbook.connect.reference.ReferenceConnector;
import workbook.grading.proofs.Mistake;

/** Exercise 1.1: which lines belong to a section, and under which key. */
final class ReadSectionMistakes {
  private ReadSectionMistakes() {}

  @Mistake(
      exercise = "1.1",
      violates = "the keys and values of that section and of no other",
      idea = "`java.util.Properties` reads INI files",
      because = """
          It knows no sections: `[library]` is a key to it, and the keys of all
          sections end in one map. And it takes a `\\` for an escape character.""",
      instead = "Go through the lines, and remember which section you are in.",
      rejectedBy = "one_section_is_read_and_no_other",
      says = "its own lines only",
      earns = 0)
  static class WithProperties extends ReferenceConnector {
    @Override
    public Map<String, String> readSection(Path file, String section)
        throws IOException {
      Properties properties = new Properties();
      try (InputStream in = Files.newInputStream(file)) {
        properties.load(in);
      }
      Map<String, String> values = new HashMap<>();
      properties.forEach((key, value) -> values.put("" + key, "" + value));
      return values;
    }
  }

  @Mistake(
      exercise = "1.1",
      violates = "the keys and values of that section and of no other",
      idea = "The section is where the line contains its name",
      because = """
          `[old library]` contains `library`, too.""",
      instead = "Compare the whole line, brackets included.",
      rejectedBy = "one_section_is_read_and_no_other",
      says = "its own lines only",
      earns = 2)
  static class SectionByContains extends ReferenceConnector {
    @Override
    public Map<String, String> readSection(Path file, String section)
        throws IOException {
      return new IniReader() {
          @Override
          boolean matches(String name, String section) {
            return name.contains(section);
          }
      }.read(file, section);
    }
  }

  @Mistake(
      exercise = "1.1",
      violates = "In a section's name they differ",
      idea = "A section's name is like a key: case does not count",
      because = """
          `[Library]` and `[library]` are two sections here, as they are for psql.""",
      instead = "Compare names with `equals`.",
      rejectedBy = "one_section_is_read_and_no_other",
      says = "its own lines only",
      earns = 2)
  static class NameInAnyCase extends ReferenceConnector {
    @Override
    public Map<String, String> readSection(Path file, String section)
        throws IOException {
      return new IniReader() {
          @Override
          boolean matches(String name, String section) {
            return name.equalsIgnoreCase(section);
          }
      }.read(file, section);
    }
  }

  @Mistake(
      exercise = "1.1",
      violates = "exactly what is in between, blanks included",
      idea = "Blanks inside the brackets mean nothing",
      because = """
          Then `[ library ]` and `[library]` are one section, although the rule says
          that the name is exactly what is in between.""",
      instead = "Take the name as it is.",
      rejectedBy = "one_section_is_read_and_no_other",
      says = "its own lines only",
      earns = 3)
  static class StripsTheName extends ReferenceConnector {
    @Override
    public Map<String, String> readSection(Path file, String section)
        throws IOException {
      return new IniReader() {
          @Override
          String name(String text) {
            return super.name(text).strip();
          }
      }.read(file, section);
    }
  }

  @Mistake(
      exercise = "1.1",
      violates = "If the file has begun a section of that name before, the lines that follow "
          + "belong to the same section",
      idea = "Every `[library]` begins with an empty map",
      because = """
          A second `[library]` further down then throws away what the first one
          said, without a word.""",
      instead = "Make the map when you meet the section for the first time.",
      rejectedBy = "one_section_is_read_and_no_other",
      says = "section [a], which goes on after [b]",
      earns = 3)
  static class BeginsAnew extends ReferenceConnector {
    @Override
    public Map<String, String> readSection(Path file, String section)
        throws IOException {
      return new IniReader() {
          @Override
          Map<String, String> begun(Map<String, String> before) {
            return new HashMap<>();
          }
      }.read(file, section);
    }
  }

  @Mistake(
      exercise = "1.1",
      violates = "belongs to the section that was begun last",
      idea = "What stands before the first section belongs to each",
      because = """
          Some readers have such defaults. Here a line belongs to the section that
          was begun last, and those at the top belong to none.""",
      instead = "Keep a pair only if you are inside of the section.",
      rejectedBy = "one_section_is_read_and_no_other",
      says = "its own lines only",
      earns = 3)
  static class BelongsToAll extends ReferenceConnector {
    @Override
    public Map<String, String> readSection(Path file, String section)
        throws IOException {
      Map<String, String> values = super.readSection(file, section);
      for (String line : Files.readAllLines(file)) {
        if (line.startsWith("[")) {
          break;
        }
        String[] pair = line.split("=", 2);
        if (pair.length == 2 && !line.matches("[#;].*")) {
          values.putIfAbsent(pair[0].strip(), pair[1].strip());
        }
      }
      return values;
    }
  }

  @Mistake(
      exercise = "1.1",
      violates = "if a key comes again in a section, the last value counts",
      idea = "The first value counts",
      because = """
          Some readers do it so. Under this contract a line at the end of the
          section replaces an earlier one.""",
      instead = "`put` replaces what was there; `putIfAbsent` does not.",
      rejectedBy = "one_section_is_read_and_no_other",
      says = "section [a], which goes on after [b]",
      earns = 3)
  static class FirstValue extends ReferenceConnector {
    @Override
    public Map<String, String> readSection(Path file, String section)
        throws IOException {
      return new IniReader() {
          @Override
          void put(Map<String, String> values, String key, String value) {
            values.putIfAbsent(key, value);
          }
      }.read(file, section);
    }
  }

  @Mistake(
      exercise = "1.1",
      violates = "White space at a line's ends does not count",
      idea = "A comment begins in the first column",
      because = """
          Before it there may be blanks and tabs. A line without them is what the
          rules speak of.""",
      instead = "Strip each line first.",
      rejectedBy = "one_section_is_read_and_no_other",
      says = "Section [library] of this file",
      earns = 3)
  static class LineAsItIs extends ReferenceConnector {
    @Override
    public Map<String, String> readSection(Path file, String section)
        throws IOException {
      return new IniReader() {
          @Override
          String text(String line) {
            return line;
          }
      }.read(file, section);
    }
  }

  @Mistake(
      exercise = "1.1",
      violates = "one that begins with # or ;, says nothing",
      idea = "A comment begins with `#`",
      because = """
          In INI files it may begin with `;`, too. Without that, a comment is a line
          that makes no sense, or a pair.""",
      instead = "Look for both characters.",
      rejectedBy = "one_section_is_read_and_no_other",
      says = "Section [library] of this file",
      earns = 3)
  static class OnlyNumberSigns extends ReferenceConnector {
    @Override
    public Map<String, String> readSection(Path file, String section)
        throws IOException {
      return new IniReader() {
          @Override
          boolean saysNothing(String text) {
            return text.isEmpty() || text.startsWith("#");
          }
      }.read(file, section);
    }
  }

  @Mistake(
      exercise = "1.1",
      violates = "the map has every key in lower case",
      idea = "Keys are what the file says",
      because = """
          Then `Password` and `password` are two keys, and 1.2 looks for the second
          one only.""",
      instead = "Put each key into the map in lower case.",
      rejectedBy = "one_section_is_read_and_no_other",
      says = "section [a], which goes on after [b]",
      earns = 2)
  static class KeysAsWritten extends ReferenceConnector {
    @Override
    public Map<String, String> readSection(Path file, String section)
        throws IOException {
      return new IniReader() {
          @Override
          String key(String key) {
            return key;
          }
      }.read(file, section);
    }
  }

  @Mistake(
      exercise = "1.1",
      violates = "whatever the language of the computer",
      idea = "`toLowerCase()` is the same everywhere",
      because = """
          It follows the language of the computer. In Turkish an `I` becomes a
          dotless `ı`, and a key that has one is never found again.""",
      instead = "Say that no language is meant: `Locale.ROOT`.",
      rejectedBy = "keys_are_in_lower_case_on_a_turkish_computer_too",
      says = "keys in lower case on a Turkish computer",
      earns = 5,
      detail = true)
  static class InTheUsersLanguage extends ReferenceConnector {
    @Override
    public Map<String, String> readSection(Path file, String section)
        throws IOException {
      return new IniReader() {
          @Override
          String key(String key) {
            return key.toLowerCase();
          }
      }.read(file, section);
    }
  }
}
