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
    return new MessageSplitter(new Direction("P", this::asked));
  }

  /** A reader of what the server sends. */
  MessageSplitter answered() {
    return new MessageSplitter(new Direction("KSZ", this::answered));
  }

  private void asked(char type, ByteBuffer body) {
    if (type == 'X') {
      closed(false);
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

  /**
   * Takes the end of the session; only the first one counts.
   *
   * @param byServer whether the server has hung up first
   */
  void closed(boolean byServer) {
    synchronized (trace) {
      if (!session.open) {
        return;
      }
      session.open = false;
      session.asked = null;
      String open = session.state == 'I' ? null : "in an open transaction, which is rolled back";
      if (open != null) {
        session.rolledBack++;
        session.isolation.ended();
      }
      session.state = 'I';
      boolean isLost = byServer && !session.dismissed;
      trace.add(Kind.CLOSED, session, null, isLost ? "since the server hung up" : open);
    }
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
    private final Taker taker;

    /**
     * @param always the types that are wanted although nothing is recorded
     */
    Direction(String always, Taker taker) {
      this.always = always;
      this.taker = taker;
    }

    @Override
    public boolean wants(char type) {
      return trace.isOn() || always.indexOf(type) >= 0;
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
