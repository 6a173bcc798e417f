package workbook.connect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import workbook.support.DatabaseSettings;

/**
 * Remembers each connection that it makes, and each step on the way to an
 * answer; one step can be made to fail.
 */
final class WatchedSource implements DataSource {
  private final PGSimpleDataSource driver = new PGSimpleDataSource();
  private final List<SQLException> refused = new ArrayList<>();
  private final List<Connection> made = new ArrayList<>();
  private final List<Step> steps = new ArrayList<>();
  private final List<String> calls = new ArrayList<>();
  private boolean invalid;
  private int failing;
  private Throwable fault;

  WatchedSource(DatabaseSettings settings) {
    driver.setServerNames(new String[] {settings.host()});
    driver.setPortNumbers(new int[] {settings.port()});
    driver.setDatabaseName(settings.dbname());
    driver.setUser(settings.user());
    driver.setPassword(settings.password());
  }

  /** What an answer does with a data source and its connections. */
  enum Step {
    CONNECTION,
    STATEMENT,
    METADATA,
    OTHER
  }

  /** A source whose step of this number, from 1, throws a fault. */
  static WatchedSource failing(
      DatabaseSettings settings, int step, Throwable fault) {
    WatchedSource source = new WatchedSource(settings);
    source.failing = step;
    source.fault = fault;
    return source;
  }

  /** A source whose connections say that they are not valid. */
  static WatchedSource ofInvalid(DatabaseSettings settings) {
    WatchedSource source = new WatchedSource(settings);
    source.invalid = true;
    return source;
  }

  /** All steps until now. */
  List<Step> steps() {
    return List.copyOf(steps);
  }

  /** The exceptions of the driver for connections that could not be made. */
  List<SQLException> refused() {
    return List.copyOf(refused);
  }

  /** The names of the methods that took these steps. */
  List<String> calls() {
    return List.copyOf(calls);
  }

  private void take(Step step, String call) throws Throwable {
    steps.add(step);
    calls.add(call);
    // A statement that is asked for again is made; a server that is away stays
    // away.
    boolean away =
        step == Step.CONNECTION
            && 0 < failing
            && failing < steps.size()
            && steps.get(failing - 1) == Step.CONNECTION;
    if (steps.size() == failing || away) {
      throw fault;
    }
  }

  @Override
  public Connection getConnection() throws SQLException {
    try {
      take(Step.CONNECTION, "getConnection");
      Connection connection = driver.getConnection();
      made.add(connection);
      return watched(connection);
    } catch (SQLException e) {
      refused.add(e);
      throw e;
    } catch (Error e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  private Connection watched(Connection real) {
    return (Connection)
        Proxy.newProxyInstance(
            WatchedSource.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> called(real, method, arguments));
  }

  // The connections of a data source need not be the driver's, nor lead there.
  private Object called(Connection real, Method method, Object[] arguments)
      throws Throwable {
    Step step = step(method.getName());
    if (step != null) {
      take(step, method.getName());
    }
    return switch (method.getName()) {
      case "isWrapperFor" -> false;
      case "unwrap" -> throw new SQLException("The driver is out of reach.");
      case "isValid" -> !invalid && real.isValid((int) arguments[0]);
      default -> {
        try {
          yield method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
          throw e.getCause();
        }
      }
    };
  }

  // Jdbi calls getAutoCommit itself while it closes.
  private static Step step(String method) {
    if (method.matches("(create|prepare)(Statement|Call)")) {
      return Step.STATEMENT;
    }
    if (method.equals("getMetaData")) {
      return Step.METADATA;
    }
    return method.matches(
            "close|isClosed|abort|getAutoCommit|hashCode|equals|toString")
        ? null
        : Step.OTHER;
  }

  void assertAllClosed(String situation) throws SQLException {
    for (Connection connection : made) {
      assertThat(connection.isClosed())
          .withFailMessage(
              "%s, and a connection of the data source is still open.%n"
                  + "expected: it is closed on every path%n but was: open",
              situation)
          .isTrue();
    }
  }

  @Override
  public Connection getConnection(String user, String password)
      throws SQLException {
    throw new SQLFeatureNotSupportedException("The user is known already.");
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    throw new SQLException("This data source is not the driver's.");
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return false;
  }

  @Override
  public PrintWriter getLogWriter() {
    return null;
  }

  @Override
  public void setLogWriter(PrintWriter out) {}

  @Override
  public void setLoginTimeout(int seconds) {}

  @Override
  public int getLoginTimeout() {
    return 0;
  }

  @Override
  public Logger getParentLogger() {
    return Logger.getLogger("");
  }
}
