package workbook.cli.command;

import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import workbook.cli.report.ExerciseTrace;
import workbook.cli.report.TextReport;
import workbook.cli.terminal.CommandContext;
import workbook.cli.terminal.Exit;
import workbook.cli.terminal.Selection;
import workbook.cli.terminal.Style;
import workbook.cli.terminal.UsageException;
import workbook.engine.course.CheckInfo;
import workbook.engine.course.Course;
import workbook.engine.course.ExerciseInfo;
import workbook.engine.protocol.CompileError;

/** {@code trace}: shows what an answer and the server say to each other during its checks. */
@Command(
    name = "trace",
    description = "Show what your code and the server say to each other, check by check.",
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:every check passed",
      "1:some did not: failed or not attempted",
      "2:no such lesson or exercise",
      "3:a database or a tool is broken"
    })
public final class TraceCommand implements Callable<Integer> {
  private final CommandContext context;
  private final Style style;

  @Parameters(paramLabel = "EXERCISE|LESSON", description = "Such as 4.2 or 4.")
  private String wanted;

  @Option(
      names = "--mermaid",
      description = "Print sequence diagrams in Mermaid's language, for a page.")
  private boolean mermaid;

  public TraceCommand(CommandContext context, Style style) {
    this.context = context;
    this.style = style;
  }

  @Override
  public Integer call() {
    Selection selection = Selection.find(Course.read(context.root()), wanted);
    if (!Files.exists(selection.lesson().answer())) {
      throw new UsageException(CheckCommand.missing(context, selection.lesson()));
    }
    List<CheckInfo> checks =
        selection.exercises().stream().map(ExerciseInfo::checks).flatMap(List::stream).toList();
    ExerciseTrace trace = new ExerciseTrace(context.root(), style, mermaid, context.out()::println);
    List<CompileError> errors = trace.run(selection.lesson(), checks, context.err()::println);
    if (!errors.isEmpty()) {
      new TextReport(context, style).rejected(errors);
    }
    return errors.isEmpty() && trace.passed() ? Exit.FINE : Exit.CHECKS_FAILED;
  }
}
