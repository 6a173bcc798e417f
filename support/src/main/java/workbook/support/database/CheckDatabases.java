package workbook.support.database;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.postgresql.ds.PGSimpleDataSource;
import workbook.support.DatabaseSettings;
import workbook.support.EnvironmentException;
import workbook.support.Folders;

/**
 * Makes databases for checks on a throwaway server, ahead of need, and drops them afterwards.
 *
 * <p>Each has a role of its own name that owns it, may log in and is no superuser. One session
 * makes and drops them, most of them while nobody waits, and another one looks at them. Their
 * application name tells other runs that this one lives.
 */
public final class CheckDatabases implements DatabaseHost, AutoCloseable {
  private static final int READY = 3;
  // Each takes 7 MB of the disk until it is dropped.
  private static final int MOST_USED = 20;
  private static final SecureRandom RANDOM = new SecureRandom();

  private static CheckDatabases shared;

  private final ThrowawayServer server;
  private final String run = "workbook_" + randomHex(4);
  private final ExecutorService maker =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "workbook databases");
            thread.setDaemon(true);
            return thread;
          });
  private final BlockingQueue<CompletableFuture<DatabaseSettings>> ready =
      new LinkedBlockingQueue<>();
  private final Queue<String> used = new ConcurrentLinkedQueue<>();
  private final Map<String, String> siblings = new ConcurrentHashMap<>();
  // These two are touched by the maker thread only.
  private Connection admin;
  private int made;
  private Connection observer;
  private int taken;
  private int stock = READY;
  private volatile boolean closed;

  /** The process's one pool, on the server that the configuration names; ends with the process. */
  public static synchronized CheckDatabases shared() {
    if (shared == null) {
      String source = ThrowawayServer.configured();
      ThrowawayServer server = ThrowawayServer.open(source, System.err::println);
      if (source.equals("auto")) {
        System.err.println("Checks run on " + server.description() + ".");
      }
      CheckDatabases pool = new CheckDatabases(server);
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    pool.close();
                    server.close();
                  },
                  "drop databases"));
      shared = pool;
    }
    return shared;
  }

  /**
   * Connects to a server; whoever opened it closes it.
   *
   * @throws EnvironmentException if it does not answer
   */
  public CheckDatabases(ThrowawayServer server) {
    this.server = server;
    await(CompletableFuture.runAsync(this::connect, maker));
    for (int i = 0; i < READY; i++) {
      order();
    }
  }

  /** Makes as many databases as it ever took at once, and drops used ones: nobody waits now. */
  public static synchronized void rest() {
    if (shared != null) {
      shared.restock();
    }
  }

  @Override
  public DatabaseSettings take() {
    synchronized (ready) {
      taken++;
      if (ready.size() < READY) {
        order();
      }
    }
    try {
      return await(ready.take());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EnvironmentException("Interrupted while waiting for a database.", e);
    }
  }

  // Not at once: where a session is just ending, the server waits 100 ms before it looks again.
  @Override
  public void discard(String database) {
    used.add(database);
    if (used.size() > MOST_USED) {
      maker.execute(this::dropOldest);
    }
  }

  @Override
  public List<List<String>> sessions(String database, String but) {
    String query =
        """
        SELECT pid, application_name, coalesce(state, ''), coalesce(query, '')
        FROM pg_stat_activity
        WHERE datname = ? AND application_name <> ? AND backend_type = 'client backend'
        ORDER BY backend_start
        """;
    return administer(
        admin -> {
          try (PreparedStatement statement = admin.prepareStatement(query)) {
            statement.setString(1, database);
            statement.setString(2, but);
            try (ResultSet results = statement.executeQuery()) {
              List<List<String>> rows = new ArrayList<>();
              while (results.next()) {
                rows.add(
                    List.of(
                        results.getString(1),
                        results.getString(2),
                        results.getString(3),
                        results.getString(4)));
              }
              return rows;
            }
          }
        });
  }

  @Override
  public void changePassword(String database, String password) {
    administer("ALTER ROLE %I PASSWORD %L", database, password);
  }

  @Override
  public void limitSessions(String database, int limit) {
    administer("ALTER ROLE %I CONNECTION LIMIT %s", database, String.valueOf(limit));
  }

  @Override
  public void close(String database) {
    administer("ALTER DATABASE %I ALLOW_CONNECTIONS false", database);
  }

  @Override
  public String makeSibling(String database, String suffix) {
    String name = database + suffix;
    siblings.put(name, database);
    administer("CREATE DATABASE %I TEMPLATE template0 ALLOW_CONNECTIONS false", name);
    administer("REVOKE ALL ON DATABASE %I FROM PUBLIC", name);
    administer("GRANT CONNECT ON DATABASE %I TO %I", name, database);
    administer("ALTER DATABASE %I ALLOW_CONNECTIONS true", name);
    return name;
  }

  /** How many bytes a database takes on the server's disk; 0 if it is not there. */
  public long size(String database) {
    return administer(
        admin -> {
          try (PreparedStatement statement =
              admin.prepareStatement(
                  "SELECT pg_database_size(oid) FROM pg_database WHERE datname = ?")) {
            statement.setString(1, database);
            try (ResultSet result = statement.executeQuery()) {
              return result.next() ? result.getLong(1) : 0;
            }
          }
        });
  }

  // PostgreSQL itself quotes what stands in a statement.
  private void administer(String template, String... values) {
    administer(
        admin -> {
          String statement;
          try (PreparedStatement format =
              admin.prepareStatement("SELECT format(?, VARIADIC ?::text[])")) {
            format.setString(1, template);
            format.setArray(2, admin.createArrayOf("text", values));
            try (ResultSet result = format.executeQuery()) {
              result.next();
              statement = result.getString(1);
            }
          }
          try (Statement run = admin.createStatement()) {
            return run.execute(statement);
          }
        });
  }

  private synchronized <T> T administer(AdminWork<T> work) {
    try {
      if (observer == null) {
        observer = open();
      }
      return work.with(observer);
    } catch (SQLException e) {
      throw broken("did not answer", e);
    }
  }

  private void restock() {
    synchronized (ready) {
      stock = Math.max(stock, taken);
      taken = 0;
      for (int i = ready.size(); i < stock; i++) {
        order();
      }
    }
    maker.execute(this::dropUsed);
  }

  private void dropUsed() {
    while (!used.isEmpty() && !closed) {
      dropOldest();
    }
  }

  private void dropOldest() {
    String database = used.poll();
    if (database != null && !closed) {
      siblings.entrySet().stream()
          .filter(sibling -> sibling.getValue().equals(database))
          .map(Map.Entry::getKey)
          .forEach(this::tryToDrop);
      siblings.values().removeIf(database::equals);
      tryToDrop(database);
    }
  }

  // A server of our own ends, too, and takes its databases with it.
  @Override
  public void close() {
    closed = true;
    if (!server.isOurs()) {
      CompletableFuture.runAsync(() -> dropRun(run), maker).handle((done, failed) -> done).join();
    }
    maker.shutdown();
    closeQuietly(admin);
    closeQuietly(observer);
  }

  private static void closeQuietly(Connection connection) {
    try {
      if (connection != null) {
        connection.close();
      }
    } catch (SQLException gone) {
      // then it is closed
    }
  }

  private void order() {
    CompletableFuture<DatabaseSettings> order = new CompletableFuture<>();
    ready.add(order);
    maker.execute(
        () -> {
          try {
            if (!closed) {
              order.complete(make());
            }
          } catch (SQLException e) {
            order.completeExceptionally(broken("could not make a database", e));
          }
        });
  }

  private void connect() {
    try {
      admin = open();
      try (Statement statement = admin.createStatement()) {
        // Roles of a throwaway server need no slow password hash.
        if (version() >= 16) {
          statement.execute("SET scram_iterations = 1");
        }
        if (server.isOurs()) {
          // Checks see no database but their own.
          statement.execute("REVOKE ALL ON DATABASE postgres, template1 FROM PUBLIC");
        }
      }
      sweep();
      makeTemplate();
    } catch (SQLException e) {
      throw broken("cannot be used", e);
    }
  }

  /**
   * Makes the database that all others are copies of.
   *
   * <p>Somebody has been in it, so the server's cache of its catalogue ({@code pg_internal.init})
   * comes along with each copy: the first session of each is there in half the time.
   */
  private void makeTemplate() throws SQLException {
    String locale =
        version() >= 17
            ? "LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LOCALE 'C'"
            : "LOCALE 'C'";
    try (Statement statement = admin.createStatement()) {
      statement.execute(
          "CREATE DATABASE %s TEMPLATE template0 ENCODING 'UTF8' %s %s"
              .formatted(template(), locale, strategy()));
      statement.execute("REVOKE ALL ON DATABASE " + template() + " FROM PUBLIC");
      open(template()).close();
      statement.execute("ALTER DATABASE " + template() + " ALLOW_CONNECTIONS false");
      awaitEmpty(statement);
    }
  }

  // The server copies no database with a session in it, and looks again only after 100 ms.
  private void awaitEmpty(Statement statement) throws SQLException {
    String inside = "SELECT FROM pg_stat_activity WHERE datname = '" + template() + "'";
    for (int attempt = 0; attempt < 500; attempt++) {
      try (ResultSet sessions = statement.executeQuery(inside)) {
        if (!sessions.next()) {
          return;
        }
      }
      Folders.pause(2);
    }
  }

  private String template() {
    return run + "_0_template";
  }

  private String strategy() throws SQLException {
    return version() >= 15 ? "STRATEGY FILE_COPY" : "";
  }

  private Connection open() throws SQLException {
    return open(server.admin().dbname());
  }

  private Connection open(String database) throws SQLException {
    PGSimpleDataSource source =
        (PGSimpleDataSource) server.admin().withDbname(database).dataSource();
    source.setApplicationName(run);
    return source.getConnection();
  }

  private DatabaseSettings make() throws SQLException {
    String name = run + "_" + ++made;
    String password = randomHex(12);
    try (Statement statement = admin.createStatement()) {
      statement.execute(
          "CREATE ROLE %s LOGIN NOSUPERUSER CONNECTION LIMIT %d PASSWORD '%s'"
              .formatted(name, MOST_SESSIONS, password));
      statement.execute("GRANT " + name + " TO CURRENT_USER");
      statement.execute(
          "CREATE DATABASE %s OWNER %s TEMPLATE %s %s ALLOW_CONNECTIONS false"
              .formatted(name, name, template(), strategy()));
      // Nobody else may be quick enough to come in.
      statement.execute("REVOKE ALL ON DATABASE " + name + " FROM PUBLIC");
      statement.execute("ALTER DATABASE " + name + " ALLOW_CONNECTIONS true");
    }
    DatabaseSettings where = server.admin();
    return new DatabaseSettings(where.host(), where.port(), name, name, password);
  }

  private int version() throws SQLException {
    return admin.getMetaData().getDatabaseMajorVersion();
  }

  /** Drops what runs left that were killed: those whose administrative session is gone. */
  private void sweep() throws SQLException {
    String orphans =
        """
        SELECT substring(name FROM '^workbook_[0-9a-f]{8}')
        FROM (SELECT rolname FROM pg_roles UNION SELECT datname FROM pg_database) AS names (name)
        WHERE name ~ '^workbook_[0-9a-f]{8}_[0-9]'
        EXCEPT
        SELECT application_name FROM pg_stat_activity WHERE application_name IS NOT NULL
        """;
    forEach(orphans, this::dropRun);
  }

  private void dropRun(String run) {
    try {
      forEach(
          "SELECT datname FROM pg_database WHERE datname ~ '^" + run + "_[0-9]+.'",
          this::tryToDrop);
      forEach(
          "SELECT rolname FROM pg_roles WHERE rolname ~ '^" + run + "_[0-9]+$'", this::tryToDrop);
    } catch (SQLException e) {
      throw broken("could not list what run " + run + " left", e);
    }
  }

  private void tryToDrop(String name) {
    String quoted = '"' + name.replace("\"", "\"\"") + '"';
    try (Statement statement = admin.createStatement()) {
      statement.execute("DROP DATABASE IF EXISTS " + quoted + " WITH (FORCE)");
      statement.execute("DROP ROLE IF EXISTS " + quoted);
    } catch (SQLException e) {
      throw broken("could not drop database " + name, e);
    }
  }

  private void forEach(String query, Consumer<String> action) throws SQLException {
    try (Statement statement = admin.createStatement();
        ResultSet names = statement.executeQuery(query)) {
      while (names.next()) {
        action.accept(names.getString(1));
      }
    }
  }

  private EnvironmentException broken(String what, SQLException e) {
    return new EnvironmentException(
        "The database server for checks (%s) %s: %s. Run ./workbook doctor."
            .formatted(server.description(), what, e.getMessage()),
        e);
  }

  private static <T> T await(CompletableFuture<T> future) {
    try {
      return future.get();
    } catch (ExecutionException | CompletionException e) {
      if (e.getCause() instanceof EnvironmentException broken) {
        throw broken;
      }
      throw new EnvironmentException("The database pool failed: " + e.getCause(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EnvironmentException("Interrupted while waiting for a database.", e);
    }
  }

  private static String randomHex(int bytes) {
    byte[] random = new byte[bytes];
    RANDOM.nextBytes(random);
    return HexFormat.of().formatHex(random);
  }

  /** What needs the administrative session. */
  @FunctionalInterface
  private interface AdminWork<T> {
    T with(Connection admin) throws SQLException;
  }
}
