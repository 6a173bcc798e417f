package workbook.classroom.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import workbook.classroom.report.ClassResult.CheckOutcome;
import workbook.classroom.report.ClassResult.LessonResult;
import workbook.classroom.report.ClassResult.StudentResult;
import workbook.engine.Excerpt;
import workbook.engine.protocol.Status;

/** The hand-ins that a teacher has to look at, with the reason for each, the gravest first. */
final class NeedsYou {
  private static final int LONGEST = 400;
  private static final List<Status> WHOLE =
      List.of(Status.TAMPERING, Status.NOT_ALLOWED, Status.DOES_NOT_COMPILE);

  private NeedsYou() {}

  static void add(Html html, ClassResult result) {
    Map<Integer, List<String>> all = new LinkedHashMap<>();
    for (Status status : WHOLE) {
      reasons(result, student -> of(status, student)).forEach((i, told) -> put(all, i, told));
    }
    reasons(result, NeedsYou::notes).forEach((i, told) -> put(all, i, told));
    reasons(result, NeedsYou::nothing).forEach((i, told) -> put(all, i, told));
    html.add("<section id=\"needs-you\"><h2>Needs you</h2>\n");
    if (all.isEmpty()) {
      html.add("<p>No hand-in does.</p></section>\n");
      return;
    }
    html.add("<table><caption>{} of {}</caption>\n", all.size(), handIns(result.students().size()))
        .add("<thead><tr><th scope=\"col\">Student</th><th scope=\"col\">Why</th></tr></thead>\n")
        .add("<tbody>\n");
    all.forEach(
        (i, told) -> {
          html.add("<tr><th scope=\"row\"><a href=\"#student-{}\">", i)
              .add("{}</a></th><td><ul>", result.students().get(i).student());
          told.forEach(reason -> html.add("<li>{}</li>", reason));
          html.add("</ul></td></tr>\n");
        });
    html.add("</tbody>\n</table></section>\n");
  }

  static String handIns(int count) {
    return count + (count == 1 ? " hand-in" : " hand-ins");
  }

  private static void put(Map<Integer, List<String>> all, int student, List<String> told) {
    all.computeIfAbsent(student, i -> new ArrayList<>()).addAll(told);
  }

  private interface Reasons {
    List<String> of(StudentResult student);
  }

  private static Map<Integer, List<String>> reasons(ClassResult result, Reasons reasons) {
    Map<Integer, List<String>> found = new LinkedHashMap<>();
    for (int i = 0; i < result.students().size(); i++) {
      List<String> told = reasons.of(result.students().get(i));
      if (!told.isEmpty()) {
        found.put(i, told);
      }
    }
    return found;
  }

  private static List<String> of(Status status, StudentResult student) {
    List<String> told = new ArrayList<>();
    for (LessonResult lesson : student.lessons()) {
      lesson.checks().stream()
          .filter(check -> check.status() == status)
          .findFirst()
          .ifPresent(check -> told.add(told(lesson.lesson(), check)));
    }
    return told;
  }

  private static String told(int lesson, CheckOutcome check) {
    String message = String.valueOf(check.message()).strip().replaceAll("\\s+", " ");
    String shown = message.length() <= LONGEST ? message : Excerpt.of(message, LONGEST) + " ...";
    return "Lesson %s, %s: %s".formatted(lesson, check.status().word(), shown);
  }

  private static List<String> notes(StudentResult student) {
    List<String> told = new ArrayList<>(student.notes());
    for (LessonResult lesson : student.lessons()) {
      lesson.notes().forEach(note -> told.add("Lesson %s: %s".formatted(lesson.lesson(), note)));
    }
    return told;
  }

  private static List<String> nothing(StudentResult student) {
    boolean empty =
        student.lessons().stream()
            .flatMap(lesson -> lesson.checks().stream())
            .allMatch(check -> check.status() == Status.NOT_ATTEMPTED);
    if (!empty) {
      return List.of();
    }
    return List.of(
        student.lessons().isEmpty() ? "No answer was handed in." : "Nothing in it was attempted.");
  }
}
