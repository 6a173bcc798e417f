package workbook.cli.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import workbook.cli.terminal.Style;
import workbook.engine.Printable;
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
  private static final int MOST_OF_MESSAGE = 8;

  private static final List<String> LEGEND =
      List.of(
          "How to read it: a column is a session, time (ms) runs downwards. A row is what the session"
              + " sends,",
          "then, after two blanks, what the server answers. A check stops where it fails, so the last"
              + " rows",
          "before the sum are those it failed on. More: docs/trace.md");

  private final Path root;
  private final Style style;
  private final boolean mermaid;
  private final Consumer<String> lines;
  private final Trace trace = new Trace();
  private final Map<String, Integer> unwritten = new LinkedHashMap<>();
  private boolean passed = true;
  private boolean explained;

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
      List<CompileError> errors = grader.grade(lesson, checks, new Follower());
      tellUnwritten();
      return errors;
    }
  }

  private void tellUnwritten() {
    if (!unwritten.isEmpty()) {
      int checks = unwritten.values().stream().mapToInt(Integer::intValue).sum();
      lines.accept(
          "%s Not written yet, so there is nothing to trace: %s (%s)"
              .formatted(
                  mermaid ? "%%" : style.open(),
                  String.join(", ", unwritten.keySet()),
                  checks == 1 ? "1 check" : checks + " checks"));
    }
  }

  /** Whether every check passed so far. */
  public boolean passed() {
    return passed;
  }

  /** Takes the part of the trace that belongs to a check. */
  private final class Follower implements GradingListener {
    private long began;
    private Set<String> databases = Set.of();

    @Override
    public void started(CheckInfo check) {
      began = System.nanoTime();
      databases = Set.of();
    }

    @Override
    public void gaveBack(Set<String> databases) {
      this.databases = databases;
    }

    @Override
    public void judged(CheckInfo check, CheckResult result) {
      passed &= result.status() == Status.PASSED;
      TracePart part = part();
      if (result.status() == Status.NOT_ATTEMPTED && part.isEmpty()) {
        unwritten.merge(check.exercise(), 1, Integer::sum);
      } else {
        show(check, result, part);
      }
    }

    // Which databases the check had is certain. What ended with its process gave none back, and
    // the moments are near enough.
    private TracePart part() {
      return databases.isEmpty() ? trace.take(began, System.nanoTime()) : trace.take(databases);
    }
  }

  private void show(CheckInfo check, CheckResult result, TracePart part) {
    String title = check.exercise() + " " + check.sentence();
    Status status = result.status();
    if (mermaid) {
      lines.accept("%% " + title + ": " + status.word());
      message(result).forEach(line -> lines.accept("%%   " + line));
      MermaidTrace.of(part).forEach(lines);
    } else {
      explain();
      String sign =
          switch (status) {
            case PASSED -> style.passed();
            case NOT_ATTEMPTED -> style.open();
            default -> style.failed();
          };
      lines.accept(sign + " " + style.bold(title) + "  " + status.word());
      message(result).forEach(line -> lines.accept("  " + line));
      List<String> lanes = TraceText.of(part, COLUMNS, style::faint);
      (status == Status.PASSED ? shortened(lanes) : lanes).forEach(lines);
    }
    lines.accept("");
  }

  private void explain() {
    if (!explained) {
      explained = true;
      LEGEND.forEach(line -> lines.accept(style.faint(line)));
      lines.accept("");
    }
  }

  // What the check expected, and what it got: the lanes say how that came about.
  private static List<String> message(CheckResult result) {
    if (result.status() == Status.PASSED || result.status() == Status.NOT_ATTEMPTED) {
      return List.of();
    }
    List<String> said = Printable.of(result.message()).lines().toList();
    int actual = 0;
    while (actual < said.size() && !said.get(actual).strip().startsWith("but was")) {
      actual++;
    }
    List<String> begun = new ArrayList<>(begun(said.subList(0, actual)));
    begun.addAll(begun(said.subList(actual, said.size())));
    return begun;
  }

  private static List<String> begun(List<String> said) {
    if (said.size() <= MOST_OF_MESSAGE) {
      return said;
    }
    List<String> begun = new ArrayList<>(said.subList(0, MOST_OF_MESSAGE - 1));
    begun.add("... (" + (said.size() - begun.size()) + " more lines: see check)");
    return begun;
  }

  // A reader looks for what failed; of the rest, the beginning and the sum will do.
  private static List<String> shortened(List<String> lanes) {
    if (lanes.size() <= MOST_OF_PASSED) {
      return lanes;
    }
    // The sum may take two lines.
    int last = lanes.size() - (lanes.get(lanes.size() - 2).endsWith(" ·") ? 2 : 1);
    List<String> shortened = new ArrayList<>(lanes.subList(0, MOST_OF_PASSED - 2));
    shortened.add(
        "      ... (" + (last - shortened.size()) + " more lines of a check that passed)");
    shortened.addAll(lanes.subList(last, lanes.size()));
    return shortened;
  }
}
