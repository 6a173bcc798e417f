package workbook.engine.trace.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a client sends first: a request for encryption or for a cancellation, or the parameters of a
 * session. It has a length and a code, and no type.
 *
 * @param bytes the whole message
 */
public record StartMessage(byte[] bytes) {
  public static final int LONGEST = 10_000;

  private static final int CANCEL_REQUEST = 80877102;
  private static final int SSL_REQUEST = 80877103;
  private static final int GSS_REQUEST = 80877104;

  /** The request whether the server encrypts. */
  static StartMessage sslRequest() {
    return new StartMessage(ByteBuffer.allocate(8).putInt(8).putInt(SSL_REQUEST).array());
  }

  private int code() {
    return ByteBuffer.wrap(bytes, 4, 4).getInt();
  }

  /**
   * Whether it asks for encryption; the answer to that is one byte, and another message follows.
   */
  public boolean isRequestForEncryption() {
    return code() == SSL_REQUEST || code() == GSS_REQUEST;
  }

  /** Whether it asks to cancel what another session runs; then there is no answer. */
  public boolean isCancellation() {
    return code() == CANCEL_REQUEST;
  }

  /** The session's parameters, such as {@code user}. */
  public Map<String, String> parameters() {
    ByteBuffer body = ByteBuffer.wrap(bytes);
    body.position(8);
    Map<String, String> parameters = new LinkedHashMap<>();
    while (body.hasRemaining() && body.get(body.position()) != 0) {
      String name = Values.string(body, StandardCharsets.UTF_8);
      parameters.put(name, Values.string(body, StandardCharsets.UTF_8));
    }
    return parameters;
  }
}
