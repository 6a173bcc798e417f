package workbook.grading.jdbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Array;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGStatement;
import org.postgresql.copy.CopyManager;
import org.postgresql.copy.CopyOut;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.QueryExecutor;

/**
 * A connection whose calls a listener sees, and those of all that it leads to: statements, results,
 * metadata, arrays and COPY. None of them leads to the driver's own connection.
 *
 * <p>It can do all that pgjdbc's connections can, and be cast and unwrapped to what an answer may
 * use of them.
 */
public final class WatchedConnection {
  private final Listener listener;
  private final BaseConnection proxy;

  private WatchedConnection(Connection target, Listener listener) {
    this.listener = listener;
    proxy = (BaseConnection) watched(target, null, "", BaseConnection.class);
  }

  /** Has a listener between a connection and whoever uses what is returned. */
  public static Connection of(Connection target, Listener listener) {
    return new WatchedConnection(target, listener).proxy;
  }

  /** Sees each call. */
  @FunctionalInterface
  public interface Listener {
    /**
     * Does what is called, or something else.
     *
     * @return what the caller gets, as the driver returns it
     */
    Object call(Call call) throws Throwable;
  }

  /** A call on its way to the driver. */
  public static final class Call {
    private final Watch watch;
    private final Method method;
    private final Object[] arguments;

    private Call(Watch watch, Method method, Object... arguments) {
      this.watch = watch;
      this.method = method;
      this.arguments = arguments;
    }

    /** The object of the driver that is called. */
    public Object target() {
      return watch.target;
    }

    /** The name of the method. */
    public String method() {
      return method.getName();
    }

    /** An argument, from 0; null if there is none. */
    public Object argument(int index) {
      return arguments != null && index < arguments.length ? arguments[index] : null;
    }

    /** The SQL that the call has as its first argument, or its statement was prepared with. */
    public String sql() {
      return argument(0) instanceof String text ? text : watch.sql;
    }

    /** Calls the driver, and throws what it throws. */
    public Object proceed() throws Throwable {
      try {
        return method.invoke(watch.target, arguments);
      } catch (InvocationTargetException e) {
        throw e.getCause();
      }
    }
  }

  private Object watched(Object target, Object parent, String sql, Class<?>... types) {
    return Proxy.newProxyInstance(
        BaseConnection.class.getClassLoader(), types, new Watch(target, parent, sql));
  }

  /** An object of the driver, behind a proxy. */
  private final class Watch implements InvocationHandler {
    private final Object target;
    private final Object parent;
    private final String sql;

    /**
     * @param parent the statement of a result
     */
    Watch(Object target, Object parent, String sql) {
      this.target = target;
      this.parent = parent;
      this.sql = sql;
    }

    @Override
    public Object invoke(Object self, Method method, Object[] arguments) throws Throwable {
      switch (method.getName()) {
        case "equals":
          return self == arguments[0];
        case "hashCode":
          return System.identityHashCode(self);
        case "isWrapperFor":
          return ((Class<?>) arguments[0]).isInstance(self);
        case "unwrap":
          return unwrapped(self, (Class<?>) arguments[0]);
        case "getCopyAPI":
          return new CopyManager(proxy);
        default:
          unwatch(arguments);
          Call call = new Call(this, method, arguments);
          return led(self, listener.call(call), call);
      }
    }

    private Object unwrapped(Object self, Class<?> type) throws SQLException {
      if (type.isInstance(self)) {
        return self;
      }
      throw new SQLException("Cannot unwrap to " + type.getName());
    }

    // The driver takes a short cut for arrays of its own.
    private void unwatch(Object... arguments) {
      for (int i = 0; arguments != null && i < arguments.length; i++) {
        if (arguments[i] instanceof Array array && Proxy.isProxyClass(array.getClass())) {
          arguments[i] = ((Watch) Proxy.getInvocationHandler(array)).target;
        }
      }
    }

    private Object led(Object self, Object result, Call call) {
      if (result instanceof Connection) {
        return proxy;
      }
      if (result instanceof Statement statement) {
        return parent == null
            ? watched(statement, null, text(call), kind(statement), PGStatement.class)
            : parent;
      }
      if (result instanceof ResultSet results) {
        Object made = target instanceof Statement ? self : null;
        return watched(results, made, call.sql(), ResultSet.class);
      }
      Class<?> type = type(result);
      return type == null ? result : watched(result, null, text(call), type);
    }

    private String text(Call call) {
      return call.argument(0) instanceof String text ? text : "";
    }

    private static Class<?> type(Object result) {
      if (result instanceof DatabaseMetaData) {
        return DatabaseMetaData.class;
      } else if (result instanceof Array) {
        return Array.class;
      } else if (result instanceof QueryExecutor) {
        return QueryExecutor.class;
      }
      return result instanceof CopyOut ? CopyOut.class : null;
    }

    private static Class<?> kind(Statement statement) {
      if (statement instanceof CallableStatement) {
        return CallableStatement.class;
      }
      return statement instanceof PreparedStatement ? PreparedStatement.class : Statement.class;
    }
  }
}
