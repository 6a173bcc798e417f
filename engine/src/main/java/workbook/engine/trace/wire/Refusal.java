package workbook.engine.trace.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The message with which a server refuses a session: an ErrorResponse. */
public final class Refusal {
  private Refusal() {}

  /** The message's bytes. */
  public static byte[] bytes(String state, String message) {
    String fields = "SFATAL\0VFATAL\0C" + state + "\0M" + message + "\0\0";
    byte[] body = fields.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(5 + body.length)
        .put((byte) 'E')
        .putInt(4 + body.length)
        .put(body)
        .array();
  }
}
