package workbook.classroom.marking;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import workbook.classroom.report.ClassResult.LessonResult;
import workbook.classroom.report.ClassResult.StudentResult;
import workbook.engine.course.Lesson;
import workbook.engine.protocol.Status;

/** A line for each hand-in that is graded, and below it, on a terminal, how far it is. */
final class ProgressBar {
  private static final int WIDTH = 30;
  private static final String CLEAR = "\r\033[K";

  private final PrintWriter out;
  private final boolean terminal;
  private final int all;
  private final long begun = System.nanoTime();
  private int done;

  /**
   * @param terminal whether a line can be written over
   */
  ProgressBar(PrintWriter out, boolean terminal, int all) {
    this.out = out;
    this.terminal = terminal;
    this.all = all;
    show();
  }

  synchronized void done(StudentResult result, List<Lesson> lessons) {
    if (done++ == 0) {
      StringBuilder head = new StringBuilder("  %-30s".formatted("lesson"));
      lessons.forEach(lesson -> head.append("  %3s    ".formatted(lesson.number())));
      out.println((terminal ? CLEAR : "") + head.toString().stripTrailing());
    }
    StringBuilder line = new StringBuilder("  %-30s".formatted(printable(result.student(), 30)));
    for (Lesson lesson : lessons) {
      line.append(
          result
              .lesson(lesson.number())
              .map(graded -> "  %3s/%-3s".formatted(graded.earned(), lesson.points()))
              .orElse("    -    "));
    }
    out.println((terminal ? CLEAR : "") + line + remark(result));
    show();
  }

  // What a teacher should look at.
  private static String remark(StudentResult result) {
    List<String> remarks = new ArrayList<>();
    for (LessonResult lesson : result.lessons()) {
      if (lesson.isTampering()) {
        remarks.add(lesson.lesson() + " TAMPERING");
      }
      if (lesson.checks().stream().allMatch(c -> c.status() == Status.DOES_NOT_COMPILE)) {
        remarks.add(lesson.lesson() + " does not compile");
      }
      if (lesson.checks().stream().anyMatch(c -> c.status() == Status.NOT_ALLOWED)) {
        remarks.add(lesson.lesson() + " uses what no exercise needs");
      }
    }
    remarks.addAll(result.notes());
    result.lessons().forEach(lesson -> remarks.addAll(lesson.notes()));
    return remarks.isEmpty() ? "" : "  " + printable(String.join("; ", remarks), 60);
  }

  /** Wipes what is not to stay. */
  void end() {
    if (terminal) {
      out.print(CLEAR);
      out.flush();
    }
  }

  private void show() {
    if (terminal) {
      int full = all == 0 ? WIDTH : done * WIDTH / all;
      out.print(
          "%s  [%s%s] %s/%s%s"
              .formatted(CLEAR, "#".repeat(full), ".".repeat(WIDTH - full), done, all, left()));
      out.flush();
    }
  }

  private String left() {
    if (done == 0 || done == all) {
      return "";
    }
    Duration left = Duration.ofNanos((System.nanoTime() - begun) / done * (all - done));
    String seconds = String.valueOf(100 + left.toSecondsPart()).substring(1);
    return ", %s:%s left".formatted(left.toMinutes(), seconds);
  }

  // A name comes from a file's name, and may hold what moves a terminal's cursor.
  private static String printable(String name, int width) {
    String text = name.replaceAll("\\p{Cntrl}", "?");
    return text.length() <= width ? text : text.substring(0, width - 3) + "...";
  }
}
