package workbook.cli.terminal;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds programs as a shell does. */
public final class SearchPath {
  private static final boolean WINDOWS = File.separatorChar == '\\';

  private SearchPath() {}

  /** The program of that name that a shell would run. */
  public static Optional<Path> find(String name, Map<String, String> environment) {
    // Windows writes the variable as it likes: Path, PATH.
    String path =
        environment.entrySet().stream()
            .filter(variable -> variable.getKey().equalsIgnoreCase("PATH"))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElse("");
    List<String> endings = WINDOWS ? List.of(".exe", ".cmd", ".bat") : List.of("");
    return Arrays.stream(path.split(File.pathSeparator))
        .filter(folder -> !folder.isEmpty())
        .flatMap(folder -> endings.stream().map(ending -> Path.of(folder, name + ending)))
        .filter(program -> Files.isRegularFile(program) && Files.isExecutable(program))
        .findFirst();
  }
}
