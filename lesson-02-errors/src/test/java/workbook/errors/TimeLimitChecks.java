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
import java.util.concurrent.CountDownLatch;
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
    int before = DriverManager.getLoginTimeout();
    try (FaultyServer silent = FaultyServer.silent();
        FaultyServer noSsl = FaultyServer.silentAfterSsl();
        FaultyServer password = FaultyServer.silentAfterPassword();
        FaultyServer neverReady = FaultyServer.neverReady();
        FaultyServer late = FaultyServer.late(released, mine)) {
      ConnectingThread good = connecting(mine, "the server answers at once");
      good.join();
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
        assertLoginTimeout(before, meanwhile);
        assertThat(connection.isValid(1))
            .as("isValid of the connection that was made at once, when 1 second had passed")
            .isTrue();
      }
      released.countDown();
      assertHungUp(late);
    } finally {
      released.countDown();
      // Else an answer that sets it for the whole program spoils other checks.
      DriverManager.setLoginTimeout(before);
    }
  }

  @Check(exercise = "2.5", points = 1)
  default void limits_nothing_but_connecting(FreshDatabase database) throws Exception {
    int before = DriverManager.getLoginTimeout();
    DatabaseSettings mine = database.settings();
    try {
      for (int seconds : new int[] {5, 3000}) {
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
    PSQLException thrown =
        assertThrown(own, PSQLException.class, () -> answer().connectWithin(settings, 5).close());
    assertThat(thrown.getSQLState())
        .as("the SQLSTATE of the exception: %s", own)
        .isEqualTo(state);
    return thrown;
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
                "SELECT current_setting('statement_timeout'), current_user, current_database()")) {
      found.next();
      assertThat(found.getString(1))
          .as("the server's statement_timeout on the connection: any query that takes"
                  + " longer would be cancelled")
          .isEqualTo("0");
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
