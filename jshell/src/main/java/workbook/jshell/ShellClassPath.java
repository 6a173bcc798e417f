package workbook.jshell;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What snippets are compiled against: the helpers and the libraries that a lesson uses.
 *
 * <p>The command and the tests have more, which would slow the compiler and turn up at Tab.
 */
public final class ShellClassPath {
  private ShellClassPath() {}

  /** The class path, as the JDK's tools take it. */
  public static String of(Path root) throws IOException {
    try (Stream<Path> libraries = Files.list(root.resolve("jshell/target/lib"))) {
      return Stream.concat(classes(root).stream(), libraries.map(Path::toString).sorted())
          .collect(Collectors.joining(File.pathSeparator));
    }
  }

  /** The workbook's own classes. */
  static List<String> classes(Path root) {
    return Stream.of("jshell", "engine", "support")
        .map(module -> root.resolve(module).resolve("target/" + module + ".jar").toString())
        .toList();
  }
}
