package workbook.errors;

import static org.assertj.core.api.Assertions.assertThat;
import static workbook.errors.DiagnosisChecks.LIBRARY;
import static workbook.errors.DiagnosisChecks.login;

import java.io.IOException;
import java.net.Socket;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.postgresql.util.PSQLException;
import workbook.faults.Failures;
import workbook.faults.FaultyServer;
import workbook.faults.QuietServer;
import workbook.grading.Check;
import workbook.grading.FreshDatabase;
import workbook.support.DatabaseSettings;

/** Exercise 2.5: does it give up in time? */
interface TimeLimitChecks {
  /** The calls that hang besides those of {@code many}. */
  int OTHERS = 8;

  /** The answer to check, made anew. */
  Troubleshooter answer();

  // All wait side by side, so the check takes little more than one second.
  @Check(exercise = "2.5", points = 1)
  default void gives_up_on_a_server_that_never_answers(FreshDatabase database) throws Exception {
    DatabaseSettings mine = database.settings();
    CountDownLatch released = new CountDownLatch(1);
    CountDownLatch slowly = new CountDownLatch(1);
    int before = DriverManager.getLoginTimeout();
    Troubleshooter one = answer(); // for all the calls: none waits for another
    try (FaultyServer silent = FaultyServer.silent();
        FaultyServer noSsl = FaultyServer.silentAfterSsl();
        FaultyServer password = FaultyServer.silentAfterPassword();
        FaultyServer neverReady = FaultyServer.neverReady();
        FaultyServer late = FaultyServer.late(released, mine);
        FaultyServer slow = FaultyServer.late(slowly, mine);
        FaultyServer quiet = QuietServer.afterConnecting(mine)) {
      CompletableFuture<Connection> patient = patient(one, slow.settings(mine));
      ConnectingThread longer =
          new ConnectingThread(
              one, silent.settings(mine), 2, "the server accepted the call and says nothing");
      awaitCaller(slow);
      ConnectingThread good = connecting(one, mine, "the server answers at once");
      good.join();
      List<ConnectingThread> bad = new ArrayList<>();
      ConnectingThread beside =
          connecting(
              one,
              slow.settings(mine),
              "another call with the same settings may wait for 30, and the server says nothing");
      bad.add(
          connecting(
              one, silent.settings(LIBRARY), "the server accepted the call, and says nothing"));
      bad.add(
          connecting(one, noSsl.settings(LIBRARY), "the server has no SSL, and then says nothing"));
      bad.add(
          connecting(
              one,
              password.settings(LIBRARY),
              "the server asked for the password, and then says nothing"));
      bad.add(
          connecting(
              one,
              neverReady.settings(LIBRARY),
              "the server let the user in, and goes on sending settings, and is never ready"));
      bad.add(
          connecting(
              one, late.settings(mine), "the server accepted the call and says nothing for now"));
      bad.add(beside);
      ConnectingThread asking =
          connecting(
              one,
              quiet.settings(mine),
              "the server let the driver in, and says nothing to what is asked after that");
      List<ConnectingThread> more = many(one, silent.settings(LIBRARY));
      Thread.sleep(500);
      int meanwhile = DriverManager.getLoginTimeout();
      try (Connection connection = good.connection()) {
        for (ConnectingThread thread : bad) {
          thread.assertGaveUp();
        }
        asking.assertEnded();
        for (ConnectingThread other : more) {
          other.join();
        }
        assertNotHeldUp(one, mine); // while the slow server is silent, too
        slowly.countDown();
        assertPatient(patient);
        assertLoginTimeout(before, meanwhile);
        assertThat(connection.isValid(1))
            .as("isValid of the connection that was made at once, when 1 second had passed")
            .isTrue();
      }
      released.countDown();
      assertHungUp(late);
      longer.assertStillWaiting();
    } finally {
      released.countDown();
      slowly.countDown();
      // Else an answer that sets it for the whole program spoils other checks.
      DriverManager.setLoginTimeout(before);
    }
  }

  @Check(exercise = "2.5", points = 1)
  default void limits_nothing_but_connecting(FreshDatabase database) throws Exception {
    int before = DriverManager.getLoginTimeout();
    DatabaseSettings mine = database.settings();
    try {
      for (int seconds : new int[] {5, 3000, 86_400}) {
        try (Connection connection = connected(mine, seconds)) {
          assertUnlimited(connection, mine);
        }
        assertLoginTimeout(before, DriverManager.getLoginTimeout());
      }
      assertFails("28P01", login(mine, mine.user(), "wrong"), "the password is wrong");
      assertFails("3D000", mine.withDbname("gone"), "there is no such database");
      new Asking(answer()).assertAsksOnce();
      new Asking(answer()).assertAsksAsToldTo();
      try (Socket deaf = FaultyServer.deaf()) {
        DatabaseSettings refusing = FaultyServer.at(deaf.getLocalPort(), mine);
        PSQLException refused = assertFails("08001", refusing, "nothing listens on the port");
        assertThat(refused.getCause())
            .as("the cause of the exception, when nothing listens on the port")
            .isInstanceOf(java.net.ConnectException.class);
      }
    } finally {
      DriverManager.setLoginTimeout(before);
    }
  }

  private Connection connected(DatabaseSettings settings, int seconds) throws Exception {
    String situation = "the server answers at once";
    AtOnce atOnce =
        seconds == 5
            ? AtOnce.exactly(situation, "a connection")
            : AtOnce.roughly(situation, "a connection");
    return atOnce
        .call(
            () -> settings.dataSource().getConnection(),
            () -> answer().connectWithin(settings, seconds));
  }

  private PSQLException assertFails(String state, DatabaseSettings settings, String situation)
      throws Exception {
    String own = situation + ", and the driver says so long before the time is up";
    PSQLException thrown =
        AtOnce.roughly(own, "the driver's exception")
            .call(() -> Failures.of(settings), () -> Asking.failure(answer(), settings, own));
    assertThat(thrown.getSQLState())
        .as("the SQLSTATE of the exception: %s", own)
        .isEqualTo(state);
    Asking.assertNotWrapped(thrown, Failures.of(settings), situation);
    return thrown;
  }

  // With the others, these are the 30 calls of the contract: more than most pools have threads.
  private static List<ConnectingThread> many(Troubleshooter one, DatabaseSettings settings) {
    return IntStream.range(0, 30 - OTHERS)
        .mapToObj(other -> connecting(one, settings, "the server says nothing"))
        .toList();
  }

  private static void awaitCaller(FaultyServer server) throws InterruptedException {
    long end = System.nanoTime() + 1_500_000_000L;
    while (server.callers() == 0 && System.nanoTime() < end) {
      Thread.sleep(1);
    }
  }

  // Its server answers when the others, which had 1 second, have given up.
  private static CompletableFuture<Connection> patient(
      Troubleshooter answer, DatabaseSettings settings) {
    CompletableFuture<Connection> made = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                made.complete(answer.connectWithin(settings, 30));
              } catch (Throwable e) {
                made.completeExceptionally(e);
              }
            });
    thread.setDaemon(true);
    thread.start();
    return made;
  }

  private static void assertPatient(CompletableFuture<Connection> patient) throws Exception {
    try (Connection made = patient.get(20, TimeUnit.SECONDS)) {
      assertThat(made).as("what connectWithin returned, when the server was slow").isNotNull();
    } catch (ExecutionException e) {
      throw new AssertionError(
          "30 seconds were allowed, and the server answered after little more than 1.%n"
                  .formatted()
              + "expected: a connection%n but was: %s%nWhere does your limit come from?"
                  .formatted(e.getCause()),
          e.getCause());
    }
  }

  // The other calls' servers are silent still.
  private static void assertNotHeldUp(Troubleshooter answer, DatabaseSettings settings) {
    try (Connection made = answer.connectWithin(settings, 5)) {
      assertThat(made).as("what connectWithin returned, after other calls gave up").isNotNull();
    } catch (SQLException e) {
      throw new AssertionError(
          "Other calls gave up on servers that are silent still, and then one more call was for"
              + " a server that answers.%nexpected: a connection%n but was: %s%n".formatted(e)
              + "Does this call wait for the others?",
          e);
    }
  }

  private static ConnectingThread connecting(
      Troubleshooter answer, DatabaseSettings settings, String situation) {
    return new ConnectingThread(answer, settings, 1, situation);
  }

  private static void assertLoginTimeout(int expected, int seen) {
    assertThat(seen)
        .as("DriverManager's login timeout, which the whole program shares")
        .isEqualTo(expected);
  }

  private static void assertUnlimited(Connection connection, DatabaseSettings settings)
      throws SQLException {
    assertThat(connection).as("what connectWithin returned").isNotNull();
    assertThat(connection.getClass().getPackageName().startsWith("org.postgresql"))
        .as("whether connectWithin returned the driver's connection, with no other object before"
                + " it")
        .isTrue();
    assertThat(connection.getNetworkTimeout())
        .as("getNetworkTimeout() in milliseconds: any query that takes"
                + " longer would break the connection")
        .isZero();
    assertThat(connection.getAutoCommit() + ", " + connection.isReadOnly())
        .as("autocommit and read-only of the connection")
        .isEqualTo("true, false");
    try (Statement statement = connection.createStatement();
        ResultSet found =
            statement.executeQuery(
                "SELECT coalesce((SELECT string_agg(name || ' = ' || setting, ', ')"
                    + " FROM pg_settings WHERE name ~ 'timeout$'"
                    + " AND source IN ('client', 'session')), 'none'),"
                    + " current_user, current_database()")) {
      found.next();
      assertThat(found.getString(1))
          .as("timeouts of the server's that are set on the connection, such as"
                  + " statement_timeout: what takes longer would be cancelled")
          .isEqualTo("none");
      assertThat(found.getString(2) + ", " + found.getString(3))
          .as("user and database of the connection")
          .isEqualTo(settings.user() + ", " + settings.dbname());
    }
  }

  // The connection is made after the answer gave up; it may take a moment until it is closed.
  private static void assertHungUp(FaultyServer late) throws InterruptedException, IOException {
    long end = System.nanoTime() + 1_500_000_000L;
    while (late.callers() > 0 && System.nanoTime() < end) {
      Thread.sleep(2);
    }
    assertThat(late.callers())
        .withFailMessage(
            "When your method had given up, the server answered after all.%n"
                + "expected: the connection that comes too late is closed%n"
                + " but was: the server still has it%n"
                + "Who gets this connection, now that your method has thrown?")
        .isZero();
  }
}
