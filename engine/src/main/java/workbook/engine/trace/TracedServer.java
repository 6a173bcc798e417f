package workbook.engine.trace;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.sql.SQLException;
import workbook.engine.postgres.ThrowawayServer;
import workbook.support.DatabaseSettings;
import workbook.support.EnvironmentException;

/**
 * A throwaway server whose sessions are traced, but for its administrator's.
 *
 * <p>It is the same server at another address: that of the relay.
 */
public final class TracedServer implements ThrowawayServer {
  private final ThrowawayServer server;
  private final TraceRelay relay;
  private final LockWaits waits;

  private TracedServer(ThrowawayServer server, TraceRelay relay, LockWaits waits) {
    this.server = server;
    this.relay = relay;
    this.waits = waits;
  }

  /**
   * Begins to trace a server.
   *
   * @throws EnvironmentException if it cannot be reached
   */
  public static TracedServer of(ThrowawayServer server, Trace trace) {
    DatabaseSettings admin = server.admin();
    try {
      TraceRelay relay =
          TraceRelay.start(
              new InetSocketAddress(admin.host(), admin.port()),
              trace,
              parameters -> !admin.user().equals(parameters.get("user")));
      return new TracedServer(server, relay, LockWaits.start(trace, admin.dataSource()));
    } catch (IOException | SQLException e) {
      throw new EnvironmentException(
          "The server for checks (%s) cannot be traced: %s. Run ./workbook doctor."
              .formatted(server.description(), e.getMessage()),
          e);
    }
  }

  @Override
  public DatabaseSettings admin() {
    DatabaseSettings admin = server.admin();
    return new DatabaseSettings(
        "127.0.0.1", relay.port(), admin.dbname(), admin.user(), admin.password());
  }

  @Override
  public boolean isOurs() {
    return server.isOurs();
  }

  @Override
  public String description() {
    return server.description();
  }

  @Override
  public void close() {
    waits.close();
    relay.close();
    server.close();
  }
}
