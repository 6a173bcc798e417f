package workbook.classroom.report;

import java.util.ArrayList;
import java.util.List;
import workbook.classroom.report.ClassResult.CheckOutcome;
import workbook.classroom.report.ClassResult.GradedLesson;
import workbook.classroom.report.ClassResult.LessonResult;
import workbook.classroom.report.ClassResult.StudentResult;
import workbook.cli.report.JUnitXml.Case;
import workbook.cli.report.JUnitXml.Suite;

/** A class's results as JUnit knows them: a suite for each answer. */
final class ClassSuites {
  private ClassSuites() {}

  static List<Suite> of(ClassResult result) {
    List<Suite> suites = new ArrayList<>();
    for (StudentResult student : result.students()) {
      for (GradedLesson lesson : result.lessons()) {
        List<CheckOutcome> checks =
            student
                .lesson(lesson.number())
                .map(LessonResult::checks)
                .orElseGet(() -> notHandedIn(lesson));
        suites.add(
            new Suite(
                student.student() + ", lesson " + lesson.number(),
                checks.stream().map(check -> testCase(student, check)).toList()));
      }
    }
    return suites;
  }

  private static Case testCase(StudentResult student, CheckOutcome check) {
    String group = student.student() + "." + check.exercise();
    return new Case(group, check.name(), check.status(), check.message());
  }

  private static List<CheckOutcome> notHandedIn(GradedLesson lesson) {
    return lesson.checks().stream()
        .map(check -> CheckOutcome.notAttempted(check.exercise(), check.name(), "Not handed in."))
        .toList();
  }
}
