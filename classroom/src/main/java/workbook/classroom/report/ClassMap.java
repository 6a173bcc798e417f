package workbook.classroom.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import workbook.classroom.report.ClassResult.GradedCheck;
import workbook.classroom.report.ClassResult.GradedLesson;
import workbook.classroom.report.ClassResult.LessonResult;
import workbook.classroom.report.ClassResult.StudentResult;
import workbook.engine.protocol.Status;

/** The table of every student and every check, as a part of the teacher's page. */
final class ClassMap {
  private final Html html;
  private final ClassResult result;

  private ClassMap(Html html, ClassResult result) {
    this.html = html;
    this.result = result;
  }

  static void add(Html html, ClassResult result) {
    new ClassMap(html, result).table();
  }

  private void table() {
    html.add("<section id=\"map\"><h2>Who passed what</h2>\n<p class=\"legend\">");
    for (Status status : Status.values()) {
      StatusBadge cell = StatusBadge.of(status);
      html.add("<span class=\"{}\">{} {}</span>", cell.css(), cell.sign(), status.word());
    }
    html.add("<span class=\"missing\">– not handed in</span></p>\n")
        .add(
            "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Map of the class\">")
        .add("<table class=\"map\"><caption>Every student and every check</caption>\n<thead>\n<tr>")
        .add("<th rowspan=\"2\" scope=\"col\">Student</th>")
        .add(
            "<th rowspan=\"2\" scope=\"col\" class=\"number\">Points of {}</th>",
            result.possible());
    for (GradedLesson lesson : result.lessons()) {
      exercises(lesson)
          .forEach(
              (id, checks) ->
                  html.add(
                      "<th colspan=\"{}\" scope=\"colgroup\" title=\"{}\">{}</th>",
                      checks.size(),
                      checks.get(0).title(),
                      id));
    }
    html.add("</tr>\n<tr>");
    for (GradedLesson lesson : result.lessons()) {
      exercises(lesson)
          .forEach(
              (id, checks) -> {
                for (int i = 0; i < checks.size(); i++) {
                  html.add(
                      "<th class=\"check\" scope=\"col\" title=\"{}\" aria-label=\"{}, {}\">{}</th>",
                      checks.get(i).sentence(),
                      id,
                      checks.get(i).sentence(),
                      (char) ('a' + i));
                }
              });
    }
    html.add("</tr>\n</thead>\n<tbody>\n");
    for (int i = 0; i < result.students().size(); i++) {
      row(i, result.students().get(i));
    }
    html.add("</tbody>\n</table></div></section>\n");
  }

  private void row(int number, StudentResult student) {
    html.add("<tr><th scope=\"row\"><a href=\"#student-{}\">{}</a>", number, student.student())
        .add("{}</th>", student.isNoted() ? " (note)" : "")
        .add("<td class=\"number\">{}</td>", student.earned());
    for (GradedLesson lesson : result.lessons()) {
      LessonResult graded = student.lesson(lesson.number()).orElse(null);
      for (int i = 0; i < lesson.checks().size(); i++) {
        if (graded == null) {
          html.add("<td class=\"missing\" aria-label=\"not handed in\">–</td>");
        } else {
          Status status = graded.checks().get(i).status();
          StatusBadge cell = StatusBadge.of(status);
          html.add(
              "<td class=\"{}\" aria-label=\"{}\">{}</td>", cell.css(), status.word(), cell.sign());
        }
      }
    }
    html.add("</tr>\n");
  }

  private static Map<String, List<GradedCheck>> exercises(GradedLesson lesson) {
    Map<String, List<GradedCheck>> exercises = new LinkedHashMap<>();
    for (GradedCheck check : lesson.checks()) {
      exercises.computeIfAbsent(check.exercise(), id -> new ArrayList<>()).add(check);
    }
    return exercises;
  }
}
