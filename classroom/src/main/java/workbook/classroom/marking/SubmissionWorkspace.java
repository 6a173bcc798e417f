package workbook.classroom.marking;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import workbook.classroom.sandbox.CheckBundle;
import workbook.classroom.sandbox.DatabaseServer;
import workbook.classroom.sandbox.Sandbox;
import workbook.engine.Folders;
import workbook.engine.databases.DatabaseBroker;
import workbook.engine.protocol.Relay;
import workbook.engine.runner.TimeBudget;
import workbook.engine.runner.WorkerProcess;
import workbook.engine.runner.WorkerSource;
import workbook.support.DatabaseSettings;
import workbook.support.EnvironmentException;

/** Where one hand-in is graded: its folders, its way to the database, and its process. */
final class SubmissionWorkspace implements WorkerSource, AutoCloseable {
  // More than any check needs, and few enough to leave some to others.
  private static final int MOST_CONNECTIONS = 30;
  private static final int LONGEST_NAME = 96;
  private static final Duration LONGEST = Duration.ofMinutes(5);

  private final Path folder;
  private final Sandbox sandbox;
  private final CheckBundle bundle;
  private final List<String> options;
  private final DatabaseServer.Current server;
  private final TraceKeeper trace;
  private final Relay relay;
  private final Path sockets;
  private final Path socket;
  private final TimeBudget budget = new TimeBudget(LONGEST);
  private WorkerProcess worker;
  private DatabaseBroker broker;

  /**
   * @param folder a new one, which is deleted in the end
   * @param options further ones for Java
   */
  SubmissionWorkspace(
      Path folder,
      Sandbox sandbox,
      CheckBundle bundle,
      DatabaseServer.Current server,
      List<String> options) {
    this.folder = folder;
    this.sandbox = sandbox;
    this.bundle = bundle;
    this.server = server;
    this.options = options;
    trace = new TraceKeeper(server.admin());
    try {
      for (String part : List.of("answers", "scratch")) {
        Folders.makeReadable(Files.createDirectories(folder.resolve(part)));
      }
      Folders.makeReadable(folder);
      sockets = sockets(folder);
      Folders.makeReadable(sockets);
      socket = sockets.resolve("db");
      relay = relay();
    } catch (IOException e) {
      throw new EnvironmentException(
          "%s cannot be used: %s. Is there room on the disk?".formatted(folder, e), e);
    }
  }

  /** What all lessons of the hand-in may take, compilation included. */
  TimeBudget budget() {
    return budget;
  }

  /** Where compiled answers go. */
  Path answers() {
    return folder.resolve("answers");
  }

  @Override
  public WorkerProcess worker() {
    if (worker == null) {
      int port = port();
      broker =
          new DatabaseBroker(
              server::databases,
              made ->
                  trace.hiding(
                      new DatabaseSettings(
                          "127.0.0.1", port, made.dbname(), made.user(), made.password())),
              true);
      Sandbox.Command command =
          sandbox.process(bundle, answers(), folder.resolve("scratch"), sockets, options);
      worker =
          new WorkerProcess(command.process(), command.end(), sandbox.socket(socket), port, null);
    }
    return worker;
  }

  @Override
  public DatabaseBroker broker() {
    return broker;
  }

  @Override
  public void discard() {
    if (worker != null) {
      worker.close();
      worker = null;
      broker.close();
    }
  }

  /**
   * Ends the sessions of the check that is over.
   *
   * @throws EnvironmentException if the server cannot end one of them; that session would keep a
   *     processor busy for hours
   */
  void endSessions() {
    if (!server.databases().endSessions(broker.namesOfCheck())) {
      throw new EnvironmentException(
          "The server works on a statement that it cannot stop, for a session that is over.");
    }
  }

  /** What the sessions and the server say to each other. */
  TraceKeeper trace() {
    return trace;
  }

  /** Lets the process end by itself. */
  void finish(Duration patience) {
    if (worker != null) {
      worker.finish(patience);
    }
  }

  @Override
  public void close() {
    try {
      discard();
    } finally {
      relay.close();
      trace.close();
      try {
        Folders.delete(sockets);
        Folders.delete(folder);
      } catch (IOException e) {
        throw new EnvironmentException("%s cannot be removed: %s".formatted(folder, e), e);
      }
    }
  }

  // The system takes the name of a socket only if it is short.
  private static Path sockets(Path folder) throws IOException {
    Path sockets = folder.resolve("sockets");
    return sockets.toString().getBytes(StandardCharsets.UTF_8).length < LONGEST_NAME
        ? Files.createDirectories(sockets)
        : Files.createTempDirectory("workbook");
  }

  private Relay relay() throws IOException {
    SocketAddress to = new InetSocketAddress(InetAddress.getByName("127.0.0.1"), trace.port());
    if (!sandbox.isIsolated()) {
      return Relay.start(
          new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), to, MOST_CONNECTIONS);
    }
    Relay started = Relay.start(UnixDomainSocketAddress.of(socket), to, MOST_CONNECTIONS);
    Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-rw-rw-"));
    return started;
  }

  // Inside, there is no other network that the port could be taken in.
  private int port() {
    if (sandbox.isIsolated()) {
      return 5432;
    }
    try {
      return ((InetSocketAddress) relay.address()).getPort();
    } catch (IOException e) {
      throw new EnvironmentException("The way to the database is closed: " + e, e);
    }
  }
}
