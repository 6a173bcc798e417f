package workbook.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import workbook.support.course.Course;
import workbook.support.course.Lesson;

/** {@code bench}: measures the workbook itself. */
@Command(name = "bench", description = "Measure how fast the workbook is on this computer.")
final class BenchCommand implements Callable<Integer> {
  private final CommandContext context;

  @Spec private CommandSpec spec;

  BenchCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "What shall be measured? There is: loop.");
  }

  @Command(
      description = {
        "From a save to its last verdict, beside mvn test of the same lesson.",
        "It works on a copy of the lesson, into which it writes the reference answer."
      },
      mixinStandardHelpOptions = true)
  int loop(
      @Parameters(
              arity = "0..1",
              paramLabel = "LESSON",
              description = "Such as 1 or connect; without it, all.")
          String wanted,
      @Option(
              names = "--saves",
              paramLabel = "N",
              defaultValue = "30",
              description = "How often to save; 30 if not given.")
          int saves,
      @Option(names = "--no-maven", description = "Leave mvn test out.") boolean noMaven) {
    if (saves < 1) {
      throw new UsageException("--saves %d: it takes 1 at least.".formatted(saves));
    }
    Course course = Course.read(context.root());
    List<Lesson> lessons =
        wanted == null ? course.lessons() : List.of(Selection.findLesson(course, wanted));
    new LoopBench(context, saves, !noMaven).run(lessons);
    return Exit.FINE;
  }
}
