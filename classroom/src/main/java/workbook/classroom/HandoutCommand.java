package workbook.classroom;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import workbook.cli.terminal.CommandContext;
import workbook.cli.terminal.Exit;
import workbook.engine.course.Course;
import workbook.support.EnvironmentException;

/** {@code handout}: makes the copy of the workbook that students get. */
@Command(
    name = "handout",
    description = {
      "Make a copy of the workbook with every exercise unwritten; for students, --without-answers.",
      "Nothing that you wrote is in it: no answers of yours, no settings, no hand-ins."
    })
public final class HandoutCommand implements Callable<Integer> {
  private final CommandContext context;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR|ZIP",
      description = "A new folder, or a file whose name ends with .zip.")
  private Path out;

  @Option(
      names = "--without-answers",
      description =
          "Leave out the reference answers, the catalogued mistakes and the teacher's pages.")
  private boolean withoutAnswers;

  public HandoutCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    Path target = out.toAbsolutePath().normalize();
    Handout handout = new Handout(context.root(), Course.read(context.root()), withoutAnswers);
    try {
      List<Path> files = handout.files();
      handout.write(files, target);
      context
          .out()
          .printf(
              "%s files are in %s, every exercise unwritten, %s.%n",
              files.size(),
              out,
              withoutAnswers
                  ? "without answers"
                  : "with the reference answers (students get --without-answers)");
      return Exit.FINE;
    } catch (IOException e) {
      throw new EnvironmentException(
          "%s cannot be written: %s. Is there room on the disk, and may you write there?"
              .formatted(target, e),
          e);
    }
  }
}
