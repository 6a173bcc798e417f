package workbook.engine.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;
import workbook.engine.Folders;
import workbook.engine.RandomHex;
import workbook.engine.programs.Advice;
import workbook.engine.programs.Binaries;
import workbook.engine.programs.ErrorLine;
import workbook.engine.programs.PostgresProgram;
import workbook.support.DatabaseSettings;
import workbook.support.EnvironmentException;

/**
 * PostgreSQL data on disk and the server that runs on them, by PostgreSQL's own programs.
 *
 * <p>A folder holds the {@code data}, the {@code superuser}'s password and the {@code server.log}.
 */
public final class Cluster {
  /** The data's name in the folder. */
  static final String DATA = "data";

  private static final String PASSWORD = "superuser";
  private static final String SETTINGS = "workbook.conf";
  private static final String LOG = "server.log";
  private static final int ATTEMPTS = 20;

  private final Path folder;
  private final Path data;

  public Cluster(Path folder) {
    this.folder = folder;
    this.data = folder.resolve(DATA);
  }

  /** Makes the data, with a superuser who has a random password. */
  public void create(Binaries binaries, String... options) throws IOException {
    Folders.writePrivately(folder.resolve(PASSWORD), RandomHex.of(16) + "\n");
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--pgdata=data",
                "--username=postgres",
                "--pwfile=" + PASSWORD,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--locale=C",
                "--lc-messages=C",
                "--no-instructions"));
    arguments.addAll(List.of(options));
    PostgresProgram.Outcome outcome =
        PostgresProgram.run(folder, binaries.program("initdb"), arguments.toArray(String[]::new));
    if (!outcome.succeeded()) {
      throw new EnvironmentException(
          "PostgreSQL cannot make its data in %s: %s. %s"
              .formatted(
                  folder,
                  ErrorLine.in(outcome.output()),
                  Advice.on(ErrorLine.in(outcome.output()))));
    }
    // What is set there wins, and no command line has to carry it.
    Files.writeString(
        data.resolve("postgresql.conf"), "include '" + SETTINGS + "'\n", StandardOpenOption.APPEND);
  }

  /**
   * Rewrites the database that others are copies of, while no server runs.
   *
   * <p>That leaves a quarter fewer files, so databases are made and dropped in less time.
   */
  void compact(Binaries binaries) throws IOException {
    Files.writeString(data.resolve(SETTINGS), "fsync = off\n");
    PostgresProgram.Outcome outcome =
        PostgresProgram.feed(
            "VACUUM FULL;\n",
            folder,
            binaries.program("postgres"),
            "--single",
            "-D",
            "data",
            "template0");
    if (!outcome.succeeded()) {
      throw new EnvironmentException(
          "PostgreSQL cannot prepare its data in %s: %s. %s"
              .formatted(
                  folder,
                  ErrorLine.in(outcome.output()),
                  Advice.on(ErrorLine.in(outcome.output()))));
    }
  }

  /** Whether there are data; they may be another version's. */
  public boolean exists() {
    return Files.exists(data.resolve("PG_VERSION"));
  }

  /** The version of PostgreSQL that made the data, such as {@code 18}. */
  public String major() throws IOException {
    return Files.readString(data.resolve("PG_VERSION")).strip();
  }

  /**
   * Starts the server.
   *
   * @param settings of {@code postgresql.conf}, each value as it is written there
   * @param ports where to listen: asked anew when another program has taken one
   * @return the port
   */
  public int start(Binaries binaries, Map<String, String> settings, IntSupplier ports)
      throws IOException {
    for (int attempt = 1; ; attempt++) {
      int port = ports.getAsInt();
      configure(settings, port);
      removeStalePid();
      Files.deleteIfExists(folder.resolve(LOG));
      PostgresProgram.Outcome outcome =
          PostgresProgram.run(
              folder, binaries.program("pg_ctl"), "start", "-D", "data", "-l", LOG, "-w", "-s");
      if (outcome.succeeded()) {
        return port;
      }
      String log = log();
      boolean taken = log.contains("could not bind");
      // The helpers of a server that was killed need a moment to notice.
      boolean ending = log.contains("is still in use");
      if (attempt == ATTEMPTS || !taken && !ending) {
        throw failure(ErrorLine.in(log + "\n" + outcome.output()));
      }
      Folders.pause(ending ? 200 : 0);
    }
  }

  /**
   * Stops the server, if it runs.
   *
   * @param mode of {@code pg_ctl}: {@code fast}, or {@code immediate} where the data are not needed
   */
  public void stop(String mode) throws IOException {
    Optional<ProcessHandle> server = server();
    if (server.isEmpty()) {
      return;
    }
    // The server's own pg_ctl, which need not be of this workbook's version.
    Path program = Path.of(server.get().info().command().orElseThrow());
    String control = program.getFileName().toString().replace("postgres", "pg_ctl");
    PostgresProgram.Outcome outcome =
        PostgresProgram.run(
            folder, program.resolveSibling(control), "stop", "-D", "data", "-m", mode, "-w", "-s");
    if (!outcome.succeeded()) {
      server.get().destroyForcibly();
    }
  }

  /** Whether the server runs. */
  public boolean isRunning() throws IOException {
    return server().isPresent();
  }

  /** The port of the running server. */
  public int port() throws IOException {
    return Integer.parseInt(pidFile().get(3).strip());
  }

  /** The port that the server listened on last; none before its first start. */
  public Optional<Integer> lastPort() throws IOException {
    Path settings = data.resolve(SETTINGS);
    if (!Files.exists(settings)) {
      return Optional.empty();
    }
    return Files.readAllLines(settings).stream()
        .filter(line -> line.matches("port = [0-9]{1,5}"))
        .map(line -> Integer.valueOf(line.substring("port = ".length())))
        .findFirst();
  }

  /** How to connect as the superuser. */
  public DatabaseSettings admin(int port) throws IOException {
    String password = Files.readString(folder.resolve(PASSWORD)).strip();
    return new DatabaseSettings("127.0.0.1", port, "postgres", "postgres", password);
  }

  private EnvironmentException failure(String complaint) throws IOException {
    String advice =
        complaint.contains("denied")
            ? "These files belong to " + Files.getOwner(data) + ": work as that user"
            : "The whole story is in " + LOG;
    return new EnvironmentException(
        "PostgreSQL does not start in %s: %s. %s.".formatted(folder, complaint, advice));
  }

  private void configure(Map<String, String> settings, int port) throws IOException {
    StringBuilder text = new StringBuilder("port = " + port + "\n");
    settings.forEach((name, value) -> text.append(name).append(" = ").append(value).append('\n'));
    Files.writeString(data.resolve(SETTINGS), text);
  }

  private Optional<ProcessHandle> server() throws IOException {
    List<String> lines = pidFile();
    if (lines.size() < 4) {
      return Optional.empty();
    }
    long pid = Long.parseLong(lines.get(0).strip());
    return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(this::wroteThePidFile);
  }

  // After a crash or a reboot, the number in the file may be some other process's by now.
  private boolean wroteThePidFile(ProcessHandle process) {
    boolean isPostgres =
        process.info().command().stream()
            .anyMatch(path -> Path.of(path).getFileName().toString().startsWith("postgres"));
    Instant written = Instant.ofEpochMilli(pidPath().toFile().lastModified());
    boolean wasThere =
        process.info().startInstant().stream()
            .allMatch(start -> start.isBefore(written.plusSeconds(60)));
    return isPostgres && wasThere;
  }

  // PostgreSQL itself sees to it that no second server runs on the same data.
  private void removeStalePid() throws IOException {
    if (server().isEmpty()) {
      Files.deleteIfExists(pidPath());
    }
  }

  private List<String> pidFile() throws IOException {
    return Files.exists(pidPath()) ? Files.readAllLines(pidPath()) : List.of();
  }

  private Path pidPath() {
    return data.resolve("postmaster.pid");
  }

  private String log() throws IOException {
    Path log = folder.resolve(LOG);
    return Files.exists(log) ? new String(Files.readAllBytes(log), StandardCharsets.UTF_8) : "";
  }
}
