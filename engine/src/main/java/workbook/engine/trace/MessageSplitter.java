package workbook.engine.trace;

import java.nio.ByteBuffer;

/**
 * Splits one direction of a connection into the protocol's messages: a type, a length, a body.
 *
 * @see <a href="https://www.postgresql.org/docs/18/protocol-message-formats.html">Message
 *     Formats</a>
 */
final class MessageSplitter {
  /** How much of a body is kept; what is longer is cut. */
  static final int LONGEST_BODY = 16 * 1024;

  private static final int HEAD = 5;

  private final Receiver receiver;
  private final byte[] head = new byte[HEAD];
  private int headRead;
  private byte[] body;
  private int bodyRead;
  private int bodyLength;

  MessageSplitter(Receiver receiver) {
    this.receiver = receiver;
  }

  /** Is given each message as soon as its last byte has been seen. */
  @FunctionalInterface
  interface Receiver {
    /**
     * @param type the message's first byte
     * @param body its first {@link #LONGEST_BODY} bytes
     */
    void message(char type, ByteBuffer body);
  }

  /** Takes the next bytes of the connection. */
  void feed(byte[] bytes, int count) {
    int at = 0;
    while (at < count) {
      if (headRead < HEAD) {
        head[headRead++] = bytes[at++];
        if (headRead == HEAD) {
          // The length counts itself, and not the type.
          bodyLength = ByteBuffer.wrap(head, 1, 4).getInt() - 4;
          body = new byte[Math.max(0, Math.min(bodyLength, LONGEST_BODY))];
          bodyRead = 0;
        }
      } else {
        int part = Math.min(count - at, bodyLength - bodyRead);
        int kept = Math.max(0, Math.min(part, body.length - bodyRead));
        System.arraycopy(bytes, at, body, Math.min(bodyRead, body.length), kept);
        bodyRead += part;
        at += part;
      }
      if (headRead == HEAD && bodyRead >= bodyLength) {
        headRead = 0;
        receiver.message((char) head[0], ByteBuffer.wrap(body));
      }
    }
  }
}
