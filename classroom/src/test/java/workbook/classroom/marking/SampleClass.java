package workbook.classroom.marking;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import workbook.classroom.report.ClassResult;
import workbook.classroom.report.ClassResult.CheckOutcome;
import workbook.classroom.report.ClassResult.GradedCheck;
import workbook.classroom.report.ClassResult.GradedLesson;
import workbook.classroom.report.ClassResult.LessonResult;
import workbook.classroom.report.ClassResult.StudentResult;
import workbook.engine.protocol.Status;

/** Results of classes of any size, with names and messages that a page must not believe. */
public final class SampleClass {
  public static final List<String> NAMES =
      List.of("<script>alert(1)</script>", "=1+1", "\"><img src=x onerror=alert(1)>", "Zoë O'Neil");

  private static final int CHECKS = 25;

  private SampleClass() {}

  public static ClassResult of(int students) {
    Random random = new Random(4711);
    List<GradedLesson> lessons = new ArrayList<>();
    for (int number = 1; number <= 4; number++) {
      lessons.add(lesson(number));
    }
    List<StudentResult> results = new ArrayList<>();
    for (int i = 0; i < students; i++) {
      results.add(student(i, lessons, random));
    }
    return new ClassResult(1, "hash", "PostgreSQL 18", "bubblewrap", "1/1", lessons, results);
  }

  private static GradedLesson lesson(int number) {
    List<GradedCheck> checks = new ArrayList<>();
    for (int i = 0; i < CHECKS; i++) {
      checks.add(new GradedCheck(number + "." + (i / 4 + 1), "Do <this>", "it_does_" + i, 1));
    }
    return new GradedLesson(number, "topic", "MyTopic.java", checks);
  }

  private static StudentResult student(int i, List<GradedLesson> lessons, Random random) {
    List<LessonResult> graded = new ArrayList<>();
    for (GradedLesson lesson : lessons) {
      if (random.nextInt(10) > 0) {
        List<CheckOutcome> outcomes =
            lesson.checks().stream().map(check -> outcome(check, random)).toList();
        graded.add(new LessonResult(lesson.number(), "a/MyTopic.java", List.of(), outcomes));
      }
    }
    String name = i < NAMES.size() ? NAMES.get(i) : "Student " + i;
    return new StudentResult(name, "", List.of("a note with </article>"), graded);
  }

  private static CheckOutcome outcome(GradedCheck check, Random random) {
    Status status =
        random.nextInt(3) > 0
            ? Status.PASSED
            : Status.values()[random.nextInt(Status.values().length)];
    boolean passed = status == Status.PASSED;
    return new CheckOutcome(
        check.exercise(),
        check.name(),
        status,
        passed ? 1 : 0,
        passed ? null : "expected: <b>1</b>\n but was: 2\nSQLSTATE 42601: a syntax error",
        passed ? 0 : 12,
        passed ? List.of() : List.of("   11  if (a < b && c > d) {", ">  12    </pre>"),
        passed ? List.of() : List.of("   0  SELECT '</pre></details><script>'"));
  }
}
