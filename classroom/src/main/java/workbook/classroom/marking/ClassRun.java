package workbook.classroom.marking;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import workbook.classroom.report.ClassResult;
import workbook.classroom.report.ClassResult.StudentResult;
import workbook.classroom.report.Reports;
import workbook.classroom.submissions.Submission;
import workbook.cli.terminal.CommandContext;
import workbook.engine.course.Lesson;
import workbook.engine.runner.GradingRun;

/**
 * One run of {@code grade}: it grades what the journal does not have yet, and writes the report.
 */
final class ClassRun {
  private static final String KEPT =
      "Stopped. What is graded is kept: the same command goes on where this one was.";

  private final CommandContext context;
  private final boolean terminal;
  private final GradingEnvironment environment;
  private final List<Lesson> lessons;
  private final List<String> allowed;
  private final Set<String> again;
  private final Path report;

  ClassRun(
      CommandContext context,
      boolean terminal,
      GradingEnvironment environment,
      List<Lesson> lessons,
      List<String> allowed,
      Set<String> again,
      Path report) {
    this.context = context;
    this.terminal = terminal;
    this.environment = environment;
    this.lessons = lessons;
    this.allowed = allowed;
    this.again = again;
    this.report = report;
  }

  ClassResult grade(List<Submission> submissions, int jobs, String shard) {
    String database = environment.server().current().description();
    List<StudentResult> students = students(submissions, jobs, database);
    ClassResult result =
        Reports.result(
            environment.bundle().hash(),
            database,
            environment.sandbox().isolation().name(),
            shard,
            lessons,
            students);
    new Reports(report).write(result);
    return result;
  }

  private List<StudentResult> students(List<Submission> submissions, int jobs, String database) {
    int deadline = GradingRun.DEADLINE;
    String versions = environment.bundle().hash() + database + deadline + allowed;
    ProgressBar progress = new ProgressBar(context.out(), terminal, submissions.size());
    Thread interrupted = new Thread(() -> context.err().println(KEPT), "interrupted");
    Runtime.getRuntime().addShutdownHook(interrupted);
    try (Journal journal = new Journal(report.resolve("journal.jsonl"), versions, again)) {
      return environment
          .grading(lessons, journal, deadline, allowed)
          .run(submissions, jobs, progress);
    } finally {
      progress.end();
      forget(interrupted);
    }
  }

  private static void forget(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException interrupted) {
      // then it has said its line
    }
  }
}
