package workbook.connect;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/** The server's side of PostgreSQL's protocol, as far as connecting goes. */
final class Wire {
  private static final int SSL_REQUEST = 80877103;
  private static final int GSS_REQUEST = 80877104;

  private Wire() {}

  /** What a client says first, without its length; encryption is refused. */
  static byte[] startup(DataInputStream in, OutputStream out)
      throws IOException {
    byte[] packet = in.readNBytes(in.readInt() - 4);
    int code = ByteBuffer.wrap(packet).getInt();
    while (code == SSL_REQUEST || code == GSS_REQUEST) {
      out.write('N');
      out.flush();
      packet = in.readNBytes(in.readInt() - 4);
      code = ByteBuffer.wrap(packet).getInt();
    }
    return packet;
  }

  /** The names and values in a startup packet. */
  static Map<String, String> parameters(byte[] startup) {
    String text = new String(startup, 4, startup.length - 4, UTF_8);
    String[] parts = text.split("\0", -1);
    Map<String, String> parameters = new HashMap<>();
    for (int i = 0; i + 1 < parts.length && !parts[i].isEmpty(); i += 2) {
      parameters.put(parts[i], parts[i + 1]);
    }
    return parameters;
  }

  /** Sends a message, or a startup packet, which has no type. */
  static void send(OutputStream out, String type, byte[] body)
      throws IOException {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    DataOutputStream data = new DataOutputStream(message);
    data.writeBytes(type);
    data.writeInt(4 + body.length);
    data.write(body);
    message.writeTo(out);
  }
}
