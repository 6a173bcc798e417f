package workbook.cli.watch;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import workbook.cli.report.CheckRow;
import workbook.cli.report.Progress;
import workbook.cli.report.TextReport;
import workbook.cli.terminal.CommandContext;
import workbook.cli.terminal.Style;
import workbook.engine.course.ExerciseInfo;
import workbook.engine.course.Lesson;
import workbook.engine.protocol.Status;

/** Puts into words how a learner stands: the page above the {@link WatchStatus}. */
final class WatchView {
  private final CommandContext context;
  private final Style style;
  private final Progress progress;

  /** What a key has brought up; it goes with the next save. */
  List<String> panel = List.of();

  /** Whether that stands there by itself, without the exercise. */
  boolean panelOnly;

  /** What the checks run on. */
  String database = "";

  WatchView(CommandContext context, Style style, Progress progress) {
    this.context = context;
    this.style = style;
    this.progress = progress;
  }

  List<String> page(WatchedLesson watched) {
    List<String> page = new ArrayList<>();
    Lesson lesson = watched.lesson;
    int earned = progress.earned(lesson);
    page.add(
        "%s  %s %s/%s points%s"
            .formatted(
                style.bold("Lesson " + lesson.number() + ": " + lesson.topic()),
                style.bar(earned, lesson.points()),
                earned,
                lesson.points(),
                style.faint(database.isEmpty() ? "" : "   on " + database)));
    page.add("");
    if (panelOnly && !panel.isEmpty()) {
      page.addAll(panel);
    } else if (watched.isGone()) {
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
    List<CheckRow> rows = watched.rows(exercise);
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s %s %s   %s/%s"
            .formatted(
                sign(watched, exercise),
                style.bold(exercise.id()),
                style.bold(exercise.title()),
                rows.stream().mapToInt(row -> row.points().earned()).sum(),
                exercise.points()));
    rows.forEach(
        row -> lines.add("    " + sign(row.result().status()) + " " + row.check().sentence()));
    lines.addAll(shownPanel());
    lines.addAll(told(report -> report.failures(watched.lesson, exercise, failuresToTell(rows))));
    rows.stream()
        .filter(WatchView::isNotAttempted)
        .findFirst()
        .ifPresent(row -> lines.add(writeHere(watched.lesson, exercise, row)));
    return lines;
  }

  // Each check that failed; of those that wait for the learner to begin, one says it all.
  private static List<CheckRow> failuresToTell(List<CheckRow> rows) {
    Optional<CheckRow> unwritten = rows.stream().filter(WatchView::isNotAttempted).findFirst();
    return rows.stream()
        .filter(row -> !isNotAttempted(row) || row.equals(unwritten.orElseThrow()))
        .toList();
  }

  private static boolean isNotAttempted(CheckRow row) {
    return row.result().status() == Status.NOT_ATTEMPTED;
  }

  private String writeHere(Lesson lesson, ExerciseInfo exercise, CheckRow row) {
    ExerciseInfo missing = TextReport.missing(lesson, row.result()).orElse(exercise);
    return "        Write it here: %s:%s"
        .formatted(context.relative(lesson.answer()), lesson.lineOf(missing));
  }

  private List<String> shownPanel() {
    return panel.isEmpty() ? List.of() : Stream.concat(Stream.of(""), panel.stream()).toList();
  }

  private String sign(WatchedLesson watched, ExerciseInfo exercise) {
    if (watched.passed(exercise)) {
      return style.passed();
    }
    return watched.isOpen(exercise) ? style.open() : style.failed();
  }

  private String sign(Status status) {
    return switch (status) {
      case PASSED -> style.passed();
      case NOT_ATTEMPTED -> style.open();
      default -> style.failed();
    };
  }

  private List<String> told(Consumer<TextReport> story) {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    story.accept(
        new TextReport(new CommandContext(context.root(), out, out, context.environment()), style));
    return text.toString().stripTrailing().lines().toList();
  }
}
