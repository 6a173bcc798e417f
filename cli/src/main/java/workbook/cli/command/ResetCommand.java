package workbook.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import workbook.cli.report.Progress;
import workbook.cli.terminal.CommandContext;
import workbook.cli.terminal.Exit;
import workbook.cli.terminal.Selection;
import workbook.cli.terminal.UsageException;
import workbook.engine.course.Course;
import workbook.engine.course.Lesson;
import workbook.engine.course.Stubs;
import workbook.support.EnvironmentException;

/** {@code reset}: makes an exercise, or a whole lesson, unwritten again. */
@Command(
    name = "reset",
    description = "Start an exercise or a lesson afresh; what you wrote is kept for undo.")
public final class ResetCommand implements Callable<Integer> {
  private final CommandContext context;

  @Parameters(paramLabel = "LESSON|EXERCISE", description = "Such as 1 or 1.3.")
  private String wanted;

  public ResetCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    context.out().println(reset(context, Selection.find(Course.read(context.root()), wanted)));
    return Exit.FINE;
  }

  /** Resets, and says so. */
  public static String reset(CommandContext context, Selection selection) {
    Lesson lesson = selection.lesson();
    Optional<Path> backup =
        new AnswerFile(context.root(), lesson.answer()).replace(text(context, selection));
    String what =
        selection.exercise() == null
            ? "Lesson " + lesson.number()
            : "Exercise " + selection.exercise().id();
    new Progress(context.root()).reset(lesson, selection.exercises(), backup.isPresent());
    String done =
        "%s is as it was handed out, in %s".formatted(what, context.relative(lesson.answer()));
    Object undone = selection.exercise() == null ? lesson.number() : selection.exercise().id();
    return done
        + backup
            .map(
                kept ->
                    "%nWhat it was before is kept in %s%n./workbook undo %s brings it back."
                        .formatted(context.relative(kept), undone))
            .orElse("");
  }

  private static String text(CommandContext context, Selection selection) {
    Lesson lesson = selection.lesson();
    if (selection.exercise() == null || !Files.exists(lesson.answer())) {
      return pristine(lesson);
    }
    return Stubs.without(lesson, selection.exercise())
        .orElseThrow(
            () ->
                new UsageException(
                    "%s no longer has the type that exercise %s belongs in. ./workbook reset %s starts the whole lesson afresh, and keeps a backup."
                        .formatted(
                            context.relative(lesson.answer()),
                            selection.exercise().id(),
                            lesson.number())));
  }

  private static String pristine(Lesson lesson) {
    try {
      return Files.readString(lesson.pristineAnswer());
    } catch (IOException e) {
      throw new EnvironmentException(
          "%s cannot be read: %s. Put it back, for instance with git checkout."
              .formatted(lesson.pristineAnswer(), EnvironmentException.reason(e)),
          e);
    }
  }
}
