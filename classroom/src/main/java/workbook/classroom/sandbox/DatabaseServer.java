package workbook.classroom.sandbox;

import java.util.function.Consumer;
import workbook.engine.databases.CheckDatabases;
import workbook.engine.postgres.ThrowawayServer;
import workbook.support.DatabaseSettings;
import workbook.support.EnvironmentException;

/** The throwaway server of a run, and the next one when it dies. */
public final class DatabaseServer implements AutoCloseable {
  private final Consumer<String> progress;
  private Current current;

  /** A server that runs. */
  public record Current(ThrowawayServer server, CheckDatabases databases) {
    public DatabaseSettings admin() {
      return server.admin();
    }

    /** What it is, without why it was chosen. */
    public String description() {
      return server.description().replaceAll(" \\(.*", "");
    }
  }

  public DatabaseServer(Consumer<String> progress) {
    this.progress = progress;
  }

  public synchronized Current current() {
    if (current == null) {
      ThrowawayServer server = ThrowawayServer.open(ThrowawayServer.configured(), progress);
      try {
        current = new Current(server, new CheckDatabases(server));
      } catch (EnvironmentException e) {
        server.close();
        throw e;
      }
    }
    return current;
  }

  /** Gives up a broken server, unless another thread has done so. */
  public synchronized void renew(Current broken) {
    if (current == broken) {
      close();
    }
  }

  @Override
  public synchronized void close() {
    if (current != null) {
      try {
        current.databases().close();
      } finally {
        current.server().close();
        current = null;
      }
    }
  }
}
