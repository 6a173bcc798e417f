package workbook.jshell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import workbook.grading.FreshDatabase;
import workbook.grading.Graded;
import workbook.jshell.Shell.Attempt;

/** The helpers print what they should. */
@Graded
class ShellTest {
  private static final PrintStream CONSOLE = System.out;

  @TempDir Path folder;
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();

  @BeforeEach
  void listen() {
    System.setOut(new PrintStream(written, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void stop_listening() {
    System.setOut(CONSOLE);
    OpenConnections.close();
    DbInfoFile.forget();
  }

  @Test
  void show_aligns_numbers_and_wide_characters_and_tells_null(FreshDatabase database)
      throws Exception {
    use(database);

    Shell.show("VALUES ('\u6771\u4eac', 7, NULL), ('Zoe\u0308', 1000, 'x')");

    assertThat(printed())
        .containsExactly(
            " column1 | column2 | column3",
            "---------+---------+---------",
            " \u6771\u4eac    |       7 | NULL",
            " Zoe\u0308     |    1000 | x",
            "(2 rows)");
    OpenConnections.close();
  }

  @Test
  void show_cuts_long_values_and_counts_rows_it_does_not_show(FreshDatabase database)
      throws Exception {
    use(database);

    Shell.show("SELECT repeat('x', 50) AS long FROM generate_series(1, 30)");

    List<String> lines = printed();
    assertThat(lines).hasSize(23);
    assertThat(lines.get(2)).isEqualTo(" " + "x".repeat(37) + "...");
    assertThat(lines.get(22)).isEqualTo("(30 rows) of which the first 20 are shown");
    OpenConnections.close();
  }

  @Test
  void show_takes_records_maps_and_plain_values() {
    Shell.show(List.of(new City("Rustmore", 1), new City("Mathville", null)));
    Shell.show(List.of(Map.of("city", "Rustmore")));
    Shell.show(Arrays.asList(1, null));

    assertThat(printed())
        .containsExactly(
            " name      | people",
            "-----------+--------",
            " Rustmore  |      1",
            " Mathville |   NULL",
            "(2 rows)",
            " city",
            "----------",
            " Rustmore",
            "(1 row)",
            " value",
            "-------",
            "     1",
            "  NULL",
            "(2 rows)");
  }

  @Test
  void show_takes_values_and_a_query_of_jdbi(FreshDatabase database) throws Exception {
    use(database);

    Shell.show("SELECT ? AS text", "it's");
    Shell.jdbi().useHandle(h -> Shell.show(h.createQuery("SELECT :n AS n").bind("n", 7)));

    assertThat(printed()).contains(" it's", " 7");
    OpenConnections.close();
  }

  @Test
  void peek_sees_only_what_is_committed(FreshDatabase database) throws Exception {
    use(database);
    Connection mine = Shell.connection("mine");
    mine.setAutoCommit(false);
    Shell.show(mine, "CREATE TABLE people (name text)");

    Shell.peek("people");
    mine.commit();
    Shell.peek("people");

    assertThat(printed()).contains("Others see no table people.", " name", "(0 rows)");
    OpenConnections.close();
  }

  @Test
  void a_refused_statement_is_a_line_and_no_stack_trace(FreshDatabase database) throws Exception {
    use(database);

    Shell.show("SELEC 1");

    assertThat(printed().get(0))
        .startsWith("! SQLSTATE 42601 PSQLException: ERROR: syntax error at or near \"SELEC\"");
    OpenConnections.close();
  }

  @Test
  void a_fresh_schema_is_had_although_a_transaction_was_left_open(FreshDatabase database)
      throws Exception {
    use(database);
    Connection forgotten = Shell.connection("forgotten");
    Shell.show("CREATE TABLE people (name text)");
    forgotten.setAutoCommit(false);
    Shell.show(forgotten, "LOCK TABLE people");
    written.reset();

    Shell.freshSchema("sample");

    assertThat(printed()).containsExactly("The schema sample is empty, and yours.");
    assertThat(forgotten.isClosed()).isTrue();
    OpenConnections.close();
  }

  @Test
  void the_server_s_view_names_who_waits_for_whom(FreshDatabase database) throws Exception {
    use(database);
    Shell.show("CREATE TABLE people (name text)");
    Connection ann = Shell.connection("Ann");
    Connection bob = Shell.connection("Bob");
    ann.setAutoCommit(false);
    Shell.show(ann, "LOCK TABLE people");
    Thread waiting = start(() -> bob.createStatement().execute("TABLE people"));
    Shell.untilWaiting("Bob");
    written.reset();

    Shell.sessions();
    Shell.locks();
    ann.rollback();
    waiting.join();

    assertThat(printed())
        .anyMatch(line -> line.matches(" Ann +\\| idle in transaction \\| NULL .*"))
        .anyMatch(line -> line.matches(" Bob +\\| active +\\| Ann .*"))
        .anyMatch(line -> line.matches(" Ann +\\| people \\| AccessExclusiveLock \\| t"))
        .anyMatch(line -> line.matches(" Bob +\\| people \\| AccessShareLock +\\| f"));
    OpenConnections.close();
  }

  @Test
  void a_trace_has_connections_that_were_open_before_and_only_what_is_in_it(FreshDatabase database)
      throws Exception {
    use(database);
    Connection ann = Shell.connection("Ann");
    Shell.show(ann, "CREATE TABLE people (name text)");
    ann.setAutoCommit(false);
    Shell.show(ann, "INSERT INTO people VALUES ('Momo')");
    written.reset();

    Shell.trace(() -> Shell.show(ann, "UPDATE people SET name = 'Emma'"));

    assertThat(printed()).hasSize(4).first().isEqualTo("1 row changed");
    assertThat(printed().get(1)).isEqualTo("  ms  Ann");
    assertThat(printed().get(2)).matches(" +[0-9]+  UPDATE people SET name = 'Emma'  1 row");
    assertThat(printed().get(3).strip())
        .isEqualTo("1 session · 1 round trip · no transaction ended · 1 session in a transaction");
    ann.rollback();
    OpenConnections.close();
  }

  @Test
  void a_trace_shows_who_waits_for_whom_and_forgets_the_one_before(FreshDatabase database)
      throws Exception {
    use(database);
    Shell.show("CREATE TABLE people (name text)");
    Connection ann = Shell.connection("Ann");
    Connection bob = Shell.connection("Bob");
    Shell.trace(() -> Shell.show(ann, "SELECT 1 AS once"));
    ann.setAutoCommit(false);
    written.reset();

    Shell.trace(
        () -> {
          Shell.show(ann, "LOCK TABLE people");
          Thread waiting = start(() -> bob.createStatement().execute("TABLE people"));
          while (ShellTrace.lines().stream().noneMatch(line -> line.contains("waits for"))) {
            Thread.sleep(5);
          }
          ann.commit();
          waiting.join();
        });

    assertThat(printed())
        .anyMatch(line -> line.contains("TABLE people ... waits for Ann"))
        .noneMatch(line -> line.contains("once"))
        .last()
        .asString()
        .contains("1 transaction, committed, at read committed · nothing left open");
    OpenConnections.close();
  }

  @Test
  void what_fails_in_a_trace_is_said_before_the_lanes(FreshDatabase database) throws Exception {
    use(database);
    Connection ann = Shell.connection("Ann");
    written.reset();

    Shell.trace(() -> ann.createStatement().execute("SELEC 1"));

    assertThat(printed().get(0)).startsWith("! SQLSTATE 42601 PSQLException");
    assertThat(printed()).anyMatch(line -> line.contains("SELEC 1  ERROR 42601: syntax error"));
    OpenConnections.close();
  }

  @Test
  void hanging_up_says_how_many_connections_it_closed(FreshDatabase database) throws Exception {
    use(database);
    Shell.connection("closed already").close();
    Shell.connection("first");
    Shell.show("SELECT 1");
    written.reset();

    Shell.hangUp();
    Shell.hangUp();
    Shell.connection("second");
    Shell.jdbi("third").open();
    Shell.hangUp();

    assertThat(printed())
        .containsExactly(
            "1 connection closed.", "No connection was open.", "2 connections closed.");
  }

  private void use(FreshDatabase database) throws IOException {
    DbInfoFile.write(folder, database.settings());
    Shell.freshSchema("sample");
    written.reset();
  }

  private List<String> printed() {
    return written.toString(StandardCharsets.UTF_8).lines().toList();
  }

  private static Thread start(Attempt work) {
    Thread thread = new Thread(() -> Shell.attempt(work));
    thread.start();
    return thread;
  }

  record City(String name, Integer people) {}
}
