package workbook.jshell.session;

import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import workbook.jshell.Script;
import workbook.jshell.Script.Example;
import workbook.jshell.engine.Evaluation;
import workbook.jshell.engine.Interpreter;

/** Goes through a lesson with its learner: steps at Enter, and Java of the learner's in between. */
final class Session {
  private static final Pattern RUN = Pattern.compile("/(\\d{1,4})(?:-(\\d{1,4}))?");
  private static final String NO_STEPS =
      "There are no steps: this shell was opened without a lesson.";
  private static final Pattern LIST = Pattern.compile("/list(?:\\s+(all|\\d{1,4}))?");

  private final Steps steps;
  private final Supplier<Interpreter> interpreter;
  private final LineSource lines;
  private final PrintStream out;
  private final Colours colours;

  /**
   * @param script the lesson's; null if there are no steps
   * @param interpreter asked for when it is needed, since it takes a while to start
   * @param out where snippets print, too
   */
  Session(
      Script script,
      Supplier<Interpreter> interpreter,
      LineSource lines,
      PrintStream out,
      Colours colours) {
    this.steps = new Steps(script);
    this.interpreter = interpreter;
    this.lines = lines;
    this.out = out;
    this.colours = colours;
  }

  /** Reads and runs until the learner leaves. */
  void run() {
    if (steps.count() > 0) {
      show();
    }
    Optional<String> line = lines.read(prompt(), this::isComplete);
    while (line.isPresent() && !line.get().strip().matches("/(ex|exit)")) {
      obey(line.get());
      out.flush();
      line = lines.read(prompt(), this::isComplete);
    }
  }

  private String prompt() {
    return steps.count() == 0
        ? "java> "
        : steps.atEnd() ? "[end]> " : "[%s/%s]> ".formatted(steps.next(), steps.count());
  }

  private boolean isComplete(String text) {
    return text.isBlank()
        || Commands.isCommand(text)
        || SqlLine.isSql(text)
        || interpreter.get().isComplete(text);
  }

  private void obey(String line) {
    if (!Commands.isCommand(line) || RUN.matcher(line.strip()).matches()) {
      interpreter.get().begin();
    }
    if (line.isBlank()) {
      enter();
    } else if (Commands.isCommand(line)) {
      command(line.strip());
    } else if (SqlLine.isSql(line)) {
      out.println(SqlLine.advice(line));
    } else {
      evaluate(line, false);
    }
  }

  private void enter() {
    if (steps.atEnd()) {
      out.println(
          steps.count() == 0
              ? "Type Java, or /help."
              : "That was the last step. /list all shows all, /1 begins again, /exit leaves.");
    } else {
      runStep(steps.next());
    }
  }

  private void command(String command) {
    Matcher run = RUN.matcher(command);
    Matcher list = LIST.matcher(command);
    if (run.matches()) {
      int first = Integer.parseInt(run.group(1));
      int last = run.group(2) == null ? first : Integer.parseInt(run.group(2));
      runAgain(first, last);
    } else if (list.matches()) {
      list(list.group(1));
    } else if (command.equals("/back")) {
      goBack();
    } else if (command.equals("/help") || command.equals("/?")) {
      out.println(Commands.HELP);
    } else {
      out.println("There is no command " + command + ". /help lists those that there are.");
    }
  }

  private void goBack() {
    if (steps.count() == 0) {
      out.println(NO_STEPS);
    } else if (steps.next() <= 1) {
      out.println("This is the first step.");
    } else {
      steps.goTo(steps.next() - 1);
      show();
    }
  }

  private void list(String number) {
    if (steps.count() == 0) {
      out.println(NO_STEPS);
    } else if (number == null) {
      steps.listAroundNext(colours).forEach(out::println);
    } else if (number.equals("all")) {
      steps.list(colours).forEach(out::println);
    } else if (isStep(Integer.parseInt(number))) {
      show(steps.get(Integer.parseInt(number)));
    }
  }

  private boolean isStep(int number) {
    if (number >= 1 && number <= steps.count()) {
      return true;
    }
    out.println(
        steps.count() == 0
            ? NO_STEPS
            : "There is no step %s, only 1 to %s.".formatted(number, steps.count()));
    return false;
  }

  private void runAgain(int first, int last) {
    if (!isStep(first) || !isStep(last)) {
      return;
    }
    if (first == last) {
      show(steps.get(first));
      runStep(first);
      return;
    }
    if (first > last) {
      out.println("Write the smaller number first: /%s-%s.".formatted(last, first));
      return;
    }
    int number = first;
    while (number <= last && !interpreter.get().isStopped()) {
      if (!evaluate(number)) {
        failed(number);
        return;
      }
      number++;
    }
    goOn(number);
  }

  private void runStep(int number) {
    if (evaluate(number)) {
      goOn(number + 1);
    } else {
      failed(number);
    }
  }

  private void failed(int number) {
    steps.goTo(number);
    int missing = steps.missingBefore(number);
    String more =
        missing == 0
            ? number < steps.count() ? " /%s goes on.".formatted(number + 1) : ""
            : " It may need earlier steps: /%s-%s runs them.".formatted(missing, number);
    out.println(colours.aside("Step %s failed. Enter tries it again.%s".formatted(number, more)));
  }

  private boolean evaluate(int number) {
    String code = String.join("\n", steps.get(number).code());
    lines.remember(code);
    boolean fine = evaluate(code, true);
    steps.mark(number, fine);
    return fine;
  }

  private void goOn(int number) {
    steps.goTo(number);
    show();
  }

  private void show() {
    if (steps.atEnd()) {
      out.println();
      Prose.lines(steps.ending(), lines.width(), colours).forEach(out::println);
      out.println();
      out.println(colours.aside("That was the last step. /list all shows all, /exit leaves."));
    } else {
      show(steps.get(steps.next()));
    }
  }

  private void show(Example step) {
    out.println();
    List<String> prose = Prose.lines(step.prose(), lines.width(), colours);
    prose.forEach(out::println);
    if (!prose.isEmpty()) {
      out.println();
    }
    step.code().forEach(line -> out.println("    " + colours.code(line)));
    out.println();
  }

  /** Evaluates a text until something fails, and returns whether nothing did. */
  private boolean evaluate(String text, boolean ofStep) {
    Interpreter java = interpreter.get();
    Feedback feedback = new Feedback(java, out, colours);
    boolean[] fine = {true};
    String rest =
        java.evaluate(
            text,
            evaluation -> {
              feedback.print(evaluation, text, ofStep);
              fine[0] &= evaluation.isFine();
              return fine[0] && !java.isStopped();
            });
    if (fine[0] && !java.isStopped() && !rest.isBlank()) {
      // It ends too early, which the compiler tells best.
      for (Evaluation cut : java.evaluateOne(rest)) {
        feedback.print(cut, text, ofStep);
        fine[0] &= cut.isFine();
      }
    }
    return fine[0];
  }
}
