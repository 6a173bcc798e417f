package workbook.engine.databases;

import java.util.ArrayList;
import java.util.Collection;
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
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import workbook.engine.Daemons;
import workbook.engine.ErrorLog;
import workbook.engine.Folders;
import workbook.engine.postgres.ThrowawayServer;
import workbook.support.EnvironmentException;

/**
 * Databases for checks on a throwaway server, made ahead of need, and dropped afterwards.
 *
 * <p>One session of the administrator makes and drops them, most of them between gradings, and
 * another one looks at them.
 */
public final class CheckDatabases implements DatabaseHost, AutoCloseable {
  private static final int READY = 3;
  // Each takes 7 MB of the disk until it is dropped.
  private static final int MOST_USED = 20;

  private static final int MOST_TURNS = 250;
  private static final int TURN_MILLIS = 20;

  private static final String GIVEN_UP = "The database server for checks was given up.";

  private static CheckDatabases shared;

  private final ThrowawayServer server;
  private final DatabaseMaker maker;
  private final AdminSession observer;
  private final ExecutorService thread = Daemons.single("workbook databases");
  private final BlockingQueue<CompletableFuture<CheckDatabase>> ready = new LinkedBlockingQueue<>();
  private final Queue<String> used = new ConcurrentLinkedQueue<>();
  private final Map<String, String> siblings = new ConcurrentHashMap<>();
  private final RolePasswords passwords;
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
      CheckDatabases pool;
      try {
        pool = new CheckDatabases(server);
      } catch (EnvironmentException e) {
        server.close();
        throw e;
      }
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
   * Connects to a server; the caller closes it.
   *
   * @throws EnvironmentException if it does not answer
   */
  public CheckDatabases(ThrowawayServer server) {
    this.server = server;
    String run = DatabaseMaker.newRun();
    maker = new DatabaseMaker(server, run);
    observer = new AdminSession(server, run);
    passwords = new RolePasswords(observer);
    for (int i = 0; i < READY; i++) {
      order();
    }
  }

  @Override
  public CheckDatabase take() {
    synchronized (ready) {
      taken++;
      if (ready.size() < READY) {
        order();
      }
    }
    try {
      return ready.take().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EnvironmentException("Interrupted while waiting for a database.", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof EnvironmentException broken
          ? broken
          : new EnvironmentException("No database could be made: " + e.getCause(), e);
    }
  }

  // Not at once: where a session is just ending, the server waits 100 ms before it looks again.
  @Override
  public void discard(String database) {
    passwords.forget(database);
    used.add(database);
    if (used.size() > MOST_USED && !closed) {
      later(this::dropOldest);
    }
  }

  @Override
  public List<List<String>> sessions(String database, String but) {
    List<List<String>> sessions =
        new ArrayList<>(
            observer.rows(
                """
                SELECT pid, application_name, coalesce(state, ''), coalesce(query, '')
                FROM pg_stat_activity
                WHERE datname = ? AND pid <> ALL (?::int[]) AND backend_type = 'client backend'
                ORDER BY backend_start
                """,
                database,
                "{" + but + "}"));
    if (passwords.isChanged(database)) {
      sessions.add(List.of(OF_ANOTHER_PASSWORD, "", "", ""));
    }
    return sessions;
  }

  @Override
  public void changePassword(String database, String password) {
    observer.execute("ALTER ROLE %I PASSWORD %L", database, password);
    passwords.remember(database);
  }

  @Override
  public void limitSessions(String database, int limit) {
    observer.execute("ALTER ROLE %I CONNECTION LIMIT %s", database, String.valueOf(limit));
  }

  @Override
  public void close(String database) {
    observer.execute("ALTER DATABASE %I ALLOW_CONNECTIONS false", database);
  }

  @Override
  public String makeSibling(String database, String suffix) {
    String name = database + suffix;
    observer.execute("CREATE DATABASE %I TEMPLATE template0 ALLOW_CONNECTIONS false", name);
    siblings.put(name, database);
    observer.execute("REVOKE ALL ON DATABASE %I FROM PUBLIC", name);
    observer.execute("GRANT CONNECT ON DATABASE %I TO %I", name, database);
    observer.execute("ALTER DATABASE %I ALLOW_CONNECTIONS true", name);
    return name;
  }

  /**
   * Ends all sessions in some databases.
   *
   * @return whether they have ended; a few functions of the server heed no signal
   */
  public boolean endSessions(Collection<String> names) {
    for (int turn = 0; turn < MOST_TURNS; turn++) {
      boolean none =
          observer
              .rows(
                  """
                  SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                  WHERE datname = ANY (?::text[]) AND backend_type = 'client backend'
                  """,
                  "{" + String.join(",", names) + "}")
              .isEmpty();
      if (none) {
        return true;
      }
      Folders.pause(TURN_MILLIS);
    }
    return false;
  }

  /** How many bytes a database takes on the server's disk; 0 if it is not there. */
  public long size(String database) {
    return observer
        .rows("SELECT pg_database_size(oid) FROM pg_database WHERE datname = ?", database)
        .stream()
        .mapToLong(row -> Long.parseLong(row.get(0)))
        .sum();
  }

  /** Makes as many databases as were ever taken at once, and drops used ones: nothing waits now. */
  public void restock() {
    synchronized (ready) {
      stock = Math.max(stock, taken);
      taken = 0;
      for (int i = ready.size(); i < stock; i++) {
        order();
      }
    }
    later(this::dropUsed);
  }

  private void order() {
    CompletableFuture<CheckDatabase> order = new CompletableFuture<>();
    ready.add(order);
    // A check that waits for the database has to be told of what fails.
    try {
      later(() -> make(order));
    } catch (EnvironmentException e) {
      order.completeExceptionally(e);
    }
  }

  private void make(CompletableFuture<CheckDatabase> order) {
    try {
      if (closed) {
        throw new EnvironmentException(GIVEN_UP);
      }
      CheckDatabase made = maker.make();
      passwords.remember(made.settings().dbname());
      order.complete(made);
    } catch (RuntimeException e) {
      order.completeExceptionally(e);
    }
  }

  // One hand-in may have found the server broken while others are at work with it.
  private void later(Runnable work) {
    try {
      thread.execute(work);
    } catch (RejectedExecutionException e) {
      throw new EnvironmentException(GIVEN_UP, e);
    }
  }

  private void dropUsed() {
    while (!used.isEmpty() && !closed) {
      dropOldest();
    }
  }

  // A database that stays does no harm, and is dropped with the run.
  private void dropOldest() {
    try {
      drop();
    } catch (EnvironmentException e) {
      if (!closed) {
        ErrorLog.keep(e);
      }
    }
  }

  private void drop() {
    String database = used.poll();
    if (database != null && !closed) {
      siblings.entrySet().stream()
          .filter(sibling -> sibling.getValue().equals(database))
          .map(Map.Entry::getKey)
          .forEach(maker::drop);
      siblings.values().removeIf(database::equals);
      maker.drop(database);
    }
  }

  // A server of our own ends, too, and takes its databases with it.
  @Override
  public void close() {
    closed = true;
    if (!server.isOurs()) {
      try {
        CompletableFuture.runAsync(maker::dropAll, thread).join();
      } catch (CompletionException e) {
        System.err.println(e.getCause().getMessage() + " The next run tries again.");
      }
    }
    thread.shutdown();
    maker.close();
    observer.close();
  }
}
