package workbook.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import workbook.cli.report.CheckRow;
import workbook.cli.report.OtherFormats;
import workbook.cli.report.Progress;
import workbook.cli.report.Report;
import workbook.cli.report.TextReport;
import workbook.cli.terminal.CommandContext;
import workbook.cli.terminal.Exit;
import workbook.cli.terminal.Selection;
import workbook.cli.terminal.Style;
import workbook.cli.terminal.Ticker;
import workbook.cli.terminal.UsageException;
import workbook.engine.course.CheckInfo;
import workbook.engine.course.Course;
import workbook.engine.course.ExerciseInfo;
import workbook.engine.course.Lesson;
import workbook.engine.protocol.CheckResult;
import workbook.engine.protocol.CompileError;
import workbook.engine.runner.Grader;
import workbook.engine.runner.GradingListener;
import workbook.support.EnvironmentException;

/** {@code check}: grades the learner's work. */
@Command(
    name = "check",
    description = "Grade your work: all of it, a lesson, or an exercise.",
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:every check passed",
      "1:some did not: failed or not attempted",
      "2:no such lesson or exercise",
      "3:a database or a tool is broken"
    })
public final class CheckCommand implements Callable<Integer> {
  private final CommandContext context;
  private final Style style;

  @Parameters(
      arity = "0..1",
      paramLabel = "LESSON|EXERCISE",
      description = "Such as 1, connect or 1.3; without it, everything.")
  private String wanted;

  @Option(
      names = "--format",
      paramLabel = "text|json",
      defaultValue = "text",
      description = "What to print; json is one document and nothing else.")
  private Format format;

  @Option(
      names = "--exercism",
      paramLabel = "FILE",
      description = "Also write Exercism's results.json (version 3) there.")
  private Path exercism;

  @Option(
      names = "--gradescope",
      paramLabel = "FILE",
      description = "Also write Gradescope's results.json there.")
  private Path gradescope;

  @Option(names = "--junit", paramLabel = "FILE", description = "Also write JUnit's XML there.")
  private Path junit;

  enum Format {
    text,
    json
  }

  public CheckCommand(CommandContext context, Style style) {
    this.context = context;
    this.style = style;
  }

  @Override
  public Integer call() {
    Course course = Course.read(context.root());
    List<Selection> selections =
        wanted == null
            ? course.lessons().stream().map(lesson -> new Selection(lesson, null)).toList()
            : List.of(Selection.find(course, wanted));
    selections.forEach(selection -> requireAnswer(selection.lesson()));
    Report report = grade(selections);
    new Progress(context.root()).record(report.rows());
    if (format == Format.json) {
      context.out().println(report.toJson());
    } else {
      new TextReport(context, style).summary(report);
      if (report.exitStatus() == Exit.FINE) {
        context.out().println(new Progress(context.root()).next(course));
      }
    }
    OtherFormats formats = new OtherFormats(report);
    write(exercism, formats::exercism);
    write(gradescope, formats::gradescope);
    write(junit, formats::junit);
    return report.exitStatus();
  }

  private void requireAnswer(Lesson lesson) {
    if (!Files.exists(lesson.answer())) {
      throw new UsageException(missing(context, lesson));
    }
  }

  /** Says that the learner's file is missing, and what brings it back. */
  public static String missing(CommandContext context, Lesson lesson) {
    return "%s is missing. ./workbook reset %s brings it back as it was handed out."
        .formatted(context.relative(lesson.answer()), lesson.number());
  }

  private Report grade(List<Selection> selections) {
    List<CheckRow> rows = new ArrayList<>();
    TextReport text = format == Format.text ? new TextReport(context, style) : null;
    boolean terminal = text != null && style.ansi().enabled();
    try (Ticker ticker = new Ticker(terminal ? context.err() : null);
        Grader grader = new Grader(context.root(), this::progress)) {
      for (Selection selection : selections) {
        if (text != null) {
          text.begin(selection.lesson(), grader::database);
        }
        rows.addAll(grade(grader, selection, text, ticker));
      }
      String lesson = selections.size() == 1 ? selections.get(0).lesson().module() : "all";
      return new Report(lesson, grader.database(), rows);
    }
  }

  private List<CheckRow> grade(Grader grader, Selection selection, TextReport text, Ticker ticker) {
    List<CheckInfo> checks =
        selection.exercises().stream().map(ExerciseInfo::checks).flatMap(List::stream).toList();
    List<CheckRow> rows = new ArrayList<>();
    ticker.begin("Starting");
    List<CompileError> errors =
        grader.grade(
            selection.lesson(),
            checks,
            new GradingListener() {
              @Override
              public void started(CheckInfo check) {
                ticker.begin(check.exercise() + " " + check.sentence());
              }

              @Override
              public void judged(CheckInfo check, CheckResult result) {
                ticker.end();
                rows.add(new CheckRow(check, result));
                if (text != null) {
                  text.check(selection, rows);
                }
              }
            });
    ticker.end();
    if (!errors.isEmpty()) {
      if (text != null) {
        text.rejected(errors);
      }
      checks.forEach(check -> rows.add(new CheckRow(check, rejected(check, errors.get(0)))));
    }
    rows.sort(java.util.Comparator.comparingInt(row -> checks.indexOf(row.check())));
    return rows;
  }

  private static CheckResult rejected(CheckInfo check, CompileError error) {
    String file = Path.of(error.file()).getFileName().toString();
    return new CheckResult(
        check.name(), error.status(), error.sentence(), file + ":" + error.line(), 0, "");
  }

  private void progress(String line) {
    context.err().println(line);
    context.err().flush();
  }

  private static void write(Path file, Supplier<String> text) {
    if (file == null) {
      return;
    }
    try {
      Files.writeString(file, text.get().strip() + "\n");
    } catch (IOException e) {
      throw new EnvironmentException(
          "%s cannot be written: %s. Does its folder exist, and may you write there?"
              .formatted(file, EnvironmentException.reason(e)),
          e);
    }
  }
}
