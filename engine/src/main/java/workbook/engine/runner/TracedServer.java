package workbook.engine.runner;

import workbook.engine.postgres.ThrowawayServer;
import workbook.engine.trace.ServerTrace;
import workbook.engine.trace.Trace;
import workbook.support.DatabaseSettings;

/**
 * A throwaway server at the address of a relay, which has a trace see all but the administrator.
 */
public final class TracedServer implements ThrowawayServer {
  private final ThrowawayServer server;
  private final ServerTrace traced;

  private TracedServer(ThrowawayServer server, ServerTrace traced) {
    this.server = server;
    this.traced = traced;
  }

  /**
   * Begins to trace a server.
   *
   * @throws workbook.support.EnvironmentException if it cannot be reached
   */
  public static TracedServer of(ThrowawayServer server, Trace trace) {
    DatabaseSettings admin = server.admin();
    return new TracedServer(
        server, ServerTrace.start(admin, trace, user -> !admin.user().equals(user)));
  }

  @Override
  public DatabaseSettings admin() {
    DatabaseSettings admin = server.admin();
    return new DatabaseSettings(
        "127.0.0.1", traced.port(), admin.dbname(), admin.user(), admin.password());
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
    traced.close();
    server.close();
  }
}
