package workbook.engine.trace.drawing;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import workbook.engine.trace.TracePart;
import workbook.engine.trace.TracePart.Event;
import workbook.engine.trace.TracePart.Kind;
import workbook.engine.trace.TracePart.Whose;
import workbook.engine.trace.TracedSession;

/** The columns of a picture: a session takes one over when the session in it has closed. */
final class Lanes {
  private final TracePart part;
  private final int end;
  private final List<List<TracedSession>> lanes = new ArrayList<>();
  private final Map<TracedSession, Integer> laneOf = new HashMap<>();
  private final Map<Whose, Deque<Integer>> free = new EnumMap<>(Whose.class);

  /**
   * The columns of some of a part's events.
   *
   * @param from the first event's number
   * @param end the number after the last one's
   */
  private Lanes(TracePart part, int from, int end) {
    this.part = part;
    this.end = end;
    List<Event> events = part.events().subList(from, end);
    for (Event event : events) {
      TracedSession session = event.session();
      if (!part.isAside(session) && !laneOf.containsKey(session)) {
        place(session);
      }
      if (event.kind() == Kind.CLOSED && laneOf.containsKey(session)) {
        free(part.whose(session)).add(laneOf.get(session));
      }
    }
    List<TracedSession> aside =
        events.stream().map(Event::session).filter(part::isAside).distinct().toList();
    if (!aside.isEmpty()) {
      aside.forEach(session -> laneOf.put(session, lanes.size()));
      lanes.add(aside);
    }
  }

  /**
   * The columns of a part, scene by scene: where all sessions have closed, fewer or more columns
   * may begin.
   */
  static List<Lanes> of(TracePart part) {
    List<Lanes> scenes = new ArrayList<>();
    int from = 0;
    for (int end : ends(part)) {
      Lanes scene = new Lanes(part, from, end);
      Lanes before = scenes.isEmpty() ? null : scenes.get(scenes.size() - 1);
      if (before != null && before.own().equals(scene.own())) {
        scenes.remove(before);
        from = scenes.isEmpty() ? 0 : scenes.get(scenes.size() - 1).end;
        scene = new Lanes(part, from, end);
      }
      scenes.add(scene);
      from = end;
    }
    return scenes;
  }

  // A scene ends before the first session that opens after all others have closed.
  private static List<Integer> ends(TracePart part) {
    List<Integer> ends = new ArrayList<>();
    Set<TracedSession> open = new HashSet<>();
    boolean began = false;
    for (int i = 0; i < part.events().size(); i++) {
      Event event = part.events().get(i);
      if (part.isAside(event.session())) {
        continue;
      }
      if (began && open.isEmpty()) {
        ends.add(i);
      }
      began = true;
      if (event.kind() == Kind.CLOSED) {
        open.remove(event.session());
      } else {
        open.add(event.session());
      }
    }
    ends.add(part.events().size());
    return ends;
  }

  // Whose the columns are, but for what only looks on.
  private List<Whose> own() {
    return lanes.stream()
        .map(sessions -> part.whose(sessions.get(0)))
        .filter(whose -> whose != Whose.OBSERVER)
        .toList();
  }

  /** Whether an event, by its number, comes after these. */
  boolean isBefore(int event) {
    return event >= end;
  }

  private Deque<Integer> free(Whose whose) {
    return free.computeIfAbsent(whose, any -> new ArrayDeque<>());
  }

  private void place(TracedSession session) {
    Integer left = free(part.whose(session)).poll();
    int lane = left == null ? lanes.size() : left;
    if (left == null) {
      lanes.add(new ArrayList<>());
    }
    lanes.get(lane).add(session);
    laneOf.put(session, lane);
  }

  int count() {
    return lanes.size();
  }

  int of(TracedSession session) {
    return laneOf.get(session);
  }

  boolean isAside(int lane) {
    return part.isAside(lanes.get(lane).get(0));
  }

  /** What stands above a lane. */
  String title(int lane) {
    List<TracedSession> sessions = lanes.get(lane);
    if (isAside(lane) || sessions.get(0).isNamed()) {
      return sessions.stream().map(part::name).distinct().collect(Collectors.joining(", "));
    }
    String whose = part.whose(sessions.get(0)).title();
    boolean isOnly = lanes.stream().filter(other -> !part.isAside(other.get(0))).count() == 1;
    return isOnly ? whose : whose + ", " + numbers(sessions);
  }

  // Hundreds of sessions may have stood in one lane.
  private String numbers(List<TracedSession> sessions) {
    List<String> ranges = new ArrayList<>();
    int from = 0;
    for (int i = 1; i <= sessions.size(); i++) {
      int before = part.number(sessions.get(i - 1));
      if (i == sessions.size() || part.number(sessions.get(i)) != before + 1) {
        int first = part.number(sessions.get(from));
        ranges.add(
            first == before ? "" + first : first + (before == first + 1 ? ", " : " to ") + before);
        from = i;
      }
    }
    return (sessions.size() == 1 ? "session " : "sessions ") + String.join(", ", ranges);
  }
}
