package workbook.engine.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import workbook.engine.course.CheckInfo;
import workbook.engine.protocol.CheckResult;
import workbook.engine.protocol.CompileError;
import workbook.engine.protocol.Status;
import workbook.engine.protocol.WorkerEvent;
import workbook.engine.runner.GradingSession.Step;
import workbook.support.EnvironmentException;

class GradingSessionTest {
  private final List<String> begun = new ArrayList<>();
  private final Map<String, CheckResult> verdicts = new LinkedHashMap<>();
  private final GradingSession session =
      new GradingSession(
          List.of(check("1.1", "a"), check("1.1", "b"), check("1.2", "c")),
          new GradingListener() {
            @Override
            public void started(CheckInfo check) {
              begun.add(check.name());
            }

            @Override
            public void judged(CheckInfo check, CheckResult result) {
              verdicts.put(check.name(), result);
            }
          });

  @Test
  void a_worker_that_reports_in_turn_decides_every_check() {
    assertThat(session.request()).containsExactly("a", "b", "c");
    pass("a");
    assertThat(fail("b")).isEqualTo(Step.LISTEN);
    pass("c");

    assertThat(session.accept(WorkerEvent.done(), true)).isEqualTo(Step.NEXT_REQUEST);
    assertThat(session.isDone()).isTrue();
    assertThat(begun).containsExactly("a", "b", "c");
    assertThat(verdicts.values())
        .extracting(CheckResult::status)
        .containsExactly(Status.PASSED, Status.FAILED, Status.PASSED);
  }

  @Test
  void a_verdict_after_a_pause_of_the_command_is_tried_again_unless_it_is_passed() {
    session.request();
    session.paused();
    pass("a");
    session.paused();
    fail("b");
    pass("c");
    assertThat(verdicts).containsOnlyKeys("a", "c");

    session.accept(WorkerEvent.done(), true);
    assertThat(session.request()).containsExactly("b");
    fail("b");
    assertThat(session.isDone()).isTrue();
  }

  @Test
  void a_failure_of_a_check_that_was_disturbed_is_tried_again_once() {
    session.request();
    session.accept(WorkerEvent.started("a"), true);
    session.accept(WorkerEvent.finished(result("a", Status.FAILED), false), true);
    assertThat(verdicts).isEmpty();

    session.accept(WorkerEvent.started("a"), true);
    session.accept(WorkerEvent.finished(result("a", Status.FAILED), false), true);
    assertThat(verdicts.get("a").status()).isEqualTo(Status.FAILED);
  }

  @Test
  void pauses_do_not_go_on_for_ever() {
    for (int pause = 0; pause < 4; pause++) {
      assertThat(session.request()).contains("a");
      session.paused();
      fail("a");
    }

    assertThat(session.request()).containsExactly("b", "c");
  }

  @Test
  void an_answer_that_does_not_compile_has_no_verdicts() {
    session.request();

    Step step =
        session.accept(
            WorkerEvent.rejected(List.of(new CompileError("My.java", 1, 1, "no"))), true);

    assertThat(step).isEqualTo(Step.LISTEN);
    assertThat(session.errors()).hasSize(1);
    assertThat(session.isDone()).isTrue();
    assertThat(session.accept(WorkerEvent.done(), true)).isEqualTo(Step.NEXT_REQUEST);
  }

  @Test
  void an_answer_that_has_run_cannot_take_back_that_it_compiles() {
    session.request();
    pass("a");

    Step step =
        session.accept(
            WorkerEvent.rejected(List.of(new CompileError("My.java", 1, 1, "no"))), true);

    assertThat(step).isEqualTo(Step.NEXT_WORKER);
    assertThat(session.errors()).isEmpty();
    assertThat(session.request()).containsExactly("b", "c");
  }

  @Test
  void an_answer_without_time_left_keeps_the_verdicts_it_has() {
    session.request();
    pass("a");
    start("b");

    Step step = session.exhausted("no time left");

    assertThat(step).isEqualTo(Step.NEXT_WORKER);
    assertThat(session.isDone()).isTrue();
    assertThat(verdicts.values())
        .extracting(CheckResult::status)
        .containsExactly(Status.PASSED, Status.TIMED_OUT, Status.TIMED_OUT);
    assertThat(verdicts.get("c").message()).isEqualTo("no time left");
  }

  @Test
  void the_environments_fault_is_tried_three_times_and_then_the_answers() {
    for (int attempt = 1; attempt <= 3; attempt++) {
      assertThat(verdicts).isEmpty();
      session.request();
      start("a");
      finish("a", Status.ENVIRONMENT, true);
    }

    assertThat(verdicts.get("a").status()).isEqualTo(Status.CRASHED);
    assertThat(verdicts.get("a").message())
        .contains("broke down 3 times", "the server was fine: said ENVIRONMENT");
  }

  @Test
  void a_deadline_is_tried_again_unless_the_answer_was_busy_all_the_time() {
    session.request();
    start("a");
    finish("a", Status.TIMED_OUT, false);
    assertThat(verdicts).isEmpty();
    assertThat(session.accept(WorkerEvent.spoilt(), true)).isEqualTo(Step.NEXT_WORKER);

    session.request();
    start("a");
    finish("a", Status.TIMED_OUT, false);
    start("c");
    finish("c", Status.TIMED_OUT, true);

    assertThat(verdicts.keySet()).containsExactly("a", "c");
    assertThat(verdicts.get("a").status()).isEqualTo(Status.TIMED_OUT);
  }

  @Test
  void a_check_that_passes_when_it_is_tried_again_has_passed() {
    session.request();
    start("a");
    finish("a", Status.TIMED_OUT, false);
    session.request();
    pass("a");

    assertThat(verdicts.get("a").status()).isEqualTo(Status.PASSED);
  }

  @Test
  void after_a_deadline_the_other_checks_of_that_exercise_are_hurried_and_still_count() {
    session.request();
    assertThat(session.hurried()).isEmpty();
    start("a");
    finish("a", Status.TIMED_OUT, true);

    assertThat(session.request()).containsExactly("b", "c");
    assertThat(session.hurried()).containsExactly("b");
    pass("b");
    assertThat(verdicts.get("b").status()).isEqualTo(Status.PASSED);
  }

  @Test
  void the_first_check_that_timed_out_is_tried_again_without_hurry() {
    session.request();
    start("a");
    finish("a", Status.TIMED_OUT, false);

    session.request();
    assertThat(session.hurried()).containsExactly("b");
  }

  @Test
  void who_was_hurried_for_a_check_that_passes_after_all_gets_the_whole_time() {
    session.request();
    start("a");
    finish("a", Status.TIMED_OUT, false);
    session.request();
    pass("a");
    start("b");
    finish("b", Status.TIMED_OUT, true);

    assertThat(verdicts.get("a").status()).isEqualTo(Status.PASSED);
    assertThat(verdicts).doesNotContainKey("b");
    assertThat(session.request()).containsExactly("b", "c");
    assertThat(session.hurried()).isEmpty();
    start("b");
    finish("b", Status.TIMED_OUT, true);
    assertThat(verdicts.get("b").status()).isEqualTo(Status.TIMED_OUT);
  }

  @Test
  void a_death_in_a_check_is_tried_again_and_costs_no_other_check() {
    session.request();
    start("a");
    assertThat(session.ended(1, "out of memory")).isEqualTo(Step.NEXT_WORKER);
    assertThat(verdicts).isEmpty();
    assertThat(session.request()).containsExactly("a", "b", "c");
    start("a");
    session.ended(137, "");

    assertThat(verdicts.get("a").status()).isEqualTo(Status.CRASHED);
    assertThat(verdicts.get("a").message()).contains("(exit code 137)");
    assertThat(session.request()).containsExactly("b", "c");
  }

  @Test
  void an_exit_that_the_worker_itself_reports_is_not_tried_again() {
    session.request();
    start("a");
    finish("a", Status.CRASHED, true);

    assertThat(verdicts.get("a").status()).isEqualTo(Status.CRASHED);
  }

  @Test
  void deaths_between_checks_cost_no_check_and_do_not_end_the_grading() {
    for (String name : List.of("a", "b", "c")) {
      session.request();
      pass(name);
      assertThat(session.ended(1, "")).isEqualTo(Step.NEXT_WORKER);
    }

    assertThat(verdicts.values()).extracting(CheckResult::status).containsOnly(Status.PASSED);
  }

  @Test
  void workers_that_die_before_any_check_are_the_environments_fault() {
    session.request();
    assertThat(session.ended(1, "no memory")).isEqualTo(Step.NEXT_WORKER);
    session.request();
    assertThat(session.silent()).isEqualTo(Step.NEXT_WORKER);
    session.request();

    assertThatThrownBy(() -> session.accept(WorkerEvent.broken("no class"), true))
        .isInstanceOf(EnvironmentException.class)
        .hasMessageContaining("no class");
  }

  @Test
  void a_check_that_does_not_run_is_named() {
    session.request();
    session.accept(WorkerEvent.done(), true);
    session.request();
    session.accept(WorkerEvent.done(), true);
    session.request();

    assertThatThrownBy(() -> session.accept(WorkerEvent.done(), true))
        .isInstanceOf(EnvironmentException.class)
        .hasMessageContaining("the check a did not run");
  }

  @Test
  void silence_in_a_check_is_tried_again_before_it_is_a_deadline() {
    session.request();
    start("a");
    assertThat(session.silent()).isEqualTo(Step.NEXT_WORKER);
    assertThat(verdicts).isEmpty();
    session.request();
    start("a");
    session.silent();

    assertThat(verdicts.get("a").status()).isEqualTo(Status.TIMED_OUT);
  }

  @Test
  void floods_and_a_full_disk_are_the_checks_that_ran() {
    session.request();
    start("a");
    assertThat(session.flooded()).isEqualTo(Step.NEXT_WORKER);
    session.request();
    start("b");
    assertThat(session.full()).isEqualTo(Step.NEXT_WORKER);

    assertThat(verdicts.get("a").message()).contains("more output");
    assertThat(verdicts.get("b").message()).contains("200 MB");
  }

  @Test
  void a_forged_line_shows_the_evidence_and_costs_all() {
    session.request();
    pass("a");
    start("b");

    assertThat(session.forged("{\"seal\":\"guessed\"}")).isEqualTo(Step.NEXT_WORKER);
    assertThat(session.isDone()).isTrue();
    assertThat(verdicts.values()).extracting(CheckResult::status).containsOnly(Status.TAMPERING);
    assertThat(verdicts.get("c").message()).endsWith("{\"seal\":\"guessed\"}");
  }

  @Test
  void what_cannot_be_is_a_crash_when_it_happens_twice_and_never_tampering() {
    for (int attempt = 1; attempt <= 2; attempt++) {
      assertThat(verdicts).isEmpty();
      session.request();
      start("a");
      assertThat(start("b")).as("a check within a check").isEqualTo(Step.NEXT_WORKER);
    }

    assertThat(verdicts.get("a").status()).isEqualTo(Status.CRASHED);
  }

  @Test
  void a_verdict_counts_for_the_running_check_only() {
    session.request();
    assertThat(finish("a", Status.PASSED, true)).isEqualTo(Step.NEXT_WORKER);
    session.request();
    start("a");
    assertThat(finish("b", Status.PASSED, true)).isEqualTo(Step.NEXT_WORKER);
    session.request();
    assertThat(start("nonsense")).isEqualTo(Step.NEXT_WORKER);
    assertThat(verdicts).isEmpty();
  }

  @Test
  void a_check_that_did_not_use_its_databases_has_not_passed() {
    session.request();
    start("a");
    WorkerEvent passed = WorkerEvent.finished(result("a", Status.PASSED), true);

    assertThat(session.accept(passed, false)).isEqualTo(Step.NEXT_WORKER);
    session.request();
    start("a");
    session.accept(passed, false);

    assertThat(verdicts.get("a").status()).isEqualTo(Status.CRASHED);
  }

  @Test
  void events_with_holes_are_no_verdicts() {
    session.request();
    start("a");
    WorkerEvent hole =
        new WorkerEvent(WorkerEvent.Kind.FINISHED, "a", result("a", null), true, null, null);

    assertThat(session.accept(hole, true)).isEqualTo(Step.NEXT_WORKER);
    assertThat(session.accept(WorkerEvent.started(null), true)).isEqualTo(Step.NEXT_WORKER);
    assertThat(session.lost()).isEqualTo(Step.NEXT_WORKER);
    assertThat(verdicts).isEmpty();
  }

  @Test
  void done_while_a_check_runs_is_no_end() {
    session.request();
    start("a");

    assertThat(session.accept(WorkerEvent.done(), true)).isEqualTo(Step.NEXT_WORKER);
    assertThat(session.isDone()).isFalse();
  }

  private Step start(String name) {
    return session.accept(WorkerEvent.started(name), true);
  }

  private void pass(String name) {
    start(name);
    finish(name, Status.PASSED, true);
  }

  private Step fail(String name) {
    start(name);
    return finish(name, Status.FAILED, true);
  }

  private Step finish(String name, Status status, boolean certain) {
    return session.accept(WorkerEvent.finished(result(name, status), certain), true);
  }

  private static CheckResult result(String name, Status status) {
    return new CheckResult(name, status, "said " + status, null, 1, "");
  }

  private static CheckInfo check(String exercise, String name) {
    return new CheckInfo(exercise, name, 1, 0, 0, "");
  }
}
