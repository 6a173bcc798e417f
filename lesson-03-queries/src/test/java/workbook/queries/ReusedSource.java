package workbook.queries;

import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.postgresql.core.BaseConnection;
import workbook.grading.FreshDatabase;

/**
 * Lends the same session again and again, reset each time.
 *
 * <p>A new session takes the server longer than what most answers do in it.
 * Connections that an answer does not give back stay open, also when this is
 * closed, so that they are reported after the check.
 */
final class ReusedSource implements AutoCloseable {
  private static final String RESET = FreshDatabase.aside("DISCARD ALL");

  private final DataSource target;
  private final Deque<Connection> idle = new ArrayDeque<>();
  private final List<Connection> lent = new ArrayList<>();

  ReusedSource(FreshDatabase database) {
    this(database.dataSource());
  }

  ReusedSource(DataSource target) {
    this.target = target;
  }

  /** What to hand to an answer. */
  DataSource dataSource() {
    return WatchedSource.proxy(
        DataSource.class,
        (method, arguments) ->
            method.getName().equals("getConnection") && arguments == null
                ? lend()
                : WatchedSource.call(target, method, arguments));
  }

  /** Jdbi on that data source. */
  Jdbi jdbi() {
    return Jdbi.create(dataSource());
  }

  /** Whether no connection is in use, so that no answer can hold a lock. */
  synchronized boolean isQuiet() {
    return lent.stream().allMatch(ReusedSource::isClosed);
  }

  /** Ends the sessions that were given back. */
  @Override
  public synchronized void close() {
    idle.forEach(ReusedSource::end);
    idle.clear();
  }

  private synchronized Connection lend() throws SQLException {
    Connection connection =
        idle.isEmpty() ? target.getConnection() : idle.pop();
    lent.add(connection);
    return new Lent(connection).proxy;
  }

  private synchronized void takeBack(Connection connection) {
    lent.remove(connection);
    try {
      if (!connection.getAutoCommit()) {
        connection.rollback();
        connection.setAutoCommit(true);
      }
      connection.setReadOnly(false);
      try (Statement reset = connection.createStatement()) {
        reset.execute(RESET);
      }
      idle.push(connection);
    } catch (SQLException e) {
      // Closed, or in a transaction that was begun by SQL: of no more use.
      end(connection);
    }
  }

  private static void end(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException("A reused session does not end.", e);
    }
  }

  private static boolean isClosed(Connection connection) {
    try {
      return connection.isClosed();
    } catch (SQLException e) {
      throw new IllegalStateException("isClosed() has failed.", e);
    }
  }

  /** A connection that is in use until it is closed. */
  private final class Lent {
    private final Connection session;
    private final Connection proxy =
        WatchedSource.proxy(BaseConnection.class, this::call);
    private boolean closed;

    Lent(Connection session) {
      this.session = session;
    }

    private Object call(Method method, Object[] arguments) throws Throwable {
      switch (method.getName()) {
        case "close":
          if (!closed) {
            closed = true;
            takeBack(session);
          }
          return null;
        case "isClosed":
          return closed || session.isClosed();
        case "unwrap":
          if (((Class<?>) arguments[0]).isInstance(proxy)) {
            return proxy;
          }
          break;
        default:
      }
      if (closed) {
        throw new SQLException("This connection has been closed.", "08003");
      }
      return WatchedSource.call(session, method, arguments);
    }
  }
}
