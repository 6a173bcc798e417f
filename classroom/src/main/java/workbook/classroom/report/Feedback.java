package workbook.classroom.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import workbook.classroom.report.ClassResult.CheckOutcome;
import workbook.classroom.report.ClassResult.GradedCheck;
import workbook.classroom.report.ClassResult.GradedLesson;
import workbook.classroom.report.ClassResult.LessonResult;
import workbook.classroom.report.ClassResult.StudentResult;
import workbook.engine.protocol.Status;

/** What a student reads: what works, what does not and where, and what to do next. */
final class Feedback {
  private final StringBuilder text = new StringBuilder();
  private final List<String> next = new ArrayList<>();
  private final List<String> right = new ArrayList<>();
  private final List<String> open = new ArrayList<>();

  private Feedback() {}

  static String of(ClassResult result, StudentResult student) {
    Feedback feedback = new Feedback();
    int possible = result.possible();
    feedback.line("# Feedback for %s", Markdown.text(student.student()));
    feedback.line("");
    feedback.line("You earned **%s of %s** points.", student.earned(), possible);
    student.notes().forEach(note -> feedback.line("%nNote: %s.", Markdown.text(note)));
    for (GradedLesson lesson : result.lessons()) {
      feedback.lesson(lesson, student.lesson(lesson.number()).orElse(null));
    }
    feedback.next();
    return feedback.text.toString();
  }

  private void lesson(GradedLesson lesson, LessonResult graded) {
    line("%n## %s", lesson.title());
    if (graded == null) {
      line("%nNot handed in: there was no `%s` to grade.", lesson.answer());
      return;
    }
    line(
        "%n%s of %s points, for %s.",
        graded.earned(), lesson.points(), Markdown.code(graded.file()));
    graded.notes().forEach(note -> line("%nNote: %s.", Markdown.text(note)));
    CheckOutcome first = graded.checks().get(0);
    if (first.status() == Status.TAMPERING) {
      line("%nThis answer was not graded; talk to your teacher.");
      block(first.message());
      return;
    }
    boolean noneRan =
        graded.checks().stream().allMatch(check -> check.status() == Status.NOT_ALLOWED);
    if (first.status() == Status.DOES_NOT_COMPILE || noneRan) {
      rejected(lesson, first);
      return;
    }
    Map<String, List<Integer>> exercises = new LinkedHashMap<>();
    for (int i = 0; i < lesson.checks().size(); i++) {
      exercises.computeIfAbsent(lesson.checks().get(i).exercise(), id -> new ArrayList<>()).add(i);
    }
    right.clear();
    open.clear();
    exercises.forEach((id, indexes) -> exercise(lesson, graded, id, indexes));
    if (!right.isEmpty()) {
      line("%nRight in every check: %s.", String.join(", ", right));
    }
    if (!open.isEmpty()) {
      line("%nNot written yet: %s.", String.join(", ", open));
    }
  }

  private void rejected(GradedLesson lesson, CheckOutcome first) {
    boolean compiles = first.status() == Status.NOT_ALLOWED;
    line(
        compiles
            ? "%nThis answer uses what no exercise needs, so no check could run:"
            : "%nThis answer does not compile, so no check could run:");
    block(first.message());
    next.add(
        (compiles ? "Do without that in `%s`" : "Make `%s` compile").formatted(lesson.answer())
            + ": `./workbook check %s` shows the line.".formatted(lesson.number()));
  }

  private void exercise(
      GradedLesson lesson, LessonResult graded, String id, List<Integer> indexes) {
    List<CheckOutcome> outcomes = indexes.stream().map(graded.checks()::get).toList();
    int earned = outcomes.stream().mapToInt(CheckOutcome::points).sum();
    int possible = indexes.stream().mapToInt(i -> lesson.checks().get(i).points()).sum();
    GradedCheck check = lesson.checks().get(indexes.get(0));
    if (outcomes.stream().allMatch(outcome -> outcome.status() == Status.PASSED)) {
      right.add(id);
      return;
    }
    if (outcomes.stream().allMatch(outcome -> outcome.status() == Status.NOT_ATTEMPTED)) {
      open.add(id);
    } else {
      line("%n### %s %s: %s of %s", id, check.title(), earned, possible);
      outcomes.forEach(this::check);
    }
    if (next.size() < 3) {
      next.add(
          "Exercise %s: `./workbook hint %1$s` helps, `./workbook check %1$s` tells when it is right."
              .formatted(id));
    }
  }

  private void check(CheckOutcome check) {
    if (check.status() == Status.PASSED) {
      line("%n- passes: %s", check.name().replace('_', ' '));
      return;
    }
    line("%n- **%s**: %s", check.status().word(), check.name().replace('_', ' '));
    block(check.message());
    if (!check.code().isEmpty()) {
      line("%n  It came through line %s of yours:", check.line());
      block(String.join("\n", check.code()));
    }
  }

  private void next() {
    if (!next.isEmpty()) {
      line("%n## What to do next%n");
      next.forEach(step -> line("- %s", step));
    }
  }

  private void block(String content) {
    String fence = Markdown.fence(content);
    line("%n  %stext", fence);
    content.lines().forEach(each -> line("  %s", each));
    line("  %s", fence);
  }

  private void line(String format, Object... values) {
    text.append(format.formatted(values)).append('\n');
  }
}
