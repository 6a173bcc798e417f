package workbook.errors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;
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

  /** The answer to check, made anew. */
  Troubleshooter answer();

  @Check(exercise = "2.1", points = 2)
  default void diagnoses_what_the_server_refuses(
      FreshDatabase database, FreshDatabase other) throws SQLException {
    DatabaseSettings mine = database.settings();
    String user = mine.user();
    String theirs = other.settings().dbname();

    expect(Problem.WRONG_PASSWORD, Failures.of(login(mine, user, "wrong")));
    expect(Problem.WRONG_PASSWORD, Failures.of(login(mine, "nobody", "x")));
    expect(Problem.REJECTED, Failures.of(login(mine, user, "")));
    expect(Problem.NO_SUCH_DATABASE, Failures.of(mine.withDbname("gone")));
    expect(Problem.NO_PRIVILEGE, Failures.of(mine.withDbname(theirs)));
    other.closeToAll();
    expect(Problem.DATABASE_CLOSED, Failures.of(other.settings()));
    // What was refused so far may still be counted, so the limit comes second.
    try (Connection only = mine.dataSource().getConnection()) {
      database.limitSessions(1);
      expect(Problem.TOO_MANY_CONNECTIONS, Failures.of(mine));
      assertThat(only.isClosed()).isFalse();
    }
  }

  @Check(exercise = "2.1", points = 1)
  default void diagnoses_why_nobody_answered() throws IOException {
    // A name too long for a host: no name server is asked.
    String host = "nowhere".repeat(10);

    expect(Problem.NO_DRIVER, Failures.of("jdbc:postgres://localhost/books"));
    expect(Problem.BAD_URL, Failures.of("jdbc:postgresql:/books"));
    expect(
        Problem.UNKNOWN_HOST,
        Failures.of("jdbc:postgresql://" + host + "/books"));
    try (Socket deaf = FaultyServer.deaf();
        FaultyServer silent = FaultyServer.silent();
        FaultyServer hangsUp = FaultyServer.hangingUp();
        FaultyServer resets = FaultyServer.resetting();
        FaultyServer web = FaultyServer.web()) {
      int port = deaf.getLocalPort();
      expect(Problem.REFUSED, Failures.of(FaultyServer.at(port, LIBRARY)));
      expect(Problem.TIMED_OUT, Failures.of(silent.url("loginTimeout=0.2")));
      expect(
          Problem.TIMED_OUT,
          Failures.of(silent.url("sslmode=require&sslResponseTimeout=200")));
      expect(Problem.BROKEN_OFF, Failures.of(hangsUp.url("")));
      expect(Problem.BROKEN_OFF, Failures.of(resets.url("")));
      expect(Problem.NOT_POSTGRESQL, Failures.of(web.url("")));
    }
  }

  @Check(exercise = "2.1", points = 1)
  default void diagnoses_in_any_language(FreshDatabase database) throws IOException {
    // What PostgreSQL says with lc_messages set to German, French, Spanish.
    expect(
        Problem.WRONG_PASSWORD,
        "28P01",
        "Passwort-Authentifizierung für Benutzer »ann« fehlgeschlagen");
    expect(
        Problem.NO_SUCH_DATABASE,
        "3D000",
        "la base de données « books » n'existe pas");
    expect(
        Problem.NOT_ADMITTED,
        "28000",
        "no hay una línea en pg_hba.conf para «127.0.0.1»");
    expect(
        Problem.NOT_READY,
        "57P03",
        "das Datenbanksystem startet");
    // What the driver says in German: it translates its own messages.
    expect(
        Problem.REFUSED,
        new SQLException(
            "Verbindungsaufbau abgelehnt", "08001", new ConnectException()));
    expect(
        Problem.BROKEN_OFF,
        new SQLException("Eingabe-/Ausgabefehler", "08006", new IOException()));
    // And in English, of a database with an unfortunate name.
    expect(
        Problem.NO_SUCH_DATABASE,
        Failures.of(
            database
                .settings()
                .withDbname("password authentication failed, refused")));
  }

  @Check(exercise = "2.1", points = 1)
  default void diagnoses_nothing_into_other_failures(FreshDatabase database) {
    database.execute("CREATE TABLE books (title text PRIMARY KEY)");
    DatabaseSettings mine = database.settings();

    expect(Problem.OTHER, new SQLException("a failure without a state"));
    expect(
        Problem.OTHER,
        new PSQLException(
            "The connection attempt failed.",
            PSQLState.CONNECTION_UNABLE_TO_CONNECT,
            new GeneralSecurityException("no such key")));
    expect(Problem.OTHER, Failures.of(mine, "SELECT * FROM no_such_table"));
    expect(
        Problem.OTHER,
        Failures.of(mine, "INSERT INTO books VALUES ('Emma'), ('Emma')"));
  }

  private void expect(Problem expected, SQLException failure) {
    assertThat(answer().diagnose(failure))
        .as(
            "the diagnosis of %s, SQLSTATE %s, cause %s%n  (what it says: %s)",
            name(failure),
            failure.getSQLState(),
            name(failure.getCause()),
            failure.getMessage())
        .isEqualTo(expected);
  }

  private void expect(Problem expected, String sqlState, String message)
      throws IOException {
    try (FaultyServer server = FaultyServer.refusing(sqlState, message)) {
      expect(expected, Failures.of(server.url("")));
    }
  }

  static DatabaseSettings login(
      DatabaseSettings where, String user, String password) {
    return new DatabaseSettings(
        where.host(), where.port(), where.dbname(), user, password);
  }

  static String name(Throwable thrown) {
    return thrown == null ? "none" : thrown.getClass().getSimpleName();
  }
}
