package workbook.errors;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import workbook.support.DatabaseSettings;

/** A thread that connects within a time, and when and how that ended. */
final class ConnectingThread {
  private static final long LEAST = 900;
  private static final long MOST = 1900;
  // When a limit of two seconds that is taken for one has struck for sure.
  private static final long AFTER_ONE = 1200;

  private final int seconds;
  private final String situation;
  private final Thread thread;
  private final long start = System.nanoTime();
  private volatile long end;
  private volatile Connection connection;
  private volatile Throwable thrown;

  ConnectingThread(Troubleshooter answer, DatabaseSettings settings,
      int seconds, String situation) {
    this.seconds = seconds;
    this.situation = situation;
    thread = new Thread(() -> connect(answer, settings), "connecting");
    thread.setDaemon(true);
    thread.start();
  }

  private void connect(Troubleshooter answer, DatabaseSettings settings) {
    try {
      connection = answer.connectWithin(settings, seconds);
    } catch (Throwable e) {
      thrown = e;
    } finally {
      end = System.nanoTime();
    }
  }

  /** Waits until it has ended, or should have. */
  void join() throws InterruptedException {
    thread.join(MOST);
  }

  /** The connection that was made, which the caller closes. */
  Connection connection() throws InterruptedException {
    thread.join(MOST);
    if (connection == null) {
      throw new AssertionError(
          "1 second was allowed, and %s.%nexpected: a connection%n"
                  .formatted(situation)
              + " but was: %s%nDoes this call wait for another one?"
                  .formatted(ending()),
          cause());
    }
    return connection;
  }

  /** Demands that it gave up after a second. */
  void assertGaveUp() throws InterruptedException {
    thread.join(Math.max(1, MOST - millisUntil(System.nanoTime())));
    long millis = millisUntil(end);
    boolean right = !thread.isAlive() && thrown instanceof SQLException;
    if (!right || millis < LEAST || millis > MOST) {
      throw new AssertionError(
          "1 second was allowed, and %s.%n"
              .concat("expected: an SQLException after 1 second%n")
              .concat(" but was: %s%n")
                  .formatted(situation, ending())
              + "Is the limit on connecting as a whole, or on a part of it,"
              + " or on each wait? Is it in seconds?",
          cause());
    }
    assertThat(((SQLException) thrown).getSQLState())
        .as("the SQLSTATE of the exception, when the time was up: %s",
            situation)
        .isEqualTo("08001");
  }

  /** Demands that it ended within a second, with a connection or without. */
  void assertEnded() throws InterruptedException, SQLException {
    thread.join(Math.max(1, MOST - millisUntil(System.nanoTime())));
    if (connection != null) {
      connection.close();
      return;
    }
    boolean late =
        thrown instanceof SQLException e && "08001".equals(e.getSQLState());
    if (!late || thread.isAlive()) {
      throw new AssertionError(
          "1 second was allowed, and %s.%nexpected: a connection%n"
                  .formatted(situation)
              + " but was: %s%nWhat do you ask that server for?"
                  .formatted(ending()),
          cause());
    }
  }

  /** Demands that a limit of 2 seconds is not up when 1 second is. */
  void assertStillWaiting() throws InterruptedException {
    thread.join(Math.max(1, AFTER_ONE - millisUntil(System.nanoTime())));
    if (!thread.isAlive() && millisUntil(end) < 1000 * seconds - 100) {
      throw new AssertionError(
          "%s seconds were allowed, and %s.%n".formatted(seconds, situation)
              + "expected: it waits as long as it may%n but was: %s%n"
                  .formatted(thrown != null ? thrown : "a connection")
              + "Does the limit grow with the seconds?",
          cause());
    }
  }

  // No figures: a message says the same each time.
  private String ending() {
    if (thread.isAlive()) {
      return "still waiting after 1.9 seconds";
    }
    long millis = millisUntil(end);
    String when =
        millis < LEAST ? ", sooner than that" : millis > MOST
            ? ", later than that" : "";
    return (thrown != null ? thrown : connection + " was returned") + when;
  }

  // The line where it waits is the learner's.
  private Throwable cause() {
    if (thrown != null) {
      return thrown;
    }
    Throwable waiting = new IllegalStateException("waiting");
    waiting.setStackTrace(thread.getStackTrace());
    return waiting;
  }

  private long millisUntil(long time) {
    return Duration.ofNanos(time - start).toMillis();
  }
}
