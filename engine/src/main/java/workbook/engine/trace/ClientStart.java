package workbook.engine.trace;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import workbook.engine.trace.wire.MessageSplitter;
import workbook.engine.trace.wire.StartMessage;

/** Finds, in what a client and a server send, where their conversation begins. */
final class ClientStart {
  private final Trace trace;
  private final ByteArrayOutputStream head = new ByteArrayOutputStream();
  private Conversation conversation;
  private MessageSplitter asked;
  private volatile MessageSplitter answered;
  private volatile boolean encrypted;

  ClientStart(Trace trace) {
    this.trace = trace;
  }

  /** Takes what the client sends. */
  void asked(byte[] bytes, int from, int count) {
    if (asked != null) {
      asked.feed(bytes, from, count);
      return;
    }
    for (int i = from; i < from + count && !encrypted; i++) {
      head.write(bytes[i]);
      if (isComplete()) {
        begin(new StartMessage(head.toByteArray()));
        head.reset();
      }
      if (asked != null) {
        asked.feed(bytes, i + 1, from + count - i - 1);
        return;
      }
    }
  }

  private boolean isComplete() {
    return head.size() >= 8 && ByteBuffer.wrap(head.toByteArray()).getInt() == head.size();
  }

  private void begin(StartMessage message) {
    if (message.isRequestForEncryption() || message.isCancellation()) {
      return;
    }
    TracedSession session = trace.open(message.parameters());
    session.isNamed = true;
    conversation = new Conversation(trace, session);
    asked = conversation.asked();
    answered = conversation.answered();
  }

  /** Takes what the server sends. */
  void answered(byte[] bytes, int from, int count) {
    if (answered != null) {
      answered.feed(bytes, from, count);
    } else if (bytes[from] == 'S' || bytes[from] == 'G') {
      // What follows can be read by those two only.
      encrypted = true;
    }
  }

  /** Whether nothing can be read. */
  boolean isEncrypted() {
    return encrypted;
  }

  void closed() {
    if (conversation != null) {
      conversation.closed(Conversation.End.HUNG_UP);
    }
  }
}
