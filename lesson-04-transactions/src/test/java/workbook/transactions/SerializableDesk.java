package workbook.transactions;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import workbook.grading.FreshDatabase;

/**
 * Another desk at SERIALIZABLE, in a transaction that may still write: what is
 * DEFERRABLE waits for it, and no limit of locks ends that.
 */
final class SerializableDesk {
  // The server's name for it: no lock is waited for, but a snapshot.
  private static final String WAITING =
      """
      SELECT count(*) FROM pg_stat_activity
      WHERE datname = current_database() AND wait_event = 'SafeSnapshot'
      """;

  private final Connection connection;
  private volatile boolean over;

  private SerializableDesk(Connection connection) {
    this.connection = connection;
  }

  /** Has something run meanwhile, and says in words whether it waited. */
  static List<String> during(FreshDatabase database, Runnable action)
      throws SQLException {
    try (Connection connection = Library.observer(database)) {
      return new SerializableDesk(connection).during(action);
    }
  }

  private List<String> during(Runnable action) throws SQLException {
    connection.setAutoCommit(false);
    connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
    isWaitedFor();
    FutureTask<List<String>> watch = new FutureTask<>(this::watch);
    Thread watcher = new Thread(watch, "desk at SERIALIZABLE");
    watcher.setDaemon(true);
    watcher.start();
    try {
      action.run();
    } finally {
      over = true;
    }
    try {
      return watch.get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  // Who waits would do so for ever, if this desk did not end.
  private List<String> watch() throws SQLException, InterruptedException {
    while (!over) {
      if (isWaitedFor()) {
        connection.rollback();
        return List.of("it waits until no other desk is at SERIALIZABLE");
      }
      Thread.sleep(2);
    }
    return List.of();
  }

  private boolean isWaitedFor() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      // Else a transaction sees the sessions as they were when it first asked.
      statement.execute("SELECT pg_stat_clear_snapshot()");
      ResultSet row = statement.executeQuery(WAITING);
      row.next();
      return row.getInt(1) > 0;
    }
  }
}
