package workbook.engine.trace;

import java.util.Map;

/**
 * A session of a trace: who it is, and what has become visible of it.
 *
 * <p>Written under the trace's lock.
 */
final class TracedSession {
  final String database;
  String application;
  int pid;
  char state = 'I';
  int roundTrips;
  int committed;
  int rolledBack;
  boolean open = true;
  // the step whose answer has not come yet
  Step asked;

  /**
   * @param parameters of the start-up message
   */
  TracedSession(Map<String, String> parameters) {
    this.database = parameters.getOrDefault("database", parameters.getOrDefault("user", ""));
    this.application = parameters.getOrDefault("application_name", "");
  }

  boolean isObserver() {
    return application.equals(TracePart.OBSERVER);
  }

  /** Takes the state that the server reports when it is ready, and counts what has ended. */
  void ready(char now, String lastTag) {
    if (state != 'I' && now == 'I') {
      if ("COMMIT".equals(lastTag)) {
        committed++;
      } else {
        rolledBack++;
      }
    }
    state = now;
  }
}
