package workbook.classroom.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import workbook.classroom.report.ClassResult.CheckOutcome;
import workbook.classroom.report.ClassResult.GradedCheck;
import workbook.classroom.report.ClassResult.GradedLesson;
import workbook.classroom.report.ClassResult.LessonResult;
import workbook.classroom.report.ClassResult.StudentResult;
import workbook.cli.report.CheckRow;
import workbook.cli.report.Report;
import workbook.cli.terminal.UsageException;
import workbook.engine.Trees;
import workbook.engine.course.CheckInfo;
import workbook.engine.course.ExerciseInfo;
import workbook.engine.course.Lesson;
import workbook.engine.protocol.CheckResult;
import workbook.engine.protocol.Status;
import workbook.support.EnvironmentException;

/** Writes what came of a class, for people and for other tools. */
public final class Reports {
  public static final String RESULTS = "results.json";

  private static final int VERSION = 1;
  private static final ObjectWriter JSON =
      new ObjectMapper().writer().with(SerializationFeature.INDENT_OUTPUT);

  private final Path report;
  private final List<Lesson> lessons;

  public Reports(Path report, List<Lesson> lessons) {
    this.report = report;
    this.lessons = lessons;
  }

  public static ClassResult result(
      String checks,
      String database,
      String isolation,
      String part,
      List<Lesson> lessons,
      List<StudentResult> students) {
    return new ClassResult(
        VERSION,
        checks,
        database,
        isolation,
        part,
        lessons.stream().map(Reports::graded).toList(),
        students);
  }

  private static GradedLesson graded(Lesson lesson) {
    List<GradedCheck> checks = new ArrayList<>();
    for (ExerciseInfo exercise : lesson.exercises()) {
      for (CheckInfo check : exercise.checks()) {
        checks.add(new GradedCheck(exercise.id(), exercise.title(), check.name(), check.points()));
      }
    }
    return new GradedLesson(
        lesson.number(), lesson.topic(), "My" + lesson.contract() + ".java", checks);
  }

  /**
   * Reads the results of a report.
   *
   * @throws UsageException if there are none
   */
  public static ClassResult read(Path report) {
    Path results = report.resolve(RESULTS);
    try {
      return new ObjectMapper().readValue(results.toFile(), ClassResult.class);
    } catch (IOException e) {
      throw new UsageException(
          "%s is no report: %s cannot be read (%s)."
              .formatted(report, results, e.getClass().getSimpleName()));
    }
  }

  public void write(ClassResult result) {
    try {
      Trees.write(report.resolve(RESULTS), json(result));
      Trees.write(report.resolve("grades.csv"), canvas(result));
      Trees.write(report.resolve("junit.xml"), JUnitXml.of(result));
      Trees.write(report.resolve("index.html"), IndexPage.of(result));
      Path students = report.resolve("students");
      Set<Path> current = new HashSet<>();
      FileNames names = new FileNames();
      for (StudentResult student : result.students()) {
        Path folder = students.resolve(names.of(student.student()));
        Path feedback = folder.resolve("feedback.md");
        Path gradescope = folder.resolve("gradescope/results.json");
        Trees.write(feedback, Feedback.of(result, student));
        Trees.write(gradescope, gradescope(result, student));
        current.addAll(List.of(feedback, gradescope));
        for (LessonResult graded : student.lessons()) {
          Lesson lesson = lesson(graded.lesson());
          Path exercism = folder.resolve("exercism/" + lesson.module() + "/results.json");
          Trees.write(exercism, exercism(result, lesson, graded));
          current.add(exercism);
        }
      }
      removeAllBut(current, students);
    } catch (IOException e) {
      throw new EnvironmentException(
          "The reports cannot be written to %s: %s. What is graded is kept; run it again."
              .formatted(report, e),
          e);
    }
  }

  // What an earlier run wrote of somebody who has another name now; nothing that others put there.
  private static void removeAllBut(Set<Path> current, Path students) throws IOException {
    for (Path file : Trees.files(students)) {
      boolean ours = file.getFileName().toString().matches("feedback\\.md|results\\.json");
      if (ours && !current.contains(file)) {
        Files.delete(file);
        Path folder = file.getParent();
        while (!folder.equals(students) && isEmpty(folder)) {
          Files.delete(folder);
          folder = folder.getParent();
        }
      }
    }
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (Stream<Path> content = Files.list(folder)) {
      return content.findAny().isEmpty();
    }
  }

  private Lesson lesson(int number) {
    return lessons.stream().filter(lesson -> lesson.number() == number).findFirst().orElseThrow();
  }

  private static String canvas(ClassResult result) {
    Csv csv = new Csv();
    List<Object> heading =
        new ArrayList<>(List.of("Student", "ID", "SIS User ID", "SIS Login ID", "Section"));
    List<Object> possible = new ArrayList<>(List.of("    Points Possible", "", "", "", ""));
    for (GradedLesson lesson : result.lessons()) {
      heading.add(lesson.title());
      possible.add(lesson.points());
    }
    csv.row(heading.toArray()).row(possible.toArray());
    for (StudentResult student : result.students()) {
      List<Object> row = new ArrayList<>(List.of(plainName(student), student.id(), "", "", ""));
      for (GradedLesson lesson : result.lessons()) {
        row.add(student.lesson(lesson.number()).map(LessonResult::earned).orElse(0));
      }
      csv.row(row.toArray());
    }
    return csv.toString();
  }

  // Two of one name are told apart by the number, which has a column of its own.
  private static String plainName(StudentResult student) {
    String end = " " + student.id();
    return student.id().isEmpty() || !student.student().endsWith(end)
        ? student.student()
        : student.student().substring(0, student.student().length() - end.length());
  }

  private static String gradescope(ClassResult result, StudentResult student) {
    ObjectNode document = new ObjectMapper().createObjectNode();
    document.put("score", student.earned());
    document.put("output", String.join("\n", student.notes()));
    document.put("stdout_visibility", "hidden");
    ArrayNode tests = document.putArray("tests");
    for (GradedLesson lesson : result.lessons()) {
      LessonResult graded = student.lesson(lesson.number()).orElse(null);
      for (int i = 0; i < lesson.checks().size(); i++) {
        GradedCheck check = lesson.checks().get(i);
        CheckOutcome outcome = graded == null ? null : graded.checks().get(i);
        ObjectNode test = tests.addObject();
        test.put("score", outcome == null ? 0 : outcome.points());
        test.put("max_score", check.points());
        boolean passed = outcome != null && outcome.status() == Status.PASSED;
        test.put("status", passed ? "passed" : "failed");
        test.put("name", check.exercise() + " " + check.sentence());
        test.put("number", check.exercise());
        test.put("output", outcome == null ? "not handed in" : told(outcome));
        test.put("visibility", "visible");
      }
    }
    return json(document);
  }

  private static String told(CheckOutcome outcome) {
    return switch (outcome.status()) {
      case PASSED -> "";
      case FAILED -> outcome.message();
      default -> outcome.status().word() + ": " + outcome.message();
    };
  }

  private static String exercism(ClassResult result, Lesson lesson, LessonResult graded) {
    List<CheckRow> rows = new ArrayList<>();
    for (int i = 0; i < graded.checks().size(); i++) {
      CheckOutcome outcome = graded.checks().get(i);
      rows.add(
          new CheckRow(
              lesson.checks().get(i),
              new CheckResult(outcome.name(), outcome.status(), outcome.message(), null, 0, null)));
    }
    return new Report(lesson.module(), result.database(), rows).toExercism() + "\n";
  }

  private static String json(Object document) {
    try {
      return JSON.writeValueAsString(document) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A report of plain values cannot fail to be written", e);
    }
  }
}
