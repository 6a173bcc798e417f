package workbook.engine.trace;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import workbook.engine.trace.TracePart.Event;
import workbook.engine.trace.TracePart.Kind;

/** The columns of a picture: a session takes one over when the session in it has closed. */
final class Lanes {
  private final TracePart part;
  private final List<List<TracedSession>> lanes = new ArrayList<>();
  private final Map<TracedSession, Integer> laneOf = new HashMap<>();

  Lanes(TracePart part) {
    this.part = part;
    List<Integer> free = new ArrayList<>();
    for (Event event : part.events()) {
      TracedSession session = event.session();
      if (!session.isObserver() && !laneOf.containsKey(session)) {
        int lane = free.isEmpty() ? lanes.size() : free.remove(0);
        if (lane == lanes.size()) {
          lanes.add(new ArrayList<>());
        }
        lanes.get(lane).add(session);
        laneOf.put(session, lane);
      }
      if (event.kind() == Kind.CLOSED && laneOf.containsKey(session)) {
        free.add(laneOf.get(session));
      }
    }
    List<TracedSession> observers =
        part.sessions().stream().filter(TracedSession::isObserver).toList();
    if (!observers.isEmpty()) {
      observers.forEach(observer -> laneOf.put(observer, lanes.size()));
      lanes.add(observers);
    }
  }

  int count() {
    return lanes.size();
  }

  int of(TracedSession session) {
    return laneOf.get(session);
  }

  boolean isOfCheck(int lane) {
    return lanes.get(lane).get(0).isObserver();
  }

  /** What stands above a lane. */
  String title(int lane) {
    if (isOfCheck(lane)) {
      return "the check";
    }
    long own = lanes.stream().filter(sessions -> !sessions.get(0).isObserver()).count();
    if (own == 1) {
      return "your code";
    }
    List<TracedSession> sessions = lanes.get(lane);
    return "your code, "
        + (sessions.size() == 1 ? "session " : "sessions ")
        + sessions.stream()
            .map(session -> String.valueOf(part.number(session)))
            .collect(Collectors.joining(", "));
  }
}
