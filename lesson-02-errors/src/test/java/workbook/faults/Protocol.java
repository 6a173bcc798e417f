package workbook.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The server's side of PostgreSQL's protocol, as far as connecting goes. */
final class Protocol {
  static final int SSL_REQUEST = 80877103;
  private static final int GSS_REQUEST = 80877104;

  private Protocol() {}

  static int readPacket(Socket client) throws IOException {
    return ByteBuffer.wrap(packet(client)).getInt(Integer.BYTES);
  }

  static void readStartup(Socket client) throws IOException {
    startup(client);
  }

  /** The packet that names user and database, whole. */
  static byte[] startup(Socket client) throws IOException {
    while (true) {
      byte[] packet = packet(client);
      int code = ByteBuffer.wrap(packet).getInt(Integer.BYTES);
      if (code != SSL_REQUEST && code != GSS_REQUEST) {
        return packet;
      }
      client.getOutputStream().write('N'); // no encryption here
    }
  }

  private static byte[] packet(Socket client) throws IOException {
    DataInputStream in = new DataInputStream(client.getInputStream());
    int length = in.readInt();
    byte[] rest = in.readNBytes(length - Integer.BYTES);
    return ByteBuffer.allocate(length).putInt(length).put(rest).array();
  }

  static void refuse(Socket client, String sqlState, String message)
      throws IOException {
    readStartup(client);
    sendRefusal(client, sqlState, message);
  }

  static void sendRefusal(Socket client, String sqlState, String message)
      throws IOException {
    Map<String, String> fields =
        Map.of("S", "FATAL", "V", "FATAL", "C", sqlState, "M", message);
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    fields.forEach(
        (key, value) ->
            body.writeBytes((key + value + "\0").getBytes(UTF_8)));
    body.write(0);
    send(client, 'E', body.toByteArray());
  }

  /** Refuses the password; returns user, database and password as sent. */
  static List<String> refusePassword(Socket client) throws IOException {
    byte[] packet = startup(client);
    String[] words =
        new String(packet, 8, packet.length - 8, UTF_8).split("\0");
    Map<String, String> sent = new HashMap<>();
    for (int i = 0; i + 1 < words.length; i += 2) {
      sent.put(words[i], words[i + 1]);
    }
    send(client, 'R', new byte[] {0, 0, 0, 3});
    DataInputStream in = new DataInputStream(client.getInputStream());
    in.read();
    byte[] password = in.readNBytes(in.readInt() - Integer.BYTES);
    sendRefusal(client, "28P01", "refused");
    return List.of(
        sent.get("user"),
        sent.get("database"),
        new String(password, 0, password.length - 1, UTF_8));
  }

  static void send(Socket client, char type, byte[] body)
      throws IOException {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(message);
    out.writeByte(type);
    out.writeInt(4 + body.length);
    out.write(body);
    message.writeTo(client.getOutputStream());
  }
}
