package workbook.engine.playground;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import workbook.engine.Folders;
import workbook.support.DatabaseSettings;
import workbook.support.EnvironmentException;

/** Writes {@code db_info.ini}, which is a PostgreSQL service file too. */
final class DbInfo {
  private static final String SECTION = "workbook";
  private static final String HEADING = "[" + SECTION + "]";
  // Stands in for what a file need not say to name a server.
  private static final Map<String, String> PLACEHOLDERS =
      Map.of("PGDATABASE", "-", "PGUSER", "-", "PGPASSWORD", "-");

  private final Path file;

  DbInfo(Path file) {
    this.file = file;
  }

  boolean exists() {
    return Files.exists(file);
  }

  /**
   * What the file says.
   *
   * @throws EnvironmentException if it says it wrongly, or is not there
   */
  DatabaseSettings read() {
    return read(Map.of());
  }

  /** What the file says, with what the environment has to add. */
  DatabaseSettings read(Map<String, String> environment) {
    return DatabaseSettings.read(file, SECTION, environment);
  }

  /** What is wrong with the file, if it is there and something is. */
  Optional<String> complaint(Map<String, String> environment) {
    try {
      if (exists()) {
        read(environment);
      }
      return Optional.empty();
    } catch (EnvironmentException broken) {
      return Optional.of(broken.getMessage());
    }
  }

  /** Moves the file into a folder, to a name that nothing has yet. */
  Path setAside(Path folder) throws IOException {
    Path kept = folder.resolve("db_info.ini");
    for (int i = 2; Files.exists(kept); i++) {
      kept = folder.resolve("db_info-" + i + ".ini");
    }
    Files.createDirectories(folder);
    return Files.move(file, kept);
  }

  /**
   * The host and port that the file names, though the rest may be missing; none if it is broken.
   */
  Optional<DatabaseSettings> server() {
    try {
      return Optional.of(DatabaseSettings.read(file, SECTION, PLACEHOLDERS));
    } catch (EnvironmentException missingOrBroken) {
      return Optional.empty();
    }
  }

  void write(DatabaseSettings settings) throws IOException {
    Folders.writePrivately(
        file,
        """
        # The workbook's own database; ./workbook db start wrote this file.
        # With a server of your own, put its values here: then the workbook starts none.
        # No blanks around the equals signs: the file is a PostgreSQL service file, too.
        %s
        host=%s
        port=%s
        dbname=%s
        user=%s
        password=%s
        """
            .formatted(
                HEADING,
                settings.host(),
                settings.port(),
                settings.dbname(),
                settings.user(),
                settings.password()));
  }

  void delete() throws IOException {
    Files.deleteIfExists(file);
  }

  /** Changes the port and nothing else: a learner may have added to the file. */
  void writePort(int port) throws IOException {
    List<String> lines = new ArrayList<>();
    boolean inSection = false;
    for (String line : Files.readAllLines(file)) {
      String heading = line.strip().replaceFirst("^\ufeff", "");
      if (heading.startsWith("[")) {
        inSection = heading.equals(HEADING);
      }
      lines.add(inSection && line.strip().matches("port\\s*[=:].*") ? "port=" + port : line);
    }
    Folders.writePrivately(file, String.join("\n", lines) + "\n");
  }
}
