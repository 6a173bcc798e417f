package workbook.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import workbook.cli.report.Progress;
import workbook.cli.terminal.CommandContext;
import workbook.cli.terminal.Exit;
import workbook.cli.terminal.Selection;
import workbook.engine.course.Course;

/** {@code hint}: shows an exercise's next hint. */
@Command(name = "hint", description = "Show the next hint for an exercise; there are three.")
public final class HintCommand implements Callable<Integer> {
  private final CommandContext context;

  @Parameters(paramLabel = "EXERCISE", description = "Such as 1.3.")
  private String wanted;

  @Option(names = "--all", description = "Show all of its hints.")
  private boolean all;

  public HintCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    Selection selection = Selection.findOne(Course.read(context.root()), wanted);
    List<String> hints = Hints.of(selection.lesson(), selection.exercise());
    Progress progress = new Progress(context.root());
    String id = selection.exercise().id();
    int before = progress.hints(id);
    boolean again = before >= hints.size();
    int shown = all ? hints.size() : Math.min(before + 1, hints.size());
    lines(hints, all || again ? 0 : shown - 1, shown).forEach(context.out()::println);
    if (again) {
      context.out().println(noMore(selection));
    }
    progress.recordHints(id, shown);
    return Exit.FINE;
  }

  /** What to do once the last hint was not enough. */
  public static String noMore(Selection selection) {
    return "There are no more hints. Still stuck? "
        + (selection.lesson().hasReference()
            ? "A good answer: ./workbook solution " + selection.exercise().id()
            : "Ask your teacher, with what you have.");
  }

  /** Some of an exercise's hints, each below its number. */
  public static List<String> lines(List<String> hints, int from, int to) {
    List<String> lines = new ArrayList<>();
    for (int i = from; i < to; i++) {
      lines.add("Hint %s of %s".formatted(i + 1, hints.size()));
      Hints.plain(hints.get(i)).lines().forEach(line -> lines.add("  " + line));
    }
    return lines;
  }
}
