package workbook.connect;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicReference;
import workbook.support.DatabaseSettings;

/**
 * Leads to a real server, and adds to its version wherever it tells that, as
 * the packages of Linux distributions do; refuses a query if told to.
 */
final class VersionRelay implements AutoCloseable {
  private final DatabaseSettings real;
  private final String version;
  private final String plain;
  private final ServerSocket listener;
  private final AtomicReference<String> refusal = new AtomicReference<>();
  private volatile String suffix = "";

  VersionRelay(DatabaseSettings real, String version) throws IOException {
    this.real = real;
    this.version = version;
    // That of a package has more already.
    plain = version.split(" ", 2)[0];
    listener = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    start(this::acceptAll);
  }

  /** The server's settings, but for this relay's address. */
  DatabaseSettings settings() {
    return new DatabaseSettings(
        "127.0.0.1",
        listener.getLocalPort(),
        real.dbname(),
        real.user(),
        real.password());
  }

  /** What it tells for the server's version, without what it adds. */
  String version() {
    return plain;
  }

  /** Adds this from the next connection on. */
  void add(String suffix) {
    this.suffix = suffix;
  }

  /** Refuses the next row with this SQLSTATE, and no other after it. */
  void refuse(String state) {
    refusal.set(state);
  }

  private void acceptAll() throws IOException {
    while (true) {
      Socket client = listener.accept();
      RelayedSession session =
          new RelayedSession(version, plain + suffix, refusal);
      start(() -> relay(client, session));
    }
  }

  private void relay(Socket client, RelayedSession session)
      throws IOException {
    try (client;
        Socket server = new Socket(real.host(), real.port())) {
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      DataInputStream heard = buffered(client);
      OutputStream out = new BufferedOutputStream(client.getOutputStream());
      OutputStream on = server.getOutputStream();
      Wire.send(on, "", Wire.startup(heard, out));
      start(
          () -> {
            try (server) {
              session.passQueries(heard, on);
            }
          });
      session.passAnswers(buffered(server), out);
      // A shutdown ends both. To a trace, this client says that it ends, since
      // the answer has not left it open.
      Wire.send(on, "X", new byte[0]);
    }
  }

  private static DataInputStream buffered(Socket from) throws IOException {
    return new DataInputStream(new BufferedInputStream(from.getInputStream()));
  }

  // A socket that is closed under a thread ends it.
  private static void start(Task task) {
    Thread thread =
        new Thread(
            () -> {
              try {
                task.run();
              } catch (IOException e) {
                Thread.currentThread().interrupt();
              }
            },
            "version relay");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }

  /** Work of a thread. */
  private interface Task {
    void run() throws IOException;
  }
}
