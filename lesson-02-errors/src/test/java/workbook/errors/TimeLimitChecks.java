package workbook.errors;

import static org.assertj.core.api.Assertions.assertThat;
import static workbook.errors.DiagnosisChecks.LIBRARY;
import static workbook.errors.DiagnosisChecks.login;
import static workbook.grading.Errors.assertThrown;

import java.io.IOException;
import java.net.Socket;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.postgresql.util.PSQLException;
import workbook.faults.FaultyServer;
import workbook.grading.Check;
import workbook.grading.FreshDatabase;
import workbook.support.DatabaseSettings;

/** Exercise 2.5: does it give up in time? */
interface TimeLimitChecks {
  /** The answer to check, made anew. */
  Troubleshooter answer();

  // All wait side by side, so the check takes little more than one second.
  @Check(exercise = "2.5", points = 1)
  default void gives_up_on_a_server_that_never_answers(FreshDatabase database) throws Exception {
    DatabaseSettings mine = database.settings();
    CountDownLatch released = new CountDownLatch(1);
    CountDownLatch slowly = new CountDownLatch(1);
    int before = DriverManager.getLoginTimeout();
    try (FaultyServer silent = FaultyServer.silent();
        FaultyServer noSsl = FaultyServer.silentAfterSsl();
        FaultyServer password = FaultyServer.silentAfterPassword();
        FaultyServer neverReady = FaultyServer.neverReady();
        FaultyServer late = FaultyServer.late(released, mine);
        FaultyServer slow = FaultyServer.late(slowly, mine)) {
      ConnectingThread good = connecting(mine, "the server answers at once");
      good.join();
      CompletableFuture<Connection> patient = patient(slow.settings(mine));
      ConnectingThread[] bad = {
        connecting(silent.settings(LIBRARY), "the server accepted the call and says nothing"),
        connecting(noSsl.settings(LIBRARY), "the server has no SSL, and then says nothing"),
        connecting(
            password.settings(LIBRARY), "the server asked for the password, and then says nothing"),
        connecting(
            neverReady.settings(LIBRARY),
            "the server let the user in, and goes on sending settings, and is never ready"),
        connecting(late.settings(mine), "the server accepted the call and says nothing for now")
      };
      Thread.sleep(500);
      int meanwhile = DriverManager.getLoginTimeout();
      try (Connection connection = good.connection()) {
        for (ConnectingThread one : bad) {
          one.assertGaveUp();
        }
        assertNotHeldUp(mine); // while the slow server is silent, too
        slowly.countDown();
        assertPatient(patient);
        assertLoginTimeout(before, meanwhile);
        assertThat(connection.isValid(1))
            .as("isValid of the connection that was made at once, when 1 second had passed")
            .isTrue();
      }
      released.countDown();
      assertHungUp(late);
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
        try (Connection connection = answer().connectWithin(mine, seconds)) {
          assertUnlimited(connection, mine);
        }
        assertLoginTimeout(before, DriverManager.getLoginTimeout());
      }
      assertFails("28P01", login(mine, mine.user(), "wrong"), "the password is wrong");
      assertFails("3D000", mine.withDbname("gone"), "there is no such database");
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

  private PSQLException assertFails(String state, DatabaseSettings settings, String situation) {
    String own = situation + ", and the driver says so long before the time is up";
    long start = System.nanoTime();
    PSQLException thrown =
        assertThrown(own, PSQLException.class, () -> answer().connectWithin(settings, 5).close());
    assertThat(System.nanoTime() - start)
        .withFailMessage(
            "5 seconds were allowed; %s.%nexpected: the driver's exception, at once%n"
                + " but was: when the time was up%nIs anything tried a second time?",
            own)
        .isLessThan(4_900_000_000L);
    assertThat(thrown.getSQLState())
        .as("the SQLSTATE of the exception: %s", own)
        .isEqualTo(state);
    return thrown;
  }

  // Its server answers when the others, which had 1 second, have given up.
  private CompletableFuture<Connection> patient(DatabaseSettings settings) {
    Troubleshooter answer = answer();
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
  private void assertNotHeldUp(DatabaseSettings settings) {
    try (Connection made = answer().connectWithin(settings, 5)) {
      assertThat(made).as("what connectWithin returned, after other calls gave up").isNotNull();
    } catch (SQLException e) {
      throw new AssertionError(
          "Other calls gave up on servers that are silent still, and then one more call was for"
              + " a server that answers.%nexpected: a connection%n but was: %s%n".formatted(e)
              + "Does this call wait for the others?",
          e);
    }
  }

  private ConnectingThread connecting(DatabaseSettings settings, String situation) {
    return new ConnectingThread(answer(), settings, situation);
  }

  private static void assertLoginTimeout(int expected, int seen) {
    assertThat(seen)
        .as("DriverManager's login timeout, which the whole program shares")
        .isEqualTo(expected);
  }

  private static void assertUnlimited(Connection connection, DatabaseSettings settings)
      throws SQLException {
    assertThat(connection).as("what connectWithin returned").isNotNull();
    assertThat(connection.getNetworkTimeout())
        .as("getNetworkTimeout() in milliseconds: any query that takes"
                + " longer would break the connection")
        .isZero();
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
