package workbook.connect.mistakes;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Scanner;
import java.util.stream.Stream;
import workbook.connect.reference.ReferenceConnector;
import workbook.grading.proofs.Mistake;

/** Exercise 1.1: a file or a section that is not there. */
final class ReadFileMistakes {
  private ReadFileMistakes() {}

  @Mistake(
      exercise = "1.1",
      violates = "if the file has no such section",
      idea = "A section that is not there is an empty one",
      because = """
          To the code that gets it, an empty map means "no host, no user", and the
          driver fills in its own: localhost, and the name of the computer's user. A
          typing error in a section's name connects you to something else.""",
      instead = "Remember whether the section was seen, and throw if it was not.",
      rejectedBy = "a_missing_file_or_section_is_an_error",
      says = "the file has no section [reports]",
      earns = 5,
      detail = true)
  static class EmptyForMissing extends ReferenceConnector {
    @Override
    public Map<String, String> readSection(Path file, String section)
        throws IOException {
      return new IniReader() {
          @Override
          Map<String, String> missing(Path file, String section) {
            return Map.of();
          }
      }.read(file, section);
    }
  }

  @Mistake(
      exercise = "1.1",
      violates = "an empty map only if the section is there and has none",
      idea = "A section without keys is not there",
      because = """
          `[empty]` is there. That it has no keys is what the empty map says.""",
      instead = "Tell \"not seen\" from \"empty\": `null` from an empty map, for example.",
      rejectedBy = "a_missing_file_or_section_is_an_error",
      says = "Section [empty] of this file",
      earns = 2)
  static class EmptyIsMissing extends ReferenceConnector {
    @Override
    public Map<String, String> readSection(Path file, String section)
        throws IOException {
      Map<String, String> values = super.readSection(file, section);
      if (values.isEmpty()) {
        throw new IllegalArgumentException(file + " has no " + section);
      }
      return values;
    }
  }

  @Mistake(
      exercise = "1.1",
      violates = "the message has the file's name and the section's in it",
      idea = "The message names the section: that is enough",
      because = """
          A program may read several files. Which one lacks the section?""",
      instead = "Name both, the file and the section.",
      rejectedBy = "a_missing_file_or_section_is_an_error",
      says = "a message that names settings.ini",
      earns = 5,
      detail = true)
  static class ForgetsTheFile extends ReferenceConnector {
    @Override
    public Map<String, String> readSection(Path file, String section)
        throws IOException {
      return new IniReader() {
          @Override
          Map<String, String> missing(Path file, String section) {
            throw new IllegalArgumentException("no section " + section);
          }
      }.read(file, section);
    }
  }

  @Mistake(
      exercise = "1.1",
      violates = "the message has the file's name and the section's in it",
      idea = "The message names the file: that is enough",
      because = """
          It has several sections. With a typing error in a name, it is the name
          that one has to see.""",
      instead = "Name both, the file and the section.",
      rejectedBy = "a_missing_file_or_section_is_an_error",
      says = "a message that names reports",
      earns = 5,
      detail = true)
  static class ForgetsTheSection extends ReferenceConnector {
    @Override
    public Map<String, String> readSection(Path file, String section)
        throws IOException {
      return new IniReader() {
          @Override
          Map<String, String> missing(Path file, String section) {
            throw new IllegalArgumentException(file + " lacks a section");
          }
      }.read(file, section);
    }
  }

  @Mistake(
      exercise = "1.1",
      violates = "if the file cannot be read: it is missing",
      idea = "Catch the `IOException`, since the compiler asks for it",
      because = """
          The compiler asks for a decision. A caller that gets an empty map cannot
          know that there was no file.""",
      instead = "Declare it: the exception of `Files` names a missing file already.",
      rejectedBy = "a_missing_file_or_section_is_an_error",
      says = "a file that is not there",
      earns = 5,
      detail = true)
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
      violates = "If it is missing, the message has the file's name in it",
      idea = "`IOException` without the file's name",
      because = """
          "No settings" does not say which file is missing. The exception of `Files`
          does.""",
      instead = "Let the exception through, or name the file in yours.",
      rejectedBy = "a_missing_file_or_section_is_an_error",
      says = "a message that names missing.ini",
      earns = 5,
      detail = true)
  static class AnOwnException extends ReferenceConnector {
    @Override
    public Map<String, String> readSection(Path file, String section)
        throws IOException {
      if (Files.notExists(file)) {
        throw new IOException("The settings are missing.");
      }
      return super.readSection(file, section);
    }
  }

  @Mistake(
      exercise = "1.1",
      violates = "it is a folder",
      idea = "`Scanner` reads files line by line",
      because = """
          It keeps what goes wrong to itself: a folder has no lines for it, and
          bytes that are not UTF-8 become question marks. `ioException()` would
          tell, if asked.""",
      instead = "Use `Files`: it throws.",
      rejectedBy = "a_missing_file_or_section_is_an_error",
      says = "a file that is not in UTF-8",
      earns = 5,
      detail = true)
  static class WithAScanner extends ReferenceConnector {
    @Override
    public Map<String, String> readSection(Path file, String section)
        throws IOException {
      return new IniReader() {
          @Override
          List<String> lines(Path file) throws IOException {
            List<String> lines = new ArrayList<>();
            try (Scanner scanner = new Scanner(file, "UTF-8")) {
              while (scanner.hasNextLine()) {
                lines.add(scanner.nextLine());
              }
            }
            return lines;
          }
      }.read(file, section);
    }
  }

  @Mistake(
      exercise = "1.1",
      violates = "or it is not in UTF-8, wherever in the file that is, for",
      idea = "`new String(bytes, UTF_8)` decodes a file",
      because = """
          It puts a replacement character where bytes are no UTF-8. A password with
          such a character is wrong, and the server says so, not the file.""",
      instead = "`Files.readString` and `Files.readAllLines` throw.",
      rejectedBy = "a_missing_file_or_section_is_an_error",
      says = "a file that is not in UTF-8",
      earns = 5,
      detail = true)
  static class ReplacesBadBytes extends ReferenceConnector {
    @Override
    public Map<String, String> readSection(Path file, String section)
        throws IOException {
      return new IniReader() {
          @Override
          List<String> lines(Path file) throws IOException {
            String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
            return text.lines().toList();
          }
      }.read(file, section);
    }
  }

  @Mistake(
      exercise = "1.1",
      violates = "if the file cannot be read",
      idea = "`Files.lines` throws what `Files` throws",
      because = """
          It reads later than it is called. What fails then is an
          `UncheckedIOException`, since a stream cannot throw another.""",
      instead = "Catch it and throw its cause, or use `Files.readAllLines`.",
      rejectedBy = "a_missing_file_or_section_is_an_error",
      says = "but was: java.io.UncheckedIOException",
      earns = 5,
      detail = true)
  static class LazyLines extends ReferenceConnector {
    @Override
    public Map<String, String> readSection(Path file, String section)
        throws IOException {
      return new IniReader() {
          @Override
          List<String> lines(Path file) throws IOException {
            try (Stream<String> lines = Files.lines(file)) {
              return lines.toList();
            }
          }
      }.read(file, section);
    }
  }
}
