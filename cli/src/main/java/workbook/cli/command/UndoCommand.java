package workbook.cli.command;

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

/** {@code undo}: takes the last reset of a lesson's file back. */
@Command(name = "undo", description = "Take the last reset of a lesson back.")
public final class UndoCommand implements Callable<Integer> {
  private final CommandContext context;

  @Parameters(paramLabel = "LESSON", description = "Such as 1 or connect.")
  private String wanted;

  public UndoCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    Lesson lesson = Selection.findLesson(Course.read(context.root()), wanted);
    AnswerFile.Undone undone =
        new AnswerFile(context.root(), lesson.answer())
            .undo()
            .orElseThrow(() -> new UsageException("There is nothing to undo."));
    new Progress(context.root()).undo(lesson);
    context
        .out()
        .printf("%s is what it was before the reset.%n", context.relative(lesson.answer()));
    undone
        .kept()
        .ifPresent(
            kept ->
                context.out().printf("What it was until now is in %s%n", context.relative(kept)));
    return Exit.FINE;
  }
}
