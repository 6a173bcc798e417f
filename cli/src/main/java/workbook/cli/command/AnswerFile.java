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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import workbook.support.EnvironmentException;

/** A learner's file, which nothing overwrites without a backup. */
final class AnswerFile {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS", Locale.ROOT);

  private static final Pattern NUMBERED = Pattern.compile("([0-9]{1,7})-[0-9]{8}-");

  private static final Comparator<Path> ORDER =
      Comparator.comparingInt(AnswerFile::number).thenComparing(Path::getFileName);

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
      write(bytes);
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
      // What it was may be in whatever encoding: bytes are kept as bytes.
      byte[] bytes = Files.readAllBytes(latest.get());
      Optional<Path> now = backUp();
      write(bytes);
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

  /** What the file was before each change that can be undone, the latest first. */
  List<String> earlierTexts() {
    try {
      List<String> texts = new ArrayList<>();
      for (Path backup : backups("").stream().sorted(ORDER.reversed()).toList()) {
        // Wrong letters in an encoding that is not ours; no method of an exercise is found in it.
        texts.add(new String(Files.readAllBytes(backup), StandardCharsets.UTF_8));
      }
      return texts;
    } catch (IOException e) {
      throw broken(e);
    }
  }

  private Optional<Path> backUp() throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    Files.createDirectories(backups);
    // The number says which is the latest, also when the clock has gone back.
    int number = 1 + backups("*").stream().mapToInt(AnswerFile::number).max().orElse(0);
    String name = number + "-" + LocalDateTime.now().format(TIME) + "-" + file.getFileName();
    return Optional.of(Files.copy(file, backups.resolve(name), StandardCopyOption.COPY_ATTRIBUTES));
  }

  // A program that reads the file meanwhile sees the old text or the new one.
  private void write(byte[] bytes) throws IOException {
    // A learner may keep the file elsewhere, behind a link.
    Path real = Files.exists(file) ? file.toRealPath() : file;
    Path fresh = real.resolveSibling(real.getFileName() + ".tmp");
    Files.write(fresh, bytes);
    if (Files.exists(real) && Files.getFileStore(real).supportsFileAttributeView("posix")) {
      Files.setPosixFilePermissions(fresh, Files.getPosixFilePermissions(real));
    }
    Files.move(fresh, real, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private Optional<Path> latest() throws IOException {
    return backups("").stream().max(ORDER);
  }

  private List<Path> backups(String end) throws IOException {
    if (!Files.exists(backups)) {
      return List.of();
    }
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> paths =
        Files.newDirectoryStream(backups, "*-" + file.getFileName() + end)) {
      paths.forEach(found::add);
    }
    return found;
  }

  // Backups of earlier versions have a time only, and are older than all others.
  private static int number(Path backup) {
    Matcher numbered = NUMBERED.matcher(backup.getFileName().toString());
    return numbered.lookingAt() ? Integer.parseInt(numbered.group(1)) : 0;
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
