package workbook.cli.watch;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import workbook.cli.terminal.CommandContext;
import workbook.cli.terminal.Selection;
import workbook.engine.Folders;
import workbook.engine.ProjectRoot;
import workbook.engine.course.CheckInfo;
import workbook.engine.course.Course;
import workbook.engine.course.ExerciseInfo;
import workbook.engine.course.Lesson;
import workbook.engine.postgres.RunFolder;
import workbook.engine.protocol.CheckResult;
import workbook.engine.protocol.Status;
import workbook.engine.runner.Grader;
import workbook.engine.runner.GradingListener;
import workbook.engine.trace.Trace;
import workbook.support.EnvironmentException;

/**
 * Measures what a trace costs: the same saves of one exercise, graded with and without, in turn.
 *
 * <p>{@code .ci/bench --trace} runs it; the properties {@code bench.exercise} and {@code
 * bench.saves} choose.
 */
class TraceBench {
  private static final int WARM_UP = 3;

  private final String wanted = System.getProperty("bench.exercise", "4.2");
  private final int saves = Integer.getInteger("bench.saves", 15);
  private final CommandContext context =
      new CommandContext(
          ProjectRoot.find(),
          new PrintWriter(System.out, true),
          new PrintWriter(System.err, true),
          System.getenv());

  @Test
  void a_save_with_a_trace_and_one_without() throws IOException {
    Selection selection = Selection.find(Course.read(context.root()), wanted);
    Lesson original = selection.lesson();
    List<CheckInfo> checks =
        selection.exercises().stream().map(ExerciseInfo::checks).flatMap(List::stream).toList();
    try (RunFolder scratch = RunFolder.create(context.root().resolve(".workbook"))) {
      Path folder = scratch.path().resolve(original.module());
      Files.createDirectories(folder);
      Folders.copy(original.folder().resolve("src"), folder.resolve("src"));
      measure(original.in(folder), LoopBench.referenceAsAnswer(original), checks);
    }
  }

  private void measure(Lesson lesson, String answer, List<CheckInfo> checks) throws IOException {
    Trace trace = new Trace();
    Times off = new Times();
    Times on = new Times();
    try (Grader plain = new Grader(context.root(), line -> {});
        Grader tracing = Grader.tracing(context.root(), line -> {}, trace)) {
      for (int save = -WARM_UP; save < saves; save++) {
        LoopBench.save(lesson, answer + "// save " + save + "\n");
        boolean isOffFirst = save % 2 == 0;
        for (boolean isOff : new boolean[] {isOffFirst, !isOffFirst}) {
          long nanos = nanos(isOff ? plain : tracing, lesson, checks);
          if (save >= 0) {
            (isOff ? off : on).add(nanos);
          }
        }
        trace.take(0, System.nanoTime());
      }
    }
    context
        .out()
        .printf(
            "%s, %s saves each, in turn: median %s ms without a trace, %s ms with one: %s %%%n",
            wanted,
            "" + saves,
            "" + off.median(),
            "" + on.median(),
            "" + Math.round(100.0 * on.median() / off.median()));
  }

  private static long nanos(Grader grader, Lesson lesson, List<CheckInfo> checks) {
    long start = System.nanoTime();
    grader.grade(lesson, checks, new Passing());
    return System.nanoTime() - start;
  }

  /** Demands that each check passes: what fails may take any time. */
  private static final class Passing implements GradingListener {
    @Override
    public void started(CheckInfo check) {
      // it is the verdict that counts
    }

    @Override
    public void judged(CheckInfo check, CheckResult result) {
      if (result.status() != Status.PASSED) {
        throw new EnvironmentException(
            "The reference does not pass %s: %s".formatted(check.name(), result.message()));
      }
    }
  }
}
