package workbook.transactions;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A connection some of whose calls fail before they reach the server, from
 * the moment on that the work begins.
 */
final class FailingConnection {
  private final Connection connection;
  private final Set<String> failing;
  private final List<SQLException> thrown = new ArrayList<>();
  private boolean armed;

  /**
   * Wraps a connection.
   *
   * @param failing the names of the methods that fail
   */
  FailingConnection(Connection connection, String... failing) {
    this.connection = connection;
    this.failing = Set.of(failing);
  }

  /** The calls fail from now on. */
  void arm() {
    armed = true;
  }

  /** What it has thrown, the first first. */
  List<SQLException> thrown() {
    return thrown;
  }

  /** What to hand out. */
  Connection proxy() {
    InvocationHandler handler =
        (proxy, method, arguments) -> {
          if (armed && failing.contains(method.getName())) {
            throw failure(method.getName());
          }
          try {
            return method.invoke(connection, arguments);
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        };
    return (Connection)
        Proxy.newProxyInstance(
            FailingConnection.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            handler);
  }

  private SQLException failure(String method) {
    SQLException failure = new SQLException(method + " failed", "08006");
    thrown.add(failure);
    return failure;
  }
}
