package workbook.connect.mistakes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import workbook.connect.reference.ReferenceConnector;
import workbook.grading.proofs.Alternative;
import workbook.grading.proofs.Mistake;

/** Exercise 1.1: sections without a name, and errors beside a missing section. */
final class SectionMistakes {
  private SectionMistakes() {}

  @Mistake(
      exercise = "1.1",
      violates = "Before the first section it belongs to none",
      idea = "What stands before the first section is section \"\"",
      because = """
          No section begins there. If there is no `[]` in the file, there is no section
          of that name.""",
      instead = "Begin with no section at all, such as `null`.",
      rejectedBy = "a_missing_file_or_section_is_an_error",
      says = "no section begins in a file of host=a alone",
      earns = 5,
      detail = true)
  static class TheTopHasAName extends ReferenceConnector {
    @Override
    public Map<String, String> readSection(Path file, String section)
        throws IOException {
      try {
        return super.readSection(file, section);
      } catch (IllegalArgumentException e) {
        if (section.isEmpty() && Files.readString(file).startsWith("host")) {
          Path top = Files.createTempFile("top", ".ini");
          try {
            Files.writeString(top, "[]\n" + Files.readString(file));
            return super.readSection(top, section);
          } finally {
            Files.delete(top);
          }
        }
        throw e;
      }
    }
  }

  @Mistake(
      exercise = "1.1",
      violates = "the name may be empty",
      idea = "A section has a name of at least one character",
      because = """
          `[]` begins with `[` and ends with `]`, and what is in between is empty. A
          pattern with `.+` takes it for an error.""",
      instead = "Use `.*`, or `startsWith` and `endsWith`.",
      rejectedBy = "one_section_is_read_and_no_other",
      says = "Section [",
      earns = 3)
  static class NamesAreNotEmpty extends ReferenceConnector {
    @Override
    public Map<String, String> readSection(Path file, String section)
        throws IOException {
      return new IniReader() {
          @Override
          boolean begins(String text) {
            return text.matches("\\[.+]");
          }
      }.read(file, section);
    }
  }

  @Mistake(
      exercise = "1.1",
      violates = "the number of the first such line, also if the section is missing",
      idea = "First see if the section is there",
      because = """
          It is missing because its line is broken: `[library` lacks a bracket. The
          message says that there is no such section, and not where to look.""",
      instead = "Read all lines, and say last that the section is missing.",
      rejectedBy = "a_line_that_means_nothing_is_an_error_with_its_number",
      says = "a message that names line 5: oops",
      earns = 5,
      detail = true)
  static class LooksForTheSectionFirst extends ReferenceConnector {
    @Override
    public Map<String, String> readSection(Path file, String section)
        throws IOException {
      if (Files.readAllLines(file).stream().map(String::strip).noneMatch(
          line -> line.equals("[" + section + "]"))) {
        throw new IllegalArgumentException(file + " has no section " + section);
      }
      return super.readSection(file, section);
    }
  }

  @Alternative(
      exercise = "1.1",
      idea = "`trim` and `java.io.File`: white space is blanks and tabs, and the "
          + "file is in the default file system.")
  static class TrimsAFile extends ReferenceConnector {
    @Override
    public Map<String, String> readSection(Path file, String section)
        throws IOException {
      Map<String, String> values = new HashMap<>();
      values.putAll(
          new IniReader() {
            @Override
            List<String> lines(Path path) throws IOException {
              return Files.readAllLines(path.toFile().toPath());
            }

            @Override
            String text(String line) {
              return line.trim();
            }

            @Override
            String value(String value) {
              return value.trim();
            }
          }.read(file, section));
      return values;
    }
  }
}
