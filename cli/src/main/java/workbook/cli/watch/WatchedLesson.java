package workbook.cli.watch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import workbook.cli.report.CheckRow;
import workbook.engine.course.Answer;
import workbook.engine.course.AnswerReader;
import workbook.engine.course.CheckInfo;
import workbook.engine.course.ExerciseInfo;
import workbook.engine.course.Lesson;
import workbook.engine.protocol.CheckResult;
import workbook.engine.protocol.CompileError;
import workbook.engine.protocol.Status;

/** A lesson under a learner's hands: what it says now, and what is known of it. */
final class WatchedLesson {
  final Lesson lesson;
  private final AnswerReader reader;
  private final Map<String, CheckResult> verdicts = new HashMap<>();
  private String text;
  private Answer graded;
  private Answer grading;
  private List<ExerciseInfo> unfinished = List.of();
  private List<ExerciseInfo> passing = List.of();
  private List<CompileError> errors = List.of();
  private int current;
  private boolean chosen;

  WatchedLesson(Lesson lesson, String text) {
    this.lesson = lesson;
    this.text = text;
    reader = new AnswerReader(lesson);
  }

  void saved(String newText) {
    text = newText;
  }

  /** Whether there is no file, or nothing in it. */
  boolean isGone() {
    return text.isEmpty();
  }

  boolean isGraded() {
    return graded != null;
  }

  /** What the compiler has against it. */
  List<CompileError> errors() {
    return errors;
  }

  ExerciseInfo current() {
    return lesson.exercises().get(current);
  }

  /** Goes to another exercise; false if there is none. */
  boolean go(int exercise) {
    if (exercise < 0 || exercise >= lesson.exercises().size()) {
      return false;
    }
    current = exercise;
    chosen = true;
    return true;
  }

  boolean step(int by) {
    return go(current + by);
  }

  /** Goes to the first exercise that does not pass, or else to the last, unless one was chosen. */
  void goToFirstOpen() {
    while (!chosen && passed(current()) && current < lesson.exercises().size() - 1) {
      current++;
    }
  }

  boolean passed(ExerciseInfo exercise) {
    List<CheckRow> rows = rows(exercise);
    return rows.size() == exercise.checks().size() && rows.stream().allMatch(CheckRow::passed);
  }

  /** Whether nothing of an exercise is written, as far as is known. */
  boolean isOpen(ExerciseInfo exercise) {
    return rows(exercise).stream().allMatch(row -> row.result().status() == Status.NOT_ATTEMPTED);
  }

  /** Whether an exercise passed when the last grading began. */
  boolean passedBefore(ExerciseInfo exercise) {
    return passing.contains(exercise);
  }

  /** The verdicts on an exercise, as far as there are any. */
  List<CheckRow> rows(ExerciseInfo exercise) {
    return exercise.checks().stream()
        .filter(check -> verdicts.containsKey(check.name()))
        .map(check -> new CheckRow(check, verdicts.get(check.name())))
        .toList();
  }

  /** The checks of an exercise that are known to fail. */
  List<CheckInfo> failing(ExerciseInfo exercise) {
    return rows(exercise).stream().filter(row -> !row.passed()).map(CheckRow::check).toList();
  }

  /** Begins a grading, and says of what. */
  List<CheckInfo> begin(boolean everything) {
    grading = reader.read(text);
    passing = lesson.exercises().stream().filter(this::passed).toList();
    List<ExerciseInfo> changed =
        everything || graded == null ? lesson.exercises() : grading.changedSince(graded);
    List<ExerciseInfo> before = unfinished;
    unfinished =
        lesson.exercises().stream()
            .filter(exercise -> changed.contains(exercise) || before.contains(exercise))
            .toList();
    return unfinished.stream().flatMap(exercise -> exercise.checks().stream()).toList();
  }

  void judged(CheckResult result) {
    verdicts.put(result.name(), result);
  }

  /** Ends a grading that came to its end; one that did not leaves its exercises unfinished. */
  void done(List<CompileError> found) {
    errors = found;
    if (!found.isEmpty()) {
      return;
    }
    if (graded != null) {
      moveLines();
    }
    graded = grading;
    unfinished = List.of();
  }

  // Verdicts that still hold may be about lines that are now further down.
  private void moveLines() {
    Set<String> fresh = new java.util.HashSet<>();
    unfinished.forEach(exercise -> exercise.checks().forEach(check -> fresh.add(check.name())));
    String file = lesson.answer().getFileName() + ":";
    for (CheckResult result : new ArrayList<>(verdicts.values())) {
      if (result.at() != null && result.at().startsWith(file) && !fresh.contains(result.name())) {
        long line = Long.parseLong(result.at().substring(file.length()));
        String at = file + graded.lineIn(grading, line);
        verdicts.put(
            result.name(),
            new CheckResult(
                result.name(), result.status(), result.message(), at, 0, result.output()));
      }
    }
  }
}
