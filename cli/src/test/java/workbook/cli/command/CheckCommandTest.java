package workbook.cli.command;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import workbook.cli.SampleWorkbook;
import workbook.cli.SampleWorkbook.Outcome;
import workbook.cli.Workbook;
import workbook.cli.WorkbookProcess;
import workbook.cli.terminal.Exit;

class CheckCommandTest {
  private static final Predicate<String> HINT = line -> line.startsWith("Hint ");
  private static final String ADD = "return left + right;";
  private static final String USER =
      """
      try (var connection = dataSource.getConnection();
          var statement = connection.createStatement();
          var results = statement.executeQuery("SELECT current_user")) {
        results.next();
        return results.getString(1);
      }""";

  private SampleWorkbook workbook;

  @BeforeEach
  void make_workbook() throws Exception {
    workbook = new SampleWorkbook();
  }

  @Test
  void a_fresh_copy_has_attempted_nothing() {
    Outcome outcome = workbook.run("check", "1");

    assertThat(outcome.status()).isEqualTo(Exit.CHECKS_FAILED);
    assertThat(outcome.out())
        .contains("○ 1.1  Add two numbers", "0/3  not attempted", "○ 1.2  Ask who I am")
        .contains("Points 0/7   checks: 3 not attempted")
        .doesNotContain("uses it");
    assertThat(outcome.err()).isEmpty();
  }

  @Test
  void an_unwritten_exercise_that_another_uses_is_named() throws Exception {
    workbook.answer("return todo(\"1.1\");", "return \"user \" + add(1, 2);");

    Outcome outcome = workbook.run("check", "1.2");

    assertThat(outcome.out())
        .contains("○ 1.2", "not attempted", "1.1 is not written yet, and 1.2 uses it.")
        .contains(Path.of("workbook/sample/MySample.java") + ":11");
  }

  @Test
  void a_right_answer_earns_all_points() throws Exception {
    workbook.answer(ADD, USER);

    Outcome outcome = workbook.run("check");

    assertThat(outcome.status()).isEqualTo(Exit.FINE);
    assertThat(outcome.out()).contains("✓ 1.1", "3/3", "✓ 1.2", "4/4", "Points 7/7");
  }

  @Test
  void a_wrong_answer_is_told_what_was_expected_and_what_came() throws Exception {
    String leaking = "dataSource.getConnection().setAutoCommit(false); " + USER;
    workbook.answer("System.out.println(\"adding\"); return left - right;", leaking);

    Outcome outcome = workbook.run("check", "1");

    assertThat(outcome.status()).isEqualTo(Exit.CHECKS_FAILED);
    assertThat(outcome.out())
        .contains("✗ one and two make three", "expected: 3", "but was: -1")
        .contains(Path.of("workbook/sample/MySample.java") + ":9 (add)")
        .contains("Your code printed:", "adding")
        .doesNotContain("%n%n%n".formatted())
        .contains("still sees 1 open connection", "try-with-resources");
  }

  @Test
  void a_syntax_error_is_shown_in_its_file_and_line() throws Exception {
    workbook.answer("return left +;", USER);

    Outcome outcome = workbook.run("check", "1");

    assertThat(outcome.status()).isEqualTo(Exit.CHECKS_FAILED);
    assertThat(outcome.out())
        .contains("does not compile", "MySample.java:11", "illegal start of expression")
        .contains("return left +;", "Points 0/7   checks: 3 not compiled");
  }

  @Test
  void a_missing_package_line_is_named_and_nothing_that_follows_from_it() throws Exception {
    String text = Files.readString(workbook.answer);
    Files.writeString(workbook.answer, text.replace("package workbook.sample;", ""));

    Outcome outcome = workbook.run("check", "1");

    assertThat(outcome.out())
        .contains("the file has to begin with: package workbook.sample;")
        .doesNotContain("cannot find symbol", "duplicate class");
  }

  @Test
  void an_empty_file_is_said_to_be_empty() throws Exception {
    Files.writeString(workbook.answer, "");

    assertThat(workbook.run("check", "1").out())
        .contains("the file is empty")
        .doesNotContain("package workbook.sample");
  }

  @Test
  void an_answer_to_no_contract_is_told_so() throws Exception {
    String text = Files.readString(workbook.answer);
    Files.writeString(workbook.answer, text.replace(" implements Sample", ""));

    assertThat(workbook.run("check", "1").out())
        .contains("there has to be a class MySample that implements Sample")
        .doesNotContain("cannot find symbol");
  }

  @Test
  void an_answer_need_not_be_utf8() throws Exception {
    String text = "// \u00fc\n" + Files.readString(workbook.answer);
    Files.write(workbook.answer, text.getBytes(ISO_8859_1));

    // The second compilation is another: the lesson's classes are there.
    for (int i = 0; i < 2; i++) {
      assertThat(workbook.run("check", "1").out()).contains("Points 0/7   checks: 3 not attempted");
    }
  }

  @Test
  void a_byte_order_mark_in_front_of_an_answer_does_no_harm() throws Exception {
    workbook.answer(ADD, USER);
    Files.writeString(workbook.answer, "\ufeff" + Files.readString(workbook.answer));

    // The second compilation is another: the lesson's classes are there.
    for (int i = 0; i < 2; i++) {
      assertThat(workbook.run("check", "1").out()).contains("Points 7/7");
    }
    workbook.answer("return left +;", USER);
    Files.writeString(workbook.answer, "\ufeff" + Files.readString(workbook.answer));
    assertThat(workbook.run("check", "1").out()).contains("MySample.java:11", "illegal start");
  }

  @Test
  void a_byte_order_mark_in_front_of_a_program_is_named() throws Exception {
    Path program = workbook.answer.resolveSibling("Main.java");
    Files.writeString(program, "\ufeff" + Files.readString(program));

    Outcome outcome = workbook.run("run", "1");

    assertThat(outcome.status()).isEqualTo(Exit.ENVIRONMENT);
    assertThat(outcome.err())
        .contains("Main.java:1: the file begins with a byte order mark; save it as UTF-8");
  }

  @Test
  void nothing_that_an_answer_says_commands_the_terminal() throws Exception {
    String red = "\\u001b[31m";
    workbook.answer(
        "System.out.println(\""
            + red
            + "printed\");"
            + " throw new IllegalStateException(\""
            + red
            + "thrown\");",
        "return \"" + red + "returned\";");
    String thrown = workbook.run("check", "1").out();
    Files.writeString(
        workbook.answer, Files.readString(workbook.answer).replace("throw new", "\tthro\033[31m"));
    String rejected = workbook.run("check", "1").out();

    assertThat(thrown).contains(red + "printed", red + "thrown", red + "returned");
    assertThat(rejected).contains("thro" + red, "MySample.java:11");
    assertThat(thrown + rejected).doesNotContain("\033");
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "only Linux has a device that is always full")
  void what_cannot_be_written_is_no_success() throws Exception {
    workbook.answer(ADD, USER);
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Dworkbook.root=" + workbook.root,
            "-Dworkbook.database=" + System.getProperty("workbook.database"),
            "-cp",
            System.getProperty("java.class.path"),
            WorkbookProcess.class.getName(),
            "check",
            "1",
            "--format",
            "json");
    File said = workbook.root.resolve("said").toFile();

    for (File out : List.of(said, new File("/dev/full"))) {
      Process process = builder.redirectOutput(out).redirectError(said).start();
      assertThat(process.waitFor())
          .as("%s", out)
          .isEqualTo(out == said ? Exit.FINE : Exit.ENVIRONMENT);
    }
  }

  // Endless loops and System.exit, which go the same way, are WatchCommandTest's.
  @Test
  void what_breaks_its_process_is_a_crash_and_the_next_check_works() throws Exception {
    workbook.answer(
        "if (left == 1) { new Thread(() -> System.exit(7)).start(); while (true) {} }"
            + " return new long[Integer.MAX_VALUE - 9].length;",
        USER);

    Outcome outcome = workbook.run("check", "1");

    assertThat(outcome.status()).isEqualTo(Exit.CHECKS_FAILED);
    assertThat(outcome.out())
        .contains("✗ one and two make three (crashed)", "exit code 7")
        .contains("(crashed)", "used up all memory", "MySample.java:11")
        .contains("✓ 1.2");
  }

  @Test
  void what_no_exercise_needs_is_not_run_and_costs_the_exercises_that_call_it() throws Exception {
    workbook.answer("Runtime.getRuntime().halt(7); return left + right;", USER);

    Outcome outcome = workbook.run("check", "1");

    assertThat(outcome.status()).isEqualTo(Exit.CHECKS_FAILED);
    assertThat(outcome.out())
        .contains("(not allowed)")
        .contains("MySample.java uses java.lang.Runtime in line 11, which no exercise needs")
        .contains("at lesson-01-sample/src/main/java/workbook/sample/MySample.java:11")
        .contains("✓ 1.2")
        .contains("Points 4/7   checks: 1 passed, 2 not allowed");
  }

  @Test
  void what_no_exercise_needs_outside_of_methods_keeps_all_from_being_run() throws Exception {
    workbook.answer(ADD, USER + "}\n  static Runtime runtime = Runtime.getRuntime();\n  {");

    assertThat(workbook.run("check", "1").out())
        .contains("Your code was not run, for it uses what no exercise needs:")
        .contains("uses java.lang.Runtime", "Points 0/7   checks: 3 not allowed");
  }

  @Test
  void a_class_of_the_learners_beside_the_answer_is_looked_through_too() throws Exception {
    Files.writeString(
        workbook.answer.resolveSibling("Helper.java"),
        """
        package workbook.sample;
        class Helper {
          static int sum(int left, int right) {
            return Runtime.getRuntime() == null ? 0 : left + right;
          }
        }
        """);
    workbook.answer("return Helper.sum(left, right);", USER);

    // The second compilation is another: the lesson's classes are there.
    for (int i = 0; i < 2; i++) {
      assertThat(workbook.run("check", "1").out())
          .contains("Helper.java uses java.lang.Runtime in line 4, which no exercise needs")
          .contains("Points 4/7   checks: 1 passed, 2 not allowed");
    }
  }

  @Test
  void sql_that_fails_is_explained() throws Exception {
    workbook.answer(ADD, USER.replace("SELECT current_user", "SELEKT 1"));

    Outcome outcome = workbook.run("check", "1.2");

    assertThat(outcome.out())
        .doesNotContain("1.1")
        .contains("Your code threw PSQLException", "SQLSTATE 42601: a syntax error in the SQL")
        .contains("MySample.java:19");
  }

  @Test
  void gradescope_and_continuous_integration_have_their_formats(@TempDir Path temporary)
      throws Exception {
    workbook.answer(ADD, "return \"me\";");
    Path gradescope = temporary.resolve("results.json");
    Path junit = temporary.resolve("junit.xml");

    workbook.run("check", "1", "--gradescope", gradescope.toString(), "--junit", junit.toString());

    JsonNode results = new ObjectMapper().readTree(Files.readString(gradescope));
    assertThat(results.path("score").asInt()).isEqualTo(3);
    assertThat(results.path("tests")).hasSize(3);
    JsonNode last = results.path("tests").get(2);
    assertThat(last.path("max_score").asInt()).isEqualTo(4);
    assertThat(last.path("status").asText()).isEqualTo("failed");
    assertThat(last.path("output").asText()).contains("the user");
    assertThat(junit)
        .content()
        .contains("<testsuite name=\"lesson-01-sample\" tests=\"3\" failures=\"1\"")
        .contains("<testcase classname=\"1.2\" name=\"the server knows the user\"><failure");
  }

  @Test
  void results_are_kept_and_other_tools_can_read_them(@TempDir Path temporary) throws Exception {
    workbook.answer(ADD, "return \"me\";");
    Path file = temporary.resolve("results.json");

    Outcome outcome = workbook.run("check", "1", "--format", "json", "--exercism", file.toString());

    assertThat(outcome.err()).isEmpty();
    JsonNode document = new ObjectMapper().readTree(outcome.out());
    assertThat(document.path("lesson").asText()).isEqualTo("lesson-01-sample");
    assertThat(document.path("points")).hasToString("{\"earned\":3,\"possible\":7}");
    assertThat(document.path("checks")).hasSize(3);
    JsonNode last = document.path("checks").get(2);
    assertThat(last.path("name").asText()).isEqualTo("the_server_knows_the_user");
    assertThat(last.path("status").asText()).isEqualTo("failed");
    assertThat(last.path("message").asText()).contains("the user", "but was: \"me\"");
    assertThat(last.path("points")).hasToString("{\"earned\":0,\"possible\":4}");
    JsonNode results = new ObjectMapper().readTree(Files.readString(file));
    assertThat(results.path("version").asInt()).isEqualTo(3);
    assertThat(results.path("status").asText()).isEqualTo("fail");
    JsonNode first = results.path("tests").get(0);
    assertThat(first.path("name").asText()).isEqualTo("one and two make three");
    assertThat(first.path("task_id").asInt()).isEqualTo(1);
    assertThat(first.path("test_code").asText()).contains("answer().add(1, 2)");
    assertThat(first.path("status").asText()).isEqualTo("pass");
    assertThat(results.path("tests").get(2).path("status").asText()).isEqualTo("fail");
    assertThat(workbook.run().out())
        .contains("1 sample", "3/7 points", "Next: 1.2 Ask who I am")
        .contains("MySample.java:15")
        .contains("./workbook check 1.2");
  }

  @Test
  void what_there_is_not_is_a_usage_error_that_says_what_there_is() {
    assertThat(workbook.run("check", "7").err()).contains("no lesson \"7\"", "1 (sample)");
    assertThat(workbook.run("check", "1.9").err()).contains("no exercise \"1.9\"", "1.1 to 1.2");
    assertThat(workbook.run("chekc").err()).contains("workbook check");
    assertThat(workbook.run("check", "readSection").err()).contains("no lesson \"readSection\"");
    assertThat(workbook.run("check", "01.2").out()).contains("1.2");
    assertThat(workbook.run("check", "7").status()).isEqualTo(Exit.USAGE);
    assertThat(workbook.run("chekc").status()).isEqualTo(Exit.USAGE);
  }

  @Test
  void an_exercise_without_checks_does_not_pass() throws Exception {
    Path checks = workbook.root.resolve("lesson-01-sample/src/test/java/workbook/sample");
    Files.delete(checks.resolve("SampleChecks.java"));

    Outcome outcome = workbook.run("check", "1.1");

    assertThat(outcome.status()).isEqualTo(Exit.ENVIRONMENT);
    assertThat(outcome.err())
        .contains("There are no checks for 1.1, 1.2:", "lesson-01-sample", "git checkout");
  }

  @Test
  void a_file_that_is_missing_is_missed_by_check_and_by_the_overview() throws Exception {
    Files.delete(workbook.answer);

    assertThat(workbook.run("check", "1").err()).contains("MySample.java is missing", "reset 1");
    assertThat(workbook.run().out())
        .contains("MySample.java is missing", "reset 1")
        .doesNotContain("write");
  }

  @Test
  void what_cannot_be_read_or_written_has_a_reason() throws Exception {
    Files.delete(workbook.root.resolve("lesson-01-sample/hints.md"));

    assertThat(workbook.run("hint", "1.1").err())
        .contains("hints.md cannot be read: no such file or folder. Put it back");
    assertThat(workbook.run("check", "1", "--exercism", "no/such/x.json").err())
        .contains("x.json cannot be written: no such file or folder. Does its folder exist");
  }

  @Test
  void usage_and_suggestions_show_what_the_user_types() {
    System.setProperty(Workbook.NAME, "./workbook");
    try {
      assertThat(workbook.run("check", "--help").out()).startsWith("Usage: ./workbook check [");
      assertThat(workbook.run("db", "start", "--help").out())
          .startsWith("Usage: ./workbook db start [");
      assertThat(workbook.run("chekc").err()).contains("Did you mean: ./workbook check");
      assertThat(workbook.run("db", "strat").err()).contains("./workbook db start?");
    } finally {
      System.clearProperty(Workbook.NAME);
    }
    assertThat(workbook.run("check", "1", "2").err())
        .isEqualToNormalizingNewlines(
            "\"2\" is not understood: workbook check takes one LESSON|EXERCISE. See workbook check --help\n");
    assertThat(workbook.run("doctor", "1").err()).contains("workbook doctor takes no argument.");
    assertThat(workbook.run("xyzzy").err()).contains("workbook takes one run|shell|check|");
    assertThat(workbook.run("check", "--format", "xml").err())
        .hasLineCount(1)
        .contains("'--format'", "'xml'", ". See workbook check --help");
    assertThat(workbook.run("help").out()).startsWith("Usage: workbook [");
  }

  @Test
  void after_the_last_hint_all_are_repeated_and_the_next_step_is_named() throws Exception {
    int hints = (int) workbook.run("hint", "1.1", "--all").out().lines().filter(HINT).count();

    Outcome again = workbook.run("hint", "1.1");

    assertThat(again.out().lines().filter(HINT)).hasSize(hints);
    assertThat(again.out())
        .contains("There are no more hints. Still stuck? A good answer: ./workbook solution 1.1");

    Files.delete(workbook.reference);

    assertThat(workbook.run("hint", "1.1").out()).contains("Ask your teacher");
    assertThat(workbook.run("solution", "1.1").err()).contains("ask your teacher");
  }

  @Test
  void an_address_that_would_leave_its_line_has_one_of_its_own() throws Exception {
    Path hints = workbook.root.resolve("lesson-01-sample/hints.md");
    String address = "https://localhost/" + "a".repeat(60);
    Files.writeString(
        hints,
        Files.readString(hints)
            .replace(
                "1. What",
                "1. [Prices](%s),\n   [sums](https://localhost/b)\n2. What".formatted(address)));

    assertThat(workbook.run("hint", "1.1").out())
        .isEqualToNormalizingNewlines(
            "Hint 1 of 4\n  Prices:\n    %s,\n  sums: https://localhost/b\n".formatted(address));
  }

  @Test
  void damaged_progress_is_put_aside() throws Exception {
    Path progress = workbook.root.resolve(".workbook/progress.json");
    Files.createDirectories(progress.getParent());
    Files.writeString(progress, "{\"checks\": {");

    Outcome overview = workbook.run();

    assertThat(overview.out()).contains("0/7 points");
    assertThat(progress.resolveSibling("progress.broken.json")).hasContent("{\"checks\": {");
  }
}
