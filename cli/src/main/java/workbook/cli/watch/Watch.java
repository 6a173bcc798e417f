package workbook.cli.watch;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import workbook.cli.report.Progress;
import workbook.cli.terminal.CommandContext;
import workbook.cli.terminal.Style;
import workbook.cli.terminal.UsageException;
import workbook.engine.course.CheckInfo;
import workbook.engine.course.Course;
import workbook.engine.course.ExerciseInfo;
import workbook.engine.protocol.CheckResult;
import workbook.engine.protocol.CompileError;
import workbook.support.EnvironmentException;

/** Watches a learner's answers: one thread takes each event in turn, and shows the result. */
final class Watch {
  private static final Duration TICK = Duration.ofSeconds(1);
  // A check that takes longer hangs, and what was saved meanwhile need not wait for its deadline.
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final CommandContext context;
  private final WatchConsole console;
  private final WatchGrading grading;
  private final WatchEvents events;
  private final List<WatchedLesson> lessons;
  private final WatchView view;
  private final WatchStatus status;
  private final WatchKeys keys;
  private final Progress progress;
  private WatchedLesson shown;
  private WatchedLesson underWay;
  private boolean outdated;
  private boolean everything;
  private long since;
  private boolean news;
  private boolean quit;

  Watch(
      CommandContext context,
      Style style,
      WatchConsole console,
      WatchGrading grading,
      WatchEvents events,
      List<WatchedLesson> lessons) {
    this.context = context;
    this.console = console;
    this.grading = grading;
    this.events = events;
    this.lessons = lessons;
    progress = new Progress(context.root());
    view = new WatchView(context, style, progress);
    status = new WatchStatus(style, () -> progress.next(Course.read(context.root())));
    keys = new WatchKeys(context, this, view, status, console, progress);
    shown =
        lessons.stream()
            .filter(watched -> !watched.lesson.exercises().stream().allMatch(progress::isDone))
            .findFirst()
            .orElse(lessons.get(lessons.size() - 1));
  }

  /** Runs until the learner quits. */
  void run(AnswerWatcher watcher) {
    watcher.start();
    readKeys();
    grade(true);
    paint();
    try {
      while (!quit) {
        Consumer<Watch> event = events.next(TICK);
        if (event != null) {
          handle(event);
        }
        if (underWay != null && outdated && status.hasRunFor(PATIENCE)) {
          grading.stop();
        }
        // What came together is shown together.
        if (events.isEmpty() && !quit) {
          paint();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  WatchedLesson shown() {
    return shown;
  }

  void quit() {
    quit = true;
  }

  /** Says something below the exercise. */
  void say(String line) {
    status.say(line);
    news = true;
  }

  /** Goes to the next or the previous exercise, if need be in another lesson. */
  void step(int by) {
    view.panel = List.of();
    if (shown.step(by)) {
      say("");
      return;
    }
    int next = lessons.indexOf(shown) + by;
    if (next < 0 || next >= lessons.size()) {
      say(by > 0 ? "This is the last exercise." : "This is the first exercise.");
      return;
    }
    show(lessons.get(next));
    shown.go(by > 0 ? 0 : shown.lesson.exercises().size() - 1);
  }

  /** Shows what the answer and the server say to each other in the checks that do not pass. */
  void trace() {
    WatchedLesson traced = shown;
    ExerciseInfo exercise = shown.current();
    List<CheckInfo> checks = shown.failing(exercise);
    if (checks.isEmpty()) {
      say(
          "Every check of %s passes. ./workbook trace %s shows them all."
              .formatted(exercise.id(), exercise.id()));
      return;
    }
    view.panel = List.of("Tracing %s ...".formatted(exercise.id()));
    say("");
    grading.trace(
        traced.lesson,
        checks,
        lines ->
            events.add(
                watch -> {
                  if (watch.shown == traced && traced.current() == exercise) {
                    watch.view.panel = lines;
                    watch.say("");
                  }
                }));
  }

  /** Grades again what was saved, or everything. */
  void grade(boolean all) {
    if (underWay != null) {
      outdated = true;
      everything |= all;
      return;
    }
    if (shown.isGone()) {
      say("");
      return;
    }
    since = System.nanoTime();
    grading.compile(shown.lesson);
    List<CheckInfo> checks = shown.begin(all);
    if (checks.isEmpty()) {
      shown.done(List.of());
      status.unchanged(shown);
      news = true;
      return;
    }
    underWay = shown;
    outdated = false;
    everything = false;
    status.begin(checks);
    grading.grade(shown.lesson, checks, new Following());
  }

  void saved(Path file, String text) {
    for (WatchedLesson watched : lessons) {
      if (watched.lesson.answer().equals(file)) {
        watched.saved(text);
        view.panel = keys.haveWritten(text) ? view.panel : List.of();
        if (watched != shown) {
          show(watched);
        } else {
          grade(false);
        }
      }
    }
  }

  private void show(WatchedLesson lesson) {
    shown = lesson;
    view.panel = List.of();
    say("");
    grade(!lesson.isGraded());
  }

  private void handle(Consumer<Watch> event) {
    try {
      event.accept(this);
    } catch (EnvironmentException | UsageException e) {
      say(e.getMessage());
    }
  }

  private void paint() {
    console.show(view.page(shown), status.footer(keys.line()), news && underWay == null);
    news &= underWay != null;
  }

  // A key at a time: the next may be for a program that this one starts.
  private void readKeys() {
    Semaphore handled = new Semaphore(0);
    Thread reader =
        new Thread(
            () -> {
              int key = 0;
              while (key != WatchConsole.END) {
                key = console.read();
                int pressed = key;
                events.add(
                    watch -> {
                      try {
                        watch.keys.press(pressed);
                      } finally {
                        handled.release();
                      }
                    });
                handled.acquireUninterruptibly();
              }
            },
            "keys");
    reader.setDaemon(true);
    reader.start();
  }

  private void done(List<CompileError> errors, String database) {
    List<ExerciseInfo> exercises = underWay.lesson.exercises();
    boolean first = !underWay.isGraded();
    underWay.done(errors);
    view.database = database;
    if (errors.isEmpty()) {
      progress.record(
          exercises.stream().flatMap(exercise -> underWay.rows(exercise).stream()).toList());
      if (first) {
        underWay.goToFirstOpen();
      }
    }
    long millis = (System.nanoTime() - since) / 1_000_000;
    status.end(underWay, millis, first);
    finish();
  }

  private void finish() {
    WatchedLesson graded = underWay;
    underWay = null;
    news = true;
    if (outdated || graded != shown) {
      grade(everything || !shown.isGraded());
    }
  }

  /** Brings what the grader says to this thread. */
  private final class Following implements WatchGrading.Listener {
    @Override
    public void started(CheckInfo check) {
      events.add(watch -> watch.status.started(check));
    }

    @Override
    public void judged(CheckInfo check, CheckResult result) {
      events.add(watch -> watch.underWay.judged(result));
    }

    @Override
    public void done(List<CompileError> errors, String database) {
      events.add(watch -> watch.done(errors, database));
    }

    @Override
    public void failed(String why) {
      events.add(
          watch -> {
            watch.status.failed(why);
            watch.finish();
          });
    }
  }
}
