package workbook.grading;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.postgresql.core.BaseConnection;

/**
 * Writes down each statement that is sent through a data source or a connection, and which
 * statements and results are left open.
 *
 * <p>Whoever unwraps a connection gets pgjdbc's interfaces, with the same eyes on it; there is no
 * way back to the data source that is watched.
 */
public final class StatementLog {
  private final List<String> sent = Collections.synchronizedList(new ArrayList<>());
  private final Map<AutoCloseable, String> open =
      Collections.synchronizedMap(new IdentityHashMap<>());
  private final DataSource dataSource;

  /** Watches the connections of a data source. */
  public StatementLog(DataSource target) {
    dataSource = target == null ? null : proxy(DataSource.class, target, null, "");
  }

  /** Watches no data source, but {@link #watched connections}. */
  public StatementLog() {
    this(null);
  }

  /** The data source to hand to the code that is watched. */
  public DataSource dataSource() {
    return dataSource;
  }

  /** The connection to hand to the code that is watched. */
  public Connection watched(Connection connection) {
    return proxy(BaseConnection.class, connection, null, "");
  }

  /** The SQL of each execution; a batch is one execution. */
  public List<String> sent() {
    synchronized (sent) {
      return List.copyOf(sent);
    }
  }

  /** The SQL of each execution whose SQL has a text in it. */
  public List<String> sentWith(String text) {
    return sent().stream().filter(sql -> sql.contains(text)).toList();
  }

  /** What is still open: a statement by its SQL, a result by "result of" and the SQL. */
  public List<String> leftOpen() {
    List<String> left = new ArrayList<>();
    synchronized (open) {
      open.forEach(
          (resource, name) -> {
            if (!isClosed(resource)) {
              left.add(name);
            }
          });
    }
    Collections.sort(left);
    return left;
  }

  private static boolean isClosed(AutoCloseable resource) {
    try {
      return resource instanceof Statement statement
          ? statement.isClosed()
          : ((ResultSet) resource).isClosed();
    } catch (SQLException e) {
      return true;
    }
  }

  private <T> T proxy(Class<T> type, Object target, Object parent, String sql) {
    return type.cast(
        Proxy.newProxyInstance(
            StatementLog.class.getClassLoader(),
            new Class<?>[] {type},
            new Watch(target, parent, sql)));
  }

  /** Passes calls on, and has its eyes on what they return. */
  private final class Watch implements InvocationHandler {
    private final Object target;
    private final Object parent;
    private final List<String> batch = new ArrayList<>();
    private final String prepared;

    private Watch(Object target, Object parent, String prepared) {
      this.target = target;
      this.parent = parent;
      this.prepared = prepared;
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
      switch (method.getName()) {
        case "equals":
          return proxy == arguments[0];
        case "isWrapperFor":
          return ((Class<?>) arguments[0]).isInstance(proxy);
        case "unwrap":
          return unwrapped(proxy, (Class<?>) arguments[0]);
        default:
      }
      if (target instanceof Statement) {
        note(method, arguments);
      }
      return watched(proxy, call(method, arguments), arguments);
    }

    private Object unwrapped(Object proxy, Class<?> type) throws SQLException {
      if (type.isInstance(proxy)) {
        return proxy;
      }
      throw new SQLException("Cannot unwrap to " + type.getName());
    }

    private void note(Method method, Object... arguments) {
      String sql = arguments != null && arguments[0] instanceof String text ? text : prepared;
      if (method.getName().equals("addBatch")) {
        batch.add(sql);
      } else if (method.getName().equals("clearBatch")) {
        batch.clear();
      } else if (method.getName().matches("execute(Large)?Batch")) {
        sent.add(shortened(batch.isEmpty() ? prepared : batch.get(0)));
        batch.clear();
      } else if (method.getName().startsWith("execute")) {
        sent.add(shortened(sql));
      }
    }

    private Object call(Method method, Object... arguments) throws Throwable {
      try {
        return method.invoke(target, arguments);
      } catch (InvocationTargetException e) {
        throw e.getCause();
      }
    }

    private Object watched(Object proxy, Object result, Object... arguments) {
      if (result instanceof Connection connection) {
        return target instanceof Statement ? parent : StatementLog.this.watched(connection);
      }
      if (result instanceof Statement statement && target instanceof Connection) {
        String sql = arguments != null && arguments[0] instanceof String text ? text : "";
        open.put(statement, sql.isEmpty() ? "a statement" : shortened(sql));
        return proxy(kind(statement), statement, proxy, sql);
      }
      if (result instanceof ResultSet results && target instanceof Statement) {
        open.put(results, "result of " + shortened(prepared.isEmpty() ? "a statement" : prepared));
      }
      return result;
    }

    private static Class<? extends Statement> kind(Statement statement) {
      if (statement instanceof CallableStatement) {
        return CallableStatement.class;
      }
      return statement instanceof PreparedStatement ? PreparedStatement.class : Statement.class;
    }
  }

  private static String shortened(String sql) {
    return sql.strip().replaceAll("\\s+", " ");
  }
}
