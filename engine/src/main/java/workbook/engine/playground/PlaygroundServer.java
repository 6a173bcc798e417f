package workbook.engine.playground;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import workbook.engine.Folders;
import workbook.engine.RandomHex;
import workbook.engine.postgres.Cluster;
import workbook.engine.postgres.Ports;
import workbook.engine.programs.Binaries;
import workbook.support.DatabaseSettings;
import workbook.support.EnvironmentException;

/** The server behind the playground, with one role and one database for the learner. */
final class PlaygroundServer {
  /** Where PostgreSQL listens unless told otherwise. */
  static final int USUAL_PORT = 5432;

  private static final String NAME = "workbook";
  private static final Map<String, String> SETTINGS =
      Map.of("listen_addresses", "'127.0.0.1'", "unix_socket_directories", "''");

  private final Path workFolder;
  private final Path folder;
  private final Cluster cluster;
  private final DbInfo remembered;

  PlaygroundServer(Path workFolder) {
    this.workFolder = workFolder;
    this.folder = workFolder.resolve("playground");
    this.cluster = new Cluster(folder);
    this.remembered = new DbInfo(folder.resolve("db_info.ini"));
  }

  boolean exists() {
    return cluster.exists();
  }

  boolean isRunning() throws IOException {
    return cluster.isRunning();
  }

  /** How the learner connects; none before the first start. */
  Optional<DatabaseSettings> settings() {
    return remembered.server().map(server -> remembered.read());
  }

  /**
   * Remembers anew what it has forgotten, its own file being damaged: what {@code db_info.ini} says
   * of it, or else nothing, and then the next start sets another password.
   */
  void recover(DbInfo info) throws IOException {
    if (remembered.complaint(Map.of()).isEmpty()) {
      return;
    }
    Optional<Integer> port = cluster.lastPort();
    boolean named =
        info.exists()
            && info.complaint(Map.of()).isEmpty()
            && port.equals(Optional.of(info.read().port()))
            && info.read().user().equals(NAME);
    if (named) {
      remembered.write(info.read());
    } else {
      remembered.delete();
    }
  }

  /** Makes what is missing and starts the server, unless it runs. */
  void start(Consumer<String> say) throws IOException {
    Binaries binaries = Binaries.unpack(workFolder, say);
    if (!cluster.exists()) {
      make(binaries, say);
    }
    if (isForeign(binaries)) {
      throw new EnvironmentException(
          "The playground's data in %s are PostgreSQL %s's, and this workbook brings %s. They stay as they are. ./workbook db reset sets them aside and begins anew."
              .formatted(folder, cluster.major(), binaries.major()));
    }
    int port = cluster.isRunning() ? cluster.port() : listen(binaries, say);
    // Written last: a playground that remembers its settings has its role and its database.
    if (!remembered.exists()) {
      String password = RandomHex.of(16);
      asSuperuser(statement -> furnish(statement, password));
      remembered.write(new DatabaseSettings(Loopback.name(), port, NAME, NAME, password));
    } else if (remembered.read().port() != port) {
      remembered.writePort(port);
    }
  }

  void stop() throws IOException {
    cluster.stop("fast");
  }

  /** Makes the learner's database anew; data that this PostgreSQL cannot read are set aside. */
  void reset(Consumer<String> say) throws IOException {
    if (cluster.exists() && isForeign(Binaries.unpack(workFolder, say))) {
      Path aside = Files.createTempDirectory(workFolder, "playground-" + cluster.major() + "-");
      Files.move(folder, aside, StandardCopyOption.REPLACE_EXISTING);
      say.accept("The old data are kept in " + aside + ".");
    }
    start(say);
    String password = remembered.read().password();
    asSuperuser(
        statement -> {
          statement.execute("DROP DATABASE IF EXISTS " + NAME + " WITH (FORCE)");
          furnish(statement, password);
        });
  }

  private boolean isForeign(Binaries binaries) throws IOException {
    return !cluster.major().equals(binaries.major());
  }

  private void make(Binaries binaries, Consumer<String> say) throws IOException {
    say.accept("Making a playground (once)");
    Path unfinished = workFolder.resolve("playground.unfinished");
    Folders.delete(unfinished);
    Files.createDirectories(unfinished);
    try {
      // A power cut in this very minute costs nothing but to begin again.
      new Cluster(unfinished).create(binaries, "--no-sync");
      Folders.delete(folder);
      Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Folders.delete(unfinished);
    }
  }

  private int listen(Binaries binaries, Consumer<String> say) throws IOException {
    int wanted = remembered.server().map(DatabaseSettings::port).orElse(USUAL_PORT);
    AtomicInteger next = new AtomicInteger(wanted);
    int port = cluster.start(binaries, SETTINGS, () -> next.updateAndGet(Ports::from));
    if (port != wanted) {
      say.accept("Another program has port %s, so it is %s now.".formatted(wanted, port));
    }
    return port;
  }

  private static void furnish(Statement statement, String password) throws SQLException {
    if (isMissing(statement, "pg_roles WHERE rolname")) {
      statement.execute("CREATE ROLE " + NAME + " LOGIN");
    }
    statement.execute("ALTER ROLE " + NAME + " PASSWORD '" + password + "'");
    if (isMissing(statement, "pg_database WHERE datname")) {
      statement.execute("CREATE DATABASE " + NAME + " OWNER " + NAME);
    }
  }

  private static boolean isMissing(Statement statement, String catalogue) throws SQLException {
    try (ResultSet found =
        statement.executeQuery("SELECT FROM " + catalogue + " = '" + NAME + "'")) {
      return !found.next();
    }
  }

  private void asSuperuser(SqlWork work) throws IOException {
    DatabaseSettings admin = cluster.admin(cluster.port());
    try (Connection connection = admin.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      work.with(statement);
    } catch (SQLException e) {
      throw new EnvironmentException(
          "The playground does not do as it is told: %s. See server.log in %s; to begin anew, run ./workbook db stop and delete that folder."
              .formatted(e.getMessage(), folder),
          e);
    }
  }

  @FunctionalInterface
  private interface SqlWork {
    void with(Statement statement) throws SQLException;
  }
}
