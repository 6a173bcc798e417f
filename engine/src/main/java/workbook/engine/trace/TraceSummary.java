package workbook.engine.trace;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import workbook.engine.trace.TracePart.Kind;
import workbook.engine.trace.TracePart.Whose;
import workbook.engine.trace.wire.Isolation;

/** What a part of a trace comes to, in one line. */
final class TraceSummary {
  private static final int MANY_ROWS = 20;

  private final TracePart part;
  private final List<TracedSession> counted;
  private final long others;

  /** Counts the answer's own sessions; if it has none, those that it may have been given. */
  TraceSummary(TracePart part) {
    this.part = part;
    List<TracedSession> shown =
        part.sessions().stream().filter(session -> !part.isAside(session)).toList();
    List<TracedSession> own =
        shown.stream().filter(session -> part.whose(session) == Whose.ANSWER).toList();
    counted = own.isEmpty() ? shown : own;
    others = shown.size() - counted.size();
  }

  /** Sessions, round trips, transactions, and what is left open. */
  String line() {
    List<String> facts = new ArrayList<>();
    facts.add(count(counted.size(), "session"));
    facts.add(count(sum(session -> session.roundTrips), "round trip"));
    facts.add(
        transactions(sum(session -> session.committed), sum(session -> session.rolledBack))
            + levels());
    rowsAtOnce().ifPresent(facts::add);
    facts.add(leftOpen());
    if (others > 0) {
      facts.add("and " + count(others, "session") + " opened by the check");
    }
    if (part.lost() > 0) {
      facts.add(part.lost() + " further events not recorded");
    }
    return String.join(" · ", facts);
  }

  private int sum(ToIntFunction<TracedSession> number) {
    return counted.stream().mapToInt(number).sum();
  }

  private String transactions(int committed, int rolledBack) {
    int all = committed + rolledBack;
    if (all == 0) {
      return inside() > 0 ? "no transaction ended" : "each statement committed by itself";
    }
    if (committed > 0 && rolledBack > 0) {
      return "%s, %s committed, %s rolled back"
          .formatted(count(all, "transaction"), committed, rolledBack);
    }
    String how = rolledBack == 0 ? "committed" : "rolled back";
    return count(all, "transaction") + ", " + (all == 1 ? "" : all == 2 ? "both " : "all ") + how;
  }

  // It matters where other sessions do something, too, and where it is not the usual one.
  private String levels() {
    Set<String> levels = new TreeSet<>();
    counted.forEach(session -> levels.addAll(session.isolation.used()));
    long active =
        part.events().stream()
            .filter(event -> event.kind() == Kind.ASKED)
            .map(TracePart.Event::session)
            .distinct()
            .count();
    boolean isUsual = levels.equals(Set.of(Isolation.USUAL)) && active < 2;
    return isUsual || levels.isEmpty() ? "" : ", at " + String.join(" and ", levels);
  }

  // That a query was not fetched in portions is an absence, and hard to see among the lanes.
  private Optional<String> rowsAtOnce() {
    return part.events().stream()
        .filter(event -> event.kind() == Kind.ASKED && counted.contains(event.session()))
        .map(TracePart.Event::step)
        .filter(step -> step.isQuery() && step.rowsAtOnce() >= MANY_ROWS)
        .max(Comparator.comparingLong(Step::rowsAtOnce))
        .map(
            step ->
                step.isFetch()
                    ? "at most " + step.rowsAtOnce() + " rows at a time"
                    : (step.answered ? "all " : "more than ")
                        + step.rowsAtOnce()
                        + " rows of a query in one answer");
  }

  private long inside() {
    return counted.stream().filter(session -> session.open && session.state != 'I').count();
  }

  // What was open before has not been left open here; a transaction may have.
  private String leftOpen() {
    Set<TracedSession> opened =
        part.events().stream()
            .filter(event -> event.kind() == Kind.OPENED)
            .map(TracePart.Event::session)
            .collect(Collectors.toSet());
    long open =
        counted.stream().filter(session -> session.open && opened.contains(session)).count();
    List<String> left = new ArrayList<>();
    long cutOff = counted.stream().filter(session -> session.isCutOff).count();
    if (cutOff > 0) {
      left.add(count(cutOff, "session") + " left open, then cut off");
    }
    if (open > 0) {
      left.add(count(open, "session") + " left open");
    }
    if (inside() > 0) {
      left.add((open > 0 ? inside() + "" : count(inside(), "session")) + " in a transaction");
    }
    return left.isEmpty() ? "nothing left open" : String.join(", ", left);
  }

  private static String count(long number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }
}
