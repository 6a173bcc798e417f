package workbook.cli.watch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import workbook.cli.terminal.SearchPath;
import workbook.support.EnvironmentException;

/**
 * The learner's editor: {@code $VISUAL}, {@code $EDITOR}, VS Code or IntelliJ, whichever is first.
 *
 * @param command the program and its own arguments
 */
record Editor(List<String> command) {
  private static final List<String> PLUS_LINE =
      List.of("vi", "vim", "nvim", "view", "nano", "emacs", "emacsclient", "micro", "joe", "kak");
  private static final List<String> WITH_WINDOW =
      List.of(
          "code", "codium", "cursor", "idea", "idea64", "subl", "gedit", "kate", "zed", "notepad");

  /** The editor to use, if there is one. */
  static Optional<Editor> find(Map<String, String> environment) {
    Stream<List<String>> wanted =
        set(environment).map(name -> Arrays.asList(environment.get(name).strip().split("\\s+")));
    Stream<List<String>> usual = Stream.of(List.of("code"), List.of("idea"));
    return Stream.concat(wanted, usual)
        .flatMap(command -> located(command, environment).stream())
        .map(Editor::new)
        .findFirst();
  }

  /** Says why there is none, and what to do. */
  static String notFound(Map<String, String> environment) {
    String missing =
        set(environment)
            .map(
                name ->
                    "%s is \"%s\", which is not on the PATH. "
                        .formatted(name, environment.get(name)))
            .collect(Collectors.joining());
    return "No editor was found. %sSet EDITOR, or put VS Code's \"code\" or IntelliJ's \"idea\" on the PATH."
        .formatted(missing);
  }

  private static Stream<String> set(Map<String, String> environment) {
    return Stream.of("VISUAL", "EDITOR")
        .filter(name -> !environment.getOrDefault(name, "").isBlank());
  }

  /** Whether it takes the terminal, and not a window of its own. */
  boolean needsTerminal() {
    return !WITH_WINDOW.contains(name());
  }

  /** The program's name, without folder and ending. */
  String name() {
    String file = Path.of(command.get(0)).getFileName().toString().toLowerCase(Locale.ROOT);
    return file.replaceFirst("\\.(exe|cmd|bat|sh)$", "");
  }

  /** Opens a file, and waits if the editor takes the terminal. */
  void open(Path file, long line) {
    ProcessBuilder builder = new ProcessBuilder(arguments(file, line));
    try {
      if (needsTerminal()) {
        builder.inheritIO().start().waitFor();
      } else {
        builder
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
      }
    } catch (IOException e) {
      throw new EnvironmentException(
          "%s cannot be run: %s. Set EDITOR to an editor that is there."
              .formatted(command.get(0), e.getMessage()),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The command line that opens a file at a line. */
  List<String> arguments(Path file, long line) {
    List<String> arguments = new ArrayList<>(command);
    if (PLUS_LINE.contains(name())) {
      arguments.addAll(List.of("+" + line, file.toString()));
    } else if (List.of("code", "codium", "cursor").contains(name())) {
      arguments.addAll(List.of("-g", file + ":" + line));
    } else if (name().startsWith("idea")) {
      arguments.addAll(List.of("--line", String.valueOf(line), file.toString()));
    } else {
      arguments.add(file.toString());
    }
    return arguments;
  }

  private static Optional<List<String>> located(
      List<String> command, Map<String, String> environment) {
    Path program = Path.of(command.get(0));
    Optional<Path> found =
        program.isAbsolute() ? Optional.of(program) : SearchPath.find(command.get(0), environment);
    return found.map(
        path -> {
          List<String> located = new ArrayList<>(command);
          located.set(0, path.toString());
          return located;
        });
  }
}
