package workbook.cli.command;

import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import workbook.cli.report.TextReport;
import workbook.cli.terminal.CommandContext;
import workbook.cli.terminal.Exit;
import workbook.cli.terminal.Selection;
import workbook.cli.terminal.Style;
import workbook.cli.terminal.UsageException;
import workbook.engine.course.CheckInfo;
import workbook.engine.course.Course;
import workbook.engine.course.ExerciseInfo;
import workbook.engine.protocol.CheckResult;
import workbook.engine.protocol.CompileError;
import workbook.engine.protocol.Status;
import workbook.engine.runner.Grader;
import workbook.engine.runner.GradingListener;
import workbook.engine.trace.MermaidTrace;
import workbook.engine.trace.Trace;
import workbook.engine.trace.TracePart;
import workbook.engine.trace.TraceText;

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
  private static final int COLUMNS = 110;

  private final CommandContext context;
  private final Style style;
  private final Trace trace = new Trace();
  private boolean passed = true;

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
    try (Grader grader = Grader.tracing(context.root(), context.err()::println, trace)) {
      List<CompileError> errors = grader.grade(selection.lesson(), checks, new Follower());
      if (!errors.isEmpty()) {
        new TextReport(context, style).rejected(errors);
        return Exit.CHECKS_FAILED;
      }
    }
    return passed ? Exit.FINE : Exit.CHECKS_FAILED;
  }

  /** Shows each check when it has its verdict. */
  private final class Follower implements GradingListener {
    private long began;

    @Override
    public void started(CheckInfo check) {
      began = System.nanoTime();
    }

    @Override
    public void judged(CheckInfo check, CheckResult result) {
      passed &= result.status() == Status.PASSED;
      show(check, result, trace.take(began, System.nanoTime()));
    }
  }

  private void show(CheckInfo check, CheckResult result, TracePart part) {
    String sign = result.status() == Status.PASSED ? style.passed() : style.failed();
    String title = check.exercise() + " " + check.sentence();
    if (mermaid) {
      context.out().println("%% " + title + ": " + result.status().word());
      MermaidTrace.of(part).forEach(context.out()::println);
    } else {
      context.out().println(sign + " " + style.bold(title) + "  " + result.status().word());
      TraceText.of(part, COLUMNS, style::faint).forEach(context.out()::println);
    }
    context.out().println();
    context.out().flush();
  }
}
