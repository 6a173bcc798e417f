package workbook.errors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import workbook.errors.Troubleshooter.Problem;
import workbook.faults.Failures;
import workbook.faults.FaultyServer;
import workbook.grading.Check;
import workbook.grading.FreshDatabase;
import workbook.support.DatabaseSettings;

/** Exercise 2.1: which failure was it? */
interface DiagnosisChecks {
  /** Settings of a server that no check calls. */
  DatabaseSettings LIBRARY =
      new DatabaseSettings("db.example", 5433, "books", "ann", "w1se+owl=%");

  /** What generated failures are made from. */
  long SEED = 21;

  /** The answer to check, made anew. */
  Troubleshooter answer();

  @Check(exercise = "2.1", points = 3)
  default void diagnoses_what_the_server_refuses(
      FreshDatabase database, FreshDatabase other) throws SQLException, IOException {
    DatabaseSettings mine = database.settings();
    String user = mine.user();
    String theirs = other.settings().dbname();

    // What PostgreSQL says with lc_messages set to German and Spanish.
    expect(
        Problem.WRONG_PASSWORD,
        "28P01",
        "Passwort-Authentifizierung für Benutzer »ann« fehlgeschlagen");
    expect(
        Problem.NOT_ADMITTED,
        "28000",
        "no hay una línea en pg_hba.conf para «127.0.0.1»");
    expect(Problem.NOT_READY, "57P03", "das Datenbanksystem startet");
    expect(Problem.WRONG_PASSWORD, Failures.of(login(mine, user, "wrong")));
    expect(Problem.WRONG_PASSWORD, Failures.of(login(mine, "nobody", "x")));
    expect(Problem.REJECTED, Failures.of(login(mine, user, "")));
    expect(
        Problem.NO_SUCH_DATABASE,
        Failures.of(mine.withDbname("password authentication failed, refused")));
    expect(Problem.NO_PRIVILEGE, Failures.of(mine.withDbname(theirs)));
    other.closeToAll();
    expect(Problem.DATABASE_CLOSED, Failures.of(other.settings()));
    // What was refused so far may still be counted, so the limit comes second.
    try (Connection only = mine.dataSource().getConnection()) {
      database.limitSessions(1);
      expect(Problem.TOO_MANY_CONNECTIONS, Failures.of(mine));
      assertThat(only.isClosed()).isFalse();
    }
    expectAll(GeneratedFailures.listed(SEED));
  }

  @Check(exercise = "2.1", points = 1)
  default void diagnoses_why_nobody_answered() throws IOException {
    // A name too long for a host: no name server is asked.
    String host = "nowhere".repeat(10);

    try (Socket deaf = FaultyServer.deaf();
        FaultyServer silent = FaultyServer.silent();
        FaultyServer hangsUp = FaultyServer.hangingUp();
        FaultyServer resets = FaultyServer.resetting();
        FaultyServer web = FaultyServer.web()) {
      // These two take a while, each by itself.
      CompletableFuture<SQLException> login =
          CompletableFuture.supplyAsync(() -> Failures.of(silent.url("loginTimeout=0.05")));
      CompletableFuture<SQLException> ssl =
          CompletableFuture.supplyAsync(
              () -> Failures.of(silent.url("sslmode=require&sslResponseTimeout=50")));
      int port = deaf.getLocalPort();

      expect(Problem.NO_DRIVER, Failures.of("jdbc:postgres://localhost/books"));
      expect(Problem.BAD_URL, Failures.of("jdbc:postgresql:/books"));
      expect(
          Problem.UNKNOWN_HOST,
          Failures.of("jdbc:postgresql://" + host + "/books"));
      expect(Problem.REFUSED, Failures.of(FaultyServer.at(port, LIBRARY)));
      expect(Problem.BROKEN_OFF, Failures.of(hangsUp.url("")));
      expect(Problem.BROKEN_OFF, Failures.of(resets.url("")));
      expect(Problem.NOT_POSTGRESQL, Failures.of(web.url("")));
      expect(Problem.TIMED_OUT, login.join());
      expect(Problem.TIMED_OUT, ssl.join());
    }
  }

  @Check(exercise = "2.1", points = 1)
  default void diagnoses_nothing_into_other_failures(FreshDatabase database) {
    database.setUp("CREATE TABLE books (title text PRIMARY KEY)");
    DatabaseSettings mine = database.settings();

    expect(Problem.OTHER, Failures.of(mine, "SELECT * FROM no_such_table"));
    expect(
        Problem.OTHER,
        Failures.of(mine, "INSERT INTO books VALUES ('Emma'), ('Emma')"));
    expectAll(GeneratedFailures.others(SEED));
  }

  private void expectAll(List<GeneratedFailures.Case> cases) {
    Troubleshooter answer = answer();
    for (GeneratedFailures.Case one : cases) {
      expect(answer, one.expected(), one.failure());
    }
  }

  private void expect(Problem expected, SQLException failure) {
    expect(answer(), expected, failure);
  }

  private static void expect(Troubleshooter answer, Problem expected, SQLException failure) {
    Problem problem;
    try {
      problem = answer.diagnose(failure);
    } catch (Exception e) {
      throw new AssertionError(
          "diagnose has no answer to %s.%nexpected: %s%n but was: %s%n%s"
              .formatted(told(failure), expected, name(e), idea(failure, expected)),
          e);
    }
    if (problem != expected) {
      throw new AssertionError(
          "The diagnosis of %s.%nexpected: %s%n but was: %s%n%s"
              .formatted(told(failure), expected, problem, idea(failure, expected)));
    }
  }

  private void expect(Problem expected, String sqlState, String message)
      throws IOException {
    try (FaultyServer server = FaultyServer.refusing(sqlState, message)) {
      expect(expected, Failures.of(server.url("")));
    }
  }

  private static String told(SQLException failure) {
    Throwable cause = failure.getCause();
    String below =
        cause == null || cause.getCause() == null
            ? ""
            : ", which has the cause " + name(cause.getCause());
    String message = failure.getMessage();
    return "%s, %s, cause %s%s%n  (what it says: %s)"
        .formatted(
            name(failure),
            failure.getSQLState() == null
                ? "which has no SQLSTATE (null)"
                : "SQLSTATE " + failure.getSQLState(),
            name(cause),
            below,
            message == null ? "null" : message.lines().findFirst().orElse("nothing"));
  }

  private static String idea(SQLException failure, Problem expected) {
    String state = failure.getSQLState();
    if (state == null) {
      return "A failure may come without a state. What can be told then?";
    }
    if (state.equals("08001")) {
      return failure.getCause() == null
          ? "For 08001 without a cause, the class of the exception itself decides."
          : ideaOfCause(failure.getCause(), expected);
    }
    return FailureParts.STATES.containsKey(state)
        ? "Does this state need a look at the cause, or at the message?"
        : "Which of the problems is listed with exactly this state?";
  }

  private static String ideaOfCause(Throwable cause, Problem expected) {
    if (expected == Problem.OTHER) {
      return "For 08001, the class of getCause() decides. Is it one of those listed, or a subclass"
          + " of one?";
    }
    if (cause.getCause() != null) {
      return "For 08001, the class of getCause() decides, and not that of the cause's own cause.";
    }
    return name(cause).startsWith("a subclass")
        ? "For 08001, the class of getCause() decides. A subclass counts as the class above it."
        : "For 08001, the class of getCause() decides. Which class is the narrowest?";
  }

  static DatabaseSettings login(
      DatabaseSettings where, String user, String password) {
    return new DatabaseSettings(
        where.host(), where.port(), where.dbname(), user, password);
  }

  /** The state, behind the name of a failure. */
  static String state(SQLException failure) {
    String state = failure.getSQLState();
    return state == null ? " (no SQLSTATE)" : " (SQLSTATE " + state + ")";
  }

  static String name(Throwable thrown) {
    return thrown == null ? "none" : Namesakes.name(thrown.getClass());
  }
}
