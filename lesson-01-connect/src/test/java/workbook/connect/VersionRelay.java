package workbook.connect;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import workbook.support.DatabaseSettings;

/**
 * Leads to a real server, and adds to its version wherever it tells that, as
 * the packages of Linux distributions do.
 */
final class VersionRelay implements AutoCloseable {
  private final DatabaseSettings real;
  private final String version;
  private final ServerSocket listener;
  private volatile String suffix = "";

  VersionRelay(DatabaseSettings real, String version) throws IOException {
    this.real = real;
    this.version = version;
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

  /** Adds this from the next connection on. */
  void add(String suffix) {
    this.suffix = suffix;
  }

  private void acceptAll() throws IOException {
    while (true) {
      Socket client = listener.accept();
      start(() -> relay(client, suffix));
    }
  }

  private void relay(Socket client, String added) throws IOException {
    try (client;
        Socket server = new Socket(real.host(), real.port())) {
      DataInputStream heard = new DataInputStream(client.getInputStream());
      OutputStream out = client.getOutputStream();
      Wire.send(server.getOutputStream(), "", Wire.startup(heard, out));
      start(
          () -> {
            try (server) {
              heard.transferTo(server.getOutputStream());
            }
          });
      DataInputStream in = new DataInputStream(server.getInputStream());
      while (true) {
        String type = String.valueOf((char) in.readByte());
        byte[] body = in.readNBytes(in.readInt() - 4);
        Wire.send(out, type, changed(type, body, added));
      }
    }
  }

  private byte[] changed(String type, byte[] body, String added)
      throws IOException {
    if (type.equals("S")) {
      return new String(body, UTF_8)
          .replace(
              "server_version\0" + version + "\0",
              "server_version\0" + version + added + "\0")
          .getBytes(UTF_8);
    }
    return type.equals("D") ? changedRow(ByteBuffer.wrap(body), added) : body;
  }

  // A row: the number of its columns, then length and value of each.
  private byte[] changedRow(ByteBuffer row, String added) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeShort(row.getShort());
    while (row.hasRemaining()) {
      int length = row.getInt();
      byte[] value = new byte[Math.max(0, length)];
      row.get(value);
      if (new String(value, UTF_8).equals(version)) {
        value = (version + added).getBytes(UTF_8);
      }
      out.writeInt(length < 0 ? length : value.length);
      out.write(value);
    }
    return bytes.toByteArray();
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
