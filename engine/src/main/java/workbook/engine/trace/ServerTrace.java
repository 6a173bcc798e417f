package workbook.engine.trace;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.sql.SQLException;
import java.util.function.Predicate;
import workbook.support.DatabaseSettings;
import workbook.support.EnvironmentException;

/** A relay in front of a server, and a session of its own that asks who waits for whose lock. */
public final class ServerTrace implements AutoCloseable {
  private final TraceRelay relay;
  private final LockWaits waits;

  private ServerTrace(TraceRelay relay, LockWaits waits) {
    this.relay = relay;
    this.waits = waits;
  }

  /**
   * Begins to trace the sessions that come through {@link #port}.
   *
   * @param server how to connect to it
   * @param shown which users' sessions the trace has
   * @throws EnvironmentException if the server cannot be reached
   */
  public static ServerTrace start(DatabaseSettings server, Trace trace, Predicate<String> shown) {
    try {
      LockWaits waits = LockWaits.start(trace, server.dataSource());
      InetSocketAddress address = new InetSocketAddress(server.host(), server.port());
      return new ServerTrace(
          TraceRelay.start(address, trace, session -> shown.test(session.get("user"))), waits);
    } catch (IOException | SQLException e) {
      throw new EnvironmentException(
          "The server at %s cannot be traced: %s. Run ./workbook doctor."
              .formatted(server, e.getMessage()),
          e);
    }
  }

  /** The relay's port, on 127.0.0.1. */
  public int port() {
    return relay.port();
  }

  @Override
  public void close() {
    waits.close();
    relay.close();
  }
}
