package workbook.engine.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.OutputStream;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.postgresql.PGConnection;
import workbook.engine.databases.CheckDatabases;
import workbook.engine.postgres.ThrowawayServer;
import workbook.engine.trace.drawing.MermaidTrace;
import workbook.engine.trace.drawing.TraceText;
import workbook.support.DatabaseSettings;

/** What a trace shows of real sessions on a real server. */
@TestInstance(Lifecycle.PER_CLASS)
class TraceTest {
  private ThrowawayServer server;
  private CheckDatabases databases;
  private Trace trace;
  private ServerTrace traced;
  private DatabaseSettings database;

  @BeforeAll
  void open_a_server() {
    server = ThrowawayServer.open(ThrowawayServer.configured(), System.err::println);
    databases = new CheckDatabases(server);
  }

  @BeforeEach
  void trace_a_new_database() throws SQLException {
    DatabaseSettings direct = databases.take().settings();
    try (Connection setUp = direct.dataSource().getConnection()) {
      run(setUp, "CREATE TABLE books (id integer PRIMARY KEY, title text)");
      run(setUp, "INSERT INTO books VALUES (1, 'Momo'), (2, 'Emma')");
    }
    trace = new Trace();
    traced = ServerTrace.start(server.admin(), trace, user -> true);
    database =
        new DatabaseSettings(
            "127.0.0.1", traced.port(), direct.dbname(), direct.user(), direct.password());
  }

  @AfterEach
  void end_the_trace() {
    traced.close();
  }

  @AfterAll
  void close_the_server() {
    databases.close();
    server.close();
  }

  @Test
  void a_statement_stands_with_its_values_and_its_answer() throws Exception {
    try (Connection connection = database.dataSource().getConnection();
        PreparedStatement query =
            connection.prepareStatement("SELECT title\nFROM books  WHERE id = ? AND title <> ?")) {
      query.setInt(1, 2);
      query.setString(2, "O'Hara");
      query.executeQuery().close();
    }

    await("nothing left open");
    assertThat(lines())
        .anyMatch(
            line ->
                line.endsWith(
                    "SELECT title FROM books WHERE id = $1 AND title <> $2  (2, 'O''Hara')  1 row:"
                        + " 'Emma'"))
        .last()
        .asString()
        .contains("1 session · 1 round trip · each statement committed by itself · nothing left");
  }

  @Test
  void a_batch_is_one_round_trip() throws Exception {
    try (Connection connection = database.dataSource().getConnection();
        PreparedStatement insert =
            connection.prepareStatement("INSERT INTO books VALUES (?, 'x')")) {
      for (int id = 100; id < 207; id++) {
        insert.setInt(1, id);
        insert.addBatch();
      }
      insert.executeBatch();
    }

    assertThat(lines())
        .anyMatch(line -> line.contains("batch of 107: INSERT INTO books VALUES ($1, 'x')"))
        .anyMatch(line -> line.contains("1 round trip ·"));
  }

  @Test
  void a_loop_is_folded_and_its_trips_are_counted() throws Exception {
    try (Connection connection = database.dataSource().getConnection();
        PreparedStatement insert =
            connection.prepareStatement("INSERT INTO books VALUES (?, 'x')")) {
      for (int id = 100; id < 207; id++) {
        insert.setInt(1, id);
        insert.executeUpdate();
      }
    }

    assertThat(lines())
        .anyMatch(line -> line.contains("... (104 more like this)"))
        .anyMatch(line -> line.contains("107 round trips"));
  }

  @Test
  void a_fetch_size_shows_as_portions() throws Exception {
    try (Connection connection = database.dataSource().getConnection();
        Statement query = connection.createStatement()) {
      connection.setAutoCommit(false);
      query.setFetchSize(7);
      try (ResultSet rows = query.executeQuery("SELECT * FROM generate_series(1, 17)")) {
        while (rows.next()) {
          rows.getInt(1);
        }
      }
      connection.commit();
    }

    assertThat(lines())
        .anyMatch(line -> line.contains("fetch 7 of: SELECT") && line.contains("more to come"))
        .anyMatch(line -> line.contains("fetch 7 more of: SELECT") && line.contains("3 rows"))
        .noneMatch(line -> line.contains("in one answer"))
        .anyMatch(line -> line.contains("1 transaction, committed"));
  }

  @Test
  void that_a_query_is_not_fetched_in_portions_is_told() throws Exception {
    try (Connection connection = database.dataSource().getConnection()) {
      run(connection, "SELECT * FROM generate_series(1, 107)");
      run(connection, "SELECT * FROM generate_series(1, 7)");
    }

    assertThat(lines()).last().asString().contains("all 107 rows of a query in one answer");
  }

  @Test
  void a_million_rows_and_copies_both_ways_stay_a_few_lines() throws Exception {
    String million = "SELECT * FROM generate_series(1, 1000000)";
    try (Connection connection = database.dataSource().getConnection();
        Statement query = connection.createStatement()) {
      connection.setAutoCommit(false);
      query.setFetchSize(50_000);
      try (ResultSet rows = query.executeQuery(million)) {
        while (rows.next()) {
          rows.getInt(1);
        }
      }
      connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyOut("COPY (" + million + ") TO STDOUT", OutputStream.nullOutputStream());
      connection.commit();
    }

    assertThat(lines())
        .anyMatch(line -> line.contains("TO STDOUT  1000000 rows to the client"))
        .anyMatch(line -> line.contains("(17 more like this)"))
        .hasSizeLessThan(15)
        .last()
        .asString()
        .contains("at most 50000 rows at a time");
    assertThat(trace.all().events()).hasSizeLessThan(60);
  }

  @Test
  void a_level_other_than_the_usual_stands_beside_begin() throws Exception {
    try (Connection connection = database.dataSource().getConnection()) {
      connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
      connection.setAutoCommit(false);
      run(connection, "SELECT 1");
      connection.commit();
    }

    assertThat(lines())
        .anyMatch(line -> line.endsWith("BEGIN  [serializable]"))
        .last()
        .asString()
        .contains("1 transaction, committed, at serializable");
  }

  @Test
  void a_level_from_the_url_and_one_for_a_single_transaction_count_too() throws Exception {
    Properties options = new Properties();
    options.setProperty("user", database.user());
    options.setProperty("password", database.password());
    options.setProperty("options", "-c default_transaction_isolation=repeatable\\ read");
    String url = "jdbc:postgresql://127.0.0.1:" + traced.port() + "/" + database.dbname();
    try (Connection connection = DriverManager.getConnection(url, options)) {
      connection.setAutoCommit(false);
      run(connection, "SELECT 1");
      connection.commit();
      run(connection, "SET TRANSACTION ISOLATION LEVEL SERIALIZABLE");
      connection.rollback();
    }

    assertThat(lines())
        .anyMatch(line -> line.endsWith("BEGIN  [repeatable read]"))
        .last()
        .asString()
        .contains("1 committed, 1 rolled back, at repeatable read and serializable");
  }

  @Test
  void a_commit_that_saves_nothing_says_so() throws Exception {
    try (Connection connection = database.dataSource().getConnection()) {
      connection.setAutoCommit(false);
      assertThatThrownBy(() -> run(connection, "INSERT INTO books VALUES (1, 'again')"))
          .isInstanceOf(SQLException.class);
      assertThatThrownBy(() -> run(connection, "INSERT INTO books VALUES (3, 'x')"))
          .isInstanceOf(SQLException.class);
      connection.commit();
    }

    assertThat(lines())
        .anyMatch(line -> line.contains("ERROR 23505: duplicate key"))
        .anyMatch(line -> line.contains("ERROR 25P02"))
        .anyMatch(line -> line.contains("[the transaction has failed]"))
        .anyMatch(line -> line.contains("COMMIT  ROLLBACK: the transaction had failed"))
        .anyMatch(line -> line.contains("1 transaction, rolled back"));
  }

  @Test
  void a_session_that_waits_names_the_one_it_waits_for() throws Exception {
    try (Connection one = database.dataSource().getConnection();
        Connection other = database.dataSource().getConnection()) {
      one.setAutoCommit(false);
      run(one, "UPDATE books SET title = 'Momo 2' WHERE id = 1");
      Thread waiting =
          new Thread(() -> assertRuns(other, "UPDATE books SET title = 'Momo 3' WHERE id = 1"));
      waiting.start();
      await("waits for");
      one.commit();
      waiting.join();
    }

    assertThat(lines())
        .anyMatch(line -> line.contains("... waits for session 1"))
        .anyMatch(line -> line.matches(".*\\.\\.\\. after [0-9]+ ms: 1 row"))
        .anyMatch(line -> line.contains("your code, session 2"));
    assertThat(TraceText.of(trace.all().withoutTimes(), 110, UnaryOperator.identity()))
        .anyMatch(line -> line.contains("... after 0 ms: 1 row"));
  }

  @Test
  void what_is_left_open_is_told() throws Exception {
    try (Connection connection = database.dataSource().getConnection()) {
      connection.setAutoCommit(false);
      run(connection, "SELECT 1");

      assertThat(lines()).last().asString().contains("1 session left open, 1 in a transaction");
    }
  }

  @Test
  void a_password_is_never_shown() throws Exception {
    try (Connection connection = database.dataSource().getConnection()) {
      run(connection, "ALTER ROLE " + database.user() + " PASSWORD 'se''cret'");
      run(connection, "ALTER ROLE " + database.user() + " PASSWORD $a$secret$a$");
      run(connection, "ALTER ROLE " + database.user() + " PASSWORD E's\\x65cret'");
      run(connection, "SELECT 'host=here password=secret user=me'");
      run(connection, "SELECT 1 AS password /* password '" + "secret ".repeat(4_000) + "' */");
    }

    assertThat(lines())
        .anyMatch(line -> line.contains("PASSWORD '(hidden)'"))
        .noneMatch(line -> line.contains("cret"))
        .noneMatch(line -> line.contains(database.password()));
  }

  @Test
  void copy_binary_values_and_long_statements_stay_readable() throws Exception {
    try (Connection connection = database.dataSource().getConnection()) {
      connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyIn("COPY books FROM STDIN", new StringReader("50\tx\n51\ty\n"));
      run(connection, "SELECT '" + "x".repeat(1 << 20) + "'");
      try (PreparedStatement query = connection.prepareStatement("SELECT ?::bytea")) {
        query.setBytes(1, new byte[100_000]);
        query.executeQuery().close();
      }
    }

    assertThat(lines())
        .anyMatch(line -> line.contains("COPY books FROM STDIN  2 rows"))
        .anyMatch(line -> line.contains("SELECT 'xxx"))
        .hasSizeLessThan(20);
    assertThat(lines(110)).allMatch(line -> line.length() <= 110).hasSizeLessThan(20);
  }

  @Test
  void a_session_that_is_ended_from_outside_says_so() throws Exception {
    try (Connection victim = database.dataSource().getConnection();
        Connection killer = database.dataSource().getConnection()) {
      run(victim, "SELECT 1");
      int pid = victim.unwrap(PGConnection.class).getBackendPID();
      run(killer, "SELECT pg_terminate_backend(" + pid + ")");
      assertThatThrownBy(() -> run(victim, "SELECT 2")).isInstanceOf(SQLException.class);
    }

    assertThat(lines()).anyMatch(line -> line.contains("57P01"));
  }

  @Test
  void a_statement_can_be_cancelled_through_the_relay() throws Exception {
    try (Connection connection = database.dataSource().getConnection();
        Statement sleep = connection.createStatement()) {
      Thread cancelling = new Thread(() -> cancelOnceItSleeps(sleep));
      cancelling.start();
      assertThatThrownBy(() -> sleep.execute("SELECT pg_sleep(60)"))
          .isInstanceOf(SQLException.class);
      cancelling.join();
    }

    assertThat(lines()).anyMatch(line -> line.contains("SELECT pg_sleep(60)  ERROR 57014"));
  }

  @Test
  void many_sessions_are_listed_one_below_the_other() throws Exception {
    List<Connection> connections = new ArrayList<>();
    for (int i = 0; i < 15; i++) {
      connections.add(database.dataSource().getConnection());
    }
    for (Connection connection : connections) {
      run(connection, "SELECT 1");
      connection.close();
    }

    assertThat(lines())
        .anyMatch(line -> line.matches(" *[0-9]+  session 15 +SELECT 1  1 row: 1"))
        .last()
        .asString()
        .contains("15 sessions");
  }

  @Test
  void a_diagram_has_each_session_and_no_character_that_ends_a_line() throws Exception {
    try (Connection connection = database.dataSource().getConnection()) {
      run(connection, "SELECT ';', '#'");
      run(connection, "SELECT 'end', '%% {x}', '$$', '$1'");
    }

    assertThat(MermaidTrace.of(trace.all()))
        .startsWith("sequenceDiagram")
        .anyMatch(line -> line.contains("participant S0 as session 1"))
        .anyMatch(line -> line.contains("S0->>DB: SELECT '#59;', '#35;'"))
        .anyMatch(
            line ->
                line.contains(
                    "S0->>DB: SELECT 'end', '#37;#37; #123;x#125;', '#36;#36;', '#36;1'"));
  }

  private List<String> lines() {
    return lines(400);
  }

  private List<String> lines(int columns) {
    return TraceText.of(trace.all(), columns, UnaryOperator.identity());
  }

  // The relay notices the end of a session a moment after its client; who waits is asked for.
  private void await(String text) throws InterruptedException {
    long end = System.nanoTime() + 20_000_000_000L;
    while (lines().stream().noneMatch(line -> line.contains(text)) && System.nanoTime() < end) {
      Thread.sleep(5);
    }
    assertThat(lines()).as("the trace, after 20 s").anyMatch(line -> line.contains(text));
  }

  // A request that overtakes the statement has no effect, and the driver makes no second one.
  private void cancelOnceItSleeps(Statement statement) {
    try (Connection admin = server.admin().dataSource().getConnection();
        Statement look = admin.createStatement()) {
      boolean sleeps = false;
      while (!sleeps) {
        Thread.sleep(5);
        try (ResultSet row =
            look.executeQuery(
                "SELECT FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND datname = '"
                    + database.dbname()
                    + "'")) {
          sleeps = row.next();
        }
      }
      statement.cancel();
    } catch (SQLException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void assertRuns(Connection connection, String sql) {
    try {
      run(connection, sql);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
