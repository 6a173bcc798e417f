package workbook.connect;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Asks each client for its password, remembers what it sends, and refuses it:
 * so names and passwords can be looked at that no role has.
 */
final class RefusingServer implements AutoCloseable {
  private static final byte[] ASKS_FOR_PASSWORD = {0, 0, 0, 3};
  private static final String REFUSAL =
      "SFATAL\0VFATAL\0C%s\0Mthe login is refused\0\0";

  /** Of the SQLSTATEs, the one that ends the call without a word. */
  static final String HANGS_UP = "08001";

  private final ConcurrentLinkedQueue<Login> logins =
      new ConcurrentLinkedQueue<>();
  private final ServerSocket listener;
  private volatile String state = "28P01";

  RefusingServer() throws IOException {
    listener = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    Thread thread = new Thread(this::serve, "refusing server");
    thread.setDaemon(true);
    thread.start();
  }

  /** What a client sends. */
  record Login(String dbname, String user, String password) {}

  int port() {
    return listener.getLocalPort();
  }

  /** Refuses with this SQLSTATE from now on. */
  void refuseWith(String state) {
    this.state = state;
  }

  /** What was sent since this was asked last. */
  List<Login> logins() {
    List<Login> sent = new ArrayList<>(logins);
    logins.clear();
    return sent;
  }

  private void serve() {
    while (!listener.isClosed()) {
      try (Socket client = listener.accept()) {
        refuse(client);
      } catch (IOException e) {
        // The listener is closed, or the client has gone: both is an end.
      }
    }
  }

  private void refuse(Socket client) throws IOException {
    client.setSoTimeout(5_000);
    DataInputStream in =
        new DataInputStream(new BufferedInputStream(client.getInputStream()));
    OutputStream out = client.getOutputStream();
    Map<String, String> startup = Wire.parameters(Wire.startup(in, out));
    Wire.send(out, "R", ASKS_FOR_PASSWORD);
    in.readByte();
    byte[] password = in.readNBytes(in.readInt() - 4);
    logins.add(
        new Login(
            startup.get("database"),
            startup.get("user"),
            new String(password, 0, password.length - 1, UTF_8)));
    if (state.equals(HANGS_UP)) {
      return;
    }
    Wire.send(out, "E", REFUSAL.formatted(state).getBytes(UTF_8));
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
