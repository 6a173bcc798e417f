package workbook.jshell.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import workbook.engine.ProjectRoot;
import workbook.grading.FreshDatabase;
import workbook.grading.Graded;
import workbook.jshell.DbInfoFile;
import workbook.jshell.OpenConnections;
import workbook.jshell.Script;
import workbook.jshell.engine.Interpreter;

/** What a learner types, line by line, and what the shell says to it. */
@Graded
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SessionTest {
  private static final String[] SAMPLE = {
    "// # Sample",
    "//",
    "// The first [step](../README.md) is this.",
    "System.out.println(\"one \" + 1);",
    "//> recorded",
    "",
    "int two = 2;",
    "",
    "// ## Later",
    "two + 1",
    "",
    "// The end."
  };

  @TempDir Path folder;
  private Interpreter interpreter;
  private PrintStream console;
  private ByteArrayOutputStream written;

  @BeforeAll
  void start() throws IOException {
    interpreter = StepShell.interpreter(ProjectRoot.find());
  }

  @AfterAll
  void end() {
    interpreter.close();
  }

  @BeforeEach
  void listen() {
    console = System.out;
    written = new ByteArrayOutputStream();
    System.setOut(new PrintStream(written, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void stop_listening() {
    System.setOut(console);
    OpenConnections.close();
    DbInfoFile.forget();
  }

  @Test
  void the_first_step_is_shown_and_nothing_is_run() throws IOException {
    assertThat(typed("/exit"))
        .containsExactly(
            "",
            "Sample",
            "",
            "The first step is this.",
            "",
            "    System.out.println(\"one \" + 1);",
            "");
  }

  @Test
  void enter_runs_the_step_and_shows_the_next() throws IOException {
    assertThat(typed("", "", "", ""))
        .containsSubsequence(
            "one 1",
            "    int two = 2;",
            "two = 2",
            "Later",
            "    two + 1",
            "3",
            "The end.",
            "That was the last step. /list all shows all, /exit leaves.",
            "That was the last step. /list all shows all, /1 begins again, /exit leaves.");
  }

  @Test
  void own_lines_stand_in_between_and_change_what_comes_after() throws IOException {
    assertThat(typed("", "", "two = 40", "int more =", "  2;", "two += more;", ""))
        .containsSubsequence("two = 2", "two = 40", "more = 2", "43");
  }

  @Test
  void a_step_can_be_run_again_and_enter_goes_on_from_there() throws IOException {
    assertThat(typed("", "", "two = 7", "/2", "", "/back", ""))
        .containsSubsequence("two = 7", "    int two = 2;", "two = 2", "3", "Later", "3");
  }

  @Test
  void several_steps_run_again_without_their_prose() throws IOException {
    List<String> lines = typed("/1-2");

    assertThat(lines).containsSubsequence("one 1", "two = 2", "Later");
    assertThat(lines).filteredOn("    int two = 2;"::equals).isEmpty();
  }

  @Test
  void the_list_marks_what_was_run_and_what_comes_next() throws IOException {
    assertThat(typed("", "/list", "/list 3"))
        .containsSubsequence(
            "Sample",
            " x   1  System.out.println(\"one \" + 1);",
            ">    2  int two = 2;",
            "Later",
            "     3  two + 1",
            "    two + 1");
  }

  @Test
  void a_long_list_shows_what_is_around_the_next_step() throws IOException {
    String[] script =
        IntStream.rangeClosed(1, 40)
            .mapToObj("int a%s;\n"::formatted)
            .flatMap(step -> Stream.of(step.strip(), ""))
            .toArray(String[]::new);

    List<String> lines = typed(script, "/1-20", "/list", "/list all");

    assertThat(lines)
        .containsSubsequence(
            " x  16  int a16;",
            ">   21  int a21;",
            "    29  int a29;",
            "These are 16 to 29 of 40 steps; /list all shows all.",
            " x   1  int a1;",
            "    40  int a40;");
    assertThat(lines.indexOf(" x   1  int a1;")).isGreaterThan(lines.indexOf(">   21  int a21;"));
  }

  @Test
  void sql_is_told_how_to_be_sent() throws IOException {
    assertThat(typed("SELECT \"a\" FROM t;", "insert into t values ('x')", "select = 1"))
        .contains(
            "This is SQL, and the shell takes Java. To send it: show(\"SELECT \\\"a\\\" FROM t\")",
            "This is SQL, and the shell takes Java. To send it: show(\"insert into t values ('x')\")",
            "! cannot find symbol");
  }

  @Test
  void a_step_that_fails_stays_and_says_which_steps_it_may_need() throws IOException {
    assertThat(typed("Object two = null;", "/3", "/1-2", ""))
        .containsSubsequence(
            "! bad operand types for binary operator '+'",
            "Step 3 failed. Enter tries it again." + " It may need earlier steps: /1-3 runs them.",
            "two = 2",
            "3");
    assertThat(typed("", "", "two = Integer.parseInt(\"x\")", "Object two;", ""))
        .containsSubsequence(
            "! NumberFormatException: For input string: \"x\"",
            "Step 3 failed. Enter tries it again.");
  }

  @Test
  void what_is_no_command_and_no_step_is_said() throws IOException {
    assertThat(typed("/drop", "/9", "/back"))
        .contains(
            "There is no command /drop. /help lists those that there are.",
            "There is no step 9, only 1 to 3.",
            "This is the first step.");
    assertThat(typed("/help"))
        .contains(
            "/4                       go back to step 4: show it and run it; Enter goes on with 5");
  }

  @Test
  void compile_errors_have_the_line_and_the_place() throws IOException {
    assertThat(typed("int n = 1 + unknown;"))
        .containsSubsequence(
            "! cannot find symbol",
            "    symbol:   variable unknown",
            "    int n = 1 + unknown;",
            "                ^-----^");
  }

  @Test
  void what_a_server_refuses_is_its_sqlstate_and_the_line_that_matters(FreshDatabase database)
      throws IOException {
    DbInfoFile.write(folder, database.settings());
    List<String> lines =
        typed(
            "void ask(String sql) throws SQLException {",
            "  try (var it = connection().createStatement()) {",
            "    it.execute(sql);",
            "  }",
            "}",
            "ask(\"TABLE nowhere\")",
            "ask(\"SELECT 1\")",
            "hangUp()");

    assertThat(lines.subList(lines.indexOf("") + 7, lines.size()))
        .containsExactly(
            "! SQLSTATE 42P01 PSQLException: ERROR: relation \"nowhere\" does not exist",
            "  Position: 7",
            "  in ask: it.execute(sql);",
            "2 connections closed.");
  }

  @Test
  void what_is_not_there_yet_is_named() throws IOException {
    assertThat(
            typed(
                "int late() { return later() + 1; }",
                "late()",
                "int later() { return 1; }",
                "late()"))
        .containsSubsequence(
            "(It cannot run yet. What is missing: method later().)",
            "! int late() { return later() + 1; } needs method later(), which does not exist yet.",
            "2");
  }

  @Test
  void what_ends_too_early_is_an_error_of_the_compiler() throws IOException {
    assertThat(typed("int f() {")).contains("! reached end of file while parsing");
  }

  @Test
  void without_a_lesson_there_are_no_steps() {
    new Session(null, () -> interpreter, lines("", "6 * 7", "/1"), System.out, new Colours(false))
        .run();

    assertThat(said())
        .containsExactly(
            "Type Java, or /help.",
            "42",
            "There are no steps: this shell was opened without a lesson.");
  }

  private List<String> typed(String... lines) throws IOException {
    return typed(SAMPLE, lines);
  }

  private List<String> typed(String[] sample, String... lines) throws IOException {
    written.reset();
    Script script = Script.read(Files.write(folder.resolve("sample.jsh"), List.of(sample)));
    new Session(script, () -> interpreter, lines(lines), System.out, new Colours(false)).run();
    return said();
  }

  private static LineSource lines(String... lines) {
    StringReader reader = new StringReader(String.join("\n", lines) + "\n");
    return new PlainLines(new BufferedReader(reader), System.out, false);
  }

  private List<String> said() {
    return written.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
