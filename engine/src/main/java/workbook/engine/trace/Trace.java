package workbook.engine.trace;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import workbook.engine.trace.TracePart.Event;
import workbook.engine.trace.TracePart.Kind;

/**
 * The record of what sessions and their server said to each other, in the order it happened.
 *
 * <p>It is kept by database, since each check has one of its own.
 */
public final class Trace {
  /** How many events a database's record keeps; further ones are counted only. */
  static final int MOST_EVENTS = 4000;

  private static final long LONGER_THAN_MOST = 3_000_000;

  // A check's database, or one that was made beside it.
  private static final Pattern OF_CHECK = Pattern.compile("(workbook_[0-9a-f]+_[0-9]+).*");

  private final Map<String, List<Event>> events = new LinkedHashMap<>();
  private final Map<String, Integer> lost = new HashMap<>();
  private final List<TracedSession> sessions = new ArrayList<>();

  private volatile boolean on = true;
  private int recording;

  /** A trace that records nothing until {@link #begin}. */
  public static Trace paused() {
    Trace trace = new Trace();
    trace.on = false;
    return trace;
  }

  /** Whether what is said is recorded. */
  boolean isOn() {
    return on;
  }

  /** Counts the records, so that what belongs to an earlier one is known. */
  synchronized int recording() {
    return recording;
  }

  /** Begins a record; what was recorded before is forgotten. */
  public synchronized void begin() {
    recording++;
    events.clear();
    lost.clear();
    sessions.removeIf(session -> !session.open);
    sessions.forEach(TracedSession::countAnew);
    on = true;
  }

  /** Ends the record, which can still be read. */
  public synchronized void end() {
    on = false;
  }

  synchronized TracedSession open(Map<String, String> parameters) {
    TracedSession session = new TracedSession(parameters);
    if (!on) {
      sessions.removeIf(other -> !other.open);
    }
    sessions.add(session);
    add(Kind.OPENED, session, null, null);
    return session;
  }

  synchronized void add(Kind kind, TracedSession session, Step step, String note) {
    if (!on) {
      return;
    }
    String key = key(session.database);
    List<Event> kept = events.computeIfAbsent(key, database -> new ArrayList<>());
    if (kept.size() < MOST_EVENTS) {
      kept.add(new Event(System.nanoTime(), kind, session, step, note));
    } else {
      lost.merge(key, 1, Integer::sum);
    }
  }

  private static String key(String database) {
    Matcher check = OF_CHECK.matcher(database);
    return check.matches() ? check.group(1) : database;
  }

  /** Whether a session waits for an answer for longer than most statements take. */
  synchronized boolean isWaiting() {
    long now = System.nanoTime();
    return sessions.stream()
        .anyMatch(
            session ->
                session.open && session.asked != null && now - session.askedAt > LONGER_THAN_MOST);
  }

  /** Notes that a session's step waits for locks that other sessions hold. */
  synchronized void waits(int pid, List<Integer> blockers) {
    List<TracedSession> holders =
        sessions.stream()
            .filter(session -> session.open && blockers.contains(session.pid))
            .toList();
    sessions.stream()
        .filter(session -> session.open && session.pid == pid && session.asked != null)
        .filter(session -> session.asked.waitsFor == null)
        .forEach(session -> session.asked.waitsFor = holders);
  }

  /** Everything so far, of all databases. */
  public synchronized TracePart all() {
    return part(List.copyOf(events.keySet()));
  }

  /**
   * What was said in the databases that were in use between two moments, which a record has of one
   * check only, if checks follow each other. It is forgotten here.
   *
   * @param from by {@link System#nanoTime}
   */
  public synchronized TracePart take(long from, long to) {
    return take(
        events.keySet().stream()
            .filter(database -> isBetween(from, middle(events.get(database)), to))
            .toList());
  }

  /** What was said in some databases, and in those made beside them. It is forgotten here. */
  public synchronized TracePart take(Set<String> databases) {
    Set<String> keys = databases.stream().map(Trace::key).collect(Collectors.toSet());
    // A client that hung up before its start-up message has named none.
    keys.add("");
    return take(events.keySet().stream().filter(keys::contains).toList());
  }

  private TracePart take(List<String> databases) {
    TracePart part = part(databases).fromTheAnswersFirst();
    databases.forEach(events::remove);
    databases.forEach(lost::remove);
    sessions.removeIf(session -> !session.open);
    return part;
  }

  // What a check's own session did ahead of time does not count.
  private static long middle(List<Event> events) {
    List<Event> answers = events.stream().filter(event -> !event.session().isObserver()).toList();
    return answers.isEmpty() ? 0 : answers.get(answers.size() / 2).nanos();
  }

  private static boolean isBetween(long from, long moment, long to) {
    return moment != 0 && moment - from >= 0 && to - moment >= 0;
  }

  private TracePart part(List<String> databases) {
    List<Event> all = new ArrayList<>();
    int missing = 0;
    for (String database : databases) {
      all.addAll(events.get(database));
      missing += lost.getOrDefault(database, 0);
    }
    all.sort((one, other) -> Long.signum(one.nanos() - other.nanos()));
    return new TracePart(List.copyOf(all), missing);
  }
}
