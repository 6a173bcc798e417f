package workbook.connect;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;

/**
 * What a session hears from a server that tells another version, and refuses a
 * query if told to.
 */
final class RelayedSession {
  // These return a part, which is the same if more was added.
  private static final Pattern OTHERWISE =
      Pattern.compile(
          "(?i)server_version_num|\\b(version|split_part|substr|substring|left"
              + "|overlay|regexp_\\w+|string_to_array)\\s*\\(");

  // The server ends the session along with this one.
  private static final String SHUTDOWN = "57P01";

  private final String version;
  private final String told;
  private final AtomicReference<String> refusal;
  private volatile boolean otherwise;
  private boolean refusing;

  /**
   * @param told what it hears in place of the server's version
   * @param refusal the SQLSTATE with which the next row is refused, only once;
   *     null if none is
   */
  RelayedSession(
      String version, String told, AtomicReference<String> refusal) {
    this.version = version;
    this.told = told;
    this.refusal = refusal;
  }

  /** Passes on what the client says, until it ends. */
  void passQueries(DataInputStream client, OutputStream server)
      throws IOException {
    while (true) {
      String type = String.valueOf((char) client.readByte());
      byte[] body = client.readNBytes(client.readInt() - 4);
      if (type.equals("Q") || type.equals("P")) {
        otherwise = OTHERWISE.matcher(new String(body, UTF_8)).find();
      }
      Wire.send(server, type, body);
    }
  }

  /** Passes on what the server says, changed, until it ends. */
  void passAnswers(DataInputStream server, OutputStream client)
      throws IOException {
    while (true) {
      String type = String.valueOf((char) server.readByte());
      byte[] body = server.readNBytes(server.readInt() - 4);
      String state = type.equals("D") ? refusal.getAndSet(null) : null;
      if (state != null) {
        refusing = true;
        String error = "SERROR\0VERROR\0C" + state + "\0Mrefused\0\0";
        Wire.send(client, "E", error.getBytes(UTF_8));
        if (state.equals(SHUTDOWN)) {
          client.flush();
          return;
        }
      }
      refusing &= !type.equals("Z");
      if (!refusing) {
        Wire.send(client, type, changed(type, body));
      }
      // A session begins with many messages: they go as one.
      if (server.available() == 0) {
        client.flush();
      }
    }
  }

  private byte[] changed(String type, byte[] body) throws IOException {
    if (type.equals("S")) {
      return new String(body, UTF_8)
          .replace(
              "server_version\0" + version + "\0",
              "server_version\0" + told + "\0")
          .getBytes(UTF_8);
    }
    boolean row = type.equals("D") && !otherwise;
    return row ? changedRow(ByteBuffer.wrap(body)) : body;
  }

  // A row: the number of its columns, then length and value of each.
  private byte[] changedRow(ByteBuffer row) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeShort(row.getShort());
    while (row.hasRemaining()) {
      int length = row.getInt();
      byte[] value = new byte[Math.max(0, length)];
      row.get(value);
      if (new String(value, UTF_8).equals(version)) {
        value = told.getBytes(UTF_8);
      }
      out.writeInt(length < 0 ? length : value.length);
      out.write(value);
    }
    return bytes.toByteArray();
  }
}
