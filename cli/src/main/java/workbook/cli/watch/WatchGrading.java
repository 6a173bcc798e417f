package workbook.cli.watch;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import workbook.cli.report.ExerciseTrace;
import workbook.cli.terminal.CommandContext;
import workbook.cli.terminal.Style;
import workbook.engine.Daemons;
import workbook.engine.ErrorLog;
import workbook.engine.course.CheckInfo;
import workbook.engine.course.Lesson;
import workbook.engine.protocol.CheckResult;
import workbook.engine.protocol.CompileError;
import workbook.engine.protocol.Status;
import workbook.engine.runner.Grader;
import workbook.engine.runner.GradingListener;
import workbook.support.EnvironmentException;

/** Grades in the background, one answer at a time, and mends what breaks around the answers. */
final class WatchGrading implements AutoCloseable {
  private final CommandContext context;
  private final Style style;
  private final Consumer<String> progress;
  private final ExecutorService thread = Daemons.single("grading");
  private volatile Grader grader;
  private volatile boolean stopped;

  /** What is told of a grading, on a thread of its own. */
  interface Listener {
    void started(CheckInfo check);

    void judged(CheckInfo check, CheckResult result);

    /** It came to its end; with errors, no check ran. */
    void done(List<CompileError> errors, String database);

    /** It did not. */
    void failed(String why);
  }

  /**
   * @param progress is told, in a line each, of steps that take long
   */
  WatchGrading(CommandContext context, Style style, Consumer<String> progress) {
    this.context = context;
    this.style = style;
    this.progress = progress;
  }

  /** Has the answer compiled that will be graded next, if a worker is there. */
  void compile(Lesson lesson) {
    thread.execute(
        () -> {
          if (grader != null) {
            grader.compile(lesson);
          }
        });
  }

  /** Grades an answer once those before it are done. */
  void grade(Lesson lesson, List<CheckInfo> checks, Listener listener) {
    stopped = false;
    thread.execute(
        () -> {
          try {
            tryToGrade(lesson, checks, listener);
          } catch (RuntimeException e) {
            listener.failed(
                e instanceof EnvironmentException
                    ? e.getMessage()
                    : "The grader broke: " + ErrorLog.keep(e));
          }
        });
  }

  /** Traces checks once what was asked for before is done, and hands over the lines. */
  void trace(Lesson lesson, List<CheckInfo> checks, Consumer<List<String>> shown) {
    thread.execute(
        () -> {
          List<String> lines = new ArrayList<>();
          try {
            new ExerciseTrace(context.root(), style, false, lines::add)
                .run(lesson, checks, progress)
                .forEach(error -> lines.add(error.sentence()));
          } catch (EnvironmentException e) {
            lines.add(e.getMessage());
          }
          shown.accept(lines);
        });
  }

  /** Stops the grading that is under way, at the price of a new worker. */
  void stop() {
    stopped = true;
    Grader current = grader;
    if (current != null) {
      current.stop();
    }
  }

  @Override
  public void close() {
    stop();
    thread.execute(this::closeGrader);
    thread.shutdown();
    try {
      thread.awaitTermination(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  // A server that was killed, by whomever, is opened once more; the second failure is believed.
  private void tryToGrade(Lesson lesson, List<CheckInfo> checks, Listener listener) {
    List<CheckInfo> broken = new ArrayList<>();
    List<CompileError> errors = List.of();
    try {
      errors = run(lesson, checks, listener, (check, result) -> broken.add(check));
    } catch (EnvironmentException e) {
      broken.clear();
      broken.addAll(checks);
    }
    if (!broken.isEmpty() && !stopped) {
      closeGrader();
      errors = run(lesson, broken, listener, listener::judged);
    }
    if (stopped) {
      listener.failed("");
    } else {
      listener.done(errors, grader.database());
    }
  }

  private List<CompileError> run(
      Lesson lesson,
      List<CheckInfo> checks,
      Listener listener,
      BiConsumer<CheckInfo, CheckResult> broken) {
    if (grader == null) {
      grader = new Grader(context.root(), progress);
    }
    return grader.grade(
        lesson,
        checks,
        new GradingListener() {
          @Override
          public void started(CheckInfo check) {
            listener.started(check);
          }

          @Override
          public void judged(CheckInfo check, CheckResult result) {
            if (stopped) {
              return;
            }
            if (result.status() == Status.ENVIRONMENT) {
              broken.accept(check, result);
            } else {
              listener.judged(check, result);
            }
          }
        });
  }

  private void closeGrader() {
    if (grader != null) {
      Grader old = grader;
      grader = null;
      old.close();
    }
  }
}
