package workbook.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
import workbook.engine.course.ExerciseInfo;
import workbook.engine.course.Lesson;
import workbook.engine.course.Stubs;
import workbook.support.EnvironmentException;

/** {@code undo}: takes the last reset of a lesson's file back, or brings one exercise back. */
@Command(
    name = "undo",
    description = "Take the last reset of a lesson back, or bring one of its exercises back.")
public final class UndoCommand implements Callable<Integer> {
  private final CommandContext context;

  @Parameters(paramLabel = "LESSON|EXERCISE", description = "Such as 1, connect or 1.3.")
  private String wanted;

  public UndoCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    Selection selection = Selection.find(Course.read(context.root()), wanted);
    Lesson lesson = selection.lesson();
    AnswerFile file = new AnswerFile(context.root(), lesson.answer());
    if (selection.exercise() == null) {
      undo(lesson, file);
    } else {
      undo(lesson, selection.exercise(), file);
    }
    return Exit.FINE;
  }

  private void undo(Lesson lesson, AnswerFile file) {
    AnswerFile.Undone undone =
        file.undo().orElseThrow(() -> new UsageException("There is nothing to undo."));
    new Progress(context.root()).undo(lesson);
    context
        .out()
        .printf("%s is what it was before the reset.%n", context.relative(lesson.answer()));
    undone.kept().ifPresent(this::tellKept);
  }

  // What was written elsewhere in the file since the reset stays.
  private void undo(Lesson lesson, ExerciseInfo exercise, AnswerFile file) {
    String now = read(lesson);
    List<String> earlier = file.earlierTexts();
    String then =
        earlier.stream()
            .flatMap(text -> Stubs.broughtBack(lesson, exercise, now, text).stream())
            .findFirst()
            .orElseThrow(() -> new UsageException(nothing(exercise)));
    if (then.equals(earlier.get(0))) {
      undo(lesson, file);
      return;
    }
    Optional<Path> kept = file.replace(then);
    if (kept.isEmpty()) {
      throw new UsageException(nothing(exercise));
    }
    new Progress(context.root()).reset(lesson, List.of(exercise), true);
    context
        .out()
        .printf(
            "Exercise %s is what it was before its reset; the rest of %s stays as it is.%n"
                + "./workbook check %s gives its points again.%n",
            exercise.id(), context.relative(lesson.answer()), exercise.id());
    tellKept(kept.get());
  }

  private static String nothing(ExerciseInfo exercise) {
    return "There is nothing to undo: no reset has taken away what you wrote for %s."
        .formatted(exercise.id());
  }

  private String read(Lesson lesson) {
    if (!Files.exists(lesson.answer())) {
      throw new UsageException(CheckCommand.missing(context, lesson));
    }
    try {
      return Files.readString(lesson.answer());
    } catch (IOException e) {
      throw new EnvironmentException(
          "%s cannot be read: %s. Is it UTF-8 text? ./workbook undo %s brings the whole file back."
              .formatted(
                  context.relative(lesson.answer()),
                  EnvironmentException.reason(e),
                  lesson.number()),
          e);
    }
  }

  private void tellKept(Path kept) {
    context.out().printf("What it was until now is in %s%n", context.relative(kept));
  }
}
