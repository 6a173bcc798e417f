package workbook.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import workbook.support.EnvironmentException;
import workbook.support.Folders;

/** Whether what runs is what its sources say. */
final class Build {
  /** The exit status that asks the script to build again; the script knows it too. */
  static final int STALE = 85;

  private Build() {}

  /** Whether a source of the command is newer than its last build. */
  static boolean isStale(Path root) {
    Path stamp = root.resolve("cli/target/built");
    try {
      if (!Files.exists(stamp)) {
        return false;
      }
      long built = Files.getLastModifiedTime(stamp).toMillis();
      for (String module : List.of("support", "grading", "cli")) {
        if (newest(root.resolve(module).resolve("src/main")) > built
            || millis(root.resolve(module).resolve("pom.xml")) > built) {
          return true;
        }
      }
      return millis(root.resolve("pom.xml")) > built;
    } catch (IOException e) {
      throw new EnvironmentException(
          "The workbook's own sources in %s cannot be read: %s".formatted(root, Folders.reason(e)),
          e);
    }
  }

  private static long newest(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      long newest = 0;
      for (Path path : (Iterable<Path>) paths::iterator) {
        newest = Math.max(newest, millis(path));
      }
      return newest;
    }
  }

  private static long millis(Path path) throws IOException {
    return Files.getLastModifiedTime(path).toMillis();
  }
}
