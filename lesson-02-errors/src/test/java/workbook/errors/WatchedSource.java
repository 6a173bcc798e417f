package workbook.errors;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import workbook.faults.Intercepted;

/**
 * A data source that notes which methods of it, and of its connections, an
 * answer calls.
 */
final class WatchedSource {
  private final List<String> calls =
      Collections.synchronizedList(new ArrayList<>());
  private final List<Connection> opened =
      Collections.synchronizedList(new ArrayList<>());
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
  private final Set<String> calm = ConcurrentHashMap.newKeySet();
  private final Thread caller = Thread.currentThread();
  private final DataSource source;
  private volatile boolean working;
  private volatile boolean closedAgain;

  private WatchedSource(DataSource real, Lending lending) {
    source =
        Intercepted.between(
            DataSource.class,
            real,
            (method, call) -> {
              if (!method.equals("getConnection")) {
                note("DataSource." + method);
                return call.call();
              }
              noteThread(method);
              calls.add(method);
              Connection connection =
                  lending.open(() -> (Connection) call.call());
              opened.add(connection);
              return connection;
            });
  }

  /** Opens real connections, which close. */
  static WatchedSource of(DataSource real) {
    WatchedSource[] self = new WatchedSource[1];
    self[0] =
        new WatchedSource(real, opening -> self[0].noting(opening.open()));
    return self[0];
  }

  /**
   * Hands out one connection that stays open: closing it is only noted.
   *
   * @param closing what {@code close()} throws; nothing if null
   */
  static WatchedSource lending(DataSource real, Connection one,
      Throwable closing) {
    WatchedSource[] self = new WatchedSource[1];
    self[0] =
        new WatchedSource(real, opening -> self[0].lent(one, closing, false));
    return self[0];
  }

  /** Hands out one connection that says it is closed. */
  static WatchedSource lendingClosed(DataSource real, Connection one) {
    WatchedSource[] self = new WatchedSource[1];
    self[0] =
        new WatchedSource(real, opening -> self[0].lent(one, null, true));
    return self[0];
  }

  /** Throws instead of connecting. */
  static WatchedSource failing(DataSource real, Throwable failure) {
    return new WatchedSource(
        real,
        opening -> {
          throw failure;
        });
  }

  DataSource source() {
    return source;
  }

  /** Begins anew. */
  void forget() {
    calls.clear();
    opened.clear();
  }

  /** How often a connection was asked for. */
  long attempts() {
    return calls.stream().filter("getConnection"::equals).count();
  }

  /** Whether closing failed, and was tried once more. */
  boolean isClosedAgain() {
    return closedAgain;
  }

  /** Which methods were called on a thread that was not interrupted. */
  Set<String> calm() {
    return calm;
  }

  /** Whether every connection that was opened is closed. */
  boolean isAllClosed() throws SQLException {
    for (Connection connection : List.copyOf(opened)) {
      if (!connection.isClosed()) {
        return false;
      }
    }
    return true;
  }

  /** Whether all that was noted happened where the answer was called. */
  boolean isOneThread() {
    return Set.of(caller).containsAll(threads);
  }

  /** The calls of methods that have no part in opening it and closing it. */
  List<String> changes() {
    return calls.stream()
        .filter(call ->
            !call.matches(
            "(DataSource\\.)?(toString|hashCode|equals)"
                + "|getConnection|close|isClosed"))
        .toList();
  }

  /** What happens from here on is the work's. */
  void begin() {
    threads.add(Thread.currentThread());
    working = true;
  }

  /** What happens from here on is the answer's. */
  void end() {
    working = false;
  }

  private Connection noting(Connection real) {
    return Intercepted.between(
        Connection.class,
        real,
        (method, call) -> {
          note(method);
          return call.call();
        });
  }

  private Connection lent(Connection real, Throwable closing,
      boolean isClosed) {
    AtomicBoolean closed = new AtomicBoolean(isClosed);
    return Intercepted.between(
        Connection.class,
        real,
        (method, call) -> {
          note(method);
          if (method.equals("isClosed")) {
            return closed.get();
          }
          if (!method.equals("close")) {
            return call.call();
          }
          boolean again = closed.getAndSet(true);
          if (closing != null) {
            closedAgain |= again;
            throw closing;
          }
          return null;
        });
  }

  private void noteThread(String method) {
    threads.add(Thread.currentThread());
    if (!Thread.currentThread().isInterrupted()) {
      calm.add(method);
    }
  }

  private void note(String method) {
    noteThread(method);
    if (!working) {
      calls.add(method);
    }
  }

  /** How a connection is made. */
  private interface Opening {
    Connection open() throws Throwable;
  }

  /** What is handed out in its place. */
  private interface Lending {
    Connection open(Opening opening) throws Throwable;
  }
}
