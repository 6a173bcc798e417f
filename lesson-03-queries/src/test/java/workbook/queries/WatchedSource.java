package workbook.queries;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.postgresql.core.Parser;
import workbook.grading.jdbc.LentSource;
import workbook.grading.jdbc.WatchedConnection;
import workbook.grading.jdbc.WatchedConnection.Call;

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

  // Beside all that executes a statement.
  private static final Set<String> SENDING =
      Set.of(
          "startCopy", "execSQLQuery", "execSQLUpdate",
          "insertRow", "updateRow", "deleteRow");

  private final DataSource target;
  private final Deque<Connection> idle = new ArrayDeque<>();
  private final List<Lent> lent = new ArrayList<>();
  private final List<String> sent = new ArrayList<>();
  private final List<String> bound = new ArrayList<>();
  private final List<Long> maxRows = new ArrayList<>();
  private final List<String> leftOpen = new ArrayList<>();
  private Consumer<String> beforeSending = sql -> {};
  private Runnable afterAdding = () -> {};
  private boolean broken;
  private int rowsRead;
  private int rowsCopied;

  WatchedSource(DataSource target) {
    this.target = target;
  }

  /** What to hand to the code that is watched. */
  DataSource dataSource() {
    return LentSource.of(target, this::lend);
  }

  /** Has something happen each time before a statement is sent. */
  WatchedSource beforeSending(Consumer<String> action) {
    beforeSending = action;
    return this;
  }

  /** Has something happen each time a statement has added rows. */
  WatchedSource afterAdding(Runnable action) {
    afterAdding = action;
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

  /** How often a result or a COPY was moved on. */
  int rowsRead() {
    return rowsRead + rowsCopied;
  }

  /** How many rows came by COPY, and how often none was left. */
  int rowsCopied() {
    return rowsCopied;
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

  private synchronized void note(List<String> statements) {
    sent.addAll(statements);
  }

  /** A connection that is in use, and what it is used for. */
  private final class Lent implements WatchedConnection.Listener {
    private final Connection target;
    private final Map<Statement, String> statements = new LinkedHashMap<>();
    private final Map<Object, List<String>> batches = new IdentityHashMap<>();
    private final Map<Object, Map<Integer, Object>> values =
        new IdentityHashMap<>();
    private final Connection proxy;
    private boolean closed;

    Lent(Connection target) {
      this.target = target;
      proxy = WatchedConnection.of(target, this);
    }

    @Override
    public Object call(Call call) throws Throwable {
      Object called = call.target();
      if (called == target) {
        return onConnection(call);
      } else if (called instanceof Statement statement) {
        return onStatement(statement, call);
      }
      if (MOVES.contains(call.method())) {
        rowsRead++;
      } else if (call.method().equals("readFromCopy")) {
        rowsCopied++;
      }
      boolean sends = SENDING.contains(call.method());
      return sends ? send(List.of(shown(call)), call) : call.proceed();
    }

    private Object onConnection(Call call) throws Throwable {
      if (call.method().equals("close")) {
        closed = true;
        takeBack(this);
        return null;
      } else if (call.method().equals("isClosed")) {
        return closed || target.isClosed();
      } else if (closed) {
        throw new SQLException("This connection has been closed.", "08003");
      } else if (SENDING.contains(call.method())) {
        return send(parts(call.sql()), call);
      }
      Object result = call.proceed();
      if (result instanceof Statement statement) {
        statements.put(statement, (call.method() + " " + call.sql()).strip());
      }
      return result;
    }

    private Object onStatement(Statement statement, Call call)
        throws Throwable {
      String name = call.method();
      if (name.equals("addBatch") && call.argument(0) != null) {
        batches.computeIfAbsent(statement, key -> new ArrayList<>())
            .add(call.sql());
      } else if (name.equals("clearBatch")) {
        batches.remove(statement);
      } else if (RowLimits.isSetBy(name)) {
        maxRows.add(((Number) call.argument(0)).longValue());
      } else if (name.startsWith("set") && call.argument(1) != null
          && call.argument(0) instanceof Integer number) {
        values.computeIfAbsent(statement, key -> new HashMap<>())
            .put(number, call.argument(1));
      } else if (name.startsWith("execute")) {
        noteLimit(
            RowLimits.bound(
                call.sql(), values.getOrDefault(statement, Map.of())));
        return send(
            name.endsWith("Batch")
                ? List.of(batch(statement, call.sql()))
                : parts(call.sql()),
            call);
      }
      return call.proceed();
    }

    private String batch(Statement statement, String prepared) {
      List<String> batch = batches.remove(statement);
      return batch == null ? prepared : String.join("; ", batch);
    }

    private Object send(List<String> sql, Call call) throws Throwable {
      List<String> statements =
          sql.stream()
              .map(text -> text.strip().replaceAll("\\s+", " "))
              .toList();
      note(statements);
      beforeSending.accept(statements.get(0));
      Object result = call.proceed();
      boolean adds = sql.stream().anyMatch(part -> ADDS.matcher(part).find());
      // The rows of a COPY come later.
      if (adds && !call.method().equals("startCopy")) {
        afterAdding.run();
      }
      return result;
    }
  }

  // A row that is changed through a result is sent at once.
  private static String shown(Call call) {
    return switch (call.method()) {
      case "insertRow" -> "INSERT of a row of a result";
      case "updateRow" -> "UPDATE of a row of a result";
      case "deleteRow" -> "DELETE of a row of a result";
      default -> call.sql();
    };
  }

  // Several statements in one text are several.
  private static List<String> parts(String sql) throws SQLException {
    List<String> parts =
        Parser.parseJdbcSql(sql, true, false, true, false, true).stream()
            .map(query -> query.nativeSql)
            .toList();
    return parts.size() < 2 ? List.of(sql) : parts;
  }
}
