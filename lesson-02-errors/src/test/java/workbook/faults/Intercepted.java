package workbook.faults;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Real data sources and connections, with somebody standing in between. */
public final class Intercepted {
  private Intercepted() {}

  /** Passes everything on, and says beforehand when a connection is wanted. */
  public static DataSource announced(DataSource real, Runnable bell) {
    return between(
        DataSource.class,
        real,
        (method, call) -> {
          if (method.equals("getConnection")) {
            bell.run();
          }
          return call.call();
        });
  }

  /** Its connections do close, and then report that they failed to. */
  public static DataSource failingToClose(DataSource real,
      SQLException failure) {
    return between(
        DataSource.class,
        real,
        (method, call) -> {
          Object result = call.call();
          return result instanceof Connection connection
              ? failingToClose(connection, failure)
              : result;
        });
  }

  private static Connection failingToClose(Connection real,
      SQLException failure) {
    return between(
        Connection.class,
        real,
        (method, call) -> {
          Object result = call.call();
          if (method.equals("close")) {
            throw failure;
          }
          return result;
        });
  }

  /** What passes each call to an interceptor, which may pass it on. */
  public static <T> T between(Class<T> type, T real, Interceptor middle) {
    Object proxy =
        Proxy.newProxyInstance(
            Intercepted.class.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) ->
                middle.intercept(
                    method.getName(),
                    () -> {
                      try {
                        return method.invoke(real, arguments);
                      } catch (InvocationTargetException e) {
                        throw e.getCause();
                      }
                    }));
    return type.cast(proxy);
  }

  /** The call as it was meant. */
  @FunctionalInterface
  public interface Call {
    /** Makes it. */
    Object call() throws Throwable;
  }

  /** What happens instead of it. */
  @FunctionalInterface
  public interface Interceptor {
    /** Answers the call of a method. */
    Object intercept(String method, Call call) throws Throwable;
  }
}
