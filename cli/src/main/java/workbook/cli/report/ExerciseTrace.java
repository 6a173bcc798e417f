package workbook.cli.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import workbook.cli.terminal.Style;
import workbook.engine.course.CheckInfo;
import workbook.engine.course.Lesson;
import workbook.engine.protocol.CheckResult;
import workbook.engine.protocol.CompileError;
import workbook.engine.protocol.Status;
import workbook.engine.runner.Grader;
import workbook.engine.runner.GradingListener;
import workbook.engine.trace.Trace;
import workbook.engine.trace.TracePart;
import workbook.engine.trace.drawing.MermaidTrace;
import workbook.engine.trace.drawing.TraceText;

/** Runs checks and tells, for each, what the answer and the server said to each other. */
public final class ExerciseTrace {
  private static final int COLUMNS = 110;
  private static final int MOST_OF_PASSED = 40;

  private final Path root;
  private final Style style;
  private final boolean mermaid;
  private final Consumer<String> lines;
  private final Trace trace = new Trace();
  private boolean passed = true;

  /**
   * @param root the workbook's folder
   * @param mermaid whether to draw diagrams in Mermaid's language, in place of lanes
   * @param lines takes what there is to show
   */
  public ExerciseTrace(Path root, Style style, boolean mermaid, Consumer<String> lines) {
    this.root = root;
    this.style = style;
    this.mermaid = mermaid;
    this.lines = lines;
  }

  /**
   * Runs checks of a lesson, and shows each as it gets its verdict.
   *
   * @param progress is told of steps that take long
   * @return what the compiler has against the answer; empty if it compiles
   */
  public List<CompileError> run(Lesson lesson, List<CheckInfo> checks, Consumer<String> progress) {
    try (Grader grader = Grader.tracing(root, progress, trace)) {
      return grader.grade(lesson, checks, new Follower());
    }
  }

  /** Whether every check passed so far. */
  public boolean passed() {
    return passed;
  }

  /** Takes the part of the trace that belongs to a check. */
  private final class Follower implements GradingListener {
    private long began;

    @Override
    public void started(CheckInfo check) {
      began = System.nanoTime();
    }

    @Override
    public void judged(CheckInfo check, CheckResult result) {
      passed &= result.status() == Status.PASSED;
      show(check, result.status(), trace.take(began, System.nanoTime()));
    }
  }

  private void show(CheckInfo check, Status status, TracePart part) {
    String title = check.exercise() + " " + check.sentence();
    if (mermaid) {
      lines.accept("%% " + title + ": " + status.word());
      MermaidTrace.of(part).forEach(lines);
    } else {
      String sign =
          switch (status) {
            case PASSED -> style.passed();
            case NOT_ATTEMPTED -> style.open();
            default -> style.failed();
          };
      lines.accept(sign + " " + style.bold(title) + "  " + status.word());
      List<String> lanes = TraceText.of(part, COLUMNS, style::faint);
      (status == Status.PASSED ? shortened(lanes) : lanes).forEach(lines);
    }
    lines.accept("");
  }

  // A reader looks for what failed; of the rest, the beginning and the sum will do.
  private static List<String> shortened(List<String> lanes) {
    if (lanes.size() <= MOST_OF_PASSED) {
      return lanes;
    }
    int last = lanes.size() - 1;
    List<String> shortened = new ArrayList<>(lanes.subList(0, MOST_OF_PASSED - 2));
    shortened.add(
        "      ... (" + (last - shortened.size()) + " more lines of a check that passed)");
    shortened.add(lanes.get(last));
    return shortened;
  }
}
