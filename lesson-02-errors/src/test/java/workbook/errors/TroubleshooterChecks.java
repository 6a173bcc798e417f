package workbook.errors;

import static org.assertj.core.api.Assertions.assertThat;
import static workbook.grading.Errors.assertThrown;

import java.io.IOException;
import java.net.Socket;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import workbook.errors.Troubleshooter.ConnectionWork;
import workbook.errors.Troubleshooter.Explanation;
import workbook.errors.Troubleshooter.Pause;
import workbook.errors.Troubleshooter.Problem;
import workbook.faults.Failures;
import workbook.faults.FaultyServer;
import workbook.faults.Intercepted;
import workbook.grading.Check;
import workbook.grading.Errors;
import workbook.grading.FreshDatabase;
import workbook.grading.Graded;
import workbook.support.DatabaseSettings;

/** The checks of lesson 2: real faults, on real servers and sockets. */
@Graded
abstract class TroubleshooterChecks {
  private static final DatabaseSettings LIBRARY =
      new DatabaseSettings("db.example", 5433, "books", "ann", "w1se+owl=%");

  abstract Troubleshooter answer();

  @Check(exercise = "2.1", points = 2)
  void diagnoses_what_the_server_refuses(
      FreshDatabase database, FreshDatabase other) throws SQLException {
    DatabaseSettings mine = database.settings();
    String user = mine.user();
    String theirs = other.settings().dbname();

    expect(Problem.WRONG_PASSWORD, Failures.of(login(mine, user, "wrong")));
    expect(Problem.WRONG_PASSWORD, Failures.of(login(mine, "nobody", "x")));
    expect(Problem.REJECTED, Failures.of(login(mine, user, "")));
    expect(Problem.NO_SUCH_DATABASE, Failures.of(mine.withDbname("gone")));
    expect(Problem.NO_PRIVILEGE, Failures.of(mine.withDbname(theirs)));
    other.administer("ALTER DATABASE " + theirs + " ALLOW_CONNECTIONS false");
    expect(Problem.DATABASE_CLOSED, Failures.of(other.settings()));
    database.administer("ALTER ROLE " + user + " CONNECTION LIMIT 1");
    try (Connection only = mine.dataSource().getConnection()) {
      expect(Problem.TOO_MANY_CONNECTIONS, Failures.of(mine));
      assertThat(only.isClosed()).isFalse();
    }
  }

  @Check(exercise = "2.1", points = 1)
  void diagnoses_why_nobody_answered() throws IOException {
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
  void diagnoses_in_any_language(FreshDatabase database) throws IOException {
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
    // And in English, of a database with an unfortunate name.
    expect(
        Problem.NO_SUCH_DATABASE,
        Failures.of(
            database
                .settings()
                .withDbname("password authentication failed, refused")));
  }

  @Check(exercise = "2.1", points = 1)
  void diagnoses_nothing_into_other_failures(FreshDatabase database) {
    database.execute("CREATE TABLE books (title text PRIMARY KEY)");
    DatabaseSettings mine = database.settings();

    expect(Problem.OTHER, new SQLException("a failure without a state"));
    expect(Problem.OTHER, Failures.of(mine, "SELECT * FROM no_such_table"));
    expect(
        Problem.OTHER,
        Failures.of(mine, "INSERT INTO books VALUES ('Emma'), ('Emma')"));
  }

  @Check(exercise = "2.2", points = 1)
  void explains_with_what_and_what_next() {
    for (Problem problem : Problem.values()) {
      Explanation text = explained(problem, LIBRARY);

      assertThat(text.failed()).as("failed, for %s", problem).isNotBlank();
      assertThat(text.next()).as("next, for %s", problem).isNotBlank();
      assertThat(text.with())
          .as("with, for %s: host, port, database and user", problem)
          .contains("db.example", "5433", "books", "ann");
    }
    Map.of(
            Problem.WRONG_PASSWORD, "password",
            Problem.NO_SUCH_DATABASE, "dbname",
            Problem.UNKNOWN_HOST, "host",
            Problem.REFUSED, "port")
        .forEach(
            (problem, key) ->
                assertThat(explained(problem, LIBRARY).next())
                    .as("next, for %s: the key to look at", problem)
                    .contains(key));
  }

  @Check(exercise = "2.2", points = 1)
  void explains_each_problem_in_its_own_words() {
    Map<String, Problem> told = new HashMap<>();
    for (Problem problem : Problem.values()) {
      String failed = explained(problem, LIBRARY).failed();
      Problem before = told.put(failed, problem);

      assertThat(before)
          .as("%s is told in the words of another: %s", problem, failed)
          .isNull();
    }
  }

  @Check(exercise = "2.2", points = 1)
  void explains_why_a_connection_was_rejected() {
    for (String none : new String[] {null, ""}) {
      assertThat(rejected(none))
          .as("failed, for REJECTED, when the password is %s", none == null ? "null" : "empty")
          .containsIgnoringCase("password");
    }
    assertThat(rejected("owl"))
        .as("failed, for REJECTED, although there is a password")
        .containsIgnoringCase("ssl")
        .isNotEqualTo(rejected(null));
  }

  @Check(exercise = "2.2", points = 1)
  void explains_without_the_password() {
    for (Problem problem : Problem.values()) {
      String text = explained(problem, LIBRARY).toString();

      assertThat(text.contains(LIBRARY.password()))
          .withFailMessage(
              "The explanation of %s shows the password to everybody who"
                  + " looks at the screen, or into a log.%nexpected: the other"
                  + " four settings%n but was: %s",
              problem, text.replace(LIBRARY.password(), "(the password)"))
          .isFalse();
    }
  }

  @Check(exercise = "2.3", points = 1)
  void closes_after_work_that_succeeds(FreshDatabase database)
      throws SQLException {
    DataSource source = database.dataSource();
    database.execute("CREATE TABLE books (title text PRIMARY KEY)");
    AtomicReference<Connection> seen = new AtomicReference<>();

    Integer rows =
        answer()
            .withConnection(
                source,
                connection -> {
                  seen.set(connection);
                  return insert(connection, "Emma");
                });

    assertThat(rows).as("what the work returned").isEqualTo(1);
    assertThat(database.value("SELECT title FROM books"))
        .as("the title that the work inserted, seen from outside")
        .isEqualTo("Emma");
    assertClosed(seen.get(), "the work had returned");
  }

  @Check(exercise = "2.3", points = 1)
  void closes_after_work_that_fails(FreshDatabase database)
      throws SQLException {
    Throwable[] failures = {
      new SQLException("the work failed"),
      new IllegalStateException("the work failed"),
      new LinkageError("the work failed")
    };
    for (Throwable failure : failures) {
      AtomicReference<Connection> seen = new AtomicReference<>();
      ConnectionWork<Integer> work =
          connection -> {
            seen.set(connection);
            return fail(failure);
          };

      assertThrows(
          failure,
          "the work threw it",
          () -> answer().withConnection(database.dataSource(), work));
      assertClosed(seen.get(), "the work had thrown " + name(failure));
    }
  }

  @Check(exercise = "2.3", points = 1)
  void keeps_the_first_failure(FreshDatabase database) {
    SQLException first = new SQLException("the work failed");
    SQLException second = new SQLException("closing failed");
    DataSource source =
        Intercepted.failingToClose(database.dataSource(), second);

    assertThrows(
        first,
        "the work threw it, and then closing failed too",
        () -> answer().withConnection(source, connection -> fail(first)));
    assertThat(Arrays.toString(first.getSuppressed()))
        .as("the failure to close, in getSuppressed() of the first failure")
        .isEqualTo("[" + second + "]");
  }

  @Check(exercise = "2.3", points = 1)
  void hides_no_failure_to_open_or_close(FreshDatabase database) {
    DatabaseSettings wrong = database.settings().withDbname("gone");
    AtomicInteger calls = new AtomicInteger();
    ConnectionWork<Integer> work = connection -> calls.incrementAndGet();
    SQLException broken = new SQLException("closing failed");
    DataSource source =
        Intercepted.failingToClose(database.dataSource(), broken);

    assertState(
        "3D000",
        "there is no such database",
        () -> answer().withConnection(wrong.dataSource(), work));
    assertThrows(
        broken,
        "closing threw it, after work that succeeded",
        () -> answer().withConnection(source, work));
    assertThat(calls.get()).as("how often the work was called").isEqualTo(1);
  }

  @Check(exercise = "2.4", points = 1)
  void closes_the_handle(FreshDatabase database) throws SQLException {
    Jdbi jdbi = Jdbi.create(database.dataSource());
    AtomicReference<Connection> seen = new AtomicReference<>();

    String user =
        answer()
            .withHandle(
                jdbi,
                handle -> {
                  seen.set(handle.getConnection());
                  return handle
                      .createQuery("SELECT current_user")
                      .mapTo(String.class)
                      .one();
                });

    assertThat(user)
        .as("what the work returned")
        .isEqualTo(database.settings().user());
    assertClosed(seen.get(), "the work had returned");
  }

  @Check(exercise = "2.4", points = 1)
  void brings_out_what_jdbi_wrapped(FreshDatabase database) {
    DatabaseSettings wrong = database.settings().withDbname("gone");
    Jdbi lost = Jdbi.create(wrong.dataSource());
    Jdbi jdbi = Jdbi.create(database.dataSource());
    IllegalStateException own = new IllegalStateException("the work failed");

    assertState(
        "3D000",
        "Jdbi could not connect, and threw a ConnectionException",
        () -> answer().withHandle(lost, handle -> "connected"));
    assertState(
        "42P01",
        "a statement failed, and Jdbi threw UnableToExecuteStatementException",
        () -> answer().withHandle(jdbi, h -> h.execute("TABLE no_such")));
    assertThrown(
        "Jdbi threw it by itself, without an SQLException among the causes",
        JdbiException.class,
        () ->
            answer()
                .withHandle(
                    jdbi, h -> h.createUpdate("SELECT :no_value").execute()));
    assertThrows(
        own,
        "the work threw it",
        () -> answer().withHandle(jdbi, handle -> fail(own)));
  }

  @Check(exercise = "2.5", points = 1, deadline = 5)
  void gives_up_on_a_server_that_never_answers() throws IOException {
    try (FaultyServer silent = FaultyServer.silent()) {
      DatabaseSettings settings = silent.settings(LIBRARY);
      long start = System.nanoTime();

      assertState(
          "08001",
          "the server accepted the call and never answered",
          () -> answer().connectWithin(settings, 1));

      assertThat(Duration.ofNanos(System.nanoTime() - start).toMillis())
          .as(
              "milliseconds until it gave up, when 1 second was allowed: is"
                  + " the limit on connecting as a whole, or on each wait?")
          .isBetween(900L, 1900L);
    }
  }

  @Check(exercise = "2.5", points = 1)
  void limits_nothing_but_connecting(FreshDatabase database)
      throws SQLException {
    int before = DriverManager.getLoginTimeout();
    DatabaseSettings settings = database.settings();

    try (Connection connection = answer().connectWithin(settings, 5)) {
      assertUsable(connection, "the server answers in time");
      assertThat(connection.getNetworkTimeout())
          .as(
              "getNetworkTimeout() in milliseconds: any query that takes"
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
  void gets_in_at_the_third_attempt(FreshDatabase database)
      throws Exception {
    List<Long> pauses = new ArrayList<>();
    try (FaultyServer server =
        FaultyServer.recovering(2, "57P03", database.settings())) {
      DataSource source = server.settings(database.settings()).dataSource();

      try (Connection connection =
          answer().connectWithRetry(source, 5, noting(pauses))) {
        assertUsable(connection, "the server refused twice with 57P03");
      }

      assertThat(pauses)
          .as("the pauses, in milliseconds, on a server that is starting up"
              + " (57P03) and answers the third call")
          .containsExactly(100L, 200L);
    }
  }

  @Check(exercise = "2.6", points = 1)
  void outlasts_refusals_and_full_servers(FreshDatabase database)
      throws Exception {
    DatabaseSettings mine = database.settings();
    Socket deaf = FaultyServer.deaf();
    int port = deaf.getLocalPort();
    List<FaultyServer> started = new ArrayList<>();
    Pause start =
        time -> {
          if (started.isEmpty()) {
            started.add(FaultyServer.starting(deaf, mine));
          }
        };
    database.administer("ALTER ROLE " + mine.user() + " CONNECTION LIMIT 1");
    Connection only = mine.dataSource().getConnection();
    Pause leave = time -> leave(only, database);

    try (Connection connection =
        answer().connectWithRetry(mine.dataSource(), 9, leave)) {
      assertUsable(connection, "53300, and then somebody else left");
    }
    database.administer("ALTER ROLE " + mine.user() + " CONNECTION LIMIT -1");
    DataSource late = FaultyServer.at(port, mine).dataSource();
    try (Connection connection = answer().connectWithRetry(late, 9, start)) {
      assertUsable(connection, "a refusal, and then the server started");
    } finally {
      for (FaultyServer server : started) {
        server.close();
      }
    }
  }

  @Check(exercise = "2.6", points = 1)
  void never_tries_again_in_vain(FreshDatabase database) {
    DatabaseSettings mine = database.settings();

    assertAttempts(1, login(mine, mine.user(), "wrong"), 5, "28P01");
    assertAttempts(1, mine.withDbname("gone"), 5, "3D000");
  }

  @Check(exercise = "2.6", points = 1)
  void gives_up_after_the_last_attempt() throws IOException {
    try (FaultyServer server = FaultyServer.refusing("57P03", "starting up")) {
      DatabaseSettings never = server.settings(LIBRARY);

      List<Long> pauses = assertAttempts(4, never, 4, "57P03");

      assertThat(pauses)
          .as("the pauses between 4 attempts, in milliseconds")
          .containsExactly(100L, 200L, 400L);
      assertThat(assertAttempts(1, never, 1, "57P03"))
          .as("the pauses when there is 1 attempt")
          .isEmpty();
    }
  }

  @Check(exercise = "2.6", points = 1)
  void stops_when_interrupted() throws IOException {
    try (FaultyServer server = FaultyServer.refusing("57P03", "starting up")) {
      AtomicInteger attempts = new AtomicInteger();
      DataSource source =
          Intercepted.announced(
              server.settings(LIBRARY).dataSource(), attempts::incrementAndGet);
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

  private Explanation explained(Problem problem, DatabaseSettings settings) {
    Explanation explanation = answer().explain(problem, settings);
    assertThat(explanation).as("explain(%s, ...)", problem).isNotNull();
    return explanation;
  }

  private String rejected(String password) {
    DatabaseSettings settings = login(LIBRARY, "ann", password);
    return explained(Problem.REJECTED, settings).failed();
  }

  private List<Long> assertAttempts(
      int expected, DatabaseSettings settings, int allowed, String sqlState) {
    AtomicInteger attempts = new AtomicInteger();
    List<Long> pauses = new ArrayList<>();
    DataSource source =
        Intercepted.announced(
            settings.dataSource(), attempts::incrementAndGet);

    assertState(
        sqlState,
        "every attempt failed with it",
        () -> answer().connectWithRetry(source, allowed, noting(pauses)));
    assertThat(attempts.get())
        .as("attempts made, of %d allowed, when each fails with SQLSTATE %s"
            + " (can waiting help?)", allowed, sqlState)
        .isEqualTo(expected);
    return pauses;
  }

  private static void assertState(
      String sqlState, String situation, Errors.Action action) {
    SQLException thrown =
        assertThrown(situation, SQLException.class, action);
    assertThat(thrown.getSQLState())
        .as("the SQLSTATE of the exception, when %s", situation)
        .isEqualTo(sqlState);
  }

  // Not isSameAs: its message is two stack traces.
  private static void assertThrows(
      Throwable expected, String situation, Errors.Action action) {
    Throwable thrown =
        assertThrown(situation, expected.getClass(), action);
    if (thrown != expected) {
      throw new AssertionError(
          "Another exception came out: %s.%nexpected: %s%n but was: %s"
              .formatted(situation, expected, thrown),
          thrown);
    }
  }

  private static void assertUsable(Connection connection, String situation)
      throws SQLException {
    assertThat(connection).as("a connection: %s", situation).isNotNull();
    assertThat(connection.isValid(1))
        .as("connection.isValid(): %s", situation)
        .isTrue();
  }

  private static void assertClosed(Connection connection, String when)
      throws SQLException {
    assertThat(connection != null && connection.isClosed())
        .withFailMessage(
            "The connection is still open.%nexpected: closed after %s%n"
                + " but was: open%nWhich ways lead out of your method?",
            when)
        .isTrue();
  }

  private static <T> T fail(Throwable failure) throws SQLException {
    if (failure instanceof SQLException e) {
      throw e;
    }
    if (failure instanceof RuntimeException e) {
      throw e;
    }
    throw (Error) failure;
  }

  private static Integer insert(Connection connection, String title)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("INSERT INTO books VALUES (?)")) {
      statement.setString(1, title);
      return statement.executeUpdate();
    }
  }

  private static void leave(Connection connection, FreshDatabase database)
      throws InterruptedException {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException("The other connection will not end", e);
    }
    while (!database.sessions().isEmpty()) {
      Thread.sleep(1);
    }
  }

  private static Pause noting(List<Long> pauses) {
    return time -> pauses.add(time.toMillis());
  }

  private static DatabaseSettings login(
      DatabaseSettings where, String user, String password) {
    return new DatabaseSettings(
        where.host(), where.port(), where.dbname(), user, password);
  }

  private static String name(Throwable thrown) {
    return thrown == null ? "none" : thrown.getClass().getSimpleName();
  }
}
