package workbook.cli;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import workbook.support.EnvironmentException;

/** A learner's file, which nothing overwrites without a backup. */
final class AnswerFile {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS");

  private final Path file;
  private final Path backups;

  AnswerFile(Path root, Path file) {
    this.file = file;
    this.backups = root.resolve(".workbook/backups");
  }

  /** Replaces the file's text; what it was is kept. */
  Path replace(String text) {
    try {
      Path backup = backUp();
      write(text);
      return backup;
    } catch (IOException e) {
      throw broken(e);
    }
  }

  /**
   * Brings back what the file was before it was last replaced.
   *
   * @return the backup that was used; empty if there is none
   */
  Optional<Path> undo() {
    try {
      Optional<Path> latest = latest();
      if (latest.isPresent()) {
        String text = Files.readString(latest.get());
        Path undone = backUp();
        write(text);
        // Undoing twice goes back twice; what was undone is kept all the same.
        Files.move(latest.get(), renamed(latest.get()));
        Files.move(undone, renamed(undone));
      }
      return latest;
    } catch (IOException e) {
      throw broken(e);
    }
  }

  private Path backUp() throws IOException {
    Files.createDirectories(backups);
    Path backup = backups.resolve(LocalDateTime.now().format(TIME) + "-" + file.getFileName());
    return Files.exists(file)
        ? Files.copy(file, backup, StandardCopyOption.COPY_ATTRIBUTES)
        : Files.createFile(backup);
  }

  // Whoever reads the file meanwhile sees the old text or the new one.
  private void write(String text) throws IOException {
    Path fresh = Files.createTempFile(file.getParent(), "answer", ".tmp");
    Files.writeString(fresh, text);
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private Optional<Path> latest() throws IOException {
    if (!Files.exists(backups)) {
      return Optional.empty();
    }
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> paths =
        Files.newDirectoryStream(backups, "*-" + file.getFileName())) {
      paths.forEach(found::add);
    }
    return found.stream().max(Comparator.comparing(Path::getFileName));
  }

  private static Path renamed(Path backup) {
    return backup.resolveSibling(backup.getFileName() + ".undone");
  }

  private EnvironmentException broken(IOException e) {
    return new EnvironmentException(
        "%s cannot be replaced, and is as it was: %s. Look for free disk space and the right to write in its folder and in %s."
            .formatted(file, e, backups),
        e);
  }
}
