package workbook.engine.trace;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import workbook.engine.trace.TracePart.Kind;
import workbook.engine.trace.wire.SqlText;
import workbook.engine.trace.wire.Values;

/** Understands what a server answers. */
final class Answers {
  private static final short[] ALL_TEXT = {};
  private static final Pattern COUNTED = Pattern.compile("[A-Z]+ ([0-9]+ )?[0-9]{1,18}");
  private static final Set<String> BEGUN = Set.of("BEGIN", "START TRANSACTION");

  private final Trace trace;
  private final TracedSession session;
  private final Questions questions;
  private final Steps steps;
  private Step last;
  private String lastTag = "";

  Answers(Trace trace, TracedSession session, Questions questions, Steps steps) {
    this.trace = trace;
    this.session = session;
    this.questions = questions;
    this.steps = steps;
  }

  void take(char type, ByteBuffer body) {
    switch (type) {
      case 'T' -> columns(body);
      case 'D' -> row(body);
      case 'C' -> complete(Values.string(body, session.charset));
      case 's' -> suspended();
      case 'I', 'V' -> complete("");
      case 'E' -> error(fields(body));
      case 'N' -> notice(fields(body));
      case 'A' -> notified(body);
      case 'Z' -> ready((char) body.get());
      case 'G', 'W' -> copying(" from the client");
      case 'H' -> copying(" to the client");
      default -> {
        // acknowledgements
      }
    }
  }

  void clear() {
    last = null;
    lastTag = "";
  }

  private void columns(ByteBuffer body) {
    int count = Short.toUnsignedInt(body.getShort());
    List<Integer> types = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Values.string(body, session.charset);
      body.position(body.position() + 6);
      types.add(body.getInt());
      body.position(body.position() + 8);
    }
    Portals.Portal portal = steps.portal(steps.current(), questions.described());
    if (portal != null) {
      portal.statement().columns = types;
    }
  }

  private void row(ByteBuffer body) {
    Step step = steps.current();
    if (step == null) {
      return;
    }
    if (step.read++ == 0) {
      Portals.Portal portal = steps.portal(step, null);
      step.firstRow =
          String.join(
              ", ",
              portal == null
                  ? Values.list(body, ALL_TEXT, List.of(), session.charset)
                  : Values.list(body, portal.formats, portal.statement().columns, session.charset));
    }
  }

  private void copying(String where) {
    if (steps.current() != null) {
      steps.current().copied = where;
    }
  }

  // A simple query may hold several statements: each completes, and the query when all have.
  private void complete(String tag) {
    lastTag = tag;
    Step step = steps.current();
    if (step == null) {
      return;
    }
    step.tag = tag;
    if (COUNTED.matcher(tag).matches()) {
      long count = Long.parseLong(tag.substring(tag.lastIndexOf(' ') + 1));
      step.rows = Math.max(step.rows, 0) + count;
    }
    if (!step.simple) {
      answer(steps.poll());
    }
  }

  private void suspended() {
    Step step = steps.current();
    if (step != null) {
      step.more = true;
      step.rows = step.read;
      answer(steps.poll());
    }
  }

  private Map<Character, String> fields(ByteBuffer body) {
    Map<Character, String> fields = new HashMap<>();
    while (body.hasRemaining()) {
      char field = (char) body.get();
      if (field == 0) {
        break;
      }
      fields.put(field, Values.string(body, session.charset));
    }
    return fields;
  }

  private static String message(Map<Character, String> fields) {
    return SqlText.line(fields.getOrDefault('M', ""));
  }

  private void error(Map<Character, String> fields) {
    session.dismissed = List.of("FATAL", "PANIC").contains(fields.getOrDefault('V', ""));
    String said = "ERROR " + fields.get('C') + ": " + message(fields);
    Step step = steps.current();
    if (step == null) {
      tell(session.introduced ? "(ended by the server)" : "(refused)", said);
      return;
    }
    step.error = said;
    if (!step.simple) {
      steps.removeAll(step);
      answer(step);
    }
  }

  // "There is already a transaction in progress" and its like are worth a look; hints are not.
  private void notice(Map<Character, String> fields) {
    if (steps.current() != null && "WARNING".equals(fields.get('V'))) {
      steps.current().warning = "WARNING: " + message(fields);
    }
  }

  private void notified(ByteBuffer body) {
    int sender = body.getInt();
    String channel = Values.string(body, session.charset);
    String payload = Values.string(body, session.charset);
    String by = sender == session.pid ? ", by itself" : "";
    tell("(is notified on " + channel + by + (payload.isEmpty() ? ")" : "): " + payload), null);
  }

  // What a session is told that did not ask.
  private void tell(String text, String error) {
    Step step = new Step(session, text, List.of());
    step.error = error;
    step.answered = true;
    trace.add(Kind.ANSWERED, session, step, null);
  }

  private void answer(Step step) {
    last = step;
    if (steps.contains(step)) {
      return;
    }
    step.answered = true;
    if (!step.isRefused() && !step.skipped) {
      String level = session.isolation.done(step.text());
      // Of several statements sent as one, the last one's answer says more.
      step.level = BEGUN.contains(String.valueOf(step.tag)) ? level : null;
    }
    steps.ran(step);
    if (session.introduced && !step.isAside()) {
      trace.add(Kind.ANSWERED, session, step, null);
    }
  }

  private void ready(char state) {
    // After an error the server skips what else came in the same trip.
    for (Step step = steps.current(); step != null; step = steps.current()) {
      steps.removeAll(step);
      step.skipped = !step.simple;
      answer(step);
    }
    steps.poll();
    session.ready(state, lastTag);
    if (last != null) {
      last.state = state;
    }
  }
}
