package workbook.queries;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.postgresql.core.BaseConnection;

/**
 * A pool of connections that notes what is sent and what is left open.
 *
 * <p>The connections that it hands out can do all that the driver's can, COPY
 * included. Close it before the check ends, or its sessions look like a leak.
 */
final class WatchedSource implements AutoCloseable {
  private static final Pattern ADDS =
      Pattern.compile("(?i)\\b(insert|merge|copy)\\b");

  private static final Set<String> MOVES =
      Set.of("next", "previous", "relative", "absolute", "last");

  private final DataSource target;
  private final Deque<Connection> idle = new ArrayDeque<>();
  private final List<Lent> lent = new ArrayList<>();
  private final List<String> sent = new ArrayList<>();
  private final List<String> bound = new ArrayList<>();
  private final List<Long> maxRows = new ArrayList<>();
  private final List<String> leftOpen = new ArrayList<>();
  private Runnable afterAdding = () -> {};
  private boolean broken;
  private boolean countsRows;
  private int rowsRead;

  WatchedSource(DataSource target) {
    this.target = target;
  }

  /** What to hand to the code that is watched. */
  DataSource dataSource() {
    return proxy(
        DataSource.class,
        (method, arguments) ->
            method.getName().equals("getConnection") && arguments == null
                ? lend()
                : call(target, method, arguments));
  }

  /** Has something happen each time a statement has added rows. */
  WatchedSource afterAdding(Runnable action) {
    afterAdding = action;
    return this;
  }

  /** Has the rows counted that are read, which takes its time. */
  WatchedSource countingRows() {
    countsRows = true;
    return this;
  }

  /** The SQL of each execution; a batch is one execution, and so is a COPY. */
  synchronized List<String> sent() {
    return List.copyOf(sent);
  }

  /** The SQL of each execution that adds rows. */
  List<String> sentToAdd() {
    return sent().stream().filter(sql -> ADDS.matcher(sql).find()).toList();
  }

  /** The SQL of each execution whose text has something in it. */
  List<String> sentWith(String text) {
    return sent().stream().filter(sql -> sql.contains(text)).toList();
  }

  /** Limits on a result that were asked for, beyond what the checks read. */
  synchronized List<String> limits() {
    List<String> all = new ArrayList<>(sent);
    all.addAll(bound);
    return RowLimits.of(all, maxRows);
  }

  private synchronized void noteLimit(String limit) {
    bound.add(limit);
  }

  /** How many connections were handed out and not closed. */
  synchronized int inUse() {
    return lent.size();
  }

  /** How often a ResultSet was moved on, if that is counted. */
  int rowsRead() {
    return rowsRead;
  }

  /** What is or was left open: connections, and statements at close. */
  synchronized List<String> leftOpen() {
    List<String> open = new ArrayList<>(leftOpen);
    lent.forEach(connection -> open.add("a connection"));
    return open;
  }

  /** Demands that everything was closed. */
  void assertAllClosed(String method) {
    assertThat(leftOpen())
        .as(
            "What %s left open: connections, and statements at their close",
            method)
        .isEqualTo(List.of());
  }

  /**
   * Hands out connections that are closed already, as a pool does whose
   * connection was lost; they have to be given back all the same.
   */
  void assertClosesWhatIsBroken(String method, Callable<?> action) {
    int before = leftOpen().size();
    broken = true;
    try {
      action.call();
    } catch (Exception e) {
      // That it fails is expected; the check is about what it leaves behind.
    } finally {
      broken = false;
    }
    assertThat(leftOpen().size() - before)
        .as(
            "Connections that %s left open, when it got one that was lost"
                + " before: prepareStatement and all else fail on it",
            method)
        .isZero();
  }

  /** Ends all sessions. */
  @Override
  public synchronized void close() {
    try {
      // Not closed, which would look as if the answer had done it.
      for (Lent connection : lent) {
        connection.target.abort(Runnable::run);
      }
      lent.clear();
      for (Connection connection : idle) {
        connection.close();
      }
    } catch (SQLException e) {
      throw new IllegalStateException("A watched session does not end.", e);
    }
  }

  private synchronized Connection lend() throws SQLException {
    Connection connection = idle.poll();
    Lent next =
        new Lent(connection == null ? target.getConnection() : connection);
    lent.add(next);
    if (broken) {
      next.target.close();
    }
    return next.proxy;
  }

  private synchronized void takeBack(Lent connection) throws SQLException {
    if (lent.remove(connection)) {
      for (Statement statement : connection.statements.keySet()) {
        if (!statement.isClosed()) {
          leftOpen.add("a statement: " + connection.statements.get(statement));
          statement.close();
        }
      }
      if (connection.target.isClosed()) {
        return;
      }
      // As closing it would: what was not committed is lost.
      if (!connection.target.getAutoCommit()) {
        connection.target.rollback();
        connection.target.setAutoCommit(true);
      }
      idle.add(connection.target);
    }
  }

  private synchronized void note(String sql) {
    sent.add(sql.strip().replaceAll("\\s+", " "));
  }

  /** An object of the driver's kind, whose calls go elsewhere. */
  static <T> T proxy(Class<T> type, Calls calls) {
    return type.cast(
        Proxy.newProxyInstance(
            BaseConnection.class.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) ->
                method.getDeclaringClass() == Object.class
                    ? identity(self, method, arguments)
                    : calls.call(method, arguments)));
  }

  private static Object identity(
      Object self, Method method, Object[] arguments) {
    return switch (method.getName()) {
      case "equals" -> self == arguments[0];
      case "hashCode" -> System.identityHashCode(self);
      default ->
          "a watched " + self.getClass().getInterfaces()[0].getSimpleName();
    };
  }

  /** Calls a method, which throws what it throws by itself. */
  static Object call(Object target, Method method, Object[] arguments)
      throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  /** What a proxy does. */
  interface Calls {
    Object call(Method method, Object[] arguments) throws Throwable;
  }

  /** A connection that is in use. */
  private final class Lent {
    private final Connection target;
    private final Map<Statement, String> statements = new LinkedHashMap<>();
    private final Connection proxy = proxy(BaseConnection.class, this::call);
    private boolean closed;

    Lent(Connection target) {
      this.target = target;
    }

    private Object call(Method method, Object[] arguments) throws Throwable {
      switch (method.getName()) {
        case "close":
          closed = true;
          takeBack(this);
          return null;
        case "isClosed":
          return closed || target.isClosed();
        case "unwrap":
          return ((Class<?>) arguments[0]).isInstance(proxy)
              ? proxy
              : WatchedSource.call(target, method, arguments);
        case "getCopyAPI":
          note("COPY");
          break;
        default:
      }
      if (closed) {
        throw new SQLException("This connection has been closed.", "08003");
      }
      Object result = WatchedSource.call(target, method, arguments);
      return result instanceof Statement statement
          ? watched(statement, method, arguments)
          : result;
    }

    private Object watched(
        Statement statement, Method creator, Object[] texts) {
      String sql = texts == null ? "" : " " + texts[0];
      statements.put(statement, creator.getName() + sql);
      List<String> batch = new ArrayList<>();
      Map<Integer, Object> values = new HashMap<>();
      Class<?> type = creator.getReturnType();
      return WatchedSource.proxy(
          type,
          (method, arguments) -> {
            String name = method.getName();
            boolean hasText =
                arguments != null && arguments[0] instanceof String;
            if (name.equals("getConnection")) {
              return proxy;
            } else if (name.equals("addBatch") && hasText) {
              batch.add((String) arguments[0]);
            } else if (RowLimits.isSetBy(name)) {
              maxRows.add(((Number) arguments[0]).longValue());
            } else if (name.startsWith("set")
                && arguments.length > 1
                && arguments[0] instanceof Integer number) {
              values.put(number, arguments[1]);
            } else if (name.startsWith("execute")) {
              String prepared = texts == null ? "" : String.valueOf(texts[0]);
              noteLimit(RowLimits.bound(prepared, values));
              return executed(
                  hasText
                      ? (String) arguments[0]
                      : batch.isEmpty() ? prepared : String.join("; ", batch),
                  statement,
                  method,
                  arguments);
            }
            return watched(WatchedSource.call(statement, method, arguments));
          });
    }

    private Object executed(
        String sql, Statement statement, Method method, Object[] arguments)
        throws Throwable {
      note(sql);
      Object result = WatchedSource.call(statement, method, arguments);
      if (ADDS.matcher(sql).find()) {
        afterAdding.run();
      }
      return watched(result);
    }

    private Object watched(Object result) {
      return countsRows && result instanceof ResultSet rows
          ? WatchedSource.proxy(
              ResultSet.class,
              (method, arguments) -> {
                if (MOVES.contains(method.getName())) {
                  rowsRead++;
                }
                return WatchedSource.call(rows, method, arguments);
              })
          : result;
    }
  }
}
