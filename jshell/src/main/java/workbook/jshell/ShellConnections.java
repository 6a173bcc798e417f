package workbook.jshell;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.postgresql.PGConnection;
import org.postgresql.ds.PGSimpleDataSource;
import workbook.engine.ProjectRoot;
import workbook.support.DatabaseSettings;

/** The connections that were opened in JShell, and one more that looks on. */
final class ShellConnections {
  /** The system property that names another settings file than the workbook's. */
  static final String SETTINGS = "workbook.shell.settings";

  private static final String OBSERVER = "observer";

  // Each with the number of the process that serves it, which a closed one does not tell.
  private final Map<Connection, Integer> opened = new IdentityHashMap<>();
  private String schema;
  private Connection observer;

  static Path dbInfo() {
    String configured = System.getProperty(SETTINGS);
    return configured == null ? ProjectRoot.find().resolve("db_info.ini") : Path.of(configured);
  }

  static DatabaseSettings settings() {
    return DatabaseSettings.read(dbInfo(), "workbook", System.getenv());
  }

  synchronized Connection open(String name) throws SQLException {
    Connection connection = connect(name);
    opened.put(connection, connection.unwrap(PGConnection.class).getBackendPID());
    return connection;
  }

  /** The connection that looks on; it is always in autocommit mode, and never waits for long. */
  synchronized Connection observer() throws SQLException {
    if (observer == null || !observer.isValid(2)) {
      observer = connect(OBSERVER);
      execute("SET lock_timeout = '2s'");
    }
    return observer;
  }

  synchronized void useFreshSchema(String name) throws SQLException {
    closeAll();
    schema = Observations.quoted(name);
    execute("SET client_min_messages = warning");
    execute("DROP SCHEMA IF EXISTS " + schema + " CASCADE");
    execute("CREATE SCHEMA " + schema);
  }

  /** Returns how many connections were open that a learner has opened. */
  synchronized int closeAll() {
    int closed = 0;
    for (Connection connection : all()) {
      try {
        closed += connection == observer || connection.isClosed() ? 0 : 1;
        connection.close();
      } catch (SQLException lostAlready) {
        // There is nothing left to close.
      }
    }
    observer = null;
    return closed;
  }

  /** Asks the server to give up what it is running; where nothing runs, nothing happens. */
  synchronized void cancelAll() {
    for (Connection connection : all()) {
      try {
        if (!connection.isClosed()) {
          connection.unwrap(PGConnection.class).cancelQuery();
        }
      } catch (SQLException e) {
        // The others are asked, too; that a statement runs on is told by who stops it.
      }
    }
  }

  private List<Connection> all() {
    List<Connection> all = new ArrayList<>(opened.keySet());
    if (observer != null) {
      all.add(observer);
    }
    return all;
  }

  /** The processes that served connections which are closed; the server may still list them. */
  synchronized List<Integer> closed() throws SQLException {
    List<Integer> closed = new ArrayList<>();
    for (Map.Entry<Connection, Integer> entry : opened.entrySet()) {
      if (entry.getKey().isClosed()) {
        closed.add(entry.getValue());
      }
    }
    return closed;
  }

  private Connection connect(String name) throws SQLException {
    PGSimpleDataSource source = (PGSimpleDataSource) settings().dataSource();
    source.setApplicationName(name);
    source.setSocketFactory(ShellSockets.class.getName());
    source.setCurrentSchema(schema);
    // In plain JShell Ctrl-C does not reach a driver that waits, perhaps for its own user.
    source.setOptions("-c lock_timeout=20s");
    return source.getConnection();
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = observer().createStatement()) {
      statement.execute(sql);
    }
  }
}
