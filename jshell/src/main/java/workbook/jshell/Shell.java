package workbook.jshell;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;
import workbook.engine.playground.Table;
import workbook.support.DatabaseSettings;

/**
 * What is at hand in JShell: connections to the playground, and eyes on it.
 *
 * <p>What looks on, such as {@link #peek}, does so through a connection of its own, so it sees what
 * others see. Nothing here throws for what a server refuses; it is printed, as by {@link #attempt}.
 */
public final class Shell {
  private static final int MOST_ROWS = 20;

  static final ShellConnections CONNECTIONS = new ShellConnections();

  private Shell() {}

  /** The file that names the playground: {@code db_info.ini}. */
  public static Path dbInfo() {
    return ShellConnections.dbInfo();
  }

  /** Where the playground is and who connects to it. */
  public static DatabaseSettings settings() {
    return ShellConnections.settings();
  }

  /**
   * Starts afresh: closes the connections that were opened here, and makes an empty schema, in
   * which from now on everything happens.
   *
   * @param name the schema's name; what it held is gone
   */
  public static void freshSchema(String name) {
    attempt(
        () -> {
          CONNECTIONS.useFreshSchema(name);
          System.out.println("The schema " + name + " is empty, and yours.");
        });
  }

  /** Opens a connection to the playground. */
  public static Connection connection() throws SQLException {
    return connection("connection");
  }

  /** Opens a connection that {@link #sessions} and {@link #locks} show under a name. */
  public static Connection connection(String name) throws SQLException {
    return CONNECTIONS.open(name);
  }

  /** A Jdbi on the playground. */
  public static Jdbi jdbi() {
    return jdbi("jdbi");
  }

  /** A Jdbi whose connections {@link #sessions} and {@link #locks} show under a name. */
  public static Jdbi jdbi(String name) {
    return Jdbi.create(() -> CONNECTIONS.open(name));
  }

  /**
   * Closes every connection that was opened here, and says how many; what was not committed is
   * lost.
   */
  public static void hangUp() {
    int closed = CONNECTIONS.closeAll();
    System.out.println(
        closed == 0
            ? "No connection was open."
            : closed == 1 ? "1 connection closed." : closed + " connections closed.");
  }

  /** Runs what may fail, and prints how: SQLSTATE, classes, message. */
  public static void attempt(Attempt work) {
    try {
      work.run();
    } catch (Exception e) {
      System.out.println(FailureLine.of(e));
    }
  }

  /**
   * Runs what may fail, and prints what your connections and the server said to each other
   * meanwhile: a lane for each session, time downwards.
   */
  public static void trace(Attempt work) {
    attempt(() -> ShellTrace.of(work));
  }

  /** Runs a statement, each {@code ?} with its value, and prints the rows that it returns. */
  public static void show(String sql, Object... values) {
    attempt(() -> show(CONNECTIONS.observer(), sql, values));
  }

  /** The same, through a handle of yours: it shows what your transaction sees. */
  public static void show(Handle handle, String sql, Object... values) {
    show(handle.getConnection(), sql, values);
  }

  /** The same, through a connection of yours: it shows what your transaction sees. */
  public static void show(Connection connection, String sql, Object... values) {
    attempt(
        () -> {
          try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
              statement.setObject(i + 1, values[i]);
            }
            if (statement.execute()) {
              show(statement.getResultSet());
            } else {
              int count = Math.max(0, statement.getUpdateCount());
              System.out.println(count == 1 ? "1 row changed" : count + " rows changed");
            }
          }
        });
  }

  /** Prints the rows that are left. */
  public static void show(ResultSet results) {
    attempt(() -> System.out.println(Table.of(results, MOST_ROWS)));
  }

  /** Runs a query of Jdbi's and prints the rows that it returns. */
  public static void show(Query query) {
    attempt(
        () -> {
          String table = query.scanResultSet((rows, context) -> Table.of(rows.get(), MOST_ROWS));
          System.out.println(table);
        });
  }

  /** Prints records, or maps, or any other values, a row each. */
  public static void show(Iterable<?> values) {
    attempt(() -> System.out.println(Rows.of(values).table(MOST_ROWS)));
  }

  /** Prints a table as others see it: through a second connection. */
  public static void peek(String table) {
    attempt(
        () -> {
          if (Observations.isThere(CONNECTIONS.observer(), table)) {
            show("SELECT * FROM " + Observations.quoted(table) + " ORDER BY 1");
          } else {
            System.out.println("Others see no table " + table + ".");
          }
        });
  }

  /** Prints who is connected to this database, what they do, and for whom they wait. */
  public static void sessions() {
    attempt(() -> Observations.sessions(CONNECTIONS.observer(), CONNECTIONS.closed()));
  }

  /** Waits, 10 seconds at most, until a session of that name waits for a lock. */
  public static void untilWaiting(String name) {
    attempt(() -> Observations.untilWaiting(CONNECTIONS.observer(), name));
  }

  /** Prints which of your tables are locked, by whom, and who waits for such a lock. */
  public static void locks() {
    attempt(() -> Observations.locks(CONNECTIONS.observer()));
  }

  /** What may fail. */
  @FunctionalInterface
  public interface Attempt {
    /** Does it. */
    void run() throws Exception;
  }
}
