package workbook.engine.trace;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.List;
import workbook.engine.trace.TracePart.Kind;
import workbook.engine.trace.wire.MessageSplitter;
import workbook.engine.trace.wire.Values;

/**
 * What one session and its server say to each other.
 *
 * <p>Each direction is fed by a thread of its own. An answer follows its question, so the state
 * that both share is guarded by the trace's lock only.
 */
final class Conversation {
  private final Trace trace;
  private final TracedSession session;
  private final Portals portals;
  private final Steps steps;
  private final Questions questions;
  private final Answers answers;
  private int recording;
  private boolean unreadable;

  Conversation(Trace trace, TracedSession session) {
    this.trace = trace;
    this.session = session;
    portals = new Portals(session);
    steps = new Steps(session);
    questions = new Questions(trace, session, portals, steps);
    answers = new Answers(trace, session, questions, steps);
    recording = trace.recording();
  }

  /** A reader of what the client sends. */
  MessageSplitter asked() {
    return new MessageSplitter(new Direction("P", "XQPBDESF", this::asked));
  }

  /** A reader of what the server sends. */
  MessageSplitter answered() {
    return new MessageSplitter(new Direction("KSZ", "KSZTDCsIVENAGWH", this::answered));
  }

  private void asked(char type, ByteBuffer body) {
    if (type == 'X') {
      closed(End.FAREWELL);
    } else if (!trace.isOn()) {
      portals.parse(body);
    } else {
      questions.take(type, body);
    }
  }

  private void answered(char type, ByteBuffer body) {
    if (type == 'K') {
      session.pid = body.getInt();
    } else if (type == 'S') {
      session.parameter(Values.string(body, session.charset), Values.string(body, session.charset));
    } else if (!trace.isOn()) {
      session.state = (char) body.get();
    } else {
      answers.take(type, body);
    }
  }

  /** How a session may end. */
  enum End {
    /** The client says so, as it does when it is closed. */
    FAREWELL,
    /** The client hangs up without a word: it was never closed, or its process has gone. */
    HUNG_UP,
    /** The server hangs up first. */
    BY_SERVER
  }

  /** Takes the end of the session; only the first one counts. */
  void closed(End end) {
    synchronized (trace) {
      if (!session.open) {
        return;
      }
      session.open = false;
      session.isCutOff = end == End.HUNG_UP && isAtRest();
      session.asked = null;
      String note = note(end);
      if (session.state != 'I') {
        session.rolledBack++;
        session.isolation.ended();
      }
      session.state = 'I';
      trace.add(Kind.CLOSED, session, null, note);
    }
  }

  // Who hangs up in the middle of an answer has given up on it.
  private boolean isAtRest() {
    return session.isReady && session.asked == null && !session.dismissed;
  }

  private String note(End end) {
    boolean isInside = session.state != 'I';
    if (session.isCutOff) {
      return "left open" + (isInside ? " in a transaction" : "") + "; then cut off";
    }
    if (end == End.BY_SERVER && !session.dismissed) {
      return "closes since the server hung up";
    }
    return "closes" + (isInside ? " in an open transaction, which is rolled back" : "");
  }

  // What was asked while nothing was recorded is not answered in the next record.
  private void beginAnew() {
    if (recording != trace.recording()) {
      recording = trace.recording();
      steps.clear();
      questions.clear();
      answers.clear();
    }
  }

  private void unreadable(char type) {
    unreadable = true;
    steps.clear();
    tell("(message " + type + " cannot be read: from here on, no more)");
  }

  /** Records what is no message. */
  void tell(String text) {
    Step step = new Step(session, text, List.of());
    step.answered = true;
    trace.add(Kind.ANSWERED, session, step, null);
  }

  /** Takes messages. */
  @FunctionalInterface
  private interface Taker {
    void take(char type, ByteBuffer body);
  }

  /** One direction: what is wanted of it, and what happens to it. */
  private final class Direction implements MessageSplitter.Receiver {
    private final String always;
    private final String recorded;
    private final Taker taker;

    /**
     * @param always the types that are wanted although nothing is recorded
     * @param recorded those that are wanted for a record; a batch has thousands of others
     */
    Direction(String always, String recorded, Taker taker) {
      this.always = always;
      this.recorded = recorded;
      this.taker = taker;
    }

    @Override
    public boolean wants(char type) {
      return (trace.isOn() ? recorded : always).indexOf(type) >= 0;
    }

    @Override
    public void message(char type, ByteBuffer body) {
      synchronized (trace) {
        beginAnew();
        if (unreadable) {
          return;
        }
        try {
          taker.take(type, body);
        } catch (BufferUnderflowException | IllegalArgumentException | StackOverflowError e) {
          // A message that was cut tells what it still has. What is no message at all spoils the
          // rest; it passes on nevertheless, since a trace must not change what happens.
          if (body.capacity() < MessageSplitter.LONGEST_BODY) {
            unreadable(type);
          }
        }
      }
    }
  }
}
