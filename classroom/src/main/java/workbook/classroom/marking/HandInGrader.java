package workbook.classroom.marking;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import workbook.classroom.report.ClassResult.CheckOutcome;
import workbook.classroom.report.ClassResult.LessonResult;
import workbook.classroom.sandbox.CompilerProcess;
import workbook.classroom.sandbox.Kit;
import workbook.classroom.submissions.HandIn.AnswerText;
import workbook.engine.Folders;
import workbook.engine.Trees;
import workbook.engine.course.CheckInfo;
import workbook.engine.course.Lesson;
import workbook.engine.protocol.CheckResult;
import workbook.engine.protocol.CompileError;
import workbook.engine.protocol.CompileRequest;
import workbook.engine.protocol.Status;
import workbook.engine.runner.CompileErrors;
import workbook.support.EnvironmentException;

/** Grades the lessons of one hand-in, one after the other, in a room of its own. */
final class HandInGrader {
  private static final int AROUND = 2;

  private final Kit kit;
  private final CompilerProcess compiler;
  private final int deadline;

  HandInGrader(Kit kit, CompilerProcess compiler, int deadline) {
    this.kit = kit;
    this.compiler = compiler;
    this.deadline = deadline;
  }

  /**
   * Grades an answer.
   *
   * @throws EnvironmentException if it is nobody's fault that this cannot be done
   */
  LessonResult grade(Lesson lesson, AnswerText answer, Room room) {
    List<CheckOutcome> outcomes = new ArrayList<>();
    List<CompileError> errors = compile(lesson, answer, room);
    Map<String, CheckResult> results =
        errors.isEmpty()
            ? new Examination(
                    lesson,
                    deadline,
                    () -> {
                      room.examinee();
                      return room;
                    })
                .run()
            : Map.of();
    for (CheckInfo check : lesson.checks()) {
      CheckResult result =
          errors.isEmpty() ? results.get(check.name()) : rejected(check, errors.get(0));
      outcomes.add(outcome(check, result, answer));
    }
    return new LessonResult(lesson.number(), answer.name(), List.of(), outcomes);
  }

  private List<CompileError> compile(Lesson lesson, AnswerText answer, Room room) {
    String name = "My" + lesson.contract() + ".java";
    try {
      Path work = Files.createTempDirectory(room.answers().getParent(), "compiled");
      Path source = Files.writeString(work.resolve(name), answer.text());
      Path classes = Files.createDirectory(work.resolve("classes"));
      List<String> classPath =
          kit.jars().stream().map(jar -> kit.folder().resolve(jar).toString()).toList();
      Path test = lesson.testSources().resolve(lesson.answerTest().replace('.', '/') + ".java");
      List<CompileError> errors =
          compiler.compile(
              new CompileRequest(
                  List.of(source.toString(), test.toString()),
                  List.of(),
                  classPath,
                  classes.toString()));
      List<CompileError> all = new ArrayList<>(errors);
      if (errors.isEmpty()) {
        all.addAll(takeOver(lesson, classes, room.answers()));
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
    Set<String> ours = kit.classes(lesson);
    String own = "My" + lesson.contract();
    List<CompileError> errors = new ArrayList<>();
    for (Path file : Trees.files(classes)) {
      String name = classes.relativize(file).toString().replace('\\', '/');
      boolean isTest = name.equals(lesson.answerTest().replace('.', '/') + ".class");
      if (isTest) {
        continue;
      }
      if (ours.contains(name) || !name.startsWith("workbook/" + lesson.topic() + "/")) {
        errors.add(
            new CompileError(
                own + ".java",
                1,
                1,
                "it declares %s, which is not its to declare"
                    .formatted(name.replace(".class", "").replace('/', '.'))));
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
        check.name(),
        Status.DOES_NOT_COMPILE,
        "%s, line %d: %s".formatted(error.file(), error.line(), error.message()),
        error.file() + ":" + error.line(),
        0,
        "");
  }

  private static CheckOutcome outcome(CheckInfo check, CheckResult result, AnswerText answer) {
    boolean passed = result.status() == Status.PASSED;
    int line = line(result.at());
    return new CheckOutcome(
        check.exercise(),
        check.name(),
        result.status(),
        passed ? check.points() : 0,
        passed ? null : result.message(),
        line,
        line == 0 ? List.of() : excerpt(answer.text(), line));
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
      excerpt.add(
          "%s%4d  %s"
              .formatted(
                  i == line ? ">" : " ", i, code.length() > 160 ? code.substring(0, 160) : code));
    }
    return excerpt;
  }
}
