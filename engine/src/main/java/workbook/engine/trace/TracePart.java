package workbook.engine.trace;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A part of a trace that is over, such as that of one check.
 *
 * @param events in the order in which they happened
 * @param lost how many events the record had no room for
 */
public record TracePart(List<Event> events, int lost) {

  /** The application name of a check's own sessions, which look on. */
  public static final String OBSERVER = "workbook observer";

  /** The application name of sessions that a check opened, for itself or for the answer. */
  public static final String CHECK = "workbook check";

  /**
   * Stands before a question about settings that a check asks on a session which is not its own:
   * such a question, a setting, or {@code DISCARD ALL} is left out.
   */
  public static final String ASIDE = "/* the check */ ";

  /** Whose session it is. */
  public enum Whose {
    /** The answer opened it, or had it opened. */
    ANSWER,
    /** The check opened it, without being asked by the answer. */
    CHECK,
    /** The check looks on through it. */
    OBSERVER;

    /** What stands above its lane. */
    public String title() {
      return this == CHECK ? "opened by the check" : "your code";
    }
  }

  /** What happened. */
  public enum Kind {
    /** A session began. */
    OPENED,
    /** A session sent a step. */
    ASKED,
    /** The server has answered a step. */
    ANSWERED,
    /** A session ended. */
    CLOSED
  }

  /**
   * A moment of a conversation.
   *
   * @param nanos when, by {@link System#nanoTime}
   * @param session to whom
   * @param step what it is about; null for {@code OPENED} and {@code CLOSED}
   * @param note more about it; null if there is nothing to add
   */
  public record Event(long nanos, Kind kind, TracedSession session, Step step, String note) {}

  /** Whether there is nothing to show: no session but the check's own said anything. */
  public boolean isEmpty() {
    return sessions().stream().allMatch(this::isAside);
  }

  /** The part as if all had happened at one moment: how long things take differs each time. */
  public TracePart withoutTimes() {
    return new TracePart(
        events.stream()
            .map(event -> new Event(0, event.kind(), event.session(), event.step(), event.note()))
            .toList(),
        lost);
  }

  /** Whose a session is. */
  public Whose whose(TracedSession session) {
    return session.isObserver()
        ? Whose.OBSERVER
        : session.isOpenedByCheck() ? Whose.CHECK : Whose.ANSWER;
  }

  /** Whether a session only looks on. */
  public boolean isAside(TracedSession session) {
    return whose(session) == Whose.OBSERVER;
  }

  /** The part without what a check did before the answer began. */
  TracePart fromTheAnswersFirst() {
    for (int i = 0; i < events.size(); i++) {
      if (!events.get(i).session().isObserver()) {
        return new TracePart(events.subList(i, events.size()), lost);
      }
    }
    return this;
  }

  /** The sessions that took part, the answer's own first. */
  public List<TracedSession> sessions() {
    Set<TracedSession> sessions = new LinkedHashSet<>();
    events.forEach(event -> sessions.add(event.session()));
    List<TracedSession> sorted = new ArrayList<>(sessions);
    sorted.sort(Comparator.comparing(this::isAside));
    return sorted;
  }

  /** What a reader knows a session by. */
  public String name(TracedSession session) {
    if (isAside(session)) {
      return "the check";
    }
    if (!session.isNamed || session.application.isEmpty()) {
      return "session " + number(session);
    }
    List<TracedSession> same =
        answers().stream().filter(other -> other.application.equals(session.application)).toList();
    return session.application + (same.size() == 1 ? "" : " " + (same.indexOf(session) + 1));
  }

  /** Counts the answer's sessions, from 1. */
  public int number(TracedSession session) {
    return answers().indexOf(session) + 1;
  }

  /** Whether the answer had no session but one. */
  public boolean isOneSession() {
    return answers().size() == 1;
  }

  private List<TracedSession> answers() {
    return sessions().stream().filter(session -> !isAside(session)).toList();
  }

  /** What it comes to, in one line: sessions, round trips, transactions, what is left open. */
  public String summary() {
    return new TraceSummary(this).line();
  }
}
