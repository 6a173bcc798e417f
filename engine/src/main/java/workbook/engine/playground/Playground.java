package workbook.engine.playground;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.postgresql.ds.PGSimpleDataSource;
import workbook.engine.Deadline;
import workbook.engine.FileMutex;
import workbook.engine.programs.Advice;
import workbook.support.DatabaseSettings;
import workbook.support.EnvironmentException;

/**
 * The learner's own database, which goes on between programs and keeps its data.
 *
 * <p>{@code db_info.ini} says where it is. If that names a server of the learner's own, the
 * workbook starts none and never touches theirs.
 */
public final class Playground {
  private static final Set<String> HERE = Set.of("localhost", "127.0.0.1", "::1");
  private static final int CONNECT_SECONDS = 4;
  private static final String MEND =
      "./workbook db start --mend keeps a copy of db_info.ini and writes a new one";

  private final Path workFolder;
  private final PlaygroundServer server;
  private final DbInfo info;
  private final Map<String, String> environment;

  /**
   * @param root the workbook's folder, which holds {@code db_info.ini}
   */
  public Playground(Path root) {
    this(root, System.getenv());
  }

  /**
   * @param root the workbook's folder, which holds {@code db_info.ini}
   * @param environment variables that win over that file
   */
  public Playground(Path root, Map<String, String> environment) {
    this.environment = environment;
    this.workFolder = root.resolve(".workbook");
    this.server = new PlaygroundServer(workFolder);
    this.info = new DbInfo(root.resolve("db_info.ini"));
    attempt(
        "look at",
        () -> {
          server.recover(info);
          return true;
        });
  }

  /** The server of the learner's own that {@code db_info.ini} names, if it does not name ours. */
  public Optional<DatabaseSettings> learnersOwn() {
    return info.complaint(environment).isPresent()
        ? Optional.empty()
        : info.server().filter(named -> !isOurs(named));
  }

  /** Whether our server runs. */
  public boolean isRunning() {
    return attempt("look at", server::isRunning);
  }

  /** Where the playground is and whether it runs; one line. */
  public String status() {
    Optional<DatabaseSettings> own = learnersOwn();
    if (own.isPresent()) {
      return "a server of your own, %s:%s, as db_info.ini says"
          .formatted(own.get().host(), own.get().port());
    }
    if (isRunning()) {
      return "runs at " + where() + advice();
    }
    String broken = info.complaint(environment).isPresent() ? advice() : "";
    return (server.exists()
            ? "stopped, its data are kept; start it with ./workbook db start"
            : "none yet; make it with ./workbook db start")
        + broken;
  }

  /**
   * Makes and starts the server where need be, and writes {@code db_info.ini}.
   *
   * @param say is told what was done, in a line each
   * @throws EnvironmentException if {@code db_info.ini} is broken; nothing is started then
   */
  public void start(Consumer<String> say) {
    requireSoundInfo();
    if (learnersOwn().isPresent()) {
      say.accept(
          "Nothing started: you have %s. To have a playground, move that file away and try again."
              .formatted(status()));
    } else {
      exclusively("start", () -> startAndTell(say));
    }
  }

  /** Does as {@link #start}, but says nothing if there is nothing to do. */
  public void ensureStarted(Consumer<String> say) {
    requireSoundInfo();
    boolean ready = info.exists() && (learnersOwn().isPresent() || isRunning());
    if (!ready) {
      exclusively("start", () -> startAndTell(say));
    }
  }

  /**
   * Does as {@link #start}, but first sets {@code db_info.ini} aside if it is broken, or says of
   * our server what is not so.
   */
  public void mend(Consumer<String> say) {
    if (info.exists() && learnersOwn().isEmpty() && !isRight()) {
      exclusively(
          "mend", () -> say.accept("The old db_info.ini is kept: " + info.setAside(backups())));
    }
    start(say);
  }

  /**
   * What programs connect with.
   *
   * @throws EnvironmentException if {@code db_info.ini} is broken
   */
  public DatabaseSettings settings() {
    requireSoundInfo();
    return info.read(environment);
  }

  /**
   * Demands that programs get a connection.
   *
   * @return the version of the server that they get it from
   * @throws EnvironmentException if what {@code db_info.ini} and the environment say does not lead
   *     to a server that lets them in
   */
  public String requireConnection() {
    DatabaseSettings settings = settings();
    PGSimpleDataSource source = (PGSimpleDataSource) settings.dataSource();
    source.setLoginTimeout(CONNECT_SECONDS);
    try (Connection connection = source.getConnection()) {
      return connection.getMetaData().getDatabaseProductVersion();
    } catch (SQLException e) {
      throw new EnvironmentException(
          "Programs cannot connect to %s, as %s says: %s (SQLSTATE %s). %s"
              .formatted(settings, source(), Deadline.reason(e), e.getSQLState(), remedy()),
          e);
    }
  }

  private void requireSoundInfo() {
    info.complaint(environment)
        .ifPresent(
            broken -> {
              throw new EnvironmentException(withRemedy(broken));
            });
  }

  // A variable may be what is wrong, and no new file helps then.
  private String withRemedy(String broken) {
    boolean fileIsBroken = info.complaint(Map.of()).isPresent();
    return broken + (fileIsBroken ? " Or let it be mended: " + MEND + "." : "");
  }

  private String source() {
    List<String> variables = DatabaseSettings.variablesIn(environment);
    return "db_info.ini" + (variables.isEmpty() ? "" : " with " + String.join(", ", variables));
  }

  private String remedy() {
    if (learnersOwn().isPresent()) {
      return "Correct db_info.ini, or move it away and run ./workbook db start to have a playground.";
    }
    if (!isRight()) {
      return "Correct db_info.ini, or let it be mended: " + MEND + ".";
    }
    if (settings().host().equals("localhost") && !Loopback.name().equals("localhost")) {
      return "Here localhost does not mean 127.0.0.1, where the playground listens: write host=127.0.0.1 into db_info.ini.";
    }
    List<String> variables = DatabaseSettings.variablesIn(environment);
    return variables.isEmpty()
        ? "See server.log in " + workFolder.resolve("playground") + "."
        : "Unset " + String.join(", ", variables) + ": the file by itself is right.";
  }

  /** Stops our server; the data stay. */
  public void stop(Consumer<String> say) {
    exclusively(
        "stop",
        () -> {
          boolean ran = server.isRunning();
          server.stop();
          say.accept(
              ran
                  ? "The playground is stopped; its data are kept."
                  : "The playground was not running.");
        });
  }

  /**
   * Empties our database.
   *
   * @throws EnvironmentException if {@code db_info.ini} names a server of the learner's own
   */
  public void reset(Consumer<String> say) {
    if (learnersOwn().isPresent()) {
      throw new EnvironmentException(
          "Nothing reset: you have %s, and the workbook never empties that. Drop its tables yourself, or move that file away to have a playground."
              .formatted(status()));
    }
    exclusively(
        "reset",
        () -> {
          updating(say, () -> server.reset(say));
          say.accept("The playground is empty, and runs at " + where() + advice() + ".");
        });
  }

  private void startAndTell(Consumer<String> say) throws IOException {
    boolean ran = server.isRunning();
    updating(say, () -> server.start(say));
    say.accept("The playground " + (ran ? "already " : "") + "runs at " + where() + ".");
  }

  // A file that named our server goes on naming it, wherever it listens now.
  private void updating(Consumer<String> say, IoWork work) throws IOException {
    boolean namedOurs = info.server().filter(this::isOurs).isPresent();
    work.run();
    DatabaseSettings ours = server.settings().orElseThrow();
    if (!info.exists()) {
      info.write(ours);
      say.accept("db_info.ini is written; programs find the playground through it.");
    } else if (namedOurs && info.server().orElseThrow().port() != ours.port()) {
      info.writePort(ours.port());
      say.accept("db_info.ini has the new port.");
    }
  }

  private boolean isOurs(DatabaseSettings named) {
    return HERE.contains(named.host())
        && server.settings().filter(ours -> ours.port() == named.port()).isPresent();
  }

  private String where() {
    return server.settings().map(ours -> ours.host() + ":" + ours.port()).orElse("no port yet");
  }

  private boolean isRight() {
    return info.complaint(Map.of()).isEmpty()
        && server.settings().filter(info.read()::equals).isPresent();
  }

  private String advice() {
    Optional<String> broken = info.complaint(environment);
    if (broken.isPresent()) {
      return ", but: " + withRemedy(broken.get()).replaceFirst("\\.$", "");
    }
    return isRight() ? "" : ", but db_info.ini says otherwise: " + MEND;
  }

  private Path backups() {
    return workFolder.resolve("backups");
  }

  private void exclusively(String what, IoWork work) {
    attempt(
        what,
        () ->
            FileMutex.holding(
                workFolder.resolve("playground.lock"),
                lock -> {
                  work.run();
                  return true;
                }));
  }

  private <T> T attempt(String what, IoSupplier<T> work) {
    try {
      return work.get();
    } catch (IOException e) {
      String reason = EnvironmentException.reason(e);
      throw new EnvironmentException(
          "Cannot %s the playground in %s: %s. %s"
              .formatted(what, workFolder, reason, Advice.on(reason)),
          e);
    }
  }

  @FunctionalInterface
  private interface IoWork {
    void run() throws IOException;
  }

  @FunctionalInterface
  private interface IoSupplier<T> {
    T get() throws IOException;
  }
}
