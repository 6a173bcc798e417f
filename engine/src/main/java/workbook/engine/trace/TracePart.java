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

  /** The application name of sessions that belong to a check and not to an answer. */
  public static final String OBSERVER = "workbook observer";

  /** What happened. */
  enum Kind {
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
  record Event(long nanos, Kind kind, TracedSession session, Step step, String note) {}

  /** Whether there is nothing to show: no session but the check's own said anything. */
  public boolean isEmpty() {
    return sessions().stream().allMatch(TracedSession::isObserver);
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
  List<TracedSession> sessions() {
    Set<TracedSession> sessions = new LinkedHashSet<>();
    events.forEach(event -> sessions.add(event.session()));
    List<TracedSession> sorted = new ArrayList<>(sessions);
    sorted.sort(Comparator.comparing(TracedSession::isObserver));
    return sorted;
  }

  /** What a reader knows a session by. */
  String name(TracedSession session) {
    return session.isObserver() ? "the check" : "session " + number(session);
  }

  /** Counts the answer's sessions, from 1. */
  int number(TracedSession session) {
    return answers().indexOf(session) + 1;
  }

  /** Whether the answer had no session but one. */
  boolean isOneSession() {
    return answers().size() == 1;
  }

  private List<TracedSession> answers() {
    return sessions().stream().filter(session -> !session.isObserver()).toList();
  }

  /** What it comes to, in one line: sessions, round trips, transactions, what is left open. */
  String summary() {
    List<TracedSession> answers = answers();
    List<String> facts = new ArrayList<>();
    facts.add(count(answers.size(), "session"));
    facts.add(count(answers.stream().mapToInt(session -> session.roundTrips).sum(), "round trip"));
    facts.add(
        transactions(
            answers.stream().mapToInt(session -> session.committed).sum(),
            answers.stream().mapToInt(session -> session.rolledBack).sum()));
    facts.add(leftOpen(answers));
    if (lost > 0) {
      facts.add(lost + " further events not recorded");
    }
    return String.join(" · ", facts);
  }

  private static String transactions(int committed, int rolledBack) {
    int all = committed + rolledBack;
    if (all == 0) {
      return "each statement committed by itself";
    }
    String ends;
    if (rolledBack == 0) {
      ends = all == 1 ? "committed" : all == 2 ? "both committed" : "all committed";
    } else if (committed == 0) {
      ends = all == 1 ? "rolled back" : all == 2 ? "both rolled back" : "all rolled back";
    } else {
      ends = committed + " committed, " + rolledBack + " rolled back";
    }
    return count(all, "transaction") + ", " + ends;
  }

  private static String leftOpen(List<TracedSession> answers) {
    long open = answers.stream().filter(session -> session.open).count();
    long inside = answers.stream().filter(session -> session.open && session.state != 'I').count();
    if (open == 0) {
      return "nothing left open";
    }
    String left = count(open, "session") + " left open";
    return inside == 0 ? left : left + ", " + inside + " in a transaction";
  }

  private static String count(long number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }
}
