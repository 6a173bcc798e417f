package workbook.engine.playground;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import workbook.engine.Folders;
import workbook.engine.postgres.DockerEngine;
import workbook.engine.postgres.Ports;
import workbook.engine.postgres.ThrowawayServer;
import workbook.engine.programs.Advice;
import workbook.engine.programs.Binaries;
import workbook.engine.programs.ErrorLine;
import workbook.engine.programs.PostgresProgram;
import workbook.engine.programs.SystemRoot;
import workbook.support.DatabaseSettings;
import workbook.support.EnvironmentException;

/**
 * Looks whether databases can be had here, quickly and without starting any.
 *
 * <p>Each method returns what is fine, or throws an {@link EnvironmentException} that says how to
 * mend what is not.
 */
public final class DatabaseDiagnosis {
  private final Path root;
  private final Map<String, String> environment;

  /**
   * @param root the workbook's folder
   * @param environment variables that win over {@code db_info.ini}
   */
  public DatabaseDiagnosis(Path root, Map<String, String> environment) {
    this.root = root;
    this.environment = environment;
  }

  /** The Docker engine; it matters only to those who ask for it by name. */
  public String docker() {
    Optional<DockerEngine> engine = DockerEngine.find();
    boolean wanted = ThrowawayServer.configured().equals("docker");
    if (engine.isEmpty() && wanted) {
      throw new EnvironmentException(
          "no sign of an engine, but WORKBOOK_DATABASE=docker: start Docker, or unset that");
    }
    if (engine.isEmpty()) {
      return "none, and none is needed: checks run on the embedded PostgreSQL";
    }
    try {
      String version = ThrowawayServer.dockerDiagnosis(engine.get(), root.resolve(".workbook"));
      return version + " at " + engine.get().endpoint();
    } catch (EnvironmentException e) {
      if (wanted) {
        throw new EnvironmentException(
            e.getMessage() + ", but WORKBOOK_DATABASE=docker: start Docker, or unset that", e);
      }
      return "cannot be used (" + e.getMessage() + "): checks run on the embedded PostgreSQL";
    }
  }

  /** The PostgreSQL that comes with the workbook. */
  public String binaries() throws IOException {
    Optional<Binaries> unpacked = Binaries.ifUnpacked(root.resolve(".workbook"));
    SystemRoot.prefix();
    requireName();
    if (unpacked.isEmpty()) {
      return "comes with the workbook, and is unpacked at its first use";
    }
    Folders.requireWritable(root.resolve(".workbook"));
    Path folder = Files.createTempDirectory(root.resolve(".workbook"), "doctor-");
    try {
      PostgresProgram.Outcome outcome =
          PostgresProgram.run(folder, unpacked.get().program("postgres"), "--version");
      if (outcome.succeeded()) {
        return outcome.output();
      }
      String complaint = ErrorLine.in(outcome.output());
      throw new EnvironmentException(
          complaint.contains("failed to execute")
              ? complaint + ". " + Advice.on(complaint)
              : "%s, so delete %s; it is unpacked anew"
                  .formatted(complaint, unpacked.get().home()));
    } finally {
      Folders.delete(folder);
    }
  }

  // Java has this for a user that the system has no name for; initdb has an error.
  private static void requireName() {
    if (System.getProperty("user.name", "?").equals("?")) {
      throw new EnvironmentException(Advice.on("effective user ID"));
    }
  }

  /** Where the playground listens, or would. */
  public String port() throws IOException {
    PlaygroundServer server = new PlaygroundServer(root.resolve(".workbook"));
    int port = server.settings().map(DatabaseSettings::port).orElse(PlaygroundServer.USUAL_PORT);
    if (server.isRunning()) {
      return port + ", where the playground listens";
    }
    return Ports.isFree(port)
        ? port + " is free"
        : "%s is another program's; the playground takes %s".formatted(port, Ports.from(port));
  }

  /** The database that {@code db_info.ini} names. */
  public String settings() throws IOException {
    Path file = root.resolve("db_info.ini");
    if (!Files.exists(file)) {
      return "not there yet; ./workbook db start writes it";
    }
    Playground playground = new Playground(root, environment);
    DatabaseSettings settings = playground.settings();
    if (Folders.isOpenToOthers(file)) {
      throw new EnvironmentException("others may read your password: chmod 600 db_info.ini");
    }
    if (playground.learnersOwn().isEmpty() && !playground.isRunning()) {
      return "names the playground, which is stopped: ./workbook db start";
    }
    return settings + " answers, PostgreSQL " + playground.requireConnection();
  }
}
