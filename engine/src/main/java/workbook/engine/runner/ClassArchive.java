package workbook.engine.runner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * The worker's AppCDS archive, which cuts a third off the worker's start.
 *
 * <p>The first worker of a build that exits cleanly dumps the archive; see "Class Data Sharing" in
 * the JDK's guide to the HotSpot virtual machine.
 */
final class ClassArchive {
  // The JVM's messages about an archive that does not fit help no learner.
  private static final String SILENCE = "-Xlog:disable";

  private final Path archive;
  private final Path made;

  /**
   * @param jars what the worker's class path consists of
   * @param folder where archives are kept, one for each version of Java
   * @param scratch a folder of this command's own
   */
  ClassArchive(List<Path> jars, Path folder, Path scratch) throws IOException {
    archive = folder.resolve("worker-%s.jsa".formatted(Runtime.version()));
    made = scratch.resolve(archive.getFileName());
    for (Path jar : jars) {
      if (Files.exists(archive)
          && Files.getLastModifiedTime(archive).compareTo(Files.getLastModifiedTime(jar)) < 0) {
        Files.delete(archive);
      }
    }
  }

  /** What the JVM has to be told to use the archive, or else to make it when it ends. */
  List<String> options() {
    String option =
        exists() ? "-XX:SharedArchiveFile=" + archive : "-XX:ArchiveClassesAtExit=" + made;
    return List.of(option, SILENCE);
  }

  boolean exists() {
    return Files.exists(archive);
  }

  /** Keeps the archive of a worker that exited cleanly. */
  void keep() throws IOException {
    if (Files.exists(made)) {
      Files.move(made, archive, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
