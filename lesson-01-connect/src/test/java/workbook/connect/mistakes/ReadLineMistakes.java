package workbook.connect.mistakes;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import workbook.connect.reference.ReferenceConnector;
import workbook.grading.proofs.Mistake;

/** Exercise 1.1: lines that make no sense. */
final class ReadLineMistakes {
  private ReadLineMistakes() {}

  @Mistake(
      exercise = "1.1",
      violates = "a line without = and :, such as oops",
      idea = "Skip the lines that mean nothing",
      because = """
          `host db.example.org` lacks its `=`. If it is skipped, the program calls
          localhost, without a word about the line.""",
      instead = "Throw, and name the file and the line.",
      rejectedBy = "a_line_that_means_nothing_is_an_error_with_its_number",
      says = "line 6 is no section, no pair and no comment",
      earns = 5,
      detail = true)
  static class SkipsNonsense extends ReferenceConnector {
    @Override
    public Map<String, String> readSection(Path file, String section)
        throws IOException {
      return new IniReader() {
          @Override
          void nonsense(Path file, int number, boolean inside, String text) {}
      }.read(file, section);
    }
  }

  @Mistake(
      exercise = "1.1",
      violates = "in other sections, too",
      idea = "Other sections do not concern me",
      because = """
          A line that makes no sense may be the very header or the `]` that is
          missing. Where it stands does not matter.""",
      instead = "Look at every line of the file.",
      rejectedBy = "a_line_that_means_nothing_is_an_error_with_its_number",
      says = "line 7, in section [other],",
      earns = 5,
      detail = true)
  static class SkipsNonsenseElsewhere extends ReferenceConnector {
    @Override
    public Map<String, String> readSection(Path file, String section)
        throws IOException {
      return new IniReader() {
          @Override
          void nonsense(Path file, int number, boolean inside, String text) {
            if (inside) {
              super.nonsense(file, number, inside, text);
            }
          }
      }.read(file, section);
    }
  }

  @Mistake(
      exercise = "1.1",
      violates = "and before the first",
      idea = "The file begins with its first section",
      because = """
          What stands before is read as well. A line there that makes no sense is an
          error like any other.""",
      instead = "Look at every line of the file.",
      rejectedBy = "a_line_that_means_nothing_is_an_error_with_its_number",
      says = "line 2, before the first section,",
      earns = 5,
      detail = true)
  static class SkipsTheTop extends ReferenceConnector {
    @Override
    public Map<String, String> readSection(Path file, String section)
        throws IOException {
      return new IniReader() {
          private boolean begun;

          @Override
          String name(String text) {
            begun = true;
            return super.name(text);
          }

          @Override
          void nonsense(Path path, int number, boolean inside, String text) {
            if (begun) {
              super.nonsense(path, number, inside, text);
            }
          }
      }.read(file, section);
    }
  }

  @Mistake(
      exercise = "1.1",
      violates = "begins with [ but does not end with ], such as [oops",
      idea = "What begins with `[` is a section",
      because = """
          `[oops` is half of one: a `]` was lost, or a line was cut in two. To guess
          what was meant is to connect to what was not.""",
      instead = "Look at both ends of the line.",
      rejectedBy = "a_line_that_means_nothing_is_an_error_with_its_number",
      says = "so it is no section, and no pair either: [oops",
      earns = 5,
      detail = true)
  static class HalfASection extends ReferenceConnector {
    @Override
    public Map<String, String> readSection(Path file, String section)
        throws IOException {
      return new IniReader() {
          @Override
          boolean begins(String text) {
            return text.startsWith("[");
          }

          @Override
          String name(String text) {
            return super.begins(text) ? super.name(text) : text.substring(1);
          }
      }.read(file, section);
    }
  }

  @Mistake(
      exercise = "1.1",
      violates = "begins with [ but does not end with ], such as [oops",
      idea = "A comment may follow a section's `]`",
      because = """
          `[library] ; note` begins with `[` and does not end with `]`.""",
      instead = "Look at both ends of the line.",
      rejectedBy = "a_line_that_means_nothing_is_an_error_with_its_number",
      says = "so it is no section, and no pair either: [library] ; note",
      earns = 5,
      detail = true)
  static class CommentBehindASection extends ReferenceConnector {
    @Override
    public Map<String, String> readSection(Path file, String section)
        throws IOException {
      return new IniReader() {
          @Override
          boolean begins(String text) {
            return super.begins(text) || text.matches("\\[.*][ \t]*[#;].*");
          }

          @Override
          String name(String text) {
            return super.begins(text) ? super.name(text) : text.substring(1, text.indexOf(']'));
          }
      }.read(file, section);
    }
  }

  @Mistake(
      exercise = "1.1",
      violates = "The key may not",
      idea = "A line with a `=` in it is a pair",
      because = """
          `= value` has a value and no key. It ends in the map under the empty
          string, where no program looks for it.""",
      instead = "Ask for two parts, and for a first one that is not blank.",
      rejectedBy = "a_line_that_means_nothing_is_an_error_with_its_number",
      says = "line 6 is no section, no pair and no comment: = value",
      earns = 5,
      detail = true)
  static class KeyFromNothing extends ReferenceConnector {
    @Override
    public Map<String, String> readSection(Path file, String section)
        throws IOException {
      return new IniReader() {
          @Override
          String[] pair(String text) {
            String[] pair = text.split("[=:]", 2);
            return pair.length < 2 || text.startsWith("[") ? null : pair;
          }
      }.read(file, section);
    }
  }

  @Mistake(
      exercise = "1.1",
      violates = "the number of the first such line",
      idea = "Line numbers count the lines that matter",
      because = """
          An editor counts comments and empty lines, too. With another number the
          reader looks at the wrong line.""",
      instead = "Count first, decide afterwards.",
      rejectedBy = "a_line_that_means_nothing_is_an_error_with_its_number",
      says = "Which line means nothing? Count them all, from 1.",
      earns = 5,
      detail = true)
  static class CountsWhatMatters extends ReferenceConnector {
    @Override
    public Map<String, String> readSection(Path file, String section)
        throws IOException {
      return new IniReader() {
          @Override
          void nonsense(Path path, int number, boolean inside, String text) {
            super.nonsense(path, number - 2, inside, text);
          }
      }.read(file, section);
    }
  }

  @Mistake(
      exercise = "1.1",
      violates = "The file's first line is 1",
      idea = "The first line has the number 0",
      because = """
          So it has in a list. In an editor it has the number 1.""",
      instead = "Add 1 to an index.",
      rejectedBy = "a_line_that_means_nothing_is_an_error_with_its_number",
      says = "Which line means nothing? Count them all, from 1.",
      earns = 5,
      detail = true)
  static class CountsFromZero extends ReferenceConnector {
    @Override
    public Map<String, String> readSection(Path file, String section)
        throws IOException {
      return new IniReader() {
          @Override
          void nonsense(Path path, int number, boolean inside, String text) {
            super.nonsense(path, number - 1, inside, text);
          }
      }.read(file, section);
    }
  }

  @Mistake(
      exercise = "1.1",
      violates = "the number of the first such line",
      idea = "One of the wrong lines is enough",
      because = """
          People mend a file from top to bottom. The first line is also the one that
          may explain the others.""",
      instead = "Throw as soon as a line makes no sense.",
      rejectedBy = "a_line_that_means_nothing_is_an_error_with_its_number",
      says = "line 3: oops",
      earns = 5,
      detail = true)
  static class TheLastOne extends ReferenceConnector {
    @Override
    public Map<String, String> readSection(Path file, String section)
        throws IOException {
      int[] last = new int[1];
      Map<String, String> values =
          new IniReader() {
            @Override
            void nonsense(Path path, int number, boolean inside, String text) {
              last[0] = number;
            }
          }.read(file, section);
      if (last[0] > 0) {
        throw new IllegalArgumentException(file + ", line " + last[0]);
      }
      return values;
    }
  }

  @Mistake(
      exercise = "1.1",
      violates = "the message has the file's name in it and the number",
      idea = "The message quotes the line: that is enough",
      because = """
          The same line may be there twice, and it may be half a password. A file
          and a number lead to it, and tell nothing.""",
      instead = "Name the file and the number.",
      rejectedBy = "a_line_that_means_nothing_is_an_error_with_its_number",
      says = "a message that names settings.ini",
      earns = 5,
      detail = true)
  static class QuotesTheLine extends ReferenceConnector {
    @Override
    public Map<String, String> readSection(Path file, String section)
        throws IOException {
      return new IniReader() {
          @Override
          void nonsense(Path file, int number, boolean inside, String text) {
            throw new IllegalArgumentException("no sense: " + text);
          }
      }.read(file, section);
    }
  }

  @Mistake(
      exercise = "1.1",
      violates = "the number of the first such line",
      idea = "A settings file has few lines: a `short` is enough",
      because = """
          It is, up to 32767. A file that a program has written may be longer, and then the
          number is negative.""",
      instead = "Count with an `int`.",
      rejectedBy = "a_line_that_means_nothing_is_an_error_with_its_number",
      says = "expected: a message that names line 33000",
      earns = 5,
      detail = true)
  static class CountsWithAShort extends ReferenceConnector {
    @Override
    public Map<String, String> readSection(Path file, String section)
        throws IOException {
      return new IniReader() {
          @Override
          void nonsense(Path file, int number, boolean inside, String text) {
            super.nonsense(file, (short) number, inside, text);
          }
      }.read(file, section);
    }
  }
}
