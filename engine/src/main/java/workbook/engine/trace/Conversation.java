package workbook.engine.trace;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import workbook.engine.trace.TracePart.Kind;

/**
 * Understands what one session and its server say to each other.
 *
 * <p>Each direction is fed by a thread of its own. An answer follows its question, so the state
 * that both share is guarded by the trace's lock only.
 */
final class Conversation {
  // What the driver sends by itself when it connects.
  private static final Pattern DRIVERS_OWN =
      Pattern.compile("(?i)SET (extra_float_digits|application_name|DateStyle)\\b.*");
  private static final Pattern NAMES_ITSELF = Pattern.compile("SET application_name = '([^']*)'");
  private static final short[] ALL_TEXT = {};

  private final Trace trace;
  private final TracedSession session;
  private final Portals portals = new Portals();
  private final Deque<Step> pending = new ArrayDeque<>();
  private final Map<Step, Portals.Portal> running = new HashMap<>();
  // stands in the queue where the server will say that it is ready
  private final Step end;
  private Portals.Portal described;
  private Step batch;
  private Step last;
  private String lastTag = "";
  private boolean introduced;

  Conversation(Trace trace, TracedSession session) {
    this.trace = trace;
    this.session = session;
    this.end = new Step(session, "", List.of());
  }

  /** Takes a message of the client. */
  void asked(char type, ByteBuffer body) {
    synchronized (trace) {
      try {
        switch (type) {
          case 'Q' -> query(Values.string(body));
          case 'P' -> portals.parse(body);
          case 'B' -> portals.bind(body);
          case 'D' -> described = portals.described(body);
          case 'E' -> execute(Values.string(body), body.getInt());
          case 'S' -> endOfTrip();
          case 'X' -> closed();
          case 'F' -> ask(new Step(session, "(function call)", List.of()));
          default -> {
            // Flush, Close and COPY's data say nothing that an answer does not; passwords are
            // passed by.
          }
        }
      } catch (BufferUnderflowException cut) {
        ask(new Step(session, "(a message too long to read)", List.of()));
      }
    }
  }

  private void query(String text) {
    batch = null;
    Step step = new Step(session, Portals.line(text), List.of());
    step.simple = true;
    ask(step);
    endOfTrip();
  }

  // A client may send several such ends before it reads: that is one round trip.
  private void endOfTrip() {
    if (introduced && !pending.contains(end)) {
      session.roundTrips++;
    }
    pending.add(end);
    batch = null;
  }

  // The step that the server's next answer belongs to.
  private Step current() {
    return pending.peek() == end ? null : pending.peek();
  }

  private void execute(String name, int most) {
    Portals.Portal portal = portals.portal(name);
    if (portal == null) {
      return;
    }
    String text = portal.statement().text();
    if (batch != null && !portal.fetched && batch.text.equals(text)) {
      batch.times++;
      pending.add(batch);
      return;
    }
    // The driver asks for one row where it wants none: only a portal with a name is fetched from.
    boolean fetches = most > 0 && !name.isEmpty();
    Step step =
        portal.fetched
            ? new Step(session, "fetch " + most + " more of: " + text, List.of())
            : new Step(session, fetches ? "fetch " + most + " of: " + text : text, portal.values);
    batch = fetches || portal.fetched ? null : step;
    portal.fetched = true;
    running.put(step, portal);
    ask(step);
  }

  private void ask(Step step) {
    pending.add(step);
    session.asked = step;
    Matcher named = NAMES_ITSELF.matcher(step.text);
    if (!introduced && named.matches()) {
      session.application = named.group(1);
    }
    if (introduced || !DRIVERS_OWN.matcher(step.text).matches()) {
      introduced = true;
      trace.add(Kind.ASKED, session, step, null);
    }
  }

  /** Takes a message of the server. */
  void answered(char type, ByteBuffer body) {
    synchronized (trace) {
      try {
        switch (type) {
          case 'K' -> session.pid = body.getInt();
          case 'T' -> columns(body);
          case 'D' -> row(body);
          case 'C' -> complete(Values.string(body));
          case 's' -> suspended();
          case 'I' -> complete("");
          case 'E' -> error(body);
          case 'Z' -> ready((char) body.get());
          case 'G', 'W' -> copying("rows from the client");
          case 'H' -> copying("rows to the client");
          default -> {
            // parameters, notices and acknowledgements
          }
        }
      } catch (BufferUnderflowException cut) {
        // A message that was cut tells what it still has; its answer comes in one of its own.
      }
    }
  }

  private void columns(ByteBuffer body) {
    int count = Short.toUnsignedInt(body.getShort());
    List<Integer> types = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Values.string(body);
      body.position(body.position() + 6);
      types.add(body.getInt());
      body.position(body.position() + 8);
    }
    Portals.Portal portal = running.getOrDefault(current(), described);
    if (portal != null && portal.statement() != null) {
      portal.statement().columns = types;
    }
  }

  private void row(ByteBuffer body) {
    Step step = current();
    if (step == null) {
      return;
    }
    if (step.read == 0) {
      Portals.Portal portal = running.get(step);
      step.firstRow =
          String.join(
              ", ",
              portal == null
                  ? Values.list(body, ALL_TEXT, List.of())
                  : Values.list(body, portal.formats, portal.statement().columns));
    }
    step.read++;
  }

  private void copying(String what) {
    if (current() != null) {
      current().firstRow = what;
    }
  }

  // A simple query may hold several statements: each completes, and the query when all have.
  private void complete(String tag) {
    lastTag = tag;
    Step step = current();
    if (step == null) {
      return;
    }
    step.tag = tag;
    String count = tag.replaceFirst(".* ", "");
    if (tag.matches("[A-Z]+ ([0-9]+ )?[0-9]+")) {
      step.rows = Math.max(step.rows, 0) + Long.parseLong(count);
    }
    if (!step.simple) {
      answer(pending.poll());
    }
  }

  private void suspended() {
    Step step = current();
    if (step != null) {
      step.more = true;
      step.rows = step.read;
      answer(pending.poll());
    }
  }

  private void error(ByteBuffer body) {
    Map<Character, String> fields = new HashMap<>();
    while (body.hasRemaining()) {
      char field = (char) body.get();
      if (field == 0) {
        break;
      }
      fields.put(field, Values.string(body));
    }
    String said = "ERROR " + fields.get('C') + ": " + Portals.masked(fields.getOrDefault('M', ""));
    Step step = current();
    if (step == null) {
      trace.add(Kind.ANSWERED, session, unasked(said), null);
      return;
    }
    step.error = said;
    if (!step.simple) {
      pending.removeIf(step::equals);
      answer(step);
    }
  }

  // Told to a session that asked nothing, such as when an administrator ends it.
  private Step unasked(String said) {
    Step step = new Step(session, introduced ? "(ended by the server)" : "(refused)", List.of());
    step.error = said;
    step.answered = true;
    return step;
  }

  private void answer(Step step) {
    last = step;
    if (pending.contains(step)) {
      return;
    }
    step.answered = true;
    running.remove(step);
    if (introduced) {
      trace.add(Kind.ANSWERED, session, step, null);
    }
  }

  private void ready(char state) {
    // After an error the server skips what else came in the same trip.
    for (Step step = current(); step != null; step = current()) {
      pending.removeIf(step::equals);
      step.skipped = !step.simple;
      answer(step);
    }
    pending.poll();
    session.ready(state, lastTag);
    session.asked = current();
    if (last != null) {
      last.state = state;
    }
  }

  /** Takes the end of the session. */
  void closed() {
    synchronized (trace) {
      if (!session.open) {
        return;
      }
      session.open = false;
      String note = session.state == 'I' ? null : "in an open transaction, which is rolled back";
      trace.add(Kind.CLOSED, session, null, note);
    }
  }
}
