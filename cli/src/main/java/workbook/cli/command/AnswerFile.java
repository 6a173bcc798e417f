package workbook.cli.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import workbook.support.EnvironmentException;

/** A learner's file, which nothing overwrites without a backup. */
final class AnswerFile {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS", Locale.ROOT);

  private final Path file;
  private final Path backups;

  AnswerFile(Path root, Path file) {
    this.file = file;
    this.backups = root.resolve(".workbook/backups");
  }

  /**
   * What was done, and where the text is kept that stood in the file before.
   *
   * @param used the backup that was brought back
   */
  record Undone(Path used, Optional<Path> kept) {}

  /**
   * Replaces the file's text.
   *
   * @return where the old text is kept; empty if there was none, or no other
   */
  Optional<Path> replace(String text) {
    try {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      if (Files.exists(file) && Arrays.equals(Files.readAllBytes(file), bytes)) {
        return Optional.empty();
      }
      Optional<Path> backup = backUp();
      write(text);
      return backup;
    } catch (IOException e) {
      throw broken(e);
    }
  }

  /**
   * Brings back what the file was before it was last replaced.
   *
   * @return empty if there is nothing to bring back
   */
  Optional<Undone> undo() {
    try {
      Optional<Path> latest = latest();
      if (latest.isEmpty()) {
        return Optional.empty();
      }
      String text = Files.readString(latest.get());
      Optional<Path> now = backUp();
      write(text);
      // Undoing twice goes back twice; what was undone is kept all the same.
      Path used = Files.move(latest.get(), renamed(latest.get()));
      Optional<Path> kept = Optional.empty();
      if (now.isPresent()) {
        kept = Optional.of(Files.move(now.get(), renamed(now.get())));
      }
      return Optional.of(new Undone(used, kept));
    } catch (IOException e) {
      throw broken(e);
    }
  }

  private Optional<Path> backUp() throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    Files.createDirectories(backups);
    Path backup = backups.resolve(LocalDateTime.now().format(TIME) + "-" + file.getFileName());
    return Optional.of(Files.copy(file, backup, StandardCopyOption.COPY_ATTRIBUTES));
  }

  // A program that reads the file meanwhile sees the old text or the new one.
  private void write(String text) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".tmp");
    Files.writeString(fresh, text);
    if (Files.exists(file) && Files.getFileStore(file).supportsFileAttributeView("posix")) {
      Files.setPosixFilePermissions(fresh, Files.getPosixFilePermissions(file));
    }
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
            .formatted(file, EnvironmentException.reason(e), backups),
        e);
  }
}
