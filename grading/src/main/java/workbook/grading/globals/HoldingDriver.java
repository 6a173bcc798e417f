package workbook.grading.globals;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;

/**
 * Stands in pgjdbc's place in the {@link DriverManager} and holds every connection that it makes.
 *
 * <p>pgjdbc closes a connection that is garbage. One that an answer forgot to close would be seen
 * or not, depending on when the garbage collector runs. Data sources of pgjdbc, pools and Jdbi all
 * connect through the driver manager.
 */
public final class HoldingDriver implements Driver {
  // A check may open and close thousands.
  private static final int MOST = 64;

  private final Driver driver = new org.postgresql.Driver();
  private final List<Connection> held = new ArrayList<>();
  private volatile Caller caller = Caller.UNKNOWN;

  private HoldingDriver() {}

  /** The process's one, which the driver manager keeps. */
  public static synchronized HoldingDriver registered() {
    return DriverManager.drivers()
        .filter(HoldingDriver.class::isInstance)
        .map(HoldingDriver.class::cast)
        .findFirst()
        .orElseGet(HoldingDriver::register);
  }

  private static HoldingDriver register() {
    try {
      HoldingDriver holding = new HoldingDriver();
      if (org.postgresql.Driver.isRegistered()) {
        org.postgresql.Driver.deregister();
      }
      DriverManager.registerDriver(holding);
      return holding;
    } catch (SQLException e) {
      throw new IllegalStateException("The driver cannot be registered.", e);
    }
  }

  /** Says whose tests run from now on, so that their own sessions can be told from an answer's. */
  public void calledBy(Class<?> tests) {
    caller = Caller.of(tests);
  }

  /** Lets go of all connections. */
  public synchronized void forget() {
    held.clear();
  }

  /** The server processes of those connections that are still open. */
  public synchronized Set<Integer> openPids() {
    dropClosed();
    return held.stream().map(HoldingDriver::pid).collect(Collectors.toSet());
  }

  @Override
  public Connection connect(String url, Properties info) throws SQLException {
    Connection connection = driver.connect(url, caller.signed(info));
    if (connection != null) {
      hold(connection);
    }
    return connection;
  }

  private synchronized void hold(Connection connection) {
    if (held.size() >= MOST) {
      dropClosed();
    }
    held.add(connection);
  }

  private void dropClosed() {
    held.removeIf(HoldingDriver::isClosed);
  }

  private static boolean isClosed(Connection connection) {
    try {
      return connection.isClosed();
    } catch (SQLException e) {
      return true;
    }
  }

  private static int pid(Connection connection) {
    return ((PGConnection) connection).getBackendPID();
  }

  @Override
  public boolean acceptsURL(String url) throws SQLException {
    return driver.acceptsURL(url);
  }

  @Override
  public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) throws SQLException {
    return driver.getPropertyInfo(url, info);
  }

  @Override
  public int getMajorVersion() {
    return driver.getMajorVersion();
  }

  @Override
  public int getMinorVersion() {
    return driver.getMinorVersion();
  }

  @Override
  public boolean jdbcCompliant() {
    return driver.jdbcCompliant();
  }

  @Override
  public Logger getParentLogger() throws java.sql.SQLFeatureNotSupportedException {
    return driver.getParentLogger();
  }
}
