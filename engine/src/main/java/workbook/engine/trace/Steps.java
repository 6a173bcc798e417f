package workbook.engine.trace;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a session has asked and the server has not answered yet, in the order of the questions. */
final class Steps {
  private final TracedSession session;
  private final Deque<Step> pending = new ArrayDeque<>();
  private final Map<Step, Portals.Portal> running = new HashMap<>();
  // stands where the server will say that it is ready
  private final Step end;

  Steps(TracedSession session) {
    this.session = session;
    this.end = new Step(session, "", List.of());
  }

  void add(Step step) {
    pending.add(step);
  }

  void add(Step step, Portals.Portal portal) {
    running.put(step, portal);
    pending.add(step);
  }

  /** Adds where a round trip ends, and returns whether it is the first such end that is awaited. */
  boolean addEnd() {
    boolean isFirst = !pending.contains(end);
    pending.add(end);
    return isFirst;
  }

  /** The step that the server's next answer belongs to; null if none is pending in this trip. */
  Step current() {
    return pending.peek() == end ? null : pending.peek();
  }

  /** The portal in which a step runs; another one if it runs in none. */
  Portals.Portal portal(Step step, Portals.Portal otherwise) {
    return running.getOrDefault(step, otherwise);
  }

  /** Takes the current step once out of the queue; a batch is in it several times. */
  Step poll() {
    Step step = pending.poll();
    session.asked = current();
    return step;
  }

  void removeAll(Step step) {
    pending.removeIf(step::equals);
    session.asked = current();
  }

  boolean contains(Step step) {
    return pending.contains(step);
  }

  void ran(Step step) {
    running.remove(step);
  }

  void clear() {
    pending.clear();
    running.clear();
    session.asked = null;
  }
}
