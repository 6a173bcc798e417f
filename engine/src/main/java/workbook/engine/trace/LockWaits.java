package workbook.engine.trace;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import javax.sql.DataSource;

/**
 * Asks the server who waits for whose lock, on a session of its own, while steps are unanswered.
 *
 * <p>The protocol says that an answer is late, and not why.
 */
public final class LockWaits implements AutoCloseable {
  private static final long PAUSE_MILLIS = 5;
  private static final String QUERY =
      """
      SELECT pid, pg_blocking_pids(pid) FROM pg_stat_activity
      WHERE wait_event_type = 'Lock' AND backend_type = 'client backend'
      """;

  private final Trace trace;
  private final Connection connection;
  private final Thread thread = new Thread(this::watch, "lock waits");
  private volatile boolean closed;

  private LockWaits(Trace trace, Connection connection) {
    this.trace = trace;
    this.connection = connection;
  }

  /** Watches a server's sessions from now on. */
  public static LockWaits start(Trace trace, DataSource server) throws SQLException {
    LockWaits waits = new LockWaits(trace, server.getConnection());
    waits.thread.setDaemon(true);
    waits.thread.start();
    return waits;
  }

  private void watch() {
    try (Statement statement = connection.createStatement()) {
      while (!closed) {
        if (trace.isWaiting()) {
          look(statement);
        }
        Thread.sleep(PAUSE_MILLIS);
      }
    } catch (SQLException e) {
      // The server has gone: then no session waits any more.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look(Statement statement) throws SQLException {
    try (ResultSet rows = statement.executeQuery(QUERY)) {
      while (rows.next()) {
        Integer[] blockers = (Integer[]) rows.getArray(2).getArray();
        trace.waits(rows.getInt(1), List.copyOf(Arrays.asList(blockers)));
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      connection.close();
    } catch (SQLException gone) {
      // Then it is closed.
    }
  }
}
