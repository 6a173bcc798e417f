package workbook.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import workbook.support.course.CheckInfo;
import workbook.support.course.ExerciseInfo;
import workbook.support.course.Lesson;
import workbook.support.protocol.CheckResult;
import workbook.support.protocol.Status;

/** Puts into words how a learner stands. */
final class WatchView {
  private final CommandContext context;
  private final Style style;
  private final Progress progress;
  private CheckInfo running;
  private long runningSince;
  private boolean grading;
  private List<String> graded = List.of();

  /** What a key has brought up; it goes with the next save. */
  List<String> panel = List.of();

  /** The last word on the last thing that happened. */
  String status = "";

  /** What a key has asked; it stands until it is answered. */
  String question = "";

  /** What the checks run on. */
  String database = "";

  WatchView(CommandContext context, Style style, Progress progress) {
    this.context = context;
    this.style = style;
    this.progress = progress;
  }

  void begin(List<CheckInfo> checks) {
    grading = true;
    running = null;
    runningSince = System.nanoTime();
    graded = checks.stream().map(CheckInfo::exercise).distinct().toList();
    status = "Grading " + String.join(", ", graded) + " ...";
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
    status = why.isEmpty() ? "" : why + "\nr tries again.";
  }

  /**
   * A grading has come to its end.
   *
   * @param first whether it was the lesson's first: then all that it says is on the page
   */
  void end(WatchedLesson watched, long millis, boolean first) {
    grading = false;
    if (!watched.errors().isEmpty()) {
      status = "Nothing was graded.";
      return;
    }
    status = withPass(watched, "Graded %s in %d ms.".formatted(String.join(", ", graded), millis));
    if (!first) {
      elsewhere(watched);
    }
  }

  // What became of exercises that are not on the screen.
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
        it -> !watched.passed(it) && !watched.passedBefore(it) && !isOpen(watched, it),
        "does not pass yet",
        "do not pass yet");
  }

  private void tell(
      List<ExerciseInfo> exercises, Predicate<ExerciseInfo> which, String one, String more) {
    List<String> ids = exercises.stream().filter(which).map(ExerciseInfo::id).toList();
    if (!ids.isEmpty()) {
      status += "\n%s %s.".formatted(String.join(", ", ids), ids.size() == 1 ? one : more);
    }
  }

  /** A save came to nothing. */
  void unchanged(WatchedLesson watched) {
    status = withPass(watched, "Saved; nothing in it can change a verdict.");
  }

  // That an exercise passes, and what comes next, stays on the screen with whatever else is new.
  private String withPass(WatchedLesson watched, String news) {
    ExerciseInfo current = watched.current();
    if (!watched.errors().isEmpty() || !watched.passed(current)) {
      return news;
    }
    return style.passed()
        + " "
        + style.bold(current.id() + " passed")
        + ". "
        + next(watched)
        + style.faint("   " + news);
  }

  List<String> page(WatchedLesson watched) {
    List<String> page = new ArrayList<>();
    Lesson lesson = watched.lesson;
    int earned = progress.earned(lesson);
    page.add(
        "%s  %s %d/%d points%s"
            .formatted(
                style.bold("Lesson " + lesson.number() + ": " + lesson.topic()),
                style.bar(earned, lesson.points()),
                earned,
                lesson.points(),
                style.faint(database.isEmpty() ? "" : "   on " + database)));
    page.add("");
    if (watched.isGone()) {
      page.add("%s is gone, or empty.".formatted(context.relative(lesson.answer())));
      page.add("Put it back, or press x: it hands you exercise and file afresh.");
    } else if (!watched.errors().isEmpty()) {
      ExerciseInfo current = watched.current();
      page.add(style.bold(current.id() + " " + current.title()));
      page.addAll(told(report -> report.rejected(watched.errors())));
      page.addAll(shownPanel());
    } else {
      page.addAll(exercise(watched));
    }
    return page;
  }

  /** What stands below every page. */
  List<String> footer(String keys) {
    List<String> footer = new ArrayList<>(statusLines());
    footer.add(style.faint(keys));
    return footer;
  }

  /** A line for each exercise, with its sign. */
  List<String> list(WatchedLesson watched) {
    return watched.lesson.exercises().stream()
        .map(
            exercise ->
                "  %s %-4s %s".formatted(sign(watched, exercise), exercise.id(), exercise.title()))
        .toList();
  }

  private List<String> exercise(WatchedLesson watched) {
    ExerciseInfo exercise = watched.current();
    List<CheckRow> rows = watched.rows(exercise).stream().map(WatchView::printable).toList();
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s %s %s   %d/%d"
            .formatted(
                sign(watched, exercise),
                style.bold(exercise.id()),
                style.bold(exercise.title()),
                rows.stream().mapToInt(row -> row.points().earned()).sum(),
                exercise.points()));
    rows.forEach(
        row -> lines.add("    " + sign(row.result().status()) + " " + row.check().sentence()));
    lines.addAll(shownPanel());
    Optional<CheckRow> first = rows.stream().filter(row -> !row.passed()).findFirst();
    first.ifPresent(
        row ->
            lines.addAll(told(report -> report.failures(watched.lesson, exercise, List.of(row)))));
    if (first.isPresent() && first.get().result().status() == Status.NOT_ATTEMPTED) {
      ExerciseInfo missing =
          TextReport.missing(watched.lesson, first.get().result()).orElse(exercise);
      lines.add(
          "        Write it here: %s:%d"
              .formatted(
                  context.relative(watched.lesson.answer()), watched.lesson.lineOf(missing)));
    }
    return lines;
  }

  private List<String> shownPanel() {
    return panel.isEmpty() ? List.of() : Stream.concat(Stream.of(""), panel.stream()).toList();
  }

  private String sign(WatchedLesson watched, ExerciseInfo exercise) {
    if (watched.passed(exercise)) {
      return style.passed();
    }
    return isOpen(watched, exercise) ? style.open() : style.failed();
  }

  private static boolean isOpen(WatchedLesson watched, ExerciseInfo exercise) {
    return watched.rows(exercise).stream()
        .allMatch(row -> row.result().status() == Status.NOT_ATTEMPTED);
  }

  private String sign(Status status) {
    return switch (status) {
      case PASSED -> style.passed();
      case NOT_ATTEMPTED -> style.open();
      default -> style.failed();
    };
  }

  private static String next(WatchedLesson watched) {
    List<ExerciseInfo> exercises = watched.lesson.exercises();
    int next = exercises.indexOf(watched.current()) + 1;
    return next < exercises.size()
        ? "n goes on: %s %s.".formatted(exercises.get(next).id(), exercises.get(next).title())
        : exercises.stream().allMatch(watched::passed)
            ? "All of this lesson passes. Well done!"
            : "It is the lesson's last; l lists those that do not pass yet.";
  }

  private List<String> statusLines() {
    if (!question.isEmpty()) {
      return List.of(question);
    }
    if (!grading) {
      return status.lines().toList();
    }
    long seconds = (System.nanoTime() - runningSince) / 1_000_000_000;
    if (seconds == 0) {
      return List.of(status);
    }
    String what = running == null ? "Starting" : running.exercise() + " " + running.sentence();
    return List.of("%s ... %d s".formatted(what, seconds));
  }

  private List<String> told(Consumer<TextReport> story) {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    story.accept(
        new TextReport(new CommandContext(context.root(), out, out, context.environment()), style));
    return text.toString().stripTrailing().lines().toList();
  }

  // What an answer prints must not move the cursor or change colours.
  private static CheckRow printable(CheckRow row) {
    CheckResult result = row.result();
    return new CheckRow(
        row.check(),
        new CheckResult(
            result.name(),
            result.status(),
            printable(result.message()),
            result.at(),
            result.millis(),
            printable(result.output())));
  }

  private static String printable(String text) {
    return text == null ? null : text.replaceAll("[\\p{Cntrl}&&[^\n\t]]", "?");
  }
}
