package workbook.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import workbook.support.course.Course;
import workbook.support.course.Stubs;

/** {@code solution}: shows how the reference answers an exercise, and why so. */
@Command(name = "solution", description = "Show a good answer to an exercise, with its reasons.")
final class SolutionCommand implements Callable<Integer> {
  private final CommandContext context;

  @Parameters(paramLabel = "EXERCISE", description = "Such as 1.3.")
  private String wanted;

  SolutionCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    Selection selection = Selection.findOne(Course.read(context.root()), wanted);
    String solution =
        Stubs.solution(selection.lesson(), selection.exercise())
            .orElseThrow(
                () ->
                    new UsageException(
                        "This copy of the workbook has no reference answers; ask your teacher."));
    context.out().println("From " + context.relative(selection.lesson().reference()) + ":");
    context.out().println();
    context.out().println(solution);
    return Exit.FINE;
  }
}
