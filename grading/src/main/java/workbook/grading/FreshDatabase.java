package workbook.grading;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.ds.PGSimpleDataSource;
import workbook.engine.databases.CheckDatabase;
import workbook.engine.databases.DatabaseHost;
import workbook.engine.trace.TracePart;
import workbook.grading.messages.SqlStates;
import workbook.support.DatabaseSettings;
import workbook.support.EnvironmentException;

/**
 * A database of a check's own, and eyes on it from outside.
 *
 * <p>A check asks for one as a parameter. What it asks here goes through a session of the check's
 * own, so it sees what others see: nothing that the learner's code has not committed.
 */
public final class FreshDatabase {
  private static final String OBSERVER = TracePart.OBSERVER;
  private static final String WARM_UP =
      """
      BEGIN;
      CREATE TABLE warm_up (
        id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        name text NOT NULL UNIQUE CHECK (name <> ''),
        above integer REFERENCES warm_up
      );
      ROLLBACK
      """;

  private final DatabaseHost host;
  private CheckDatabase database;
  private final List<String> siblings = new ArrayList<>();
  private final Set<Integer> own = new LinkedHashSet<>();
  private final List<AutoCloseable> toClose = new ArrayList<>();
  private Connection observer;
  private Connection second;
  private List<String> script = List.of();
  private boolean inUse;

  FreshDatabase(DatabaseHost host) {
    this.host = host;
    this.database = host.take();
  }

  /**
   * Opens the check's own session and has it do what takes long the first time.
   *
   * @param guess what the check may {@link #setUp}; if it turns out not to, this becomes another
   *     database
   */
  void prepare(List<String> guess) {
    try (Statement statement = observer().createStatement()) {
      if (guess.isEmpty()) {
        statement.execute(WARM_UP);
      }
      for (String sql : guess) {
        statement.execute(sql);
      }
      script = guess;
      inUse = false;
    } catch (SQLException e) {
      throw new EnvironmentException(
          "A new database for a check cannot be used: %s. Run ./workbook doctor."
              .formatted(e.getMessage()),
          e);
    }
  }

  /**
   * Runs statements as {@link #execute} does, before anything else is done with this database; so
   * they may be done already.
   *
   * @throws AssertionError if the server refuses one; its message carries the SQLSTATE
   * @throws IllegalStateException if something else was done before
   */
  public void setUp(String... statements) {
    if (inUse) {
      throw new IllegalStateException("A check begins with setUp, or does without it.");
    }
    List<String> wanted = List.of(statements);
    int done = script.size();
    if (done <= wanted.size() && script.equals(wanted.subList(0, done))) {
      inUse = true;
      execute(wanted.subList(done, wanted.size()).toArray(String[]::new));
    } else {
      execute(statements);
    }
    script = wanted;
  }

  /** What the check began with. */
  List<String> script() {
    return script;
  }

  /** How to connect: the role owns the database and is no superuser. */
  public DatabaseSettings settings() {
    boolean guessedWrong = !inUse && !script.isEmpty();
    inUse = true;
    if (guessedWrong) {
      discard();
      database = host.take();
      script = List.of();
    }
    return database.settings();
  }

  /** A data source that connects anew each time it is asked. */
  public DataSource dataSource() {
    return settings().dataSource();
  }

  /**
   * Runs statements as the owner, each committed at once; after {@code SET ROLE NONE}, as a role of
   * the check's own, whose tables the owner may not change.
   *
   * @throws AssertionError if the server refuses one; its message carries the SQLSTATE
   */
  public void execute(String... statements) {
    for (String sql : statements) {
      try (Statement statement = observer().createStatement()) {
        statement.execute(sql);
      } catch (SQLException e) {
        throw refused(sql, e);
      }
    }
  }

  /**
   * The first column of the first row that a query returns.
   *
   * @return its text form, or null if there is no row or the value is NULL
   * @throws AssertionError if the server refuses the query; its message carries the SQLSTATE
   */
  public String value(String query) {
    List<List<String>> rows = rows(query);
    return rows.isEmpty() ? null : rows.get(0).get(0);
  }

  /**
   * All rows that a query returns, every value as text.
   *
   * @throws AssertionError if the server refuses the query; its message carries the SQLSTATE
   */
  public List<List<String>> rows(String query) {
    try (Statement statement = observer().createStatement();
        ResultSet results = statement.executeQuery(query)) {
      return texts(results);
    } catch (SQLException e) {
      throw refused(query, e);
    }
  }

  /** Changes the role's password; what it was stays in {@link #settings()}. */
  public void changePassword(String password) {
    host.changePassword(settings().dbname(), password);
  }

  /** Lets the role have so many sessions at once, beside the check's own. */
  public void limitSessions(int limit) {
    host.limitSessions(settings().dbname(), limit);
  }

  /** Lets the role have as many sessions at once as it had in the beginning. */
  public void unlimitSessions() {
    host.limitSessions(settings().dbname(), DatabaseHost.MOST_SESSIONS);
  }

  /** Refuses all new connections. */
  public void closeToAll() {
    host.close(settings().dbname());
  }

  /**
   * Makes an empty database beside this one, which is dropped with it.
   *
   * @param suffix what its name has behind this one's; any characters
   */
  public DatabaseSettings sibling(String suffix) {
    String name = host.makeSibling(settings().dbname(), suffix);
    siblings.add(name);
    return settings().withDbname(name);
  }

  /** The sessions that are open in this database now, but for the check's own. */
  public List<Session> sessions() {
    return sessions(database.settings().dbname());
  }

  /**
   * The sessions that stay open although their clients had a moment to end them.
   *
   * @param connected the server processes that this process is connected to
   */
  List<Session> leftOpen(Supplier<Set<Integer>> connected) {
    closeAll();
    return new OpenSessions(this::allSessions, connected).afterAWhile();
  }

  // By their processes: a learner's session may have any name.
  private List<Session> sessions(String name) {
    String pids;
    synchronized (own) {
      pids = own.stream().map(String::valueOf).collect(Collectors.joining(","));
    }
    return host.sessions(name, pids).stream().map(Session::of).toList();
  }

  private List<Session> allSessions() {
    List<Session> all = new ArrayList<>(sessions());
    for (String sibling : siblings) {
      all.addAll(sessions(sibling));
    }
    return all;
  }

  /** Has something closed when the check is over, before the look at what was left open. */
  public void closeAtTheEnd(AutoCloseable closeable) {
    synchronized (toClose) {
      toClose.add(closeable);
    }
  }

  private void closeAll() {
    List<AutoCloseable> all;
    synchronized (toClose) {
      all = List.copyOf(toClose);
      toClose.clear();
    }
    for (AutoCloseable closeable : all) {
      try {
        closeable.close();
      } catch (Exception e) {
        throw new EnvironmentException("What a check has opened cannot be closed: " + e, e);
      }
    }
  }

  /** Ends the check's own session and has the database dropped. */
  void discard() {
    if (observer != null) {
      closeAtTheEnd(observer);
      observer = null;
    }
    try {
      closeAll();
    } finally {
      host.discard(database.settings().dbname());
    }
  }

  /**
   * Opens a further session of the check's own, which {@link #sessions} and traces leave out; the
   * caller closes it.
   *
   * <p>It acts as the learner's role until it is told {@code SET ROLE NONE}, as the session does
   * that {@link #execute} uses.
   */
  public Connection session() throws SQLException {
    String role = settings().user();
    PGSimpleDataSource source = (PGSimpleDataSource) database.observer().dataSource();
    source.setApplicationName(OBSERVER);
    // The database's owner may have set another path for new sessions.
    source.setOptions("-c role=" + role + " -c search_path=public");
    Connection session = source.getConnection();
    synchronized (own) {
      own.add(((PGConnection) session).getBackendPID());
    }
    return session;
  }

  /**
   * The second session of the check's own, opened once: {@link #session} for one use after the
   * other, each of which leaves it with autocommit on, in no transaction and with no settings.
   */
  public Connection secondSession() throws SQLException {
    if (second == null) {
      second = session();
      closeAtTheEnd(second);
    }
    return second;
  }

  /**
   * A {@code SHOW}, {@code SET} or {@code DISCARD} that a check sends on a session of an answer's:
   * a trace leaves it out.
   */
  public static String aside(String sql) {
    return TracePart.ASIDE + sql;
  }

  private Connection observer() throws SQLException {
    settings();
    if (observer == null) {
      observer = session();
    }
    return observer;
  }

  private static List<List<String>> texts(ResultSet results) throws SQLException {
    List<List<String>> rows = new ArrayList<>();
    int columns = results.getMetaData().getColumnCount();
    while (results.next()) {
      List<String> row = new ArrayList<>();
      for (int column = 1; column <= columns; column++) {
        row.add(results.getString(column));
      }
      rows.add(row);
    }
    return rows;
  }

  // Only a lost server is the environment's fault; a missing table is the answer's.
  private static Error refused(String sql, SQLException e) {
    String state = e.getSQLState() == null ? "" : e.getSQLState();
    if (state.startsWith("08") || state.startsWith("57P")) {
      throw new EnvironmentException(
          "The check lost its database: %s. Run it again.".formatted(e.getMessage()), e);
    }
    return new AssertionError(
        "The check looked at the database from outside and was refused.%n  statement: %s%n  answer: %s%n  %s%s"
            .formatted(sql.strip(), e.getMessage(), SqlStates.explain(state), advice(state)),
        e);
  }

  private static String advice(String state) {
    return switch (state) {
      case "42P01", "42703" -> "; the check sees only what is committed";
      case "55P03", "57014" -> "; another session had to wait: which of your statements locks?";
      default -> "";
    };
  }

  /**
   * A connection as the server sees it, from {@code pg_stat_activity}.
   *
   * @param pid the server process that serves it
   * @param application the name that the client gave itself
   * @param state such as {@code idle} or {@code idle in transaction}
   * @param query the last statement it ran
   */
  public record Session(int pid, String application, String state, String query) {
    boolean inTransaction() {
      return state.startsWith("idle in transaction");
    }

    boolean isOfAnotherPassword() {
      return String.valueOf(pid).equals(DatabaseHost.OF_ANOTHER_PASSWORD);
    }

    private static Session of(List<String> row) {
      return new Session(Integer.parseInt(row.get(0)), row.get(1), row.get(2), row.get(3));
    }
  }
}
