package workbook.support.database;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
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

  private final Path workFolder;
  private final PlaygroundServer server;
  private final DbInfo info;
  private final Consumer<String> say;

  /**
   * @param root the workbook's folder
   * @param say is told what was done, in a line each
   */
  public Playground(Path root, Consumer<String> say) {
    this.workFolder = root.resolve(".workbook");
    this.server = new PlaygroundServer(workFolder, say);
    this.info = new DbInfo(root.resolve("db_info.ini"));
    this.say = say;
  }

  /** The server of the learner's own that {@code db_info.ini} names, if it does not name ours. */
  public Optional<DatabaseSettings> learnersOwn() {
    return info.server().filter(named -> !isOurs(named));
  }

  /** Whether our server runs. */
  public boolean isRunning() {
    return attempt("look at", server::isRunning);
  }

  /** Where the playground is and whether it runs; one line. */
  public String status() {
    Optional<DatabaseSettings> own = learnersOwn();
    if (own.isPresent()) {
      return "db_info.ini names a server of your own, %s:%d, so the workbook starts none."
          .formatted(own.get().host(), own.get().port());
    }
    if (isRunning()) {
      return "The playground runs at " + where() + "." + advice();
    }
    return server.exists()
        ? "The playground is stopped; its data are kept. Start it: ./workbook db start"
        : "There is no playground yet. Make it: ./workbook db start";
  }

  /** Makes and starts the server where need be, and writes {@code db_info.ini}. */
  public void start() {
    if (learnersOwn().isPresent()) {
      say.accept(status() + " To have one all the same, move db_info.ini away and try again.");
    } else {
      exclusively("start", this::startAndTell);
    }
  }

  /** Does as {@link #start()}, but says nothing if there is nothing to do. */
  public void ensureStarted() {
    boolean ready = info.exists() && (learnersOwn().isPresent() || isRunning());
    if (!ready) {
      exclusively("start", this::startAndTell);
    }
  }

  /** Stops our server; the data stay. */
  public void stop() {
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
  public void reset() {
    learnersOwn()
        .ifPresent(
            own -> {
              throw new EnvironmentException(
                  "db_info.ini names a server of your own, %s:%d, which the workbook never empties. Drop its tables yourself, or move db_info.ini away to have a playground."
                      .formatted(own.host(), own.port()));
            });
    exclusively(
        "reset",
        () -> {
          updating(server::reset);
          say.accept("The playground is empty, and runs at " + where() + "." + advice());
        });
  }

  private void startAndTell() throws IOException {
    boolean ran = server.isRunning();
    updating(server::start);
    say.accept(
        "The playground runs%s at %s.%s".formatted(ran ? " already," : "", where(), advice()));
  }

  // A file that named our server goes on naming it, wherever it listens now.
  private void updating(IoWork work) throws IOException {
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

  private String advice() {
    try {
      if (server.settings().filter(info.read()::equals).isPresent()) {
        return "";
      }
    } catch (EnvironmentException broken) {
      return " But " + broken.getMessage();
    }
    return " But db_info.ini says something else; to have it written anew, delete it and run ./workbook db start.";
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
      throw new EnvironmentException(
          "Cannot %s the playground in %s: %s. Look for free disk space, and for whose files they are."
              .formatted(what, workFolder, e),
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
