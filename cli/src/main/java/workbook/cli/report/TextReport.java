package workbook.cli.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import workbook.cli.terminal.CommandContext;
import workbook.cli.terminal.Selection;
import workbook.cli.terminal.Style;
import workbook.engine.Folders;
import workbook.engine.Printable;
import workbook.engine.course.ExerciseInfo;
import workbook.engine.course.Lesson;
import workbook.engine.protocol.CheckResult;
import workbook.engine.protocol.CompileError;
import workbook.engine.protocol.Status;

/** Tells a learner how their work was graded, as it is graded. */
public final class TextReport {
  private static final int PRINTED = 30;

  private final CommandContext context;
  private final Style style;
  private Runnable heading = () -> {};
  // whether failures stand right above
  private boolean parting;

  public TextReport(CommandContext context, Style style) {
    this.context = context;
    this.style = style;
  }

  /**
   * Begins a lesson; its heading is shown with the first verdict.
   *
   * @param database says what the checks run on, and waits until it does
   */
  public void begin(Lesson lesson, Supplier<String> database) {
    heading =
        () -> {
          parting = false;
          line("");
          line(
              style.bold("Lesson " + lesson.number() + ": " + lesson.topic())
                  + style.faint("   on " + database.get()));
        };
  }

  private void head() {
    heading.run();
    heading = () -> {};
  }

  /** Shows an exercise as soon as its last check has a verdict. */
  public void check(Selection selection, List<CheckRow> rows) {
    head();
    String id = rows.get(rows.size() - 1).check().exercise();
    for (ExerciseInfo exercise : selection.exercises()) {
      List<CheckRow> own =
          rows.stream().filter(row -> row.check().exercise().equals(exercise.id())).toList();
      if (exercise.id().equals(id) && own.size() == exercise.checks().size()) {
        exercise(selection.lesson(), exercise, own);
      }
    }
  }

  public void rejected(List<CompileError> errors) {
    head();
    line("");
    line(
        errors.stream().allMatch(CompileError::forbidden)
            ? "Your code was not run, for it uses what no exercise needs:"
            : "Your code does not compile:");
    for (CompileError error : errors) {
      Path file = Path.of(error.file());
      line("");
      line(context.relative(file) + ":" + error.line());
      line("  " + Printable.of(error.message()).replace("\n", "\n  "));
      quote(file, error);
    }
  }

  public void summary(Report report) {
    List<String> counts = new ArrayList<>();
    for (Status status : Status.values()) {
      if (report.count(status) > 0) {
        // "does not compile" would want another verb for more than one.
        counts.add(
            report.count(status)
                + " "
                + (status == Status.DOES_NOT_COMPILE ? "not compiled" : status.word()));
      }
    }
    line("");
    line(style.bold("Points " + report.points()) + "   checks: " + String.join(", ", counts));
    context.out().flush();
  }

  private void exercise(Lesson lesson, ExerciseInfo exercise, List<CheckRow> rows) {
    if (parting) {
      line("");
    }
    boolean passed = rows.stream().allMatch(CheckRow::passed);
    boolean open = rows.stream().allMatch(row -> row.result().status() == Status.NOT_ATTEMPTED);
    CheckRow.Points points =
        rows.stream().map(CheckRow::points).reduce(CheckRow.Points::plus).orElseThrow();
    line(
        "  %s %-4s %-47s %5s%s"
            .formatted(
                passed ? style.passed() : open ? style.open() : style.failed(),
                exercise.id(),
                exercise.title(),
                points,
                open ? "  not attempted" : ""));
    if (open && !isAsHandedOut(lesson, exercise)) {
      rows.stream()
          .map(CheckRow::result)
          .filter(result -> missing(lesson, result).isPresent())
          .findFirst()
          .ifPresent(result -> unwritten(lesson, result));
    } else if (!open && !passed) {
      failures(lesson, exercise, rows);
    }
    parting = !open && !passed;
    context.out().flush();
  }

  /** Shows what failed; checks that tell the same story are named together and tell it once. */
  public void failures(Lesson lesson, ExerciseInfo exercise, List<CheckRow> rows) {
    Map<CheckResult, List<CheckRow>> stories = new LinkedHashMap<>();
    rows.stream()
        .filter(row -> !row.passed())
        .forEach(
            row -> stories.computeIfAbsent(story(row.result()), key -> new ArrayList<>()).add(row));
    stories.forEach(
        (story, told) -> {
          line("");
          told.forEach(this::failed);
          indented(story.message());
          if (story.status() != Status.NOT_ATTEMPTED) {
            indented("at " + where(lesson, exercise, story));
          }
          if (!story.output().isBlank()) {
            indented("Your code printed:");
            indented(printed(story.output()));
          }
        });
  }

  // It needs no words: an unwritten exercise cannot pass.
  private static boolean isAsHandedOut(Lesson lesson, ExerciseInfo exercise) {
    return Folders.textOf(lesson.answer()).contains("todo(\"" + exercise.id() + "\")");
  }

  private void unwritten(Lesson lesson, CheckResult result) {
    line("         " + Printable.of(result.message()));
    long at = lesson.lineOf(missing(lesson, result).orElseThrow());
    line("         Write it here: " + context.relative(lesson.answer()) + ":" + at);
  }

  /** The exercise that has to be written first, where a check was not attempted for its lack. */
  public static Optional<ExerciseInfo> missing(Lesson lesson, CheckResult result) {
    return lesson.exercises().stream()
        .filter(exercise -> result.status() == Status.NOT_ATTEMPTED)
        .filter(
            exercise -> result.message().matches(Pattern.quote(exercise.id()) + "[ ,].* uses .*"))
        .findFirst();
  }

  private static String printed(String output) {
    List<String> lines = output.stripTrailing().lines().toList();
    String shown = String.join("\n", lines.subList(0, Math.min(PRINTED, lines.size())));
    return shown.indent(2)
        + (lines.size() > PRINTED ? "  ... and " + (lines.size() - PRINTED) + " lines more" : "");
  }

  private void failed(CheckRow row) {
    Status status = row.result().status();
    String word = status == Status.FAILED ? "" : " (" + status.word() + ")";
    String sign = status == Status.NOT_ATTEMPTED ? style.open() : style.failed();
    line("      " + sign + " " + row.check().sentence() + word);
  }

  private static CheckResult story(CheckResult result) {
    return new CheckResult("", result.status(), result.message(), result.at(), 0, result.output());
  }

  private String where(Lesson lesson, ExerciseInfo exercise, CheckResult result) {
    String answer = context.relative(lesson.answer());
    String file = lesson.answer().getFileName().toString();
    if (result.at() != null && result.at().startsWith(file + ":")) {
      return answer + result.at().substring(file.length());
    }
    return answer + ":" + lesson.lineOf(exercise) + " (" + exercise.method() + ")";
  }

  // The line itself and a caret below it, as javac shows them.
  private void quote(Path file, CompileError error) {
    List<String> lines = Folders.textOf(file).replaceFirst("^\ufeff", "").lines().toList();
    if (error.line() <= lines.size()) {
      String line = withoutTabs(lines.get((int) error.line() - 1));
      int column = Math.min((int) error.column() - 1, line.length());
      // What takes more room in print moves the caret.
      int caret = Printable.of(line.substring(0, column)).length();
      line("    " + Printable.of(line));
      line("    " + " ".repeat(caret) + "^");
    }
  }

  // The compiler counts columns so that each tab leads to a multiple of eight.
  private static String withoutTabs(String line) {
    StringBuilder wide = new StringBuilder();
    for (char character : line.toCharArray()) {
      wide.append(character == '\t' ? " ".repeat(8 - wide.length() % 8) : character);
    }
    return wide.toString();
  }

  private void indented(String text) {
    Printable.of(text).lines().forEach(line -> line("        " + line));
  }

  private void line(String text) {
    context.out().println(text.stripTrailing());
  }
}
