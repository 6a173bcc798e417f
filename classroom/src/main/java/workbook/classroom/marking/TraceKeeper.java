package workbook.classroom.marking;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import workbook.engine.Excerpt;
import workbook.engine.trace.ServerTrace;
import workbook.engine.trace.Trace;
import workbook.engine.trace.TracePart;
import workbook.engine.trace.drawing.TraceText;
import workbook.support.DatabaseSettings;

/** What one hand-in's sessions and the server say to each other, as far as a report shows it. */
final class TraceKeeper implements AutoCloseable {
  private static final int COLUMNS = 110;
  private static final int MOST_LINES = 120;
  private static final int LONGEST = 10_000;
  // An answer may fail every check, in a thousand statements each.
  private static final int LONGEST_OF_ALL = 60_000;

  private final Trace trace = new Trace();
  private final ServerTrace traced;
  private final Set<String> secrets = ConcurrentHashMap.newKeySet();
  private int left = LONGEST_OF_ALL;

  /**
   * Begins; all sessions that come through {@link #port} are read along but the administrator's.
   */
  TraceKeeper(DatabaseSettings admin) {
    traced = ServerTrace.start(admin, trace, user -> !admin.user().equals(user));
  }

  /** Where the server is reached, on 127.0.0.1. */
  int port() {
    return traced.port();
  }

  /** Never shows a password, whatever a statement does with it. */
  DatabaseSettings hiding(DatabaseSettings settings) {
    secrets.add(settings.password());
    return settings;
  }

  /**
   * The lanes of a check that has ended, cut where they are too long.
   *
   * @param began by {@link System#nanoTime}
   * @param kept whether the report shows it
   */
  List<String> take(long began, boolean kept) {
    TracePart part = trace.take(began, System.nanoTime());
    if (!kept || part.isEmpty()) {
      return List.of();
    }
    return bounded(TraceText.of(part, COLUMNS, UnaryOperator.identity()));
  }

  private List<String> bounded(Collection<String> lines) {
    List<String> kept = new ArrayList<>();
    int room = Math.min(LONGEST, left);
    for (String line : lines) {
      String shown = hidden(line);
      if (kept.size() == MOST_LINES || shown.length() >= room) {
        kept.add("... (" + (lines.size() - kept.size()) + " more lines)");
        break;
      }
      kept.add(shown);
      room -= shown.length() + 1;
      left -= shown.length() + 1;
    }
    return List.copyOf(kept);
  }

  private String hidden(String line) {
    String hidden = Excerpt.of(line, 2 * COLUMNS);
    for (String secret : secrets) {
      hidden = hidden.replace(secret, "(hidden)");
    }
    return hidden;
  }

  @Override
  public void close() {
    traced.close();
  }
}
