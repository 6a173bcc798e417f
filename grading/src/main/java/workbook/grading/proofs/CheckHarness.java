package workbook.grading.proofs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import workbook.engine.course.CheckInfo;
import workbook.engine.course.Lesson;
import workbook.engine.protocol.CheckResult;
import workbook.engine.protocol.Status;
import workbook.engine.protocol.WorkerEvent;
import workbook.grading.worker.CheckRunner;

/** Runs a lesson's checks on whatever answer it is given, in this process. */
final class CheckHarness {
  private static volatile Supplier<?> given;

  private final CheckRunner runner = new CheckRunner();
  private final Lesson lesson;
  private final Class<?> checks;

  /**
   * @param checks the class of checks, which asks {@link #answer} for the answer
   */
  CheckHarness(Lesson lesson, Class<?> checks) {
    this.lesson = lesson;
    this.checks = checks;
  }

  /** The answer on trial, made anew. */
  static Object answer() {
    if (given == null) {
      throw new IllegalStateException("These checks have no answer. Run MistakesTest instead.");
    }
    return given.get();
  }

  /** The lesson's checks, in order. */
  List<String> names() {
    return names(check -> true);
  }

  /** An exercise's checks, in order. */
  List<String> namesIn(String exercise) {
    return names(check -> check.exercise().equals(exercise));
  }

  private List<String> names(Predicate<CheckInfo> which) {
    return checks().filter(which).map(CheckInfo::name).toList();
  }

  /** Runs some checks and gives their verdicts, by name. */
  Map<String, CheckResult> run(Supplier<?> answer, Collection<String> names) {
    List<WorkerEvent> events = new ArrayList<>();
    given = answer;
    try {
      runner.run(checks, List.copyOf(names), events::add);
    } finally {
      given = null;
    }
    Map<String, CheckResult> results = new LinkedHashMap<>();
    for (WorkerEvent event : events) {
      assertThat(event.message()).as("what is broken around the checks").isNull();
      if (event.result() != null) {
        results.put(event.check(), event.result());
      }
    }
    assertThat(results.keySet()).as("checks that ran").containsExactlyInAnyOrderElementsOf(names);
    return results;
  }

  /** Demands that checks pass. */
  void passes(Supplier<?> answer, Collection<String> names) {
    for (CheckResult result : run(answer, names).values()) {
      assertThat(result.status())
          .as("%s: %s", result.name(), result.message())
          .isEqualTo(Status.PASSED);
    }
  }

  /** What results earn. */
  int points(Map<String, CheckResult> results) {
    return checks()
        .filter(check -> results.containsKey(check.name()))
        .filter(check -> results.get(check.name()).status() == Status.PASSED)
        .mapToInt(CheckInfo::points)
        .sum();
  }

  private Stream<CheckInfo> checks() {
    return lesson.exercises().stream().flatMap(exercise -> exercise.checks().stream());
  }
}
