package workbook.transactions;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jdbi.v3.core.ConnectionFactory;
import org.postgresql.PGConnection;
import org.postgresql.core.BaseConnection;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.jdbc.AutoSave;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;
import workbook.grading.FreshDatabase;

/**
 * Sessions that are lent one after the other, each as good as new: the server
 * takes longer to open one than for most of what is done in it.
 *
 * <p>What was lent and given back cannot be used any more, as if it were
 * closed. What is not given back stays open, and the check sees that. What
 * comes back in a transaction, or with settings of the driver, is closed.
 */
final class LentSessions implements ConnectionFactory, AutoCloseable {
  private static final int PREPARE_THRESHOLD = 5; // the driver's

  private final FreshDatabase database;
  private final Deque<Connection> idle = new ArrayDeque<>();
  private boolean over;

  private LentSessions(FreshDatabase database) {
    this.database = database;
  }

  /** Sessions that are closed when the check is over. */
  static LentSessions of(FreshDatabase database) {
    LentSessions sessions = new LentSessions(database);
    database.closeAtTheEnd(sessions::end);
    return sessions;
  }

  @Override
  public Connection openConnection() throws SQLException {
    Connection session = idle();
    if (session == null) {
      session = connect();
    }
    // An answer may cast it to what pgjdbc's own connections are.
    return (Connection)
        Proxy.newProxyInstance(
            BaseConnection.class.getClassLoader(),
            new Class<?>[] {BaseConnection.class},
            new Lent(session));
  }

  // A reset goes back to what a session began with: so it begins with its name
  // and all that the driver would otherwise set afterwards.
  private Connection connect() throws SQLException {
    PGSimpleDataSource source = (PGSimpleDataSource) database.dataSource();
    source.setAssumeMinServerVersion("13");
    return source.getConnection();
  }

  private synchronized Connection idle() {
    return idle.poll();
  }

  private synchronized boolean keep(Connection session) {
    if (over) {
      return false;
    }
    idle.push(session);
    return true;
  }

  private static boolean isAsNew(Connection session) {
    try (Statement statement = session.createStatement()) {
      if (!session.getAutoCommit()
          || session.isReadOnly()
          || session.getNetworkTimeout() != 0
          || hasSettings(session.unwrap(PGConnection.class))) {
        return false;
      }
      statement.execute(FreshDatabase.aside("DISCARD ALL"));
      return true;
    } catch (SQLException e) {
      // It is closed, or in a transaction that SQL began.
      return false;
    }
  }

  private static boolean hasSettings(PGConnection session) {
    return session.getAutosave() != AutoSave.NEVER
        || session.getDefaultFetchSize() != 0
        || session.getPrepareThreshold() != PREPARE_THRESHOLD;
  }

  private synchronized void end() throws SQLException {
    over = true;
    close();
  }

  /** Closes those that are not lent now; more may be opened afterwards. */
  @Override
  public synchronized void close() throws SQLException {
    for (Connection session = idle(); session != null; session = idle()) {
      session.close();
    }
  }

  /** A session as it is lent once. */
  private final class Lent implements InvocationHandler {
    private final Connection session;
    private boolean isBack;

    Lent(Connection session) {
      this.session = session;
    }

    @Override
    public Object invoke(Object self, Method method, Object[] arguments)
        throws Throwable {
      switch (method.getName()) {
        case "equals":
          return self == arguments[0];
        case "hashCode":
          return System.identityHashCode(self);
        case "isClosed":
          return isBack() || session.isClosed();
        case "close":
          giveBack();
          return null;
        default:
          return call(self, method, arguments);
      }
    }

    private Object call(Object self, Method method, Object[] arguments)
        throws Throwable {
      if (isBack()) {
        throw new PSQLException(
            "This connection has been closed.",
            PSQLState.CONNECTION_DOES_NOT_EXIST);
      }
      try {
        Object result = method.invoke(session, arguments);
        return result == session ? self : result;
      } catch (InvocationTargetException e) {
        throw e.getCause();
      }
    }

    private synchronized boolean isBack() {
      return isBack;
    }

    private void giveBack() throws SQLException {
      synchronized (this) {
        if (isBack) {
          return;
        }
        isBack = true;
      }
      if (!isAsNew(session) || !keep(session)) {
        session.close();
      }
    }
  }
}
