package workbook.engine.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import workbook.engine.FileMutex;
import workbook.engine.Folders;
import workbook.engine.programs.Advice;
import workbook.engine.programs.Binaries;
import workbook.engine.programs.Inventory;
import workbook.support.DatabaseSettings;
import workbook.support.EnvironmentException;

/** A server for one run, from the PostgreSQL that comes with the workbook. */
final class EmbeddedServer implements ThrowawayServer {
  // These data need not survive a crash, so nothing waits for the disk.
  private static final Map<String, String> SETTINGS =
      Map.ofEntries(
          Map.entry("listen_addresses", "'127.0.0.1'"),
          Map.entry("unix_socket_directories", "''"),
          // A session whose client is gone must not sleep on; not every system can tell.
          Map.entry("client_connection_check_interval", isLinux() ? "1s" : "0"),
          Map.entry("shared_buffers", "32MB"),
          Map.entry("dynamic_shared_memory_type", isWindows() ? "windows" : "mmap"),
          Map.entry("fsync", "off"),
          Map.entry("synchronous_commit", "off"),
          Map.entry("full_page_writes", "off"),
          Map.entry("wal_level", "minimal"),
          Map.entry("max_wal_senders", "0"),
          // All sessions share one queue: 8 MB of it.
          Map.entry("max_notify_queue_pages", "1024"),
          Map.entry("max_wal_size", "128MB"),
          Map.entry("autovacuum", "off"),
          Map.entry("temp_file_limit", "128MB"),
          Map.entry("io_method", "sync"));

  private final RunFolder run;
  private final DatabaseSettings admin;
  private final String description;

  private EmbeddedServer(RunFolder run, DatabaseSettings admin, String description) {
    this.run = run;
    this.admin = admin;
    this.description = description;
  }

  private static Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>(SETTINGS);
    settings.put("max_connections", String.valueOf(ThrowawayServer.sessions()));
    return settings;
  }

  /**
   * Starts a server.
   *
   * @param why what to add to its description
   */
  static EmbeddedServer open(Path workFolder, String why, Consumer<String> progress) {
    Binaries binaries = Binaries.unpack(workFolder, progress);
    try {
      Path template = template(workFolder, binaries, progress);
      RunFolder run = RunFolder.create(workFolder);
      try {
        // An interrupted program closes the run, but not while the server is starting.
        synchronized (run) {
          MemoryDisk.lend(run.path().resolve(Cluster.DATA));
          Folders.copy(template, run.path());
          Cluster cluster = new Cluster(run.path());
          int port = cluster.start(binaries, settings(), Ports::any);
          return new EmbeddedServer(
              run, cluster.admin(port), "embedded PostgreSQL " + binaries.version() + why);
        }
      } catch (IOException | RuntimeException e) {
        run.close();
        throw e;
      }
    } catch (IOException e) {
      String reason = EnvironmentException.reason(e);
      throw new EnvironmentException(
          "No server can be made in %s: %s. %s".formatted(workFolder, reason, Advice.on(reason)),
          e);
    }
  }

  @Override
  public DatabaseSettings admin() {
    return admin;
  }

  @Override
  public boolean isOurs() {
    return true;
  }

  @Override
  public String description() {
    return description;
  }

  @Override
  public void close() {
    run.close();
  }

  // To copy data takes a tenth of the time that it takes to make them.
  private static Path template(Path workFolder, Binaries binaries, Consumer<String> progress)
      throws IOException {
    Path template = workFolder.resolve(binaries.home().getFileName() + "-template");
    if (Inventory.isWhole(template)) {
      return template;
    }
    return FileMutex.holding(
        workFolder.resolve("template.lock"),
        lock -> {
          if (!Inventory.isWhole(template)) {
            Folders.delete(template);
            progress.accept("Preparing databases (once)");
            Path unfinished = workFolder.resolve("template.unfinished");
            Folders.delete(unfinished);
            Files.createDirectories(unfinished);
            Cluster cluster = new Cluster(unfinished);
            cluster.create(binaries, "--no-sync", "--wal-segsize=1");
            // There, this program does not run for administrators.
            if (!isWindows()) {
              cluster.compact(binaries);
            }
            Inventory.take(unfinished);
            Files.move(unfinished, template, StandardCopyOption.ATOMIC_MOVE);
          }
          return template;
        });
  }

  private static boolean isLinux() {
    return System.getProperty("os.name").equals("Linux");
  }

  private static boolean isWindows() {
    return System.getProperty("os.name").startsWith("Windows");
  }
}
