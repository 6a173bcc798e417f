package workbook.jshell.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import workbook.engine.ProjectRoot;
import workbook.grading.FreshDatabase;
import workbook.grading.Graded;
import workbook.jshell.DbInfoFile;
import workbook.jshell.OpenConnections;
import workbook.jshell.ShellClassPath;
import workbook.jshell.engine.Evaluation.End;

/** Snippets are evaluated here, and can be stopped. */
@Graded
class InterpreterTest {
  @TempDir Path folder;
  private Interpreter interpreter;

  @AfterEach
  void close() {
    interpreter.close();
    OpenConnections.close();
    DbInfoFile.forget();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "while (true) {}",
        "do {} while (true);",
        "for (int i = 0; ; i++) { try { Thread.sleep(1); } catch (Exception e) {} }",
        "Stream.generate(() -> 1).forEach(one -> {});",
        "Thread.sleep(600_000);",
      })
  void what_runs_can_be_stopped_and_what_was_defined_stays(String code) throws Exception {
    open();
    evaluate("int kept = 42;");

    CompletableFuture<Evaluation> running = start(code);
    interpreter.stop();
    Evaluation stopped = running.get(60, TimeUnit.SECONDS);

    assertThat(stopped.end()).isEqualTo(End.STOPPED);
    assertThat(stopped.isFine()).isFalse();
    assertThat(evaluate("kept").value()).isEqualTo("42");
  }

  @Test
  void what_cannot_be_stopped_is_left_behind() throws Exception {
    open();

    CompletableFuture<Evaluation> running = start("new Semaphore(0).acquireUninterruptibly();");
    awaitCall("acquireUninterruptibly");
    interpreter.stop();

    assertThat(running.get(60, TimeUnit.SECONDS).end()).isEqualTo(End.LEFT_BEHIND);
    assertThat(evaluate("6 * 7").value()).isEqualTo("42");
  }

  @Test
  void nothing_happens_to_what_comes_after_a_stop_that_came_too_late() throws Exception {
    open();
    evaluate("1");

    interpreter.stop();

    assertThat(evaluate("6 * 7").isFine()).isTrue();
  }

  @Test
  void a_statement_that_runs_is_cancelled_and_its_connection_goes_on(FreshDatabase database)
      throws Exception {
    DbInfoFile.write(folder, database.settings());
    open();
    evaluate("var mine = connection(\"mine\");");

    CompletableFuture<Evaluation> running =
        start("mine.createStatement().execute(\"SELECT pg_sleep(600)\");");
    awaitStatement(database);
    interpreter.stop();
    Evaluation cancelled = running.get(60, TimeUnit.SECONDS);

    assertThat(cancelled.thrown()).hasMessageContaining("canceling statement due to user request");
    assertThat(cancelled.end()).isNotEqualTo(End.LEFT_BEHIND);
    assertThat(evaluate("mine.createStatement().execute(\"SELECT 1\")").value()).isEqualTo("true");
    OpenConnections.close();
  }

  @Test
  void an_exception_is_had_as_it_was_thrown() throws Exception {
    open();

    Evaluation failed = evaluate("throw new SQLException(\"no\", \"42P07\");");

    assertThat(failed.thrown()).isInstanceOf(java.sql.SQLException.class);
    assertThat(failed.exception().getStackTrace()[0].getFileName()).startsWith("#");
    assertThat(evaluate("1").thrown()).isNull();
  }

  @Test
  void a_text_is_complete_when_all_of_its_snippets_are() throws Exception {
    open();

    assertThat(interpreter.isComplete("int a = 1; int b = 2;")).isTrue();
    assertThat(interpreter.isComplete("int a = 1; int f() {")).isFalse();
    assertThat(interpreter.isComplete("1 +")).isFalse();
    assertThat(interpreter.isComplete("// a comment")).isTrue();
    assertThat(interpreter.isComplete("1 + ;")).isTrue();
  }

  @Test
  void a_text_is_evaluated_until_its_listener_has_heard_enough() throws Exception {
    open();
    List<String> values = new ArrayList<>();

    String rest =
        interpreter.evaluate(
            "1; 2; 3; int f(",
            evaluation -> {
              values.add(evaluation.value());
              return true;
            });
    interpreter.evaluate("4; 5;", evaluation -> !values.add(evaluation.value()));

    assertThat(values).containsExactly("1", "2", "3", "4");
    assertThat(rest.strip()).isEqualTo("int f(");
  }

  @Test
  void each_variable_of_a_declaration_is_told_of() throws Exception {
    open();

    List<Evaluation> both = interpreter.evaluateOne("int p = 1, q = Integer.parseInt(\"x\");");

    assertThat(both).extracting(Evaluation::isFine).containsExactly(true, false);
    assertThat(both.get(1).thrown()).isInstanceOf(NumberFormatException.class);
    assertThat(interpreter.evaluateOne("int r = 1, s = nope;"))
        .extracting(Evaluation::isFine)
        .containsExactly(true, false);
  }

  @Test
  void a_stop_is_remembered_until_the_next_beginning() throws Exception {
    open();

    interpreter.stop();

    assertThat(interpreter.isStopped()).isTrue();
    interpreter.begin();
    assertThat(interpreter.isStopped()).isFalse();
  }

  private void open() throws IOException {
    interpreter =
        new Interpreter(ShellClassPath.of(ProjectRoot.find()), OpenConnections::cancelStatements);
    List.of("java.sql.*", "java.util.concurrent.*", "java.util.stream.*")
        .forEach(name -> evaluate("import " + name + ";"));
    evaluate("import static workbook.jshell.Shell.*;");
  }

  private Evaluation evaluate(String code) {
    return interpreter.evaluateOne(code).get(0);
  }

  /** Evaluates a block on another thread, and returns when it runs. */
  private CompletableFuture<Evaluation> start(String code) {
    CompletableFuture<Evaluation> running =
        CompletableFuture.supplyAsync(() -> evaluate("{ " + code + " }"));
    while (!interpreter.isRunning() && !running.isDone()) {
      Thread.onSpinWait();
    }
    return running;
  }

  private static void awaitCall(String method) throws InterruptedException {
    while (Thread.getAllStackTraces().values().stream()
        .flatMap(Stream::of)
        .noneMatch(frame -> frame.getMethodName().equals(method))) {
      Thread.sleep(5);
    }
  }

  private static void awaitStatement(FreshDatabase database) throws Exception {
    try (Connection observer = database.settings().dataSource().getConnection();
        PreparedStatement question =
            observer.prepareStatement(
                "SELECT count(*) FROM pg_stat_activity"
                    + " WHERE application_name = 'mine' AND wait_event = 'PgSleep'")) {
      int sleeping = 0;
      while (sleeping == 0) {
        try (ResultSet answer = question.executeQuery()) {
          answer.next();
          sleeping = answer.getInt(1);
        }
      }
    }
  }
}
