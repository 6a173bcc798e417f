package workbook.grading.worker;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import workbook.engine.Folders;
import workbook.engine.Sha256;

/**
 * Keeps the compiled classes of lessons from one process to the next.
 *
 * <p>A folder in it never changes: its name stands for the sources, the class path and the Java
 * that it was made with. Folders that were not used for a week are deleted.
 */
final class ClassCache {
  private static final Duration WEEK = Duration.ofDays(7);

  private final Path folder;

  ClassCache(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
  }

  /** The classes of a lesson; null if there are none. */
  Path find(Path lesson, Map<Path, FileTime> sources, List<Path> classPath) throws IOException {
    Path kept = folder.resolve(name(lesson, sources, classPath));
    if (!Files.exists(kept)) {
      return null;
    }
    Files.setLastModifiedTime(kept, FileTime.from(Instant.now()));
    return kept;
  }

  /** Takes a folder of classes, and returns where they are now. */
  Path keep(Path classes, Path lesson, Map<Path, FileTime> sources, List<Path> classPath)
      throws IOException {
    Path kept = folder.resolve(name(lesson, sources, classPath));
    deleteOld();
    try {
      return Files.move(classes, kept, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException e) {
      // another process was quicker, or has them open: these do as well
      return classes;
    }
  }

  private void deleteOld() throws IOException {
    FileTime limit = FileTime.from(Instant.now().minus(WEEK));
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(folder)) {
      for (Path old : folders) {
        if (Files.getLastModifiedTime(old).compareTo(limit) < 0) {
          Folders.delete(old);
        }
      }
    }
  }

  private static String name(Path lesson, Map<Path, FileTime> sources, List<Path> classPath)
      throws IOException {
    Map<String, String> key = new TreeMap<>();
    for (Map.Entry<Path, FileTime> source : sources.entrySet()) {
      String time = source.getValue() + " " + Files.size(source.getKey());
      key.put(lesson.relativize(source.getKey()).toString(), time);
    }
    for (Path jar : classPath) {
      key.put(jar.getFileName().toString(), Files.getLastModifiedTime(jar).toString());
    }
    return lesson.getFileName()
        + "-"
        + Sha256.of(Runtime.version() + key.toString()).substring(0, 16);
  }
}
