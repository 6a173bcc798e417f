package workbook.engine.trace;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import workbook.engine.Excerpt;
import workbook.engine.trace.wire.Charsets;
import workbook.engine.trace.wire.Isolation;

/**
 * A session of a trace: who it is, and what has become visible of it.
 *
 * <p>Written under the trace's lock.
 */
public final class TracedSession {
  final String database;
  boolean isNamed;
  String application;
  Charset charset = StandardCharsets.UTF_8;
  int pid;
  char state = 'I';
  int roundTrips;
  int committed;
  int rolledBack;
  Isolation isolation = new Isolation();
  boolean open = true;
  // whether the client hung up without a farewell: then nothing has closed it
  boolean isCutOff;
  // whether the server has been ready for a first statement
  boolean isReady;
  // whether the server has said that it ends it: then it is luck who hangs up first
  boolean dismissed;
  // whether what the driver sends by itself is over
  boolean introduced;
  // the step whose answer has not come yet, and since when
  Step asked;
  long askedAt;

  /**
   * @param parameters of the start-up message
   */
  TracedSession(Map<String, String> parameters) {
    String user = parameters.getOrDefault("user", "");
    parameters.forEach((name, value) -> isolation.option(name + "=" + value));
    // The server's names are shorter.
    this.database = Excerpt.of(parameters.getOrDefault("database", user), 200);
    this.application = Excerpt.of(parameters.getOrDefault("application_name", ""), 64);
  }

  /** Whether a reader knows it by its application's name, and not by a number. */
  public boolean isNamed() {
    return isNamed;
  }

  /** Whether it is a check's own, which looks on. */
  boolean isObserver() {
    return application.equals(TracePart.OBSERVER);
  }

  /** Whether a check opened it: for itself, or to hand it to an answer. */
  boolean isOpenedByCheck() {
    return application.equals(TracePart.CHECK);
  }

  /** Takes a setting that the server reports. */
  void parameter(String name, String value) {
    if (name.equals("client_encoding")) {
      charset = Charsets.of(value);
    } else if (name.equals("application_name") && !introduced) {
      application = value;
    }
  }

  /** Takes the state that the server reports when it is ready, and counts what has ended. */
  void ready(char now, String lastTag) {
    isReady = true;
    if (state != 'I' && now == 'I') {
      isolation.ended();
      if ("COMMIT".equals(lastTag)) {
        committed++;
      } else {
        rolledBack++;
      }
    }
    state = now;
  }

  /** Counts from here on. */
  void countAnew() {
    introduced = true;
    roundTrips = 0;
    committed = 0;
    rolledBack = 0;
    isolation.used().clear();
  }
}
