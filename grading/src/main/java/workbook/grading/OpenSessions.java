package workbook.grading;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import workbook.grading.FreshDatabase.Session;

/**
 * Tells sessions that were left open from those that are just ending.
 *
 * <p>A server process needs a moment to end after its client has hung up, and on a busy machine a
 * long one. So one that no open connection of this process belongs to is waited for longer.
 */
final class OpenSessions {
  private static final Duration GRACE = Duration.ofSeconds(1);
  private static final Duration LONG_GRACE = Duration.ofSeconds(5);
  // A longer turn means that this process was stopped: no session had that time to end.
  private static final Duration LONGEST_TURN = Duration.ofMillis(100);

  private final Supplier<List<Session>> seen;
  private final Supplier<Set<Integer>> connected;

  /**
   * @param seen the sessions that the server sees now
   * @param connected the server processes that this process is connected to now
   */
  OpenSessions(Supplier<List<Session>> seen, Supplier<Set<Integer>> connected) {
    this.seen = seen;
    this.connected = connected;
  }

  /** The sessions that are open after their clients had time to end them. */
  List<Session> afterAWhile() {
    Duration waited = Duration.ZERO;
    long before = System.nanoTime();
    List<Session> open = seen.get();
    while (!open.isEmpty()) {
      Set<Integer> pids = connected.get();
      List<Session> ours = open.stream().filter(session -> pids.contains(session.pid())).toList();
      Duration turn = Duration.ofNanos(System.nanoTime() - before);
      before += turn.toNanos();
      waited = waited.plus(turn.compareTo(LONGEST_TURN) < 0 ? turn : LONGEST_TURN);
      if (waited.compareTo(ours.isEmpty() ? LONG_GRACE : GRACE) > 0) {
        return ours.isEmpty() ? open : ours;
      }
      try {
        Thread.sleep(2);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return open;
      }
      open = seen.get();
    }
    return open;
  }
}
