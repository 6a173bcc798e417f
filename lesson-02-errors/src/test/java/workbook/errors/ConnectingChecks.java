package workbook.errors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static workbook.errors.ClosingChecks.assertState;
import static workbook.errors.DiagnosisChecks.LIBRARY;
import static workbook.errors.DiagnosisChecks.login;
import static workbook.grading.Errors.assertThrown;

import java.io.IOException;
import java.net.Socket;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import workbook.errors.Troubleshooter.Pause;
import workbook.faults.FaultyServer;
import workbook.faults.Intercepted;
import workbook.grading.Check;
import workbook.grading.FreshDatabase;
import workbook.support.DatabaseSettings;

/** Exercises 2.5 and 2.6: when does it give up? */
interface ConnectingChecks {
  /** The answer to check, made anew. */
  Troubleshooter answer();

  // After 5 s, the driver itself gives up on hearing whether there is SSL.
  @Check(exercise = "2.5", points = 1, deadline = 4)
  default void gives_up_on_a_server_that_never_answers() throws IOException {
    int before = DriverManager.getLoginTimeout();
    try (FaultyServer silent = FaultyServer.silent()) {
      DatabaseSettings settings = silent.settings(LIBRARY);
      long start = System.nanoTime();

      assertState(
          "08001",
          "the server accepted the call and never answered",
          () -> answer().connectWithin(settings, 1));

      long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
      assertThat(millis)
          .withFailMessage(
              "1 second was allowed. Is the limit on connecting as a whole, or on each wait?%n"
                  + "expected: it gives up after 900 to 1900 milliseconds%n but was: %s",
              millis < 900 ? "sooner" : "later")
          .isBetween(900L, 1900L);
    } finally {
      // Else an answer that sets it for the whole program spoils other checks.
      DriverManager.setLoginTimeout(before);
    }
  }

  @Check(exercise = "2.5", points = 1)
  default void limits_nothing_but_connecting(FreshDatabase database) throws SQLException {
    int before = DriverManager.getLoginTimeout();
    DatabaseSettings settings = database.settings();

    try (Connection connection = answer().connectWithin(settings, 5)) {
      assertUsable(connection, "the server answers in time");
      assertThat(connection.getNetworkTimeout())
          .as("getNetworkTimeout() in milliseconds: any query that takes"
                  + " longer would break the connection")
          .isZero();
      assertThat(DriverManager.getLoginTimeout())
          .as("DriverManager's login timeout, which the whole program shares")
          .isEqualTo(before);
    } finally {
      DriverManager.setLoginTimeout(before);
    }
  }

  @Check(exercise = "2.6", points = 1)
  default void gets_in_at_the_third_attempt(FreshDatabase database) throws Exception {
    List<Long> pauses = new ArrayList<>();
    try (FaultyServer server = FaultyServer.recovering(2, "57P03", database.settings())) {
      DataSource source = server.settings(database.settings()).dataSource();

      try (Connection connection = answer().connectWithRetry(source, 5, noting(pauses))) {
        assertUsable(connection, "the server refused twice with 57P03");
      }

      assertThat(pauses)
          .as("the pauses, in milliseconds, on a server that is starting up"
              + " (57P03) and answers the third call")
          .isEqualTo(List.of(100L, 200L));
    }
  }

  @Check(exercise = "2.6", points = 1)
  default void outlasts_refusals_and_full_servers(FreshDatabase database) throws Exception {
    DatabaseSettings mine = database.settings();
    database.limitSessions(1);
    try (Connection other = mine.dataSource().getConnection();
        Connection connection =
            answer().connectWithRetry(mine.dataSource(), 9, time -> leave(other, database))) {
      assertUsable(connection, "53300, and then somebody else left");
    }

    List<FaultyServer> started = new ArrayList<>();
    try (Socket deaf = FaultyServer.deaf()) {
      DataSource late = FaultyServer.at(deaf.getLocalPort(), mine).dataSource();
      Pause start =
          time -> {
            if (started.isEmpty()) {
              started.add(FaultyServer.starting(deaf, mine));
            }
          };
      try (Connection connection = answer().connectWithRetry(late, 9, start)) {
        assertUsable(connection, "a refusal, and then the server started");
      }
    } finally {
      for (FaultyServer server : started) {
        server.close();
      }
    }
  }

  @Check(exercise = "2.6", points = 1)
  default void never_tries_again_in_vain(FreshDatabase database) {
    DatabaseSettings mine = database.settings();

    assertAttempts(1, login(mine, mine.user(), "wrong"), 5, "28P01");
    assertAttempts(1, mine.withDbname("gone"), 5, "3D000");
  }

  @Check(exercise = "2.6", points = 1)
  default void gives_up_after_the_last_attempt() throws IOException {
    try (FaultyServer server = FaultyServer.refusing("57P03", "starting up")) {
      DatabaseSettings never = server.settings(LIBRARY);

      List<Long> pauses = assertAttempts(4, never, 4, "57P03");

      assertThat(pauses)
          .as("the pauses between 4 attempts, in milliseconds")
          .isEqualTo(List.of(100L, 200L, 400L));
      List<Long> none = assertAttempts(1, never, 1, "57P03");
      assertThat(none).as("the pauses when there is 1 attempt").isEqualTo(List.of());
    }
  }

  @Check(exercise = "2.6", points = 1)
  default void stops_when_interrupted() throws IOException {
    try (FaultyServer server = FaultyServer.refusing("57P03", "starting up")) {
      AtomicInteger attempts = new AtomicInteger();
      DataSource real = server.settings(LIBRARY).dataSource();
      DataSource source = Intercepted.announced(real, attempts::incrementAndGet);
      Pause interrupted =
          time -> {
            Thread.currentThread().interrupt();
            Thread.sleep(1);
          };

      assertThrown(
          "the first pause was interrupted: somebody wants to stop",
          InterruptedException.class,
          () -> answer().connectWithRetry(source, 5, interrupted));
      assertThat(attempts.get()).as("attempts until then").isEqualTo(1);
    }
  }

  private List<Long> assertAttempts(
      int expected, DatabaseSettings settings, int allowed, String sqlState) {
    AtomicInteger attempts = new AtomicInteger();
    List<Long> pauses = new ArrayList<>();
    DataSource source =
        Intercepted.announced(
            settings.dataSource(), () -> stopBeyond(allowed, attempts.incrementAndGet()));

    Throwable thrown =
        catchThrowable(() -> answer().connectWithRetry(source, allowed, noting(pauses)));

    int made = attempts.get();
    assertThat(made)
        .withFailMessage(
            "Each attempt fails with SQLSTATE %s (can waiting help?), and %d are allowed.%n"
                + "expected: %d attempts in all%n but was: %s",
            sqlState, allowed, expected, made > allowed ? "more than " + allowed : made)
        .isEqualTo(expected);
    assertState(sqlState, "every attempt failed with it", () -> rethrow(thrown));
    return pauses;
  }

  // Else an answer that never gives up would say nothing but that time is up.
  private static void stopBeyond(int allowed, int attempt) {
    if (attempt > allowed) {
      throw new AssertionError("attempt " + attempt + " of " + allowed);
    }
  }

  private static void rethrow(Throwable thrown) throws Throwable {
    if (thrown != null) {
      throw thrown;
    }
  }

  private static Pause noting(List<Long> pauses) {
    return time -> pauses.add(time.toMillis());
  }

  // What was refused may still be counted, so there is room for more than one afterwards.
  private static void leave(Connection connection, FreshDatabase database) {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException("The other connection will not end", e);
    }
    database.unlimitSessions();
  }

  private static void assertUsable(Connection connection, String situation) throws SQLException {
    String state = connection == null ? "null" : connection.isValid(1) ? "usable" : "closed";
    assertThat(state).as("the connection that came out: %s", situation).isEqualTo("usable");
  }
}
