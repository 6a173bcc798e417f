package workbook.cli.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import workbook.cli.terminal.CommandContext;
import workbook.cli.terminal.Exit;
import workbook.cli.terminal.Selection;
import workbook.cli.terminal.UsageException;
import workbook.engine.course.Course;
import workbook.engine.course.Lesson;
import workbook.engine.course.Stubs;
import workbook.support.EnvironmentException;

/** {@code solution}: shows how the reference answers an exercise, and why so. */
@Command(name = "solution", description = "Show a good answer to an exercise, with its reasons.")
public final class SolutionCommand implements Callable<Integer> {
  private final CommandContext context;

  @Parameters(paramLabel = "EXERCISE", description = "Such as 1.3.")
  private String wanted;

  public SolutionCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    context
        .out()
        .println(solution(context, Selection.findOne(Course.read(context.root()), wanted)));
    return Exit.FINE;
  }

  /** Whether this copy has no reference answers: then there is nothing to offer. */
  public static boolean isWithoutAnswers(CommandContext context) {
    try {
      return Course.read(context.root()).lessons().stream().noneMatch(Lesson::hasReference);
    } catch (EnvironmentException e) {
      // Every command says so that needs the course.
      return false;
    }
  }

  /** The reference's answer to an exercise, and where it is from. */
  public static String solution(CommandContext context, Selection selection) {
    String solution =
        Stubs.solution(selection.lesson(), selection.exercise())
            .orElseThrow(
                () ->
                    new UsageException(
                        "This copy of the workbook has no reference answers; ask your teacher."));
    return "From %s:%n%n%s".formatted(context.relative(selection.lesson().reference()), solution);
  }
}
