package workbook.transactions;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.ConnectionFactory;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.sqlobject.SqlObjectPlugin;
import workbook.grading.FreshDatabase;

/**
 * Connections that note how long each statement would wait: the limits of the
 * driver, which the server does not know, and the one that may be gone again
 * when a row is written.
 */
final class Patience implements ConnectionFactory {
  private final FreshDatabase database;
  private final Set<String> limits = new TreeSet<>();

  Patience(FreshDatabase database) {
    this.database = database;
  }

  /** A Jdbi that takes its connections from here. */
  Jdbi jdbi() {
    return Jdbi.create(this).installPlugin(new SqlObjectPlugin());
  }

  @Override
  public Connection openConnection() throws SQLException {
    Connection connection = database.dataSource().getConnection();
    return proxy(
        Connection.class,
        (self, method, arguments) -> {
          Object result = invoke(connection, method, arguments);
          return result instanceof Statement statement
              ? watched(statement, connection)
              : result;
        });
  }

  /** Demands that every statement waited without a limit. */
  void require() {
    assertThat(List.copyOf(limits))
        .as(
            "the limits when your statements were run, in seconds and in"
                + " milliseconds: a desk waits, for as long as another is at"
                + " the same book")
        .isEqualTo(
            List.of("query timeout 0, network timeout 0, lock_timeout 0"));
  }

  private static String limits(Statement statement, Connection connection)
      throws SQLException {
    return "query timeout %s, network timeout %s, lock_timeout %s"
        .formatted(
            "" + statement.getQueryTimeout(),
            "" + connection.getNetworkTimeout(),
            lockTimeout(connection));
  }

  // Where it cannot be asked any more, nothing waits either.
  private static String lockTimeout(Connection connection) {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(FreshDatabase.aside("SHOW lock_timeout"))) {
      row.next();
      return row.getString(1);
    } catch (SQLException e) {
      return "0";
    }
  }

  private Statement watched(Statement statement, Connection connection) {
    InvocationHandler handler =
        (self, method, arguments) -> {
          if (method.getName().startsWith("execute")) {
            limits.add(limits(statement, connection));
          }
          return invoke(statement, method, arguments);
        };
    if (statement instanceof CallableStatement) {
      return proxy(CallableStatement.class, handler);
    }
    return statement instanceof PreparedStatement
        ? proxy(PreparedStatement.class, handler)
        : proxy(Statement.class, handler);
  }

  private static Object invoke(
      Object target, Method method, Object[] arguments)
      throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(
        Proxy.newProxyInstance(
            Patience.class.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
