package workbook.grading.jdbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import javax.sql.DataSource;
import org.jdbi.v3.core.ConnectionFactory;
import org.jdbi.v3.core.Jdbi;
import org.postgresql.PGConnection;
import org.postgresql.core.BaseConnection;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.jdbc.AutoSave;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;
import workbook.grading.FreshDatabase;

/**
 * Sessions that are lent one after the other, each as good as new: the server takes longer to open
 * one than for most of what is done in it.
 *
 * <p>What was lent and given back cannot be used any more, as if it were closed. What is not given
 * back stays open, and the check sees that. What comes back with settings of the driver, or in a
 * transaction that SQL began, is closed.
 */
public final class LentSessions implements ConnectionFactory, AutoCloseable {
  private static final String RESET = FreshDatabase.aside("DISCARD ALL");
  private static final int PREPARE_THRESHOLD = 5; // the driver's

  private final DataSource target;
  private final Deque<Connection> idle = new ArrayDeque<>();
  private final List<Connection> lent = new ArrayList<>();
  private boolean over;

  /**
   * @param target where sessions come from
   */
  public LentSessions(DataSource target) {
    this.target = target;
  }

  /** Sessions of a database, which end when the check is over. */
  public static LentSessions of(FreshDatabase database) {
    PGSimpleDataSource source = (PGSimpleDataSource) database.dataSource();
    // A reset goes back to what a session began with: so it begins with its name and all that the
    // driver would otherwise set afterwards.
    source.setAssumeMinServerVersion("13");
    LentSessions sessions = new LentSessions(source);
    database.closeAtTheEnd(sessions::end);
    return sessions;
  }

  /** What to hand to an answer. */
  public DataSource dataSource() {
    return LentSource.of(target, this);
  }

  /** Jdbi on these sessions. */
  public Jdbi jdbi() {
    return Jdbi.create(dataSource());
  }

  @Override
  public Connection openConnection() throws SQLException {
    Connection session = idle();
    if (session == null) {
      session = target.getConnection();
    }
    synchronized (this) {
      lent.add(session);
    }
    // An answer may cast it to what pgjdbc's own connections are.
    return (Connection)
        Proxy.newProxyInstance(
            BaseConnection.class.getClassLoader(),
            new Class<?>[] {BaseConnection.class},
            new Lent(session));
  }

  private synchronized Connection idle() {
    return idle.poll();
  }

  /** Whether no connection is in use, so that no answer can hold a lock. */
  public synchronized boolean isQuiet() {
    return lent.stream().allMatch(LentSessions::isClosed);
  }

  /** Ends those that are not lent now; more may be opened afterwards. */
  @Override
  public synchronized void close() {
    while (!idle.isEmpty()) {
      end(idle.pop());
    }
  }

  private synchronized void end() {
    over = true;
    close();
  }

  private static void end(Connection session) {
    try {
      session.close();
    } catch (SQLException e) {
      throw new IllegalStateException("A session that was lent does not end.", e);
    }
  }

  private static boolean isClosed(Connection session) {
    try {
      return session.isClosed();
    } catch (SQLException e) {
      throw new IllegalStateException("isClosed() has failed.", e);
    }
  }

  private void takeBack(Connection session) throws SQLException {
    boolean isKept = isAsNew(session);
    synchronized (this) {
      lent.remove(session);
      if (isKept && !over) {
        idle.push(session);
        return;
      }
    }
    session.close();
  }

  private static boolean isAsNew(Connection session) {
    try {
      // As closing does: what was not committed is lost.
      if (!session.getAutoCommit()) {
        session.rollback();
        session.setAutoCommit(true);
      }
      session.setReadOnly(false);
      PGConnection settings = session.unwrap(PGConnection.class);
      if (session.getNetworkTimeout() != 0
          || settings.getAutosave() != AutoSave.NEVER
          || settings.getDefaultFetchSize() != 0
          || settings.getPrepareThreshold() != PREPARE_THRESHOLD) {
        return false;
      }
      try (Statement statement = session.createStatement()) {
        statement.execute(RESET);
      }
      return true;
    } catch (SQLException e) {
      // It is closed, or in a transaction that SQL began.
      return false;
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
    public Object invoke(Object self, Method method, Object[] arguments) throws Throwable {
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
          if (isBack()) {
            throw new PSQLException(
                "This connection has been closed.", PSQLState.CONNECTION_DOES_NOT_EXIST);
          }
          Object result = LentSource.call(session, method, arguments);
          return result == session ? self : result;
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
      takeBack(session);
    }
  }
}
