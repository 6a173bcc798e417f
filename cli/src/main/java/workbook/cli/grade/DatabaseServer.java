package workbook.cli.grade;

import java.util.function.Consumer;
import workbook.support.DatabaseSettings;
import workbook.support.EnvironmentException;
import workbook.support.database.CheckDatabases;
import workbook.support.database.ThrowawayServer;

/** The throwaway server of a run, and the next one when it dies. */
final class DatabaseServer implements AutoCloseable {
  private static final int MOST_RENEWALS = 20;

  private final Consumer<String> progress;
  private Current current;
  private int renewals;

  /** A server that runs. */
  record Current(ThrowawayServer server, CheckDatabases databases) {
    DatabaseSettings admin() {
      return server.admin();
    }

    /** What it is, without why it was chosen. */
    String description() {
      return server.description().replaceAll(" \\(.*", "");
    }
  }

  DatabaseServer(Consumer<String> progress) {
    this.progress = progress;
  }

  synchronized Current current() {
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

  /** Gives up a server that somebody found broken, unless somebody else was quicker. */
  synchronized void renew(Current broken) {
    if (current == broken && ++renewals <= MOST_RENEWALS) {
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
