package workbook.grading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static workbook.support.Todo.todo;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.Events;
import org.postgresql.ds.PGSimpleDataSource;
import workbook.engine.databases.CheckDatabases;
import workbook.engine.trace.TracePart;
import workbook.support.DatabaseSettings;

class GradingExtensionTest {
  @Test
  void what_is_unwritten_is_aborted_even_if_another_thread_met_it_or_it_was_swallowed() {
    for (String check : List.of("unwritten", "unwritten_elsewhere", "unwritten_and_swallowed")) {
      TestExecutionResult result = run(check);

      assertThat(result.getStatus()).as(check).isEqualTo(Status.ABORTED);
      assertThat(result.getThrowable().orElseThrow())
          .as(check)
          .hasMessage("Exercise 9.1 is not written yet.");
    }
  }

  @Test
  void another_exercise_that_is_unwritten_is_named_with_the_one_that_uses_it() {
    assertThat(run("unwritten_below").getThrowable().orElseThrow())
        .hasMessage("9.1 is not written yet, and 9.3 uses it.");
  }

  @Test
  void a_check_that_does_not_end_is_timed_out() {
    CheckFailure failure = failure("endless");

    assertThat(failure.status()).isEqualTo(workbook.engine.protocol.Status.TIMED_OUT);
    assertThat(failure).hasMessageStartingWith("Your code was still running after 1 s");
  }

  @Test
  void a_check_that_moves_the_process_to_another_place_does_not_move_the_next() {
    Locale locale = Locale.getDefault();
    TimeZone zone = TimeZone.getDefault();

    TestExecutionResult result = run("moving");

    assertThat(result.getStatus()).isEqualTo(Status.SUCCESSFUL);
    assertThat(Locale.getDefault()).isEqualTo(locale);
    assertThat(Locale.getDefault(Locale.Category.FORMAT)).isEqualTo(locale);
    assertThat(TimeZone.getDefault()).isEqualTo(zone);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ar-EG", "fa-IR", "tr-TR", "th-TH-u-ca-buddhist-nu-thai"})
  void databases_are_made_in_every_language(String language) {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag(language));

      assertThat(failure("leaking")).hasMessageContaining("still sees 1 open connection");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void a_connection_that_stays_open_fails_the_check() {
    CheckFailure failure = failure("leaking");

    assertThat(failure.status()).isEqualTo(workbook.engine.protocol.Status.FAILED);
    assertThat(failure)
        .hasMessageContaining("still sees 1 open connection")
        .hasMessageContaining("idle in transaction, last statement: SELECT 7")
        .hasMessageContaining("try-with-resources");
  }

  @Test
  void a_connection_that_is_garbage_fails_the_check_as_well() {
    assertThat(failure("leaking_garbage"))
        .hasMessageContaining("still sees 2 open connections")
        .hasMessageContaining("  - PostgreSQL JDBC Driver, idle in transaction, last statement: ")
        .hasMessageContaining("1 of them was left in the middle of a transaction.");
  }

  @Test
  void a_session_that_has_run_nothing_has_no_last_statement() {
    assertThat(failure("leaking_unused"))
        .hasMessageContaining("still sees 1 open connection")
        .hasMessageNotContainingAny("last statement: \n", "middle of a transaction");
  }

  @Test
  void a_failure_of_the_server_is_told_with_its_state() {
    assertThat(failure("refused"))
        .hasMessageStartingWith("Your code threw PSQLException: ERROR: syntax error")
        .hasMessageEndingWith("SQLSTATE 42601: a syntax error in the SQL");
  }

  @Test
  void too_deep_a_recursion_is_a_crash() {
    assertThat(failure("recursion").status()).isEqualTo(workbook.engine.protocol.Status.CRASHED);
  }

  @Test
  @Timeout(30)
  void a_database_belongs_to_a_role_of_its_own_and_is_dropped_with_what_is_open() throws Exception {
    FreshDatabase database = new FreshDatabase(CheckDatabases.shared());
    DatabaseSettings settings = database.settings();
    String role =
        "SELECT rolsuper || ' ' || rolcreatedb || ' ' || rolcreaterole FROM pg_roles"
            + " WHERE rolname = current_user";
    assertThat(database.value(role)).isEqualTo("false false false");
    assertThat(
            database.value(
                "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname ="
                    + " current_database()"))
        .isEqualTo(settings.user());
    DatabaseSettings wrong =
        new DatabaseSettings(
            settings.host(), settings.port(), settings.dbname(), settings.user(), "wrong");
    assertThatThrownBy(() -> wrong.dataSource().getConnection())
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("28P01"));

    try (Connection open = settings.dataSource().getConnection()) {
      database.discard();
      CheckDatabases.shared().restock();

      await(() -> !open.isValid(1));
    }
    assertThatThrownBy(() -> settings.dataSource().getConnection())
        .isInstanceOf(SQLException.class);
  }

  @Test
  void a_prepared_database_is_as_new_and_its_limit_leaves_room_for_the_checks_own_session()
      throws Exception {
    PreparedDatabases prepared = new PreparedDatabases(CheckDatabases::shared);
    prepared.prepare();
    FreshDatabase database = prepared.take();
    DataSource learners = database.dataSource();

    assertThat(database.sessions()).isEmpty();
    assertThat(database.rows("SELECT relname FROM pg_class WHERE relname LIKE 'warm_up%'"))
        .isEmpty();
    database.limitSessions(1);
    try (Connection only = learners.getConnection()) {
      assertThat(only.isValid(1)).isTrue();
      assertThatThrownBy(learners::getConnection)
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("53300"));
    }
    database.discard();
  }

  @Test
  void a_learner_changes_nothing_that_is_the_checks_own_and_hides_no_session() throws Exception {
    FreshDatabase database = new FreshDatabase(CheckDatabases.shared());
    database.setUp("CREATE TABLE theirs (x integer)", "SET ROLE NONE");
    database.execute("CREATE TABLE ours (x integer)", "INSERT INTO theirs VALUES (1)");
    PGSimpleDataSource namesake = (PGSimpleDataSource) database.dataSource();
    namesake.setApplicationName(TracePart.OBSERVER);

    try (Connection learners = namesake.getConnection();
        Statement statement = learners.createStatement();
        Connection further = database.session()) {
      assertThat(further.isValid(1)).isTrue();
      assertThat(statement.executeUpdate("UPDATE theirs SET x = 2")).isEqualTo(1);
      for (String sql :
          List.of(
              "UPDATE ours SET x = 1",
              "ALTER TABLE ours DISABLE TRIGGER ALL",
              "SET ROLE " + database.value("SELECT session_user"),
              "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '"
                  + database.value("SELECT session_user")
                  + "'")) {
        assertThatThrownBy(() -> statement.execute(sql))
            .as(sql)
            .isInstanceOfSatisfying(
                SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"));
      }
      assertThat(database.sessions())
          .extracting(FreshDatabase.Session::application)
          .containsExactly(TracePart.OBSERVER);
    }
    database.discard();
  }

  @Test
  void what_the_last_checks_began_with_is_done_ahead_for_those_who_begin_with_it() {
    PreparedDatabases prepared = new PreparedDatabases(CheckDatabases::shared);
    String create = "CREATE TABLE times (t timestamptz)";
    String fill = "INSERT INTO times VALUES (clock_timestamp())";
    for (int check = 0; check < 4; check++) {
      FreshDatabase last = prepared.take();
      last.setUp(create, fill);
      prepared.remember(last);
      last.discard();
    }
    prepared.prepare();
    FreshDatabase same = prepared.take();
    FreshDatabase longer = prepared.take();
    FreshDatabase other = prepared.take();
    FreshDatabase none = prepared.take();

    String now = none.value("SELECT clock_timestamp()");
    same.setUp(create, fill);
    longer.setUp(create, fill, fill);
    other.setUp("CREATE TABLE letters (l text)");

    assertThat(since(now, same)).containsExactly("before");
    assertThat(since(now, longer)).containsExactly("before", "after");
    assertThat(tables(other)).containsExactly("letters");
    assertThat(tables(none)).isEmpty();
    assertThatThrownBy(() -> none.setUp(create)).isInstanceOf(IllegalStateException.class);
    List.of(same, longer, other, none).forEach(FreshDatabase::discard);
  }

  private static List<String> since(String time, FreshDatabase database) {
    String query = "SELECT CASE WHEN t < '%s' THEN 'before' ELSE 'after' END FROM times ORDER BY t";
    return database.rows(query.formatted(time)).stream().map(row -> row.get(0)).toList();
  }

  private static List<String> tables(FreshDatabase database) {
    return database
        .rows("SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace")
        .stream()
        .map(row -> row.get(0))
        .toList();
  }

  @Test
  void checks_run_in_the_order_of_exercises_and_of_the_source() {
    List<String> order =
        EngineTestKit.engine("junit-jupiter")
            .selectors(selectClass(MyOrdered.class))
            .execute()
            .testEvents()
            .finished()
            .stream()
            .map(event -> event.getTestDescriptor().getDisplayName())
            .toList();

    assertThat(order).containsExactly("9.2 zebra", "9.2 apple", "9.10 middle");
  }

  @Test
  void one_exercise_alone_runs_if_it_is_asked_for() {
    System.setProperty("exercise", "9.10");
    PrintStream console = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      Events tests =
          EngineTestKit.engine("junit-jupiter")
              .selectors(selectClass(MyOrdered.class))
              .execute()
              .testEvents();

      assertThat(
              tests.succeeded().stream().map(event -> event.getTestDescriptor().getDisplayName()))
          .containsExactly("9.10 middle");
      assertThat(tests.skipped().count()).isEqualTo(2);
      assertThat(printed.toString(StandardCharsets.UTF_8).lines())
          .containsExactly("9.10 middle: passed", "Points 1/1");
    } finally {
      System.setOut(console);
      System.clearProperty("exercise");
    }
  }

  @Test
  void an_exercise_that_is_not_there_is_an_error() {
    System.setProperty("exercise", "9.2,9.11");
    try {
      List<String> failures =
          EngineTestKit.engine("junit-jupiter")
              .selectors(selectClass(MyOrdered.class))
              .execute()
              .containerEvents()
              .failed()
              .stream()
              .flatMap(event -> event.getPayload(TestExecutionResult.class).stream())
              .flatMap(result -> result.getThrowable().stream())
              .map(thrown -> String.valueOf(thrown.getCause().getMessage()))
              .toList();

      assertThat(failures)
          .containsExactly("-Dexercise=9.11: MyOrdered has no such exercise; it has 9.2 to 9.10");
    } finally {
      System.clearProperty("exercise");
    }
  }

  // Used databases are dropped when nobody waits for the server.
  private static void await(Callable<Boolean> condition) throws Exception {
    while (!condition.call()) {
      Thread.sleep(5);
    }
  }

  private static CheckFailure failure(String check) {
    return (CheckFailure) run(check).getThrowable().orElseThrow();
  }

  private static TestExecutionResult run(String check) {
    return EngineTestKit.engine("junit-jupiter")
        .selectors(selectClass(Samples.class))
        .filters(
            (org.junit.platform.launcher.PostDiscoveryFilter)
                test ->
                    org.junit.platform.engine.FilterResult.includedIf(
                        !test.isTest()
                            || test.getDisplayName().endsWith(" " + check.replace('_', ' '))))
        .execute()
        .testEvents()
        .finished()
        .stream()
        .map(Event::getPayload)
        .map(payload -> (TestExecutionResult) payload.orElseThrow())
        .findFirst()
        .orElseThrow();
  }

  /** Checks whose "answers" stand in them; run by the tests above only. */
  @Graded
  static class Samples {
    @Check(exercise = "9.1", points = 1)
    void unwritten() {
      todo("9.1");
    }

    @Check(exercise = "9.1", points = 1)
    void unwritten_elsewhere() {
      CompletableFuture.runAsync(() -> todo("9.1")).handle((done, thrown) -> thrown).join();
    }

    @Check(exercise = "9.1", points = 1)
    void unwritten_and_swallowed() {
      assertThatThrownBy(() -> todo("9.1")).isInstanceOf(RuntimeException.class);
    }

    @Check(exercise = "9.3", points = 1)
    void unwritten_below() {
      todo("9.1");
    }

    @Check(exercise = "9.1", points = 1, deadline = 1)
    void endless() throws InterruptedException {
      synchronized (this) {
        wait();
      }
    }

    @Check(exercise = "9.1", points = 1)
    void moving(FreshDatabase database) {
      Locale.setDefault(Locale.forLanguageTag("ar-EG"));
      TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kathmandu"));
      database.sessions();
    }

    @Check(exercise = "9.1", points = 1)
    void leaking(FreshDatabase database) throws SQLException {
      Connection connection = database.dataSource().getConnection();
      connection.setAutoCommit(false);
      connection.createStatement().execute("SELECT 7");
    }

    @Check(exercise = "9.1", points = 1)
    void leaking_garbage(FreshDatabase database) throws Exception {
      leaking(database);
      Connection connection =
          DriverManager.getConnection(
              "jdbc:postgresql://%s:%s/%s"
                  .formatted(
                      database.settings().host(),
                      database.settings().port(),
                      database.settings().dbname()),
              database.settings().user(),
              database.settings().password());
      WeakReference<Connection> garbage = new WeakReference<>(connection);
      connection = null;
      for (int i = 0; i < 5; i++) {
        System.gc();
        Thread.sleep(20);
      }
      assertThat(garbage.get()).isNotNull();
    }

    @Check(exercise = "9.1", points = 1)
    void leaking_unused(FreshDatabase database) throws SQLException {
      database.dataSource().getConnection();
    }

    @Check(exercise = "9.1", points = 1)
    void refused(FreshDatabase database) throws SQLException {
      try (Connection connection = database.dataSource().getConnection()) {
        connection.createStatement().execute("SELEKT 7");
      }
    }

    @Check(exercise = "9.1", points = 1)
    void recursion() {
      recursion();
    }
  }

  /** Checks in an order that no alphabet gives. */
  @Graded
  static class MyOrdered {
    @Check(exercise = "9.2", points = 1)
    void zebra() {
      assertThat(1).isOne();
    }

    @Check(exercise = "9.10", points = 1)
    void middle() {
      assertThat(1).isOne();
    }

    @Check(exercise = "9.2", points = 1)
    void apple() {
      assertThat(1).isOne();
    }
  }
}
