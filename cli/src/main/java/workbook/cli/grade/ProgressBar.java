package workbook.cli.grade;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import workbook.cli.grade.ClassResult.StudentResult;
import workbook.support.course.Lesson;

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
    done++;
    StringBuilder line = new StringBuilder("  %-30s".formatted(printable(result.student())));
    for (Lesson lesson : lessons) {
      line.append(
          result
              .lesson(lesson.number())
              .map(graded -> "  %3d/%-3d".formatted(graded.earned(), lesson.points()))
              .orElse("    -    "));
    }
    out.println((terminal ? CLEAR : "") + line + (result.isTampering() ? "  TAMPERING" : ""));
    show();
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
          "%s  [%s%s] %d/%d%s"
              .formatted(CLEAR, "#".repeat(full), ".".repeat(WIDTH - full), done, all, left()));
      out.flush();
    }
  }

  private String left() {
    if (done == 0 || done == all) {
      return "";
    }
    Duration left = Duration.ofNanos((System.nanoTime() - begun) / done * (all - done));
    return ", %d:%02d left".formatted(left.toMinutes(), left.toSecondsPart());
  }

  // A name comes from a file's name, and may hold what moves a terminal's cursor.
  private static String printable(String name) {
    String text = name.replaceAll("\\p{Cntrl}", "?");
    return text.length() <= 30 ? text : text.substring(0, 27) + "...";
  }
}
