package workbook.engine.trace;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.regex.Pattern;
import workbook.engine.trace.TracePart.Kind;
import workbook.engine.trace.wire.SqlText;
import workbook.engine.trace.wire.Values;

/** Understands what a client sends. */
final class Questions {
  // What the driver sends by itself when it connects.
  private static final Pattern DRIVERS_OWN =
      Pattern.compile("(?i)SET (extra_float_digits|application_name|DateStyle)\\b.*");

  private final Trace trace;
  private final TracedSession session;
  private final Portals portals;
  private final Steps steps;
  private Portals.Portal described;
  private Step batch;
  // whether the trip is one that a check makes
  private boolean aside;

  Questions(Trace trace, TracedSession session, Portals portals, Steps steps) {
    this.trace = trace;
    this.session = session;
    this.portals = portals;
    this.steps = steps;
  }

  void take(char type, ByteBuffer body) {
    switch (type) {
      case 'Q' -> query(Values.string(body, session.charset));
      case 'P' -> portals.parse(body);
      case 'B' -> portals.bind(body);
      case 'D' -> described = portals.described(body);
      case 'E' -> execute(Values.string(body, session.charset), body.getInt());
      case 'S' -> endOfTrip();
      case 'F' -> functionCall();
      default -> {
        // Flush, Close and COPY's data say nothing that an answer does not; passwords are passed
        // by.
      }
    }
  }

  /** What the last description was asked of; null if none was. */
  Portals.Portal described() {
    return described;
  }

  void clear() {
    described = null;
    batch = null;
  }

  private void query(String text) {
    Step step = new Step(session, SqlText.line(text), List.of());
    step.simple = true;
    ask(step);
    steps.add(step);
    endOfTrip();
  }

  private void functionCall() {
    Step step = new Step(session, "(function call)", List.of());
    ask(step);
    steps.add(step);
    endOfTrip();
  }

  // A client may send several such ends before it reads: that is one round trip.
  private void endOfTrip() {
    if (steps.addEnd() && session.introduced && !aside) {
      session.roundTrips++;
    }
    aside = false;
    batch = null;
  }

  private void execute(String name, int most) {
    Portals.Portal portal = portals.portal(name);
    if (portal == null) {
      return;
    }
    if (batch != null && !portal.fetched && batch.text.equals(portal.statement().text())) {
      batch.times++;
      steps.add(batch);
      return;
    }
    // The driver asks for one row where it wants none: only a portal with a name is fetched from.
    boolean fetches = most > 0 && !name.isEmpty();
    Step step = portal.step(session, fetches ? most : 0);
    batch = fetches || portal.fetched ? null : step;
    portal.fetched = true;
    ask(step);
    steps.add(step, portal);
  }

  private void ask(Step step) {
    session.asked = step;
    session.askedAt = System.nanoTime();
    aside |= step.isAside();
    if (step.isAside()) {
      return;
    }
    if (session.introduced || !DRIVERS_OWN.matcher(step.text).matches()) {
      session.introduced = true;
      trace.add(Kind.ASKED, session, step, null);
    }
  }
}
