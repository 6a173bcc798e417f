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

/** Points, and every student and every check, as a part of the teacher's page. */
final class ClassMap {
  private final Html html;
  private final ClassResult result;

  private ClassMap(Html html, ClassResult result) {
    this.html = html;
    this.result = result;
  }

  static void add(Html html, ClassResult result) {
    new ClassMap(html, result).all();
  }

  /** The sentences that the letters above the marks stand for. */
  static void addLetters(Html html, ClassResult result) {
    new ClassMap(html, result).letterList();
  }

  private void all() {
    html.add("<section id=\"map\"><h2>Who passed what</h2>\n");
    overview();
    html.add("<p class=\"legend\">");
    for (Status status : Status.values()) {
      StatusBadge cell = StatusBadge.of(status);
      html.add("<span class=\"{}\">{} {}</span>", cell.css(), cell.sign(), status.word());
    }
    html.add("<span class=\"missing\">– not handed in</span></p>\n")
        .add("<p>The letters above the marks are explained <a href=\"#letters\">below</a>.</p>\n");
    result.lessons().forEach(this::lesson);
    html.add("</section>\n");
  }

  private void overview() {
    html.add("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Points\">")
        .add("<table class=\"overview\"><caption>Points by lesson</caption>\n<thead><tr>")
        .add(
            "<th scope=\"col\">Student</th><th scope=\"col\" class=\"number\">All of {}</th>",
            result.possible());
    for (GradedLesson lesson : result.lessons()) {
      html.add(
          "<th scope=\"col\" class=\"number\" title=\"{}\">{} of {}</th>",
          lesson.title(),
          "L" + lesson.number(),
          lesson.points());
    }
    html.add("</tr></thead>\n<tbody>\n");
    for (int i = 0; i < result.students().size(); i++) {
      StudentResult student = result.students().get(i);
      html.add("<tr><th scope=\"row\"><a href=\"#student-{}\">{}</a>", i, student.student())
          .add("{}</th>", student.isNoted() ? " (note)" : "")
          .add("<td class=\"number\">{}</td>", student.earned());
      for (GradedLesson lesson : result.lessons()) {
        html.add(
            "<td class=\"number\">{}</td>",
            student.lesson(lesson.number()).map(it -> String.valueOf(it.earned())).orElse("–"));
      }
      html.add("</tr>\n");
    }
    html.add("</tbody>\n</table></div>\n");
  }

  private void lesson(GradedLesson lesson) {
    html.add("<h3>{}</h3>\n", lesson.title())
        .add("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Map of lesson")
        .add(" {}\">", lesson.number())
        .add(
            "<table class=\"map\"><caption>Every student and every check of lesson {}</caption>\n",
            lesson.number())
        .add("<thead>\n<tr><th rowspan=\"2\" scope=\"col\">Student</th>");
    Map<String, List<GradedCheck>> exercises = exercises(lesson);
    exercises.forEach(
        (id, checks) ->
            html.add(
                "<th colspan=\"{}\" scope=\"colgroup\" title=\"{}\">{}</th>",
                checks.size(),
                checks.get(0).title(),
                id));
    html.add("</tr>\n<tr>");
    exercises.forEach(
        (id, checks) -> {
          for (int i = 0; i < checks.size(); i++) {
            html.add(
                "<th class=\"check\" scope=\"col\" title=\"{}\" aria-label=\"{}, {}\">{}</th>",
                checks.get(i).sentence(),
                id,
                checks.get(i).sentence(),
                letter(i));
          }
        });
    html.add("</tr>\n</thead>\n<tbody>\n");
    for (int i = 0; i < result.students().size(); i++) {
      row(i, result.students().get(i), lesson);
    }
    html.add("</tbody>\n</table></div>\n");
  }

  private void row(int number, StudentResult student, GradedLesson lesson) {
    html.add(
        "<tr><th scope=\"row\"><a href=\"#student-{}\">{}</a></th>", number, student.student());
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
    html.add("</tr>\n");
  }

  private void letterList() {
    html.add("<section id=\"letters\"><h2>What the letters mean</h2>\n");
    for (GradedLesson lesson : result.lessons()) {
      exercises(lesson)
          .forEach(
              (id, checks) -> {
                html.add("<h3>{} {}</h3>\n<ul>\n", id, checks.get(0).title());
                for (int i = 0; i < checks.size(); i++) {
                  html.add("<li>{}: {}</li>\n", letter(i), checks.get(i).sentence());
                }
                html.add("</ul>\n");
              });
    }
    html.add("</section>\n");
  }

  private static char letter(int check) {
    return (char) ('a' + check);
  }

  private static Map<String, List<GradedCheck>> exercises(GradedLesson lesson) {
    Map<String, List<GradedCheck>> exercises = new LinkedHashMap<>();
    for (GradedCheck check : lesson.checks()) {
      exercises.computeIfAbsent(check.exercise(), id -> new ArrayList<>()).add(check);
    }
    return exercises;
  }
}
