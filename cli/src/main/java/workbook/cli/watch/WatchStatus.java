package workbook.cli.watch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import workbook.cli.terminal.Style;
import workbook.engine.course.CheckInfo;
import workbook.engine.course.ExerciseInfo;

/** What stands below every page: the grading under way, its results, and the question of a key. */
final class WatchStatus {
  private final Style style;
  private final Supplier<String> upcoming;
  private CheckInfo running;
  private long runningSince;
  private boolean grading;
  private List<String> graded = List.of();
  private String news = "";

  /** What a key has asked; it stands until it is answered. */
  String question = "";

  /**
   * @param upcoming what to do next when all of a lesson passes
   */
  WatchStatus(Style style, Supplier<String> upcoming) {
    this.style = style;
    this.upcoming = upcoming;
  }

  void say(String line) {
    news = line;
  }

  void begin(List<CheckInfo> checks) {
    grading = true;
    running = null;
    runningSince = System.nanoTime();
    graded = checks.stream().map(CheckInfo::exercise).distinct().toList();
    news = "Grading " + String.join(", ", graded) + " ...";
  }

  void started(CheckInfo check) {
    running = check;
    runningSince = System.nanoTime();
  }

  /** Whether one check has been running for that long. */
  boolean hasRunFor(Duration time) {
    return running != null && System.nanoTime() - runningSince > time.toNanos();
  }

  void failed(String why) {
    grading = false;
    news = why.isEmpty() ? "" : why + "\nr tries again.";
  }

  /**
   * A grading has come to its end.
   *
   * @param first whether it was the lesson's first: then all that it says is on the page
   */
  void end(WatchedLesson watched, long millis, boolean first) {
    grading = false;
    if (!watched.errors().isEmpty()) {
      news = "Nothing was graded.";
      return;
    }
    news = withPass(watched, "Graded %s in %s ms.".formatted(String.join(", ", graded), millis));
    if (!first) {
      elsewhere(watched);
    }
  }

  // The results of exercises that are not on the screen.
  private void elsewhere(WatchedLesson watched) {
    List<ExerciseInfo> others =
        watched.lesson.exercises().stream()
            .filter(it -> graded.contains(it.id()) && !it.equals(watched.current()))
            .toList();
    tell(others, it -> watched.passed(it) && !watched.passedBefore(it), "passes now", "pass now");
    tell(
        others,
        it -> !watched.passed(it) && watched.passedBefore(it),
        "passed before this, and does not now",
        "passed before this, and do not now");
    tell(
        others,
        it -> !watched.passed(it) && !watched.passedBefore(it) && !watched.isOpen(it),
        "does not pass yet",
        "do not pass yet");
  }

  private void tell(
      List<ExerciseInfo> exercises, Predicate<ExerciseInfo> which, String one, String more) {
    List<String> ids = exercises.stream().filter(which).map(ExerciseInfo::id).toList();
    if (!ids.isEmpty()) {
      news += "\n%s %s.".formatted(String.join(", ", ids), ids.size() == 1 ? one : more);
    }
  }

  /** A save came to nothing. */
  void unchanged(WatchedLesson watched) {
    news = withPass(watched, "Saved; nothing in it can change a verdict.");
  }

  // That an exercise passes, and what comes next, stays on the screen with whatever else is new.
  private String withPass(WatchedLesson watched, String what) {
    ExerciseInfo current = watched.current();
    if (!watched.errors().isEmpty() || !watched.passed(current)) {
      return what;
    }
    return style.passed()
        + " "
        + style.bold(current.id() + " passed")
        + ". "
        + next(watched)
        + style.faint("   " + what);
  }

  /** What stands below every page. */
  List<String> footer(String keys) {
    List<String> footer = new ArrayList<>(lines());
    footer.add(style.faint(keys));
    return footer;
  }

  private String next(WatchedLesson watched) {
    List<ExerciseInfo> exercises = watched.lesson.exercises();
    int next = exercises.indexOf(watched.current()) + 1;
    return next < exercises.size()
        ? "n goes on: %s %s.".formatted(exercises.get(next).id(), exercises.get(next).title())
        : exercises.stream().allMatch(watched::passed)
            ? "All of this lesson passes. " + upcoming.get()
            : "It is the lesson's last; l lists those that do not pass yet.";
  }

  private List<String> lines() {
    if (!question.isEmpty()) {
      return List.of(question);
    }
    if (!grading) {
      return news.lines().toList();
    }
    long seconds = (System.nanoTime() - runningSince) / 1_000_000_000;
    if (seconds == 0) {
      return List.of(news);
    }
    String what = running == null ? "Starting" : running.exercise() + " " + running.sentence();
    return List.of("%s ... %s s".formatted(what, seconds));
  }
}
