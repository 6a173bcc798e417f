package workbook.engine.trace.wire;

import java.nio.ByteBuffer;

/**
 * Splits one direction of a connection into the protocol's messages: a type, a length, a body.
 *
 * @see <a href="https://www.postgresql.org/docs/18/protocol-message-formats.html">Message
 *     Formats</a>
 */
public final class MessageSplitter {
  /** How much of a body is kept; what is longer is cut. */
  public static final int LONGEST_BODY = 16 * 1024;

  private static final int HEAD = 5;
  private static final byte[] NOTHING = {};

  private final Receiver receiver;
  private final byte[] head = new byte[HEAD];
  private int headRead;
  private byte[] body = NOTHING;
  private int bodyRead;
  private int bodyLength;
  private boolean wanted;

  public MessageSplitter(Receiver receiver) {
    this.receiver = receiver;
  }

  /** Is given each message that it wants as soon as its last byte has been seen. */
  public interface Receiver {
    /** Whether a message of this type is of any use now. */
    boolean wants(char type);

    /**
     * @param type the message's first byte
     * @param body its first {@link #LONGEST_BODY} bytes
     */
    void message(char type, ByteBuffer body);
  }

  /** Takes the next bytes of the connection. */
  public void feed(byte[] bytes, int from, int count) {
    int at = from;
    int end = from + count;
    while (at < end) {
      if (headRead < HEAD) {
        head[headRead++] = bytes[at++];
        if (headRead == HEAD) {
          begin();
        }
      } else {
        at += take(bytes, at, end - at);
      }
      if (headRead == HEAD && bodyRead >= bodyLength) {
        headRead = 0;
        if (wanted) {
          receiver.message((char) head[0], ByteBuffer.wrap(body));
        }
      }
    }
  }

  private void begin() {
    // The length counts itself, and not the type.
    bodyLength = ByteBuffer.wrap(head, 1, 4).getInt() - 4;
    bodyRead = 0;
    wanted = receiver.wants((char) head[0]);
    body = wanted ? new byte[Math.max(0, Math.min(bodyLength, LONGEST_BODY))] : NOTHING;
  }

  private int take(byte[] bytes, int at, int available) {
    int part = Math.min(available, bodyLength - bodyRead);
    int kept = Math.max(0, Math.min(part, body.length - bodyRead));
    System.arraycopy(bytes, at, body, Math.min(bodyRead, body.length), kept);
    bodyRead += part;
    return part;
  }
}
