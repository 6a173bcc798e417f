package workbook.jshell.session;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import workbook.jshell.Script;
import workbook.jshell.Script.Example;

/** The steps of a lesson, numbered from 1: which were run, and which one comes next. */
final class Steps {
  private final List<Example> steps;
  private final List<String> ending;
  private final BitSet done = new BitSet();
  private int next = 1;

  /**
   * @param script the lesson's; null if there are no steps
   */
  Steps(Script script) {
    steps = script == null ? List.of() : script.steps();
    ending =
        script == null || script.examples().size() == steps.size()
            ? List.of()
            : script.examples().get(steps.size()).prose();
  }

  int count() {
    return steps.size();
  }

  Example get(int number) {
    return steps.get(number - 1);
  }

  /** What the script says after its last step. */
  List<String> ending() {
    return ending;
  }

  /** The step that Enter runs; one more than there are at the end. */
  int next() {
    return next;
  }

  boolean atEnd() {
    return next > steps.size();
  }

  void goTo(int number) {
    next = number;
  }

  void mark(int number, boolean isDone) {
    done.set(number, isDone);
  }

  boolean isDone(int number) {
    return done.get(number);
  }

  /** The first step before another one that was not run; 0 if there is none. */
  int missingBefore(int number) {
    int missing = done.nextClearBit(1);
    return missing < number ? missing : 0;
  }

  /** A line for each step, below the headings: a mark at those that were run, and the next one. */
  List<String> list(Colours colours) {
    List<String> lines = new ArrayList<>();
    for (int number = 1; number <= steps.size(); number++) {
      Example step = get(number);
      step.prose().stream()
          .filter(line -> line.startsWith("#"))
          .map(line -> colours.heading(line.replaceFirst("#+ *", "")))
          .forEach(lines::add);
      String mark = number == next ? ">" : " ";
      String code = step.code().get(0);
      lines.add(
          "%s%s %3s  %s"
              .formatted(
                  mark,
                  isDone(number) ? "x" : " ",
                  number,
                  code.length() > 70 ? code.substring(0, 67) + "..." : code));
    }
    return lines;
  }
}
