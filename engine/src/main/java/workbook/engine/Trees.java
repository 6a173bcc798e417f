package workbook.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Whole folders of files. */
public final class Trees {
  private Trees() {}

  /** The files in a folder and below it, by name; none if it is not there. */
  public static List<Path> files(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> paths = Files.walk(folder)) {
      return paths.filter(Files::isRegularFile).sorted(Comparator.naturalOrder()).toList();
    }
  }

  /** Lets all users read a folder, since a sandbox may run as another user. */
  public static void makeReadable(Path folder) throws IOException {
    permit(folder, "rwxr-xr-x");
  }

  /** Lets all users write to a folder. */
  public static void makeWritable(Path folder) throws IOException {
    permit(folder, "rwxrwxrwx");
  }

  private static void permit(Path folder, String rights) throws IOException {
    if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(rights));
    }
  }

  /** Writes a file that is there whole or not at all. */
  public static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
    Files.writeString(unfinished, text);
    Files.move(
        unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
