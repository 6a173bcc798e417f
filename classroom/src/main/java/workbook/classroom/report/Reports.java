package workbook.classroom.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import workbook.classroom.report.ClassResult.GradedCheck;
import workbook.classroom.report.ClassResult.GradedLesson;
import workbook.classroom.report.ClassResult.LessonResult;
import workbook.classroom.report.ClassResult.StudentResult;
import workbook.cli.report.JUnitXml;
import workbook.cli.terminal.UsageException;
import workbook.engine.Folders;
import workbook.engine.course.CheckInfo;
import workbook.engine.course.ExerciseInfo;
import workbook.engine.course.Lesson;
import workbook.support.EnvironmentException;

/** Writes the results of a class, for people and for other tools. */
public final class Reports {
  public static final String RESULTS = "results.json";

  private static final int VERSION = 1;
  private static final ObjectWriter JSON =
      new ObjectMapper().writer().with(SerializationFeature.INDENT_OUTPUT);

  private final Path report;

  public Reports(Path report) {
    this.report = report;
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
      Folders.write(report.resolve(RESULTS), json(result));
      Folders.write(report.resolve("grades.csv"), canvas(result));
      Folders.write(report.resolve("junit.xml"), JUnitXml.of(ClassSuites.of(result)));
      Folders.write(report.resolve("index.html"), IndexPage.of(result));
      Path students = report.resolve("students");
      Set<Path> current = new HashSet<>();
      FileNames names = new FileNames();
      for (StudentResult student : result.students()) {
        Path folder = students.resolve(names.of(student.student()));
        Path feedback = folder.resolve("feedback.md");
        Folders.write(feedback, Feedback.of(result, student));
        current.add(feedback);
      }
      removeAllBut(current, students);
    } catch (IOException e) {
      throw new EnvironmentException(
          "The reports cannot be written to %s: %s. What is graded is kept; run it again."
              .formatted(report, e),
          e);
    }
  }

  // Removes what an earlier run wrote for a student whose name has changed, and no other file.
  private static void removeAllBut(Set<Path> current, Path students) throws IOException {
    for (Path file : Folders.files(students)) {
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

  private static String json(Object document) {
    try {
      return JSON.writeValueAsString(document) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A report of plain values cannot fail to be written", e);
    }
  }
}
