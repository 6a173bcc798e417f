package workbook.jshell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import workbook.engine.ProjectRoot;

/** Where the scripts are. */
public final class Scripts {
  /** The module's. */
  public static final Path FOLDER = ProjectRoot.find().resolve("jshell");

  static final Path START = FOLDER.resolve("start.jsh");

  private Scripts() {}

  /** Whether recorded outputs shall be rewritten: {@code -Dbless}. */
  static boolean blessing() {
    return System.getProperty("bless") != null;
  }

  /** All lessons'. */
  public static List<Script> all() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .filter(file -> file.getFileName().toString().matches("lesson-.*\\.jsh"))
          .sorted()
          .map(Script::read)
          .toList();
    }
  }

  static String name(Script script) {
    return script.file().getFileName().toString().replace(".jsh", "");
  }
}
