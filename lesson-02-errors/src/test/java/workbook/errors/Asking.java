package workbook.errors;

import static org.assertj.core.api.Assertions.assertThat;
import static workbook.errors.DiagnosisChecks.LIBRARY;
import static workbook.errors.DiagnosisChecks.name;
import static workbook.grading.Errors.assertThrown;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.postgresql.util.PSQLException;
import workbook.faults.Failures;
import workbook.faults.FaultyServer;
import workbook.support.DatabaseSettings;

/** How often, and as whom, one answer asks a server that refuses it. */
final class Asking {
  // For a while or for good.
  private static final List<String> REFUSALS =
      List.of(
          "57P03", "53300", "57P01", "53400", "40001", "08006", "08P01",
          "58000", "XX000");

  private final Troubleshooter answer;

  Asking(Troubleshooter answer) {
    this.answer = answer;
  }

  /** What comes out of it. */
  static PSQLException failure(
      Troubleshooter answer, DatabaseSettings settings, String situation) {
    return assertThrown(
        situation,
        PSQLException.class,
        () -> answer.connectWithin(settings, 5).close());
  }

  /** Demands what the driver threw, with what the server said. */
  static void assertNotWrapped(PSQLException thrown, SQLException own,
      String situation) {
    boolean told = thrown.getServerErrorMessage() != null;
    boolean tells = ((PSQLException) own).getServerErrorMessage() != null;
    assertThat(name(thrown.getCause()) + told)
        .withFailMessage(
            "The driver's own exception, when %s.%n"
                + "expected: the cause %s, and %s%n"
                + " but was: the cause %s, and %s%n"
                + "Is it the object that the driver threw?",
            situation,
            name(own.getCause()),
            tells ? "a ServerErrorMessage" : "no ServerErrorMessage",
            name(thrown.getCause()),
            told ? "a ServerErrorMessage" : "no ServerErrorMessage")
        .isEqualTo(name(own.getCause()) + tells);
  }

  /** Demands one attempt: it is 2.6 that tries again. */
  void assertAsksOnce() throws Exception {
    for (String state : REFUSALS) {
      assertRefusedOnce(state);
    }
    assertHungUpOnce();
  }

  /** Demands the user, the database and the password of the settings. */
  void assertAsksAsToldTo() throws Exception {
    assertAsksAs("ann", "books", "owl");
    assertAsksAs(" a b&c=d?e ", "books", " &sslmode=require i%20j ");
  }

  private void assertRefusedOnce(String state) throws Exception {
    AtomicInteger refused = new AtomicInteger();
    try (FaultyServer server =
        FaultyServer.refusing(state, refused::incrementAndGet)) {
      String situation = "the server refuses each call with SQLSTATE " + state;
      PSQLException thrown =
          failure(answer, server.settings(LIBRARY), situation);
      assertThat(thrown.getSQLState())
          .as("the SQLSTATE, when %s", situation)
          .isEqualTo(state);
      assertThat(refused.get())
          .withFailMessage(
              "How often your method asked, when %s.%n"
                  + "expected: once%n but was: more than once%n"
                  + "Is anything tried a second time?",
              situation)
          .isEqualTo(1);
    }
  }

  // The driver itself may ask a second time, without encryption.
  private void assertHungUpOnce() throws IOException {
    AtomicInteger direct = new AtomicInteger();
    AtomicInteger asked = new AtomicInteger();
    try (FaultyServer one = FaultyServer.hangingUp(direct::incrementAndGet);
        FaultyServer other = FaultyServer.hangingUp(asked::incrementAndGet)) {
      SQLException own = Failures.of(one.settings(LIBRARY));
      PSQLException thrown =
          failure(answer, other.settings(LIBRARY), "the server hangs up");
      assertThat(thrown.getSQLState())
          .as("the SQLSTATE, when the server hangs up")
          .isEqualTo(own.getSQLState());
      assertThat(asked.get())
          .withFailMessage(
              "How often your method asked, when the server hangs up.%n"
                  + "expected: once%n but was: more than once%n"
                  + "Is anything tried a second time?")
          .isLessThanOrEqualTo(direct.get());
    }
  }

  private void assertAsksAs(String user, String dbname, String password)
      throws Exception {
    BlockingQueue<List<String>> heard = new LinkedBlockingQueue<>();
    try (FaultyServer server = FaultyServer.asking(heard::add)) {
      DatabaseSettings odd =
          server.settings(
              new DatabaseSettings("", 1, dbname, user, password));
      PSQLException thrown =
          failure(answer, odd, "the server refuses the password");
      assertThat(thrown.getSQLState())
          .as(
              "the SQLSTATE, when the server refuses the password: user \"%s\"",
              user)
          .isEqualTo("28P01");
    }
    assertThat(heard.poll(5, TimeUnit.SECONDS))
        .as("user, database and password that reached the server")
        .isEqualTo(List.of(user, dbname, password));
  }
}
