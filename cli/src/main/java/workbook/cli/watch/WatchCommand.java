package workbook.cli.watch;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import workbook.cli.terminal.CommandContext;
import workbook.cli.terminal.Exit;
import workbook.cli.terminal.Selection;
import workbook.cli.terminal.Style;
import workbook.engine.course.Course;
import workbook.engine.course.Lesson;

/** {@code watch}: grades what is saved, as soon as it is saved. */
@Command(
    name = "watch",
    description = {
      "Save, and know: grade your work each time you save it.",
      "On a terminal, single keys, without Enter, give hints and go on; the screen names them."
    })
public final class WatchCommand implements Callable<Integer> {
  private final CommandContext context;
  private final Style style;

  @Parameters(
      arity = "0..1",
      paramLabel = "LESSON",
      description = "Such as 1 or connect; without it, all, and first the one you are at.")
  private String wanted;

  @Option(
      names = "--plain",
      description = "Plain lines, as without a terminal: a letter and Enter are a key.")
  private boolean plain;

  public WatchCommand(CommandContext context, Style style) {
    this.context = context;
    this.style = style;
  }

  @Override
  public Integer call() {
    Course course = Course.read(context.root());
    List<Lesson> lessons =
        wanted == null ? course.lessons() : List.of(Selection.findLesson(course, wanted));
    List<Path> files = lessons.stream().map(Lesson::answer).toList();
    WatchEvents events = new WatchEvents();
    try (WatchConsole console = console(events);
        WatchGrading grading = new WatchGrading(context, style, events::progress);
        AnswerWatcher watcher = new AnswerWatcher(files, events::saved)) {
      List<WatchedLesson> watched =
          lessons.stream()
              .map(lesson -> new WatchedLesson(lesson, watcher.text(lesson.answer())))
              .toList();
      new Watch(context, style, console, grading, events, watched).run(watcher);
    }
    return Exit.FINE;
  }

  private WatchConsole console(WatchEvents events) {
    Optional<TerminalConsole> terminal =
        plain ? Optional.empty() : TerminalConsole.open(events::repaint, events::quit);
    return terminal.isPresent() ? terminal.get() : new PlainConsole(System.in, context.out());
  }
}
