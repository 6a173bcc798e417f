package workbook.grading.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jdbi.v3.core.ConnectionFactory;

/** A data source whose connections come from elsewhere; there is no way back to the real one. */
public final class LentSource {
  private LentSource() {}

  /**
   * A data source as an answer gets it.
   *
   * @param real does all but what {@code getConnection()} does
   * @param lender opens connections
   */
  public static DataSource of(DataSource real, ConnectionFactory lender) {
    return (DataSource)
        Proxy.newProxyInstance(
            LentSource.class.getClassLoader(),
            new Class<?>[] {DataSource.class},
            (self, method, arguments) ->
                switch (method.getName()) {
                  case "equals" -> self == arguments[0];
                  case "hashCode" -> System.identityHashCode(self);
                  case "isWrapperFor" -> ((Class<?>) arguments[0]).isInstance(self);
                  case "unwrap" -> unwrapped(self, (Class<?>) arguments[0]);
                  default ->
                      arguments == null && method.getName().equals("getConnection")
                          ? lender.openConnection()
                          : call(real, method, arguments);
                });
  }

  private static Object unwrapped(Object self, Class<?> type) throws SQLException {
    if (type.isInstance(self)) {
      return self;
    }
    throw new SQLException("Cannot unwrap to " + type.getName());
  }

  static Object call(Object target, Method method, Object... arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
