package workbook.engine.programs;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The list of files in a folder that the workbook made, by which it notices damage. */
public final class Inventory {
  private static final String NAME = "inventory";
  // A thousand small files, of which a damaged one does no harm to speak of.
  private static final String LEFT_OUT = "/timezone/";

  private Inventory() {}

  /** Writes the list into the folder. */
  public static void take(Path folder) throws IOException {
    List<String> lines = new ArrayList<>();
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : (Iterable<Path>) paths.sorted()::iterator) {
        String name = folder.relativize(path).toString().replace(File.separatorChar, '/');
        if (Files.isRegularFile(path) && !name.contains(LEFT_OUT)) {
          lines.add(Files.size(path) + " " + name);
        }
      }
    }
    Files.write(folder.resolve(NAME), lines);
  }

  /** Whether each file of the list is there, in its size. */
  public static boolean isWhole(Path folder) {
    try {
      List<String> lines = Files.readAllLines(folder.resolve(NAME));
      for (String line : lines) {
        String[] part = line.split(" ", 2);
        if (Files.size(folder.resolve(part[1])) != Long.parseLong(part[0])) {
          return false;
        }
      }
      return !lines.isEmpty();
    } catch (IOException | RuntimeException gone) {
      return false;
    }
  }
}
