package workbook.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import workbook.support.EnvironmentException;

/** Whether what runs is what its sources say. */
final class Build {
  /** The exit status that asks the script to build again; the script knows it too. */
  static final int STALE = 85;

  private static final List<String> MODULES =
      List.of("support", "engine", "grading", "jshell", "cli", "classroom");

  private Build() {}

  /** Whether a source of the command is newer than its last build. */
  static boolean isStale(Path root) {
    Path stamp = root.resolve("cli/target/built");
    try {
      if (!Files.exists(stamp)) {
        return false;
      }
      long built = Files.getLastModifiedTime(stamp).toMillis();
      for (String module : MODULES) {
        if (newest(root.resolve(module).resolve("src/main")) > built
            || millis(root.resolve(module).resolve("pom.xml")) > built) {
          return true;
        }
      }
      return millis(root.resolve("pom.xml")) > built;
    } catch (IOException e) {
      throw new EnvironmentException(
          "The workbook's own sources in %s cannot be read: %s"
              .formatted(root, EnvironmentException.reason(e)),
          e);
    }
  }

  private static long newest(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return 0;
    }
    try (Stream<Path> paths = Files.walk(folder)) {
      long newest = 0;
      for (Path path : (Iterable<Path>) paths::iterator) {
        newest = Math.max(newest, millis(path));
      }
      return newest;
    }
  }

  private static long millis(Path path) throws IOException {
    return Files.exists(path) ? Files.getLastModifiedTime(path).toMillis() : 0;
  }
}
