package workbook.errors;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import workbook.errors.Troubleshooter.Pause;
import workbook.faults.Intercepted;

/**
 * A data source that fails as a script says and then hands out a connection;
 * with its pauses.
 */
final class ScriptedSource {
  private final List<? extends Throwable> script;
  private final Connection connection;
  private final int allowed;
  private final List<Duration> pauses = new ArrayList<>();
  private final List<String> otherCalls = new ArrayList<>();
  private final Set<String> calm = new TreeSet<>();
  private final DataSource source;
  private int attempts;

  /**
   * @param script what the first attempts throw
   * @param connection what the next one gets
   * @param allowed how many attempts there may be
   */
  ScriptedSource(
      DataSource real, Connection connection, int allowed,
          List<? extends Throwable> script) {
    this.script = script;
    this.allowed = allowed;
    this.connection =
        Intercepted.between(
            Connection.class,
            connection,
            (method, call) -> {
              note("Connection." + method);
              return call.call();
            });
    source =
        Intercepted.between(
            DataSource.class,
            real,
            (method, call) -> {
              if (method.equals("getConnection")) {
                return attempt();
              }
              note("DataSource." + method);
              return call.call();
            });
  }

  DataSource source() {
    return source;
  }

  /** Notes how long it should be. */
  Pause pause() {
    return time -> {
      noteThread("the pause");
      pauses.add(time);
    };
  }

  /** How long they should be, in milliseconds; as it is where none fits. */
  List<Object> pauses() {
    return pauses.stream().map(ScriptedSource::inMillis).toList();
  }

  /** Begins anew, as the same source. */
  void forget() {
    attempts = 0;
    pauses.clear();
  }

  /** The connection that it hands out when the script is over. */
  Connection connection() {
    return connection;
  }

  /** Which methods were called besides {@code getConnection()}. */
  List<String> otherCalls() {
    return otherCalls;
  }

  /** Where the thread was not interrupted. */
  Set<String> calm() {
    return calm;
  }

  int allowed() {
    return allowed;
  }

  /** What the last of the attempts that the script has threw. */
  Throwable lastFailure() {
    return script.get(Math.min(attempts, script.size()) - 1);
  }

  int attempts() {
    return attempts;
  }

  /** How an attempt, the first being number 1, ends. */
  String told(int attempt) {
    return attempt < 1 || attempt > script.size()
        ? "nothing"
        : told(script.get(attempt - 1));
  }

  /** What is allowed and what happens, for a message. */
  String told() {
    return "%s %s allowed; getConnection() throws %s"
        .formatted(
            allowed,
            allowed == 1 ? "attempt is" : "attempts are",
            script.isEmpty()
                ? "nothing"
                : script.stream()
                    .limit(9)
                    .map(ScriptedSource::told)
                    .collect(Collectors.joining(", ")))
        + (script.size() > 9 ? ", and so on" : script.size() < allowed
            ? ", and then works" : "");
  }

  private void note(String method) {
    if (!method.matches(".*\\.(toString|hashCode|equals)")) {
      otherCalls.add(method);
    }
  }

  private void noteThread(String where) {
    if (!Thread.currentThread().isInterrupted()) {
      calm.add(where);
    }
  }

  private Object attempt() throws Throwable {
    attempts++;
    noteThread("getConnection()");
    // Else an answer that never gives up would say nothing but that time is up.
    if (attempts > allowed) {
      throw new AssertionError("attempt " + attempts + " of " + allowed);
    }
    if (attempts <= script.size()) {
      throw script.get(attempts - 1);
    }
    return connection;
  }

  private static Object inMillis(Duration pause) {
    boolean whole = pause.equals(Duration.ofMillis(pause.toMillis()));
    return whole ? (Object) pause.toMillis() : pause;
  }

  private static String told(Throwable thrown) {
    return thrown instanceof SQLException failure
        ? state(failure)
            + (failure.getCause() == null ? ""
                : " (cause %s)".formatted(
                    DiagnosisChecks.name(failure.getCause())))
        : DiagnosisChecks.name(thrown);
  }

  private static String state(SQLException failure) {
    return failure.getSQLState() == null
        ? "an SQLException without a state"
        : "SQLSTATE " + failure.getSQLState();
  }
}
