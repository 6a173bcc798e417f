package workbook.classroom.marking;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import workbook.classroom.report.ClassResult;
import workbook.classroom.report.ClassResult.StudentResult;
import workbook.classroom.report.Pseudonyms;
import workbook.classroom.report.Reports;
import workbook.classroom.sandbox.Sandbox.Level;
import workbook.classroom.submissions.Submission;
import workbook.classroom.submissions.Submissions;
import workbook.cli.terminal.CommandContext;
import workbook.cli.terminal.Exit;
import workbook.cli.terminal.UsageException;
import workbook.engine.course.Course;
import workbook.engine.course.Lesson;

/** {@code grade}: grades what a class handed in. */
@Command(
    name = "grade",
    description = {
      "Grade a class: a folder, or the zip of a learning platform, with what each student handed in.",
      "A run that was killed goes on where it was when the same command is run again."
    },
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:all is graded",
      "1:all is graded, and a hand-in tried to write its own marks; or a self-test found a hole",
      "2:there are no hand-ins, or no such isolation",
      "3:a database or a tool is broken; run it again"
    })
public final class GradeCommand implements Callable<Integer> {
  private final CommandContext context;
  private final boolean terminal;

  @Parameters(
      arity = "0..1",
      paramLabel = "HANDINS",
      description =
          "A folder or zip for each student in it, as Moodle, Canvas or GitHub Classroom"
              + " give them.")
  private Path submissions;

  @Option(names = "--out", paramLabel = "REPORT", description = "The folder for the reports.")
  private Path out;

  @Option(names = "--lesson", split = ",", paramLabel = "N", description = "Only these lessons.")
  private List<Integer> wanted;

  // One more than there are cores: some checks wait.
  @Option(
      names = "--jobs",
      paramLabel = "N",
      description = "How many at a time; default: one more than there are cores.")
  private int jobs = Runtime.getRuntime().availableProcessors() + 1;

  @Option(
      names = "--isolation",
      paramLabel = "LEVEL",
      description =
          "Demand bubblewrap or container (both Linux), or process; default: the strongest there is.")
  private Level isolation;

  @Option(
      names = "--anonymous",
      description = "Give students pseudonyms; REPORT-names.csv is the key, for merge --names.")
  private boolean anonymous;

  @Option(
      names = "--again",
      paramLabel = "STUDENT",
      description = "Grade this student anew, whatever an earlier run found; may be repeated.")
  private List<String> again = List.of();

  @Option(
      names = "--allow",
      split = ",",
      paramLabel = "CLASS|PACKAGE",
      description = "Run hand-ins that use this, too, although no exercise needs it.")
  private List<String> allowed = List.of();

  @Option(
      names = "--self-test",
      description = "Grade hand-ins that attack the grader, and say what holds on this machine.")
  private boolean selfTest;

  @Option(
      names = "--shard",
      paramLabel = "I/N",
      defaultValue = "1/1",
      description = "Grade the I-th of N parts, such as 2/5; ./workbook merge joins them.")
  private String shard;

  /**
   * @param terminal whether progress can be written over
   */
  public GradeCommand(CommandContext context, boolean terminal) {
    this.context = context;
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (selfTest) {
      if (submissions != null || out != null) {
        throw new UsageException("--self-test grades hand-ins of its own: leave out others.");
      }
      return testItself();
    }
    if (submissions == null || out == null) {
      throw new UsageException(
          "Say what to grade and where to report: grade HANDINS --out REPORT.");
    }
    Course course = Course.read(context.root());
    List<Lesson> lessons = lessons(course);
    Path report = report();
    List<Submission> mine =
        mine(Submissions.find(submissions, new Course(lessons), this::progress), report);
    requireSameClass(report, mine);
    requireAll(again, mine);
    try (GradingEnvironment environment = open(course)) {
      environment.prepareClasses(course.lessons(), mine.size(), this::progress);
      ClassResult result =
          new ClassRun(
                  context, terminal, environment, lessons, allowed(), Set.copyOf(again), report)
              .grade(mine, jobs(), shard);
      return tell(report, result.students());
    }
  }

  private Path report() {
    Path report = out.toAbsolutePath().normalize();
    if (report.startsWith(submissions.toAbsolutePath().normalize())) {
      throw new UsageException(
          "--out %s is among the hand-ins, and would be graded next time. Name a folder elsewhere."
              .formatted(out));
    }
    if (Files.isRegularFile(report)) {
      throw new UsageException("--out %s is a file. Name a folder.".formatted(out));
    }
    return report;
  }

  private GradingEnvironment open(Course course) {
    GradingEnvironment environment =
        GradingEnvironment.open(context.root(), course, isolation, jobs(), this::progress);
    context.out().println(environment.sandbox().description());
    context.out().flush();
    return environment;
  }

  private int tell(Path report, List<StudentResult> students) {
    long tampering = students.stream().filter(StudentResult::isTampering).count();
    context
        .out()
        .printf(
            "%s graded. Open %s%n",
            students.size() == 1 ? "1 hand-in is" : students.size() + " hand-ins are",
            context.relative(report.resolve("index.html")));
    if (tampering > 0) {
      context.out().printf("%s tried to write their own marks: look at them.%n", tampering);
    }
    return tampering > 0 ? Exit.CHECKS_FAILED : Exit.FINE;
  }

  private void progress(String line) {
    context.err().println(line);
  }

  // Students may have been renamed, come late or left; a report with none of them is another
  // class's.
  private void requireSameClass(Path report, List<Submission> mine) {
    if (anonymous || !Files.exists(report.resolve(Reports.RESULTS))) {
      return;
    }
    Set<String> names = mine.stream().map(Submission::student).collect(Collectors.toSet());
    List<String> before =
        Reports.read(report).students().stream()
            .map(StudentResult::student)
            .filter(student -> !Pseudonyms.isOne(student))
            .toList();
    if (!before.isEmpty() && before.stream().noneMatch(names::contains)) {
      throw new UsageException(
          "--out %s is the report of another class: no student in it is among these hand-ins. Name another folder, or remove that one."
              .formatted(out));
    }
  }

  private static void requireAll(List<String> names, List<Submission> mine) {
    Set<String> there = mine.stream().map(Submission::student).collect(Collectors.toSet());
    for (String name : names) {
      if (!there.contains(name)) {
        throw new UsageException(
            "--again %s: there is no such student among these hand-ins. Write the name as the report has it."
                .formatted(name));
      }
    }
  }

  private int testItself() {
    Course course = Course.read(context.root());
    try (GradingEnvironment environment = open(course)) {
      environment.prepareClasses(course.lessons(), Integer.MAX_VALUE, this::progress);
      boolean held = new SelfTest(environment, course, context.out()).run(jobs());
      return held ? Exit.FINE : Exit.CHECKS_FAILED;
    }
  }

  private List<Lesson> lessons(Course course) {
    List<Integer> numbers = course.lessons().stream().map(Lesson::number).toList();
    for (int number : wanted == null ? numbers : wanted) {
      if (!numbers.contains(number)) {
        throw new UsageException(
            "--lesson %s: there is no such lesson. There are %s to %s."
                .formatted(number, numbers.get(0), numbers.get(numbers.size() - 1)));
      }
    }
    return course.lessons().stream()
        .filter(lesson -> wanted == null || wanted.contains(lesson.number()))
        .toList();
  }

  // Their order, and names that come twice, change nothing.
  private List<String> allowed() {
    return allowed.stream().distinct().sorted().toList();
  }

  private int jobs() {
    if (jobs < 1) {
      throw new UsageException("--jobs %s: it takes 1 at least.".formatted(jobs));
    }
    return jobs;
  }

  private List<Submission> mine(List<Submission> all, Path report) {
    List<Submission> mine = Shard.of(shard).part(all);
    return anonymous
        ? Pseudonyms.rename(mine, report.resolveSibling(report.getFileName() + "-names.csv"))
        : mine;
  }
}
