package workbook.classroom.marking;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import workbook.classroom.report.ClassResult.CheckOutcome;
import workbook.classroom.report.ClassResult.LessonResult;
import workbook.classroom.sandbox.CheckBundle;
import workbook.classroom.sandbox.Compilers;
import workbook.classroom.submissions.Submission.AnswerText;
import workbook.engine.Excerpt;
import workbook.engine.Folders;
import workbook.engine.course.CheckInfo;
import workbook.engine.course.Lesson;
import workbook.engine.protocol.CheckResult;
import workbook.engine.protocol.CompileError;
import workbook.engine.protocol.CompileRequest;
import workbook.engine.protocol.Status;
import workbook.engine.runner.CompileErrors;
import workbook.engine.runner.GradingListener;
import workbook.engine.runner.GradingRun;
import workbook.engine.runner.GradingSession;
import workbook.support.EnvironmentException;

/** Grades the lessons of one hand-in, one after the other, in a workspace of its own. */
final class SubmissionGrader {
  private static final int AROUND = 2;
  private static final Duration MOST_COMPILING = Duration.ofSeconds(40);
  private static final Set<Status> TRACED =
      EnumSet.of(Status.FAILED, Status.TIMED_OUT, Status.CRASHED);

  private final CheckBundle bundle;
  private final Compilers compiler;
  private final int deadline;
  private final List<String> allowed;

  /**
   * @param allowed what answers may use besides the list
   */
  SubmissionGrader(CheckBundle bundle, Compilers compiler, int deadline, List<String> allowed) {
    this.bundle = bundle;
    this.compiler = compiler;
    this.deadline = deadline;
    this.allowed = allowed;
  }

  /**
   * Grades an answer.
   *
   * @param alone whether no other hand-in is on the database server
   * @throws EnvironmentException if something around the grader is broken, or may have been by
   *     another hand-in
   */
  LessonResult grade(
      Lesson lesson, AnswerText answer, SubmissionWorkspace workspace, boolean alone) {
    List<CheckOutcome> outcomes = new ArrayList<>();
    long start = System.nanoTime();
    // Without time left, every check is told so.
    List<CompileError> errors =
        workspace.budget().isSpent() ? List.of() : compile(lesson, answer, workspace);
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    // It may have been a pause.
    workspace.budget().spend(took.compareTo(MOST_COMPILING) < 0 ? took : MOST_COMPILING);
    Map<String, List<String>> traces = new HashMap<>();
    Map<String, CheckResult> results =
        errors.isEmpty() ? results(lesson, workspace, alone, traces) : Map.of();
    for (CheckInfo check : lesson.checks()) {
      CheckResult result =
          errors.isEmpty() ? results.get(check.name()) : rejected(check, errors.get(0));
      List<String> trace = traces.getOrDefault(check.name(), List.of());
      outcomes.add(outcome(lesson, check, result, answer).tracedAs(trace));
    }
    return new LessonResult(lesson.number(), answer.name(), List.of(), outcomes);
  }

  private Map<String, CheckResult> results(
      Lesson lesson,
      SubmissionWorkspace workspace,
      boolean alone,
      Map<String, List<String>> traces) {
    Map<String, CheckResult> results = new HashMap<>();
    GradingListener listener =
        new GradingListener() {
          private long began;

          @Override
          public void started(CheckInfo check) {
            began = System.nanoTime();
          }

          @Override
          public void blamed(CheckResult result) {
            if (!alone) {
              throw new EnvironmentException(result.message());
            }
          }

          @Override
          public void judged(CheckInfo check, CheckResult result) {
            boolean isShown = TRACED.contains(result.status());
            traces.put(check.name(), workspace.trace().take(began, isShown));
            results.put(
                check.name(), MessageNormalizer.of(result, workspace.broker().namesOfCheck()));
            workspace.endSessions();
          }
        };
    GradingSession session = new GradingSession(lesson.checks(), listener);
    new GradingRun(lesson, session, workspace, deadline, workspace.budget()).run(null);
    return results;
  }

  private List<CompileError> compile(
      Lesson lesson, AnswerText answer, SubmissionWorkspace workspace) {
    String name = "My" + lesson.contract() + ".java";
    try {
      Path work = Files.createTempDirectory(workspace.answers().getParent(), "compiled");
      Path source = Files.writeString(work.resolve(name), answer.text());
      Path helpers = Files.createDirectories(work.resolve("helpers/workbook/" + lesson.topic()));
      for (Map.Entry<String, String> helper : answer.helpers().entrySet()) {
        Files.writeString(helpers.resolve(helper.getKey()), helper.getValue());
      }
      Path classes = Files.createDirectory(work.resolve("classes"));
      List<String> classPath =
          bundle.jars().stream().map(jar -> bundle.folder().resolve(jar).toString()).toList();
      Path test = lesson.testSources().resolve(lesson.answerTest().replace('.', '/') + ".java");
      List<CompileError> errors =
          compiler.compile(
              new CompileRequest(
                  List.of(source.toString(), test.toString()),
                  answer.helpers().isEmpty()
                      ? List.of()
                      : List.of(work.resolve("helpers").toString()),
                  classPath,
                  classes.toString(),
                  new CompileRequest.Answer(
                      lesson.folder().toString(),
                      lesson.answerTest().replaceFirst("Test$", ""),
                      allowed)));
      List<CompileError> all = new ArrayList<>(errors);
      if (errors.isEmpty()) {
        all.addAll(takeOver(lesson, classes, workspace.answers()));
        Folders.makeContentReadable(workspace.answers());
      }
      Folders.delete(work);
      return CompileErrors.explained(lesson, name, answer.text(), all);
    } catch (IOException e) {
      throw new EnvironmentException("%s cannot be compiled: %s".formatted(answer.name(), e), e);
    }
  }

  // A hand-in brings classes of its own only, and only where they belong.
  private List<CompileError> takeOver(Lesson lesson, Path classes, Path answers)
      throws IOException {
    Set<String> ours = bundle.classes(lesson);
    String own = "My" + lesson.contract();
    List<CompileError> errors = new ArrayList<>();
    for (Path file : Folders.files(classes)) {
      String name = classes.relativize(file).toString().replace('\\', '/');
      boolean isTest = name.equals(lesson.answerTest().replace('.', '/') + ".class");
      if (isTest) {
        continue;
      }
      if (ours.contains(name) || !name.startsWith("workbook/" + lesson.topic() + "/")) {
        errors.add(
            CompileError.declared(own + ".java", name.replace(".class", "").replace('/', '.')));
        continue;
      }
      Path target = answers.resolve(name);
      Files.createDirectories(target.getParent());
      Files.copy(file, target, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }
    return errors;
  }

  private static CheckResult rejected(CheckInfo check, CompileError error) {
    return new CheckResult(
        check.name(), error.status(), error.sentence(), error.file() + ":" + error.line(), 0, "");
  }

  private static CheckOutcome outcome(
      Lesson lesson, CheckInfo check, CheckResult result, AnswerText answer) {
    boolean passed = result.status() == Status.PASSED;
    String file = String.valueOf(result.at()).replaceFirst(".*[/\\\\]", "").replaceFirst(":.*", "");
    boolean isHelper = answer.helpers().containsKey(file);
    boolean isIn = isHelper || file.equals("My" + lesson.contract() + ".java");
    // What helps the checks has lines, too.
    int line = isIn ? line(result.at()) : 0;
    return new CheckOutcome(
        check.exercise(),
        check.name(),
        result.status(),
        passed ? check.points() : 0,
        passed ? null : result.message(),
        line,
        line == 0
            ? List.of()
            : excerpt(isHelper ? answer.helpers().get(file) : answer.text(), line),
        List.of());
  }

  private static int line(String at) {
    return at == null || !at.matches(".*:[0-9]{1,6}")
        ? 0
        : Integer.parseInt(at.replaceFirst(".*:", ""));
  }

  private static List<String> excerpt(String text, int line) {
    List<String> lines = text.lines().toList();
    List<String> excerpt = new ArrayList<>();
    for (int i = Math.max(1, line - AROUND); i <= Math.min(lines.size(), line + AROUND); i++) {
      String code = lines.get(i - 1);
      excerpt.add("%s%4s  %s".formatted(i == line ? ">" : " ", i, Excerpt.of(code, 160)));
    }
    return excerpt;
  }
}
