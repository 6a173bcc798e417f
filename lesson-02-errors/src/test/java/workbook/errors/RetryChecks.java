package workbook.errors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static workbook.errors.RetryFailures.chained;
import static workbook.errors.RetryFailures.lasting;
import static workbook.errors.RetryFailures.passing;
import static workbook.errors.RetryFailures.wrapping;
import static workbook.grading.Errors.assertThrown;

import java.net.Socket;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import workbook.errors.Troubleshooter.Pause;
import workbook.faults.FaultyServer;
import workbook.grading.Check;
import workbook.grading.FreshDatabase;
import workbook.support.DatabaseSettings;

/** Exercise 2.6: when is it tried again, and how often? */
interface RetryChecks {
  /** The answer to check, made anew. */
  Troubleshooter answer();

  @Check(exercise = "2.6", points = 3)
  default void tries_again_only_where_it_may_help(FreshDatabase database) throws Exception {
    DataSource real = database.dataSource();
    Troubleshooter one = answer(); // for all the calls: each begins anew
    try (Connection lent = real.getConnection()) {
      for (int attempts : new int[] {4, 1, 2, 3, 5, 8, 9, 13, 50}) {
        expectFailure(
            one, new ScriptedSource(real, lent, attempts, passing(attempts)), attempts);
      }
      expectFailure(one, new ScriptedSource(real, lent, 4, chained("28P01", passing(4))), 4);
      List<Throwable> lastingOne = chained("57P03", lasting()).subList(0, 1);
      expectFailure(one, new ScriptedSource(real, lent, 5, lastingOne), 1);
      List<Throwable> same = Collections.nCopies(4, passing(1).get(0));
      expectFailure(one, new ScriptedSource(real, lent, 4, same), 4);
      for (Throwable failure : lasting()) {
        expectFailure(one, new ScriptedSource(real, lent, 5, List.of(failure)), 1);
      }
      for (int failures = 0; failures <= 8; failures++) {
        expectConnection(one, new ScriptedSource(real, lent, 9, passing(failures)), 9, failures);
        int last = failures + 1;
        expectConnection(
            one, new ScriptedSource(real, lent, last, passing(failures)), last, failures);
      }
      for (Throwable failure : List.of(lasting().get(0), new IllegalStateException("a bug"))) {
        List<Throwable> script = new ArrayList<>(passing(2));
        script.add(failure);
        expectFailure(one, new ScriptedSource(real, lent, 6, script), 3);
      }
      for (Throwable failure : wrapping()) {
        expectFailure(one, new ScriptedSource(real, lent, 5, List.of(failure)), 1);
      }
      ScriptedSource again = new ScriptedSource(real, lent, 4, passing(4));
      expectFailure(one, again, 4);
      again.forget();
      expectFailure(one, again, 4);
      beginsAnewWithinAPause(one, real, lent);
      ScriptedSource pausing = new ScriptedSource(real, lent, 4, passing(1));
      pausesBeside(new ScriptedSource(real, lent, 3, passing(1)), one, pausing);
      ScriptedSource shared = new ScriptedSource(real, lent, 4, passing(2));
      pausesBeside(shared, one, shared);
      returnsUntested(one, real);
    }
  }

  @Check(exercise = "2.6", points = 1)
  default void outlasts_refusals_and_full_servers(FreshDatabase database) throws Exception {
    DatabaseSettings mine = database.settings();
    database.limitSessions(1);
    try (Connection other = mine.dataSource().getConnection();
        Connection connection =
            connect(mine, time -> leave(other, database), "53300", "the server was full")) {
      assertUsable(connection, "the server was full (53300), and then another session ended");
    }
    try (FaultyServer server = FaultyServer.recovering(2, "57P03", mine);
        Connection connection =
            connect(server.settings(mine), time -> {}, "57P03", "the server was starting up")) {
      assertUsable(connection, "the server refused twice with 57P03");
    }
    List<FaultyServer> started = new ArrayList<>();
    try (Socket deaf = FaultyServer.deaf()) {
      DatabaseSettings late = FaultyServer.at(deaf.getLocalPort(), mine);
      Pause start =
          time -> {
            if (started.isEmpty()) {
              started.add(FaultyServer.starting(deaf, mine));
            }
          };
      try (Connection connection = connect(late, start, "08001", "nothing listened there")) {
        assertUsable(connection, "a refusal, and then the server started");
      }
    } finally {
      for (FaultyServer server : started) {
        server.close();
      }
    }
  }

  @Check(exercise = "2.6", points = 1)
  default void stops_when_interrupted(FreshDatabase database) throws Exception {
    DataSource real = database.dataSource();
    try (Connection lent = real.getConnection()) {
      for (int pauses : new int[] {1, 3}) {
        ScriptedSource scripted = new ScriptedSource(real, lent, 6, passing(4));
        Pause interrupted =
            time -> {
              scripted.pause().pause(time);
              if (scripted.pauses().size() == pauses) {
                Thread.currentThread().interrupt();
                Thread.sleep(1);
              }
            };

        Throwable thrown =
            catchThrowable(() -> answer().connectWithRetry(scripted.source(), 6, interrupted));
        assertPauses(scripted, true, scripted.told());
        assertThrown(
            "pause %s was interrupted: the caller wants to stop".formatted(pauses),
            InterruptedException.class,
            () -> {
              if (thrown != null) {
                throw thrown;
              }
            });
        assertThat(scripted.attempts())
            .as("attempts in all, when pause %s was interrupted", pauses)
            .isEqualTo(pauses);
      }
      for (Throwable failure :
          List.of(new IllegalStateException("no pause"), new LinkageError("no pause"))) {
        pauseFails(failure, new ScriptedSource(real, lent, 6, passing(4)));
      }
      ScriptedSource scripted = new ScriptedSource(real, lent, 2, passing(1));
      Thread.currentThread().interrupt();
      try {
        answer().connectWithRetry(scripted.source(), 2, scripted.pause());
      } catch (InterruptedException e) {
        throw new AssertionError(
            "The thread was interrupted, and the pause did not mind.%n".formatted()
                + "expected: a connection%n but was: %s".formatted(e),
            e);
      }
      assertAttempts(scripted, 2);
      Outcomes.assertStillInterrupted(
          scripted.calm(), "each attempt and each pause", "the pause did not mind");
    } finally {
      Thread.interrupted();
    }
  }

  private void pauseFails(Throwable failure, ScriptedSource scripted) {
    Outcomes.assertThrows(
        failure,
        "the first pause threw it",
        () ->
            answer()
                .connectWithRetry(scripted.source(), 6, time -> Outcomes.failUnchecked(failure)));
    assertThat(scripted.attempts())
        .as("attempts in all, when the first pause threw %s", failure)
        .isEqualTo(1);
  }

  // A connection that is closed, and which the source hands out nevertheless.
  @SuppressWarnings("try") // closed on purpose, before its block ends
  private static void returnsUntested(Troubleshooter answer, DataSource real) throws Exception {
    try (Connection broken = real.getConnection()) {
      broken.close();
      ScriptedSource scripted = new ScriptedSource(real, broken, 3, passing(1));
      Object returned;
      try {
        returned = answer.connectWithRetry(scripted.source(), 3, scripted.pause());
      } catch (SQLException e) {
        returned = e;
      }
      assertAttempts(scripted, 2);
      assertThat(returned == scripted.connection())
          .withFailMessage(
              "The source returned a connection that does not work.%n"
                  + "expected: this connection, untested%n but was: %s",
              returned)
          .isTrue();
    }
  }

  // Each call counts for itself, also while another one waits.
  private void beginsAnewWithinAPause(Troubleshooter answer, DataSource real, Connection lent)
      throws Exception {
    ScriptedSource outer = new ScriptedSource(real, lent, 6, passing(4));
    Pause nesting =
        time -> {
          outer.pause().pause(time);
          try {
            expectConnection(answer, new ScriptedSource(real, lent, 5, passing(2)), 5, 2);
          } catch (SQLException e) {
            throw new IllegalStateException(e);
          }
        };
    Connection made = answer.connectWithRetry(outer.source(), 6, nesting);
    assertAttempts(outer, 5, ", and in each pause your method is called for another source");
    assertSame(made, outer);
  }

  // While one call pauses, another thread's call goes on.
  private void pausesBeside(ScriptedSource other, Troubleshooter answer, ScriptedSource outer)
      throws Exception {
    Pause calling =
        time -> {
          outer.pause().pause(time);
          FutureTask<Connection> call =
              new FutureTask<>(() -> answer.connectWithRetry(other.source(), 3, unused -> {}));
          Thread thread = new Thread(call);
          thread.setDaemon(true);
          thread.start();
          assertSame(result(call), other);
        };
    Connection made = answer.connectWithRetry(outer.source(), 4, calling);
    assertSame(made, outer);
    assertThat(outer.pauses())
        .as("the pauses, in milliseconds: %s, and in the pause another thread calls your method",
            outer.told())
        .isEqualTo(List.of(100L));
  }

  private static Connection result(FutureTask<Connection> call) throws InterruptedException {
    try {
      return call.get(4, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new AssertionError(
          "While one call paused, another thread called your method, for one that fails once.%n"
              + "expected: a connection%n but was: %s".formatted(e.getCause()),
          e.getCause());
    } catch (TimeoutException e) {
      throw new AssertionError(
          "While one call paused, another thread called your method.%n".formatted()
              + "expected: it goes on%n but was: still waiting after 4 seconds%n".formatted()
              + "Does this call wait for the other one?");
    }
  }

  private void expectFailure(Troubleshooter answer, ScriptedSource scripted, int made) {
    Throwable thrown = null;
    try {
      answer.connectWithRetry(scripted.source(), scripted.allowed(), scripted.pause());
    } catch (Throwable e) {
      thrown = e;
    }
    assertAttempts(scripted, made);
    assertNothingElse(scripted);
    assertThat(Thread.interrupted())
        .as("whether the thread is interrupted afterwards: %s", scripted.told())
        .isFalse();
    Throwable last = scripted.lastFailure();
    if (thrown != last) {
      throw new AssertionError(
          "Which failure comes out? %s.%nexpected: the last one, %s%n but was: %s"
              .formatted(scripted.told(), last, thrown == null ? "none" : thrown));
    }
  }

  private void expectConnection(
      Troubleshooter answer, ScriptedSource scripted, int attempts, int failures)
      throws SQLException, InterruptedException {
    Connection connection;
    try {
      connection = answer.connectWithRetry(scripted.source(), attempts, scripted.pause());
    } catch (SQLException e) {
      assertAttempts(scripted, failures + 1);
      throw new AssertionError(
          "%s.%nexpected: a connection%n but was: %s".formatted(scripted.told(), e));
    }
    assertAttempts(scripted, failures + 1);
    assertSame(connection, scripted);
  }

  private static void assertSame(Connection connection, ScriptedSource scripted) {
    if (connection != scripted.connection()) {
      throw new AssertionError(
          "Which connection comes out? %s.%nexpected: the one that the source returned%n"
                  .formatted(scripted.told())
              + " but was: %s"
                  .formatted(connection == null ? "null" : "another one, or one around it"));
    }
    assertNothingElse(scripted);
  }

  private static void assertNothingElse(ScriptedSource scripted) {
    assertThat(scripted.otherCalls())
        .as("methods that your method called besides getConnection(): %s", scripted.told())
        .isEmpty();
  }

  private static void assertAttempts(ScriptedSource scripted, int expected) {
    assertAttempts(scripted, expected, "");
  }

  private static void assertAttempts(ScriptedSource scripted, int expected, String also) {
    int made = scripted.attempts();
    assertThat(made)
        .withFailMessage(
            "%s%s: can waiting help?%nexpected: %s in all%n but was: %s%s",
            scripted.told(),
            also,
            expected == 1 ? "1 attempt" : expected + " attempts",
            made > scripted.allowed() ? "more than " + scripted.allowed() : made,
            made < expected ? ", the last of which ended with " + scripted.told(made) : "")
        .isEqualTo(expected);
    assertPauses(scripted, expected > 1, "%s%s".formatted(scripted.told(), also));
    assertThat(scripted.pauses())
        .as("the pauses, in milliseconds: %s%s", scripted.told(), also)
        .isEqualTo(
            LongStream.range(0, expected - 1).map(one -> 100L << one).boxed().toList());
  }

  private static void assertPauses(ScriptedSource scripted, boolean expected, String situation) {
    assertThat(expected && scripted.pauses().isEmpty())
        .withFailMessage(
            "%s.%nexpected: your method calls the pause that it is given%n"
                + " but was: no pause was called%nWho lets the time pass between two attempts?",
            situation)
        .isFalse();
  }

  // No cause: what it says of 53300 would send the reader after connections that were not closed.
  private Connection connect(DatabaseSettings settings, Pause pause, String state, String situation)
      throws InterruptedException {
    try {
      return answer().connectWithRetry(settings.dataSource(), 9, pause);
    } catch (SQLException e) {
      throw new AssertionError(
          "9 attempts are allowed; %s (SQLSTATE %s), and the first pause ends that.%n"
                  .formatted(situation, state)
              + "expected: a connection%n but was: %s (SQLSTATE %s)%nMay this pass by itself?"
                  .formatted(e.getMessage(), e.getSQLState()));
    }
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
