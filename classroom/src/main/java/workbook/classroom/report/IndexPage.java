package workbook.classroom.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import workbook.classroom.report.ClassResult.CheckOutcome;
import workbook.classroom.report.ClassResult.GradedLesson;
import workbook.classroom.report.ClassResult.LessonResult;
import workbook.classroom.report.ClassResult.StudentResult;
import workbook.engine.Excerpt;
import workbook.engine.protocol.Status;

/** The teacher's page: the class as a map, what failed most, the points, and every student. */
final class IndexPage {
  private static final int LONGEST_MESSAGE = 2_000;
  private static final int BANDS = 10;
  // A browser opens a page of a few megabytes at once.
  private static final int LONGEST_OF_TRACES = 4_000_000;

  private final ClassResult result;
  private final int possible;
  private final Html html = new Html();
  private int tracesLeft = LONGEST_OF_TRACES;

  private IndexPage(ClassResult result) {
    this.result = result;
    this.possible = result.possible();
  }

  static String of(ClassResult result) {
    IndexPage page = new IndexPage(result);
    page.head();
    NeedsYou.add(page.html, result);
    ClassMap.add(page.html, result);
    page.difficulties();
    page.distribution();
    page.students();
    ClassMap.addLetters(page.html, result);
    page.html.add("</main>\n</body>\n</html>\n");
    return page.html.toString();
  }

  private void head() {
    html.add("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        .add("<meta http-equiv=\"Content-Security-Policy\"")
        .add(" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n")
        .add("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
        .add("<title>Class report</title>\n<style>\n" + css() + "</style>\n</head>\n<body>\n")
        .add(
            "<header><h1>Class report</h1>\n<p>{}, graded on {}, isolation: {}; {}.</p>\n",
            NeedsYou.handIns(result.students().size()),
            result.database(),
            result.isolation(),
            LocalDate.now(ZoneId.systemDefault()))
        .add("<p>{}</p>\n", averages())
        .add("<nav aria-label=\"Parts of this page\"><a href=\"#needs-you\">Needs you</a> · ")
        .add("<a href=\"#map\">Who passed what</a> · ")
        .add("<a href=\"#difficulties\">What failed most</a> · ")
        .add("<a href=\"#points\">Points</a> · <a href=\"#students\">Students</a></nav></header>\n")
        .add("<main>\n");
  }

  private String averages() {
    List<Integer> earned = result.students().stream().map(StudentResult::earned).sorted().toList();
    if (earned.isEmpty()) {
      return "";
    }
    BigDecimal sum = BigDecimal.valueOf(earned.stream().mapToInt(Integer::intValue).sum());
    int middles = earned.get((earned.size() - 1) / 2) + earned.get(earned.size() / 2);
    return "Of %s points, the average is %s and the median %s."
        .formatted(
            possible,
            sum.divide(BigDecimal.valueOf(earned.size()), 1, RoundingMode.HALF_UP),
            BigDecimal.valueOf(5L * middles, 1));
  }

  private void difficulties() {
    html.add("<section id=\"difficulties\"><h2>What failed most</h2>\n");
    for (GradedLesson lesson : result.lessons()) {
      for (Status status : List.of(Status.DOES_NOT_COMPILE, Status.NOT_ALLOWED)) {
        long count =
            result.students().stream()
                .flatMap(student -> student.lesson(lesson.number()).stream())
                .filter(graded -> graded.checks().stream().anyMatch(it -> it.status() == status))
                .count();
        if (count > 0) {
          html.add(
              "<p>{}: {} of {} hand-ins: {}.</p>\n",
              lesson.title(),
              count,
              result.students().size(),
              status.word());
        }
      }
    }
    List<Difficulty> most = Difficulty.most(result);
    if (most.isEmpty()) {
      html.add("<p>Nothing that was attempted failed.</p></section>\n");
      return;
    }
    html.add("<div class=\"scroll\"><table><caption>Checks that failed although the exercise")
        .add(" was attempted</caption>\n<thead><tr><th scope=\"col\">Check</th>")
        .add(
            "<th scope=\"col\" class=\"number\">Failed</th><th scope=\"col\">Commonest messages</th>")
        .add("<th scope=\"col\">SQLSTATE</th></tr></thead>\n<tbody>\n");
    for (Difficulty difficulty : most) {
      html.add(
              "<tr><th scope=\"row\">{} {}</th><td class=\"number\">{} of {}</td><td>",
              difficulty.check().exercise(),
              difficulty.check().sentence(),
              difficulty.failed(),
              difficulty.attempted())
          .add("<ul>");
      difficulty
          .messages()
          .forEach(message -> html.add("<li>{} × {}</li>", message.getValue(), message.getKey()));
      if (difficulty.others() > 0) {
        html.add("<li>{} × another message</li>", difficulty.others());
      }
      html.add("</ul></td><td>");
      difficulty.states().forEach(state -> html.add("{} × {} ", state.getValue(), state.getKey()));
      html.add("</td></tr>\n");
    }
    html.add("</tbody>\n</table></div></section>\n");
  }

  private void distribution() {
    int[] counts = new int[BANDS];
    for (StudentResult student : result.students()) {
      int band = possible == 0 ? 0 : Math.min(BANDS - 1, student.earned() * BANDS / possible);
      counts[band]++;
    }
    int most = Math.max(1, java.util.Arrays.stream(counts).max().orElse(1));
    html.add("<section id=\"points\"><h2>Points</h2>\n<table class=\"bars\"><caption>How many")
        .add(" students earned how much of {} points</caption>\n<thead><tr>", possible)
        .add("<th scope=\"col\">Share</th><th scope=\"col\" class=\"number\">Students</th>")
        .add("<th scope=\"col\"><span aria-hidden=\"true\"></span></th></tr></thead>\n<tbody>\n");
    for (int i = BANDS - 1; i >= 0; i--) {
      html.add(
          "<tr><th scope=\"row\">{} to {} %</th><td class=\"number\">{}</td>"
              + "<td><div class=\"bar\" style=\"width:{}%\"></div></td></tr>\n",
          i * 100 / BANDS,
          i == BANDS - 1 ? 100 : (i + 1) * 100 / BANDS - 1,
          counts[i],
          counts[i] * 100 / most);
    }
    html.add("</tbody>\n</table></section>\n");
  }

  private void students() {
    html.add("<section id=\"students\"><h2>Students</h2>\n");
    FileNames names = new FileNames();
    for (int i = 0; i < result.students().size(); i++) {
      StudentResult student = result.students().get(i);
      html.add("<article id=\"student-{}\"><h3>{}</h3>\n", i, student.student())
          .add("<p>{} of {} points. ", student.earned(), possible)
          .add("<a href=\"{}\">Feedback</a></p>\n", link(names.of(student.student())));
      student.notes().forEach(note -> html.add("<p class=\"note\">{}</p>\n", note));
      for (GradedLesson lesson : result.lessons()) {
        lesson(lesson, student.lesson(lesson.number()).orElse(null));
      }
      html.add("</article>\n");
    }
    html.add("</section>\n");
  }

  // As the folder is called that the report has for the student.
  private static String link(String folder) {
    return "students/"
        + URLEncoder.encode(folder, StandardCharsets.UTF_8).replace("+", "%20")
        + "/feedback.md";
  }

  private void lesson(GradedLesson lesson, LessonResult graded) {
    if (graded == null) {
      html.add("<h4>{}</h4><p>Not handed in.</p>\n", lesson.title());
      return;
    }
    html.add("<h4>{}: {} of {}</h4>\n", lesson.title(), graded.earned(), lesson.points());
    graded.notes().forEach(note -> html.add("<p class=\"note\">{}</p>\n", note));
    List<String> open = new ArrayList<>();
    String before = "";
    for (CheckOutcome check : graded.checks()) {
      if (check.status() == Status.NOT_ATTEMPTED) {
        if (!open.contains(check.exercise())) {
          open.add(check.exercise());
        }
      } else if (check.status() != Status.PASSED
          && !String.valueOf(check.message()).equals(before)) {
        before = String.valueOf(check.message());
        check(check);
      }
    }
    if (!open.isEmpty()) {
      html.add("<p>Not attempted: {}.</p>\n", String.join(", ", open));
    }
  }

  private void check(CheckOutcome check) {
    String message = String.valueOf(check.message());
    boolean whole =
        List.of(Status.DOES_NOT_COMPILE, Status.NOT_ALLOWED, Status.TAMPERING)
            .contains(check.status());
    html.add(
            "<p><strong class=\"{}\">{}</strong> ",
            StatusBadge.of(check.status()).css(),
            check.status().word())
        .add("{}</p>\n", whole ? "" : check.exercise() + " " + check.name().replace('_', ' '))
        .add(
            "<pre>{}</pre>\n",
            message.length() <= LONGEST_MESSAGE
                ? message
                : Excerpt.of(message, LONGEST_MESSAGE) + " ...");
    if (!check.code().isEmpty()) {
      html.add(
          "<pre aria-label=\"Line {} of the answer\">{}</pre>\n",
          check.line(),
          String.join("\n", check.code()));
    }
    if (!check.trace().isEmpty()) {
      trace(String.join("\n", check.trace()));
    }
  }

  private void trace(String lines) {
    tracesLeft -= lines.length();
    html.add(
        "<details><summary>What the answer and the server said to each other</summary>"
            + "<pre>{}</pre></details>\n",
        tracesLeft >= 0
            ? lines
            : "Left out, since the page is long. See the file journal.jsonl beside it.");
  }

  private static String css() {
    try (InputStream bytes = IndexPage.class.getResourceAsStream("index.css")) {
      return new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
