package workbook.engine.trace;

import java.util.List;

/**
 * One thing that a session asked of the server: a statement, a batch of it, a fetch, a COPY.
 *
 * <p>Written by the trace that has it, under the trace's lock.
 */
public final class Step {
  final TracedSession session;
  final String text;
  final List<String> values;
  int times = 1;
  long rows = -1;
  long read;
  String firstRow;
  String error;
  String tag;
  String warning;
  String copied;
  String level;
  boolean more;
  boolean simple;
  boolean answered;
  boolean skipped;
  char state = 'I';
  List<TracedSession> waitsFor;

  Step(TracedSession session, String text, List<String> values) {
    this.session = session;
    this.text = text;
    this.values = values;
  }

  /** Whether a check asks, sets or resets something by it, on a session that is not its own. */
  boolean isAside() {
    return text.startsWith(TracePart.ASIDE)
        && text.substring(TracePart.ASIDE.length()).matches("(?s)(SHOW|SET|DISCARD) .*");
  }

  /** Whose it is. */
  public TracedSession session() {
    return session;
  }

  /** The statement, without values. */
  public String text() {
    return text;
  }

  /** Whether the server refused it. */
  public boolean isRefused() {
    return error != null;
  }

  /** The sessions that hold what it waits for; null if it does not wait. */
  public List<TracedSession> waitsFor() {
    return waitsFor;
  }

  /** How many rows the server sent at once, before it was asked for more; a batch has none. */
  public long rowsAtOnce() {
    return times == 1 ? read : 0;
  }

  /** Whether it asks for rows, and not for a change that returns some. */
  boolean isQuery() {
    return text.matches("(?is)[(\\s]*(SELECT|WITH|TABLE|VALUES|FETCH)\\b.*") || isFetch();
  }

  /** Whether it asks for a portion of its rows only. */
  boolean isFetch() {
    return text.startsWith("fetch ");
  }

  /** The statement with its values, in one line. */
  public String asked() {
    String batch = times > 1 ? "batch of " + times + ": " : "";
    String bound = values.isEmpty() ? "" : "  (" + String.join(", ", values) + ")";
    String first = times > 1 && !values.isEmpty() ? "  first:" + bound : bound;
    return batch + text + first;
  }

  /** What the server answered, in one line; empty if there is nothing to tell. */
  public String answer() {
    return warning == null ? plainAnswer() : (plainAnswer() + "  " + warning).strip();
  }

  private String plainAnswer() {
    if (!answered) {
      return read == 0 ? "" : read + " rows came in one go, and there were more";
    }
    if (error != null) {
      return state == 'E' ? error + " [the transaction has failed]" : error;
    }
    if (skipped) {
      return "ignored after the error";
    }
    if (level != null) {
      return "[" + level + "]";
    }
    if ("ROLLBACK".equals(tag) && text.regionMatches(true, 0, "COMMIT", 0, 6)) {
      return "ROLLBACK: the transaction had failed";
    }
    if (rows < 0) {
      return "";
    }
    String count = rows + (rows == 1 ? " row" : " rows") + (more ? ", more to come" : "");
    boolean isShown = rows == 1 && firstRow != null && !firstRow.isEmpty();
    return count + (copied == null ? "" : copied) + (isShown ? ": " + firstRow : "");
  }
}
