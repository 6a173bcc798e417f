package workbook.jshell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import workbook.support.EnvironmentException;

/**
 * A lesson for JShell: prose in comments, code, and below the code what it prints.
 *
 * <p>A line that begins with {@code //>} is recorded output, another one that begins with {@code
 * //} is prose in Markdown; all other lines are code. A blank line ends an example.
 *
 * @param file where it stands
 * @param examples in order
 */
public record Script(Path file, List<Example> examples) {
  private static final String PROSE = "//";
  private static final String OUTPUT = "//>";

  /**
   * Some code with what is said before it and what comes out.
   *
   * @param line the number of its first line of code, from 1
   * @param prose Markdown, without the comment signs; several examples may share it, then the first
   *     has it
   * @param code as it stands; empty for prose at the end of a script
   * @param output the recorded lines, without the comment signs
   */
  public record Example(int line, List<String> prose, List<String> code, List<String> output) {

    /** The number of the line after its code: there its output is, or would be. */
    public int outputLine() {
      return line + code.size();
    }
  }

  /**
   * Reads a script.
   *
   * @throws EnvironmentException if it cannot be read
   */
  public static Script read(Path file) {
    try {
      return new Script(file, new Parser().parse(Files.readAllLines(file)));
    } catch (IOException e) {
      throw new EnvironmentException(
          "The script %s cannot be read: %s. Put it back, for instance with git checkout."
              .formatted(file, e),
          e);
    }
  }

  /** The headings in its prose, such as {@code ## Placeholders}. */
  public List<String> headings() {
    return examples.stream()
        .flatMap(example -> example.prose().stream())
        .filter(line -> line.startsWith("#"))
        .toList();
  }

  /** What can be run. */
  public List<Example> steps() {
    return examples.stream().filter(example -> !example.code().isEmpty()).toList();
  }

  /** Collects lines until an example is complete. */
  private static final class Parser {
    private final List<Example> examples = new ArrayList<>();
    private List<String> prose = new ArrayList<>();
    private List<String> code = new ArrayList<>();
    private List<String> output = new ArrayList<>();
    private int first;

    List<Example> parse(List<String> lines) {
      int number = 0;
      for (String line : lines) {
        number++;
        if (line.startsWith(OUTPUT)) {
          output.add(after(OUTPUT, line));
        } else if (line.startsWith(PROSE) || line.isBlank()) {
          endOfCode();
          if (!line.isBlank()) {
            prose.add(after(PROSE, line));
          } else if (!prose.isEmpty()) {
            prose.add("");
          }
        } else {
          if (!output.isEmpty()) {
            endOfCode();
          }
          first = code.isEmpty() ? number : first;
          code.add(line);
        }
      }
      endOfCode();
      if (!prose.isEmpty()) {
        first = number + 1;
        end();
      }
      return examples;
    }

    private void endOfCode() {
      if (!code.isEmpty()) {
        end();
      }
    }

    private void end() {
      while (!prose.isEmpty() && prose.get(prose.size() - 1).isEmpty()) {
        prose.remove(prose.size() - 1);
      }
      examples.add(new Example(first, prose, code, output));
      prose = new ArrayList<>();
      code = new ArrayList<>();
      output = new ArrayList<>();
    }

    private static String after(String sign, String line) {
      String rest = line.substring(sign.length());
      return rest.startsWith(" ") ? rest.substring(1) : rest;
    }
  }
}
