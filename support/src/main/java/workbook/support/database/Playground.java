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

  /**
   * @param root the workbook's folder, which holds {@code db_info.ini}
   */
  public Playground(Path root) {
    this.workFolder = root.resolve(".workbook");
    this.server = new PlaygroundServer(workFolder);
    this.info = new DbInfo(root.resolve("db_info.ini"));
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
      return "a server of your own, %s:%d, as db_info.ini says"
          .formatted(own.get().host(), own.get().port());
    }
    if (isRunning()) {
      return "runs at " + where() + advice();
    }
    return server.exists()
        ? "stopped, its data are kept; start it with ./workbook db start"
        : "none yet; make it with ./workbook db start";
  }

  /**
   * Makes and starts the server where need be, and writes {@code db_info.ini}.
   *
   * @param say is told what was done, in a line each
   */
  public void start(Consumer<String> say) {
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
    boolean ready = info.exists() && (learnersOwn().isPresent() || isRunning());
    if (!ready) {
      exclusively("start", () -> startAndTell(say));
    }
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
    say.accept("The playground " + (ran ? "already " : "") + "runs at " + where() + advice() + ".");
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

  private String advice() {
    try {
      return server.settings().filter(info.read()::equals).isPresent()
          ? ""
          : ", but db_info.ini says otherwise (to have it written anew, delete it and run ./workbook db start)";
    } catch (EnvironmentException broken) {
      return ", but: " + broken.getMessage().replaceFirst("\\.$", "");
    }
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
              .formatted(what, workFolder, Folders.reason(e)),
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
