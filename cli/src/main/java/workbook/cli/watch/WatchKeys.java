package workbook.cli.watch;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import workbook.cli.command.HintCommand;
import workbook.cli.command.Hints;
import workbook.cli.command.ResetCommand;
import workbook.cli.command.SolutionCommand;
import workbook.cli.report.Progress;
import workbook.cli.terminal.CommandContext;
import workbook.cli.terminal.Psql;
import workbook.cli.terminal.Selection;
import workbook.engine.Folders;
import workbook.engine.course.ExerciseInfo;
import workbook.engine.course.Lesson;
import workbook.engine.playground.Playground;
import workbook.support.DatabaseSettings;

/** What each key of {@code watch} does. */
final class WatchKeys {
  private static final String TABLES =
      "SELECT schemaname AS schema, tablename AS table FROM pg_tables"
          + " WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1, 2";

  private final CommandContext context;
  private final Watch watch;
  private final WatchView view;
  private final WatchStatus status;
  private final WatchConsole console;
  private final Progress progress;
  // takes the keys while a question is open
  private IntConsumer question;
  // what the last reset wrote
  private String written = "";

  WatchKeys(
      CommandContext context,
      Watch watch,
      WatchView view,
      WatchStatus status,
      WatchConsole console,
      Progress progress) {
    this.context = context;
    this.watch = watch;
    this.view = view;
    this.status = status;
    this.console = console;
    this.progress = progress;
  }

  /** The line that names them. */
  String line() {
    boolean hasSolution = lesson().hasReference();
    return "h hint  n next  p previous  r run again  l list%s  x reset  t trace  o open  d database  q quit"
        .formatted(hasSolution ? "  s solution" : "");
  }

  void press(int key) {
    if (key == WatchConsole.END) {
      watch.quit();
    } else if (question != null) {
      question.accept(key);
    } else {
      act(key);
    }
  }

  /** Whether a text that was saved is what a key has put back. */
  boolean haveWritten(String text) {
    return text.equals(written);
  }

  private void act(int key) {
    switch (key) {
      case 'h' -> hint();
      case 'n' -> watch.step(1);
      case 'p' -> watch.step(-1);
      case 'r', WatchConsole.ENTER -> watch.grade(true);
      case 'l' -> list();
      case 's' -> solution();
      case 'x' -> reset();
      case 'o' -> open();
      case 't' -> watch.trace();
      case 'd' -> database();
      case 'q' -> watch.quit();
      case ' ' -> console.more();
      default -> {
        // no key of ours
      }
    }
  }

  // A key that answers no question does what it does without one.
  private void actOn(int key) {
    if (key != WatchConsole.ENTER) {
      act(key);
    }
  }

  private Lesson lesson() {
    return watch.shown().lesson;
  }

  private ExerciseInfo exercise() {
    return watch.shown().current();
  }

  private void hint() {
    List<String> hints = Hints.of(lesson(), exercise());
    String id = exercise().id();
    int before = progress.hints(id);
    int shown = Math.min(before + 1, hints.size());
    progress.recordHints(id, shown);
    List<String> lines = new ArrayList<>(HintCommand.lines(hints, 0, shown));
    if (before >= hints.size()) {
      lines.add(HintCommand.noMore(new Selection(lesson(), exercise())));
    }
    panel(lines);
  }

  private void list() {
    view.panelOnly = true;
    panel(view.list(watch.shown()));
    StringBuilder typed = new StringBuilder();
    String which = "Go to which? Its number and Enter (Esc: stay): ";
    ask(which);
    question =
        key -> {
          if (Character.isDigit(key) || key == '.') {
            typed.append(key == '.' ? "." : String.valueOf(Character.digit(key, 10)));
            ask(which + typed);
          } else if (key == ' ') {
            console.more();
          } else {
            leave();
            if (key == WatchConsole.ENTER && !typed.isEmpty()) {
              go(typed.indexOf(".") < 0 ? lesson().number() + "." + typed : typed.toString());
            } else {
              watch.say("No exercise was chosen.");
              actOn(key);
            }
          }
        };
  }

  private void go(String id) {
    List<String> ids = lesson().exercises().stream().map(ExerciseInfo::id).toList();
    watch.say(
        watch.shown().go(ids.indexOf(id))
            ? ""
            : "There is no exercise %s in this lesson.".formatted(id));
  }

  private void solution() {
    Runnable show =
        () ->
            panel(
                SolutionCommand.solution(context, new Selection(lesson(), exercise()))
                    .lines()
                    .toList());
    if (watch.shown().passed(exercise())) {
      show.run();
    } else {
      confirm(exercise().id() + " has not passed yet. Show an answer all the same?", show);
    }
  }

  private void reset() {
    confirm(
        "Throw away what you wrote for %s and start afresh? A backup is kept."
            .formatted(exercise().id()),
        () -> {
          panel(ResetCommand.reset(context, new Selection(lesson(), exercise())).lines().toList());
          written = Folders.textOf(lesson().answer());
        });
  }

  private void open() {
    Optional<Editor> editor = Editor.find(context.environment());
    if (editor.isEmpty()) {
      watch.say(Editor.notFound(context.environment()));
    } else if (editor.get().needsTerminal() && !console.canLend()) {
      watch.say(editor.get().name() + " needs a terminal, and there is none here.");
    } else {
      Runnable run = () -> editor.get().open(lesson().answer(), lesson().lineOf(exercise()));
      if (editor.get().needsTerminal()) {
        console.lend(run);
      } else {
        run.run();
      }
      watch.say("");
    }
  }

  private void database() {
    console.lend(
        () -> {
          new Playground(context.root()).ensureStarted(context.err()::println);
          DatabaseSettings settings =
              DatabaseSettings.read(
                  context.root().resolve("db_info.ini"), "workbook", context.environment());
          List<String> arguments = console.canLend() ? List.of() : List.of("-c", TABLES);
          if (console.canLend()) {
            context.err().println("\\q brings you back to watch.");
          }
          context.err().flush();
          console.forgetKeys();
          new Psql(context, settings).run(arguments);
        });
    watch.say("");
  }

  private void confirm(String what, Runnable action) {
    ask(what + " y/n");
    question =
        key -> {
          leave();
          if (key == 'y' || key == 'Y') {
            action.run();
          } else if (key != 'n') {
            actOn(key);
          }
        };
  }

  private void ask(String what) {
    status.question = what;
    watch.say("");
  }

  private void leave() {
    question = null;
    status.question = "";
    view.panel = List.of();
    view.panelOnly = false;
    watch.say("");
  }

  private void panel(List<String> lines) {
    view.panel = lines;
    watch.say("");
  }
}
