package workbook.cli;

import java.nio.file.Files;
import workbook.cli.command.CheckCommand;
import workbook.cli.report.Progress;
import workbook.cli.terminal.CommandContext;
import workbook.cli.terminal.Style;
import workbook.engine.course.Course;
import workbook.engine.course.ExerciseInfo;
import workbook.engine.course.Lesson;
import workbook.engine.playground.Playground;

/** Shows where the learner is, and what to do next. */
final class Overview {
  private final CommandContext context;
  private final Style style;
  private final Progress progress;

  Overview(CommandContext context, Style style) {
    this.context = context;
    this.style = style;
    progress = new Progress(context.root());
  }

  void print() {
    Course course = Course.read(context.root());
    // at once, where there are several cores
    course.lessons().parallelStream().forEach(Lesson::exercises);
    context.out().println(style.bold("PostgreSQL workbook for Java"));
    context.out().println();
    int earned = 0;
    for (Lesson lesson : course.lessons()) {
      int points = progress.earned(lesson);
      earned += points;
      context.out().println(row(lesson, points));
    }
    context.out().println("  %-26s %3s/%s points".formatted("", earned, course.points()));
    context.out().println();
    context
        .out()
        .println("Playground: " + new Playground(context.root(), context.environment()).status());
    context.out().println();
    next(course);
  }

  private String row(Lesson lesson, int points) {
    return "  %s %-13s %s %3s/%s"
        .formatted(
            lesson.number(),
            lesson.topic(),
            style.bar(points, lesson.points()),
            points,
            lesson.points());
  }

  private void next(Course course) {
    for (Lesson lesson : course.lessons()) {
      for (ExerciseInfo exercise : lesson.exercises()) {
        if (!progress.isDone(exercise)) {
          next(lesson, exercise);
          return;
        }
      }
    }
    context.out().println("Every exercise passes. Well done!");
  }

  private void next(Lesson lesson, ExerciseInfo exercise) {
    context.out().println("Next: " + exercise.id() + " " + exercise.title());
    if (progress.earned(lesson) == 0) {
      context.out().println("  read   " + context.relative(lesson.folder().resolve("README.md")));
      context.out().println("  see    ./workbook run " + lesson.number());
    }
    if (!Files.exists(lesson.answer())) {
      context.out().println(CheckCommand.missing(context, lesson));
      return;
    }
    context
        .out()
        .println("  write  " + context.relative(lesson.answer()) + ":" + lesson.lineOf(exercise));
    context.out().println("  check  ./workbook check " + exercise.id());
  }
}
