package workbook.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.util.Map;

/** The server's side of PostgreSQL's protocol, as far as connecting goes. */
final class Protocol {
  static final int SSL_REQUEST = 80877103;
  private static final int GSS_REQUEST = 80877104;

  private Protocol() {}

  static int readPacket(Socket client) throws IOException {
    DataInputStream in = new DataInputStream(client.getInputStream());
    int length = in.readInt();
    int code = in.readInt();
    in.readNBytes(length - 8);
    return code;
  }

  static void readStartup(Socket client) throws IOException {
    int code = readPacket(client);
    while (code == SSL_REQUEST || code == GSS_REQUEST) {
      client.getOutputStream().write('N'); // no encryption here
      code = readPacket(client);
    }
  }

  static void refuse(Socket client, String sqlState, String message)
      throws IOException {
    readStartup(client);
    Map<String, String> fields =
        Map.of("S", "FATAL", "V", "FATAL", "C", sqlState, "M", message);
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    fields.forEach(
        (key, value) ->
            body.writeBytes((key + value + "\0").getBytes(UTF_8)));
    body.write(0);
    send(client, 'E', body.toByteArray());
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
