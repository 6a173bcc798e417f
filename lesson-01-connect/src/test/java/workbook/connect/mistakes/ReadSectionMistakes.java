package workbook.connect.mistakes;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import workbook.connect.reference.ReferenceConnector;
import workbook.grading.proofs.Alternative;
import workbook.grading.proofs.Mistake;

/** Exercise 1.1: one section of an INI file. */
final class ReadSectionMistakes {
  private ReadSectionMistakes() {}

  @Mistake(
      exercise = "1.1",
      idea = "`java.util.Properties` reads INI files",
      because = """
          It knows no sections: `[library]` is a key to it, and every section's
          keys end in one heap. And it takes a `\\` for an escape character.""",
      instead = "Go through the lines, and remember which section you are in.",
      rejectedBy = "one_section_is_read_and_no_other",
      says = "its own lines only")
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
      idea = "A section that is not there is an empty one",
      because = """
          An empty map means "no host, no user" to whoever reads it, and the
          driver fills in its own: localhost, and the computer's user. A typing
          error in a section's name connects you to something else.""",
      instead = "Remember whether the section was seen, and throw if it was not.",
      rejectedBy = "a_missing_section_is_an_error_but_an_empty_one_is_not",
      says = "an empty map would stand for defaults everywhere",
      earns = 5)
  static class EmptyForMissing extends ReferenceConnector {
    @Override
    public Map<String, String> readSection(Path file, String section)
        throws IOException {
      try {
        return super.readSection(file, section);
      } catch (IllegalArgumentException e) {
        if (e.getMessage().contains("no section")) {
          return Map.of();
        }
        throw e;
      }
    }
  }

  @Mistake(
      exercise = "1.1",
      idea = "`split(\"[=:]\")` makes a key and a value",
      because = """
          It cuts at every `=` and `:`. What comes after the second one is
          lost, and passwords have such characters in them.""",
      instead = "`split` takes a limit: two parts at most.",
      rejectedBy = "a_value_keeps_every_character",
      says = "the value of the line colon: d:e=f",
      earns = 5)
  static class SplitsEverywhere extends ReferenceConnector {
    @Override
    public Map<String, String> readSection(Path file, String section)
        throws IOException {
      super.readSection(file, section); // throws where it has to
      Map<String, String> values = new HashMap<>();
      boolean inside = false;
      for (String line : Files.readAllLines(file)) {
        String text = line.strip();
        if (text.startsWith("[") && text.endsWith("]")) {
          inside = text.equals("[" + section + "]");
        } else if (inside && !text.isEmpty() && !text.matches("[#;].*")) {
          String[] parts = text.split("[=:]");
          String value = parts.length == 1 ? "" : parts[1].strip();
          values.put(parts[0].strip().toLowerCase(Locale.ROOT), value);
        }
      }
      return values;
    }
  }

  @Mistake(
      exercise = "1.1",
      idea = "A comment may follow a value",
      because = """
          In many formats it may. Here a value runs to the end of its line, so
          that a password may have a `#` or a `;` in it. Cutting it off there
          makes a right password wrong.""",
      instead = "Only a line that begins with `#` or `;` is a comment.",
      rejectedBy = "a_value_keeps_every_character",
      says = "all that follows the first = or : is the value",
      earns = 5)
  static class CommentsEverywhere extends ReferenceConnector {
    @Override
    public Map<String, String> readSection(Path file, String section)
        throws IOException {
      Map<String, String> values = super.readSection(file, section);
      values.replaceAll((key, value) -> value.split("[#;]")[0].strip());
      return values;
    }
  }

  @Mistake(
      exercise = "1.1",
      idea = "`toLowerCase()` is the same everywhere",
      because = """
          It follows the language of the computer. In Turkish an `I` becomes a
          dotless `ı`, and a key that has one is never found again.""",
      instead = "Say that no language is meant: `Locale.ROOT`.",
      rejectedBy = "keys_are_in_lower_case_on_a_turkish_computer_too",
      says = "keys in lower case on a Turkish computer",
      earns = 5)
  static class InTheUsersLanguage extends ReferenceConnector {
    @Override
    public Map<String, String> readSection(Path file, String section)
        throws IOException {
      super.readSection(file, section); // throws where it has to
      Map<String, String> values = new HashMap<>();
      boolean inside = false;
      for (String line : Files.readAllLines(file)) {
        String text = line.strip();
        if (text.startsWith("[") && text.endsWith("]")) {
          inside = text.equals("[" + section + "]");
        } else if (inside && !text.isEmpty() && !text.matches("[#;].*")) {
          String[] pair = text.split("[=:]", 2);
          values.put(pair[0].strip().toLowerCase(), pair[1].strip());
        }
      }
      return values;
    }
  }

  @Mistake(
      exercise = "1.1",
      idea = "The section is where the line contains its name",
      because = "`[old library]` contains `library`, too.",
      instead = "Compare the whole line, brackets included.",
      rejectedBy = "one_section_is_read_and_no_other",
      says = "its own lines only",
      earns = 5)
  static class SectionByContains extends ReferenceConnector {
    @Override
    public Map<String, String> readSection(Path file, String section)
        throws IOException {
      super.readSection(file, section); // throws where it has to
      Map<String, String> values = new HashMap<>();
      boolean inside = false;
      for (String line : Files.readAllLines(file)) {
        String text = line.strip();
        if (text.startsWith("[") && text.endsWith("]")) {
          inside = text.contains(section);
        } else if (inside && !text.isEmpty() && !text.matches("[#;].*")) {
          String[] pair = text.split("[=:]", 2);
          values.put(pair[0].strip().toLowerCase(Locale.ROOT), pair[1].strip());
        }
      }
      return values;
    }
  }

  @Mistake(
      exercise = "1.1",
      idea = "Catch the `IOException`, since the compiler asks for it",
      because = """
          The compiler asks for a decision. Whoever gets an empty map cannot
          know that there was no file.""",
      instead = "Declare it: the exception of `Files` names the file already.",
      rejectedBy = "a_missing_file_is_an_error",
      says = "a file that is not there",
      earns = 5)
  static class SwallowsTheMissingFile extends ReferenceConnector {
    @Override
    public Map<String, String> readSection(Path file, String section) {
      try {
        return super.readSection(file, section);
      } catch (IOException e) {
        return Map.of();
      }
    }
  }

  @Mistake(
      exercise = "1.1",
      idea = "Skip the lines that mean nothing",
      because = """
          `host db.example.org` lacks its `=`. Skip it, and the program calls
          localhost, without a word about the line.""",
      instead = "Throw, and name the file and the line.",
      rejectedBy = "a_line_that_means_nothing_is_an_error_with_its_number",
      says = "line 6 is no section, no pair and no comment",
      earns = 5)
  static class SkipsNonsense extends ReferenceConnector {
    @Override
    public Map<String, String> readSection(Path file, String section)
        throws IOException {
      Map<String, String> values = null;
      boolean inside = false;
      for (String line : Files.readAllLines(file)) {
        String text = line.strip();
        if (text.startsWith("[") && text.endsWith("]")) {
          inside = text.equals("[" + section + "]");
          values = inside && values == null ? new HashMap<>() : values;
        } else if (inside && text.matches("[^#;].*[=:].*")) {
          String[] pair = text.split("[=:]", 2);
          values.put(pair[0].strip().toLowerCase(Locale.ROOT), pair[1].strip());
        }
      }
      if (values == null) {
        throw new IllegalArgumentException(file + " has no " + section);
      }
      return values;
    }
  }

  @Mistake(
      exercise = "1.1",
      idea = "What begins with `[` is a section",
      because = """
          `[oops` is half of one. Somebody lost a `]`, or cut a line in two. To
          guess what was meant is to connect to what was not.""",
      instead = "Look at both ends of the line.",
      rejectedBy = "a_line_that_means_nothing_is_an_error_with_its_number",
      says = "line 6 is no section, no pair and no comment: [oops",
      earns = 5)
  static class HalfASection extends ReferenceConnector {
    @Override
    public Map<String, String> readSection(Path file, String section)
        throws IOException {
      Map<String, Map<String, String>> all = new HashMap<>();
      Map<String, String> current = new HashMap<>();
      int number = 0;
      for (String line : Files.readAllLines(file)) {
        number++;
        String text = line.strip();
        if (text.isEmpty() || text.startsWith("#") || text.startsWith(";")) {
          continue;
        }
        String[] pair = text.split("[=:]", 2);
        if (text.startsWith("[")) {
          String name = text.replaceAll("[\\[\\]]", "");
          current = all.computeIfAbsent(name, begun -> new HashMap<>());
        } else if (pair.length < 2 || pair[0].isBlank()) {
          throw new IllegalArgumentException(file + ", line " + number);
        } else {
          current.put(pair[0].strip().toLowerCase(Locale.ROOT), pair[1].strip());
        }
      }
      if (!all.containsKey(section)) {
        throw new IllegalArgumentException(file + " has no " + section);
      }
      return all.get(section);
    }
  }

  @Mistake(
      exercise = "1.1",
      idea = "A line with a `=` in it is a pair",
      because = """
          `= value` has a value and no key. It ends in the map under the empty
          text, where nobody looks for it.""",
      instead = "Ask for two parts, and for a first one that is not blank.",
      rejectedBy = "a_line_that_means_nothing_is_an_error_with_its_number",
      says = "line 6 is no section, no pair and no comment: = value",
      earns = 5)
  static class KeyFromNothing extends ReferenceConnector {
    @Override
    public Map<String, String> readSection(Path file, String section)
        throws IOException {
      Map<String, Map<String, String>> all = new HashMap<>();
      Map<String, String> current = new HashMap<>();
      int number = 0;
      for (String line : Files.readAllLines(file)) {
        number++;
        String text = line.strip();
        String[] pair = text.split("[=:]", 2);
        if (text.startsWith("[") && text.endsWith("]")) {
          String name = text.substring(1, text.length() - 1);
          current = all.computeIfAbsent(name, begun -> new HashMap<>());
        } else if (!text.isEmpty() && !text.matches("[#;].*")) {
          if (pair.length < 2 || text.startsWith("[")) {
            throw new IllegalArgumentException(file + ", line " + number);
          }
          current.put(pair[0].strip().toLowerCase(Locale.ROOT), pair[1].strip());
        }
      }
      if (!all.containsKey(section)) {
        throw new IllegalArgumentException(file + " has no " + section);
      }
      return all.get(section);
    }
  }

  @Mistake(
      exercise = "1.1",
      idea = "Every `[library]` begins with an empty map",
      because = """
          A second `[library]` further down then throws away what the first one
          said, without a word.""",
      instead = "Make the map when you meet the section for the first time.",
      rejectedBy = "one_section_is_read_and_no_other",
      says = "section [a], which goes on after [b]",
      earns = 5)
  static class BeginsAnew extends ReferenceConnector {
    @Override
    public Map<String, String> readSection(Path file, String section)
        throws IOException {
      super.readSection(file, section); // throws where it has to
      Map<String, String> values = new HashMap<>();
      boolean inside = false;
      for (String line : Files.readAllLines(file)) {
        String text = line.strip();
        if (text.startsWith("[") && text.endsWith("]")) {
          inside = text.equals("[" + section + "]");
          values = inside ? new HashMap<>() : values;
        } else if (inside && !text.isEmpty() && !text.matches("[#;].*")) {
          String[] pair = text.split("[=:]", 2);
          values.put(pair[0].strip().toLowerCase(Locale.ROOT), pair[1].strip());
        }
      }
      return values;
    }
  }

  @Mistake(
      exercise = "1.1",
      idea = "The first value counts",
      because = """
          Some readers do it so. This contract says otherwise, and somebody who
          adds a line at the end of the file wants it to count.""",
      instead = "`put` replaces what was there; `putIfAbsent` does not.",
      rejectedBy = "one_section_is_read_and_no_other",
      says = "section [a], which goes on after [b]",
      earns = 5)
  static class FirstValue extends ReferenceConnector {
    @Override
    public Map<String, String> readSection(Path file, String section)
        throws IOException {
      super.readSection(file, section); // throws where it has to
      Map<String, String> values = new HashMap<>();
      boolean inside = false;
      for (String line : Files.readAllLines(file)) {
        String text = line.strip();
        if (text.startsWith("[") && text.endsWith("]")) {
          inside = text.equals("[" + section + "]");
        } else if (inside && !text.isEmpty() && !text.matches("[#;].*")) {
          String[] pair = text.split("[=:]", 2);
          String key = pair[0].strip().toLowerCase(Locale.ROOT);
          values.putIfAbsent(key, pair[1].strip());
        }
      }
      return values;
    }
  }

  @Mistake(
      exercise = "1.1",
      idea = "Line numbers count the lines that matter",
      because = """
          An editor counts comments and empty lines, too. With another number
          the reader looks at the wrong line.""",
      instead = "Count first, decide afterwards.",
      rejectedBy = "a_line_that_means_nothing_is_an_error_with_its_number",
      says = "Which line means nothing? Count them all, from 1.",
      earns = 5)
  static class CountsWhatMatters extends ReferenceConnector {
    @Override
    public Map<String, String> readSection(Path file, String section)
        throws IOException {
      int number = 0;
      for (String line : Files.readAllLines(file)) {
        String text = line.strip();
        if (text.isEmpty() || text.startsWith("#") || text.startsWith(";")) {
          continue;
        }
        number++;
        if (!text.startsWith("[") && !text.matches(".*[=:].*")) {
          throw new IllegalArgumentException(
              "%s, line %d".formatted(file, number));
        }
      }
      return super.readSection(file, section);
    }
  }

  @Alternative(
      exercise = "1.1",
      idea = "Read all sections into a map of maps, with regular expressions, "
          + "and pick one.")
  static class AllSectionsFirst extends ReferenceConnector {
    private static final Pattern HEADER = Pattern.compile("\\[(.*)]");
    private static final Pattern PAIR =
        Pattern.compile("([^=:\\[][^=:]*?)\\s*[=:]\\s*(.*)");

    @Override
    public Map<String, String> readSection(Path file, String section)
        throws IOException {
      Map<String, Map<String, String>> all = new LinkedHashMap<>();
      Map<String, String> current = new LinkedHashMap<>();
      String[] lines = Files.readString(file).split("\\R");
      for (int i = 0; i < lines.length; i++) {
        String text = lines[i].trim();
        Matcher header = HEADER.matcher(text);
        Matcher pair = PAIR.matcher(text);
        if (header.matches()) {
          current =
              all.computeIfAbsent(header.group(1), n -> new LinkedHashMap<>());
        } else if (text.isEmpty() || "#;".indexOf(text.charAt(0)) >= 0) {
          continue;
        } else if (pair.matches()) {
          current.put(pair.group(1).toLowerCase(Locale.ENGLISH), pair.group(2));
        } else {
          throw new IllegalArgumentException(file + ":" + (i + 1) + "?");
        }
      }
      if (!all.containsKey(section)) {
        throw new IllegalArgumentException(
            "No section " + section + " in " + file);
      }
      return all.get(section);
    }
  }
}
