package workbook.jshell;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import workbook.engine.playground.Table;

/** Questions about a server, asked through a connection that looks on. */
final class Observations {
  private static final int MOST_ROWS = 50;

  private static final String SESSIONS =
      """
      SELECT application_name AS session, state,
          (SELECT string_agg(DISTINCT blocking.application_name, ', ')
           FROM pg_stat_activity blocking
           WHERE blocking.pid = ANY (pg_blocking_pids(waiting.pid))) AS "waits for",
          regexp_replace(btrim(query), '\\s+', ' ', 'g') AS "last statement"
      FROM pg_stat_activity waiting
      WHERE datname = current_database() AND backend_type = 'client backend'
        AND pid <> pg_backend_pid() AND pid <> ALL (?)
      ORDER BY backend_start
      """;

  // Only what a learner made: no catalogs, no indexes, no sequences.
  private static final String LOCKS =
      """
      SELECT application_name AS session, relname AS "table", mode, granted
      FROM pg_locks
      JOIN pg_class ON pg_class.oid = pg_locks.relation
      JOIN pg_namespace ON pg_namespace.oid = pg_class.relnamespace
      JOIN pg_stat_activity USING (pid)
      WHERE locktype = 'relation' AND relkind IN ('r', 'p') AND pid <> pg_backend_pid()
        AND nspname <> 'information_schema' AND nspname NOT LIKE 'pg\\_%'
        AND pg_locks.database = (SELECT oid FROM pg_database WHERE datname = current_database())
      ORDER BY relname, granted DESC, application_name, mode
      """;

  private static final String WAITING =
      """
      SELECT count(*) > 0 FROM pg_stat_activity
      WHERE datname = current_database() AND wait_event_type = 'Lock' AND application_name = ?
      """;

  private Observations() {}

  static void sessions(Connection observer, List<Integer> closed) throws SQLException {
    try (PreparedStatement statement = observer.prepareStatement(SESSIONS)) {
      statement.setArray(1, observer.createArrayOf("int4", closed.toArray()));
      print(statement);
    }
  }

  static void locks(Connection observer) throws SQLException {
    try (PreparedStatement statement = observer.prepareStatement(LOCKS)) {
      print(statement);
    }
  }

  static boolean isThere(Connection observer, String table) throws SQLException {
    try (PreparedStatement statement =
        observer.prepareStatement("SELECT to_regclass(?) IS NOT NULL")) {
      statement.setString(1, quoted(table));
      return answer(statement);
    }
  }

  static void untilWaiting(Connection observer, String name)
      throws SQLException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    try (PreparedStatement statement = observer.prepareStatement(WAITING)) {
      statement.setString(1, name);
      while (!answer(statement)) {
        if (System.nanoTime() > end) {
          throw new SQLTimeoutException(
              "No session called %s waits for a lock. See sessions().".formatted(name));
        }
        Thread.sleep(20);
      }
    }
  }

  private static boolean answer(PreparedStatement question) throws SQLException {
    try (ResultSet answer = question.executeQuery()) {
      answer.next();
      return answer.getBoolean(1);
    }
  }

  /** A name as it may stand in a statement; {@code schema.table} is left as it is. */
  static String quoted(String name) {
    boolean plain = name.matches("[A-Za-z_][A-Za-z_0-9]*(\\.[A-Za-z_][A-Za-z_0-9]*)?");
    return plain ? name.toLowerCase(Locale.ROOT) : '"' + name.replace("\"", "\"\"") + '"';
  }

  private static void print(PreparedStatement statement) throws SQLException {
    try (ResultSet results = statement.executeQuery()) {
      System.out.println(Table.of(results, MOST_ROWS));
    }
  }
}
