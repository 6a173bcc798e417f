package workbook.jshell.session;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import workbook.jshell.Script;
import workbook.jshell.Script.Example;

/** The steps of a lesson, numbered from 1: which were run, and which one comes next. */
final class Steps {
  // With the headings between them and the prompt, they fit on a screen of 24 lines.
  private static final int SHOWN = 14;
  private static final int BEFORE = 5;

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

  /** The part of the list that a screen has room for, around the step that comes next. */
  List<String> listAroundNext(Colours colours) {
    int first = Math.max(1, Math.min(next - BEFORE, steps.size() - SHOWN + 1));
    int last = Math.min(steps.size(), first + SHOWN - 1);
    List<String> lines = list(colours, first, last);
    if (last - first + 1 < steps.size()) {
      lines.add(
          colours.aside(
              "These are %s to %s of %s steps; /list all shows all."
                  .formatted(first, last, steps.size())));
    }
    return lines;
  }

  /** A line for each step, below the headings: a mark at those that were run, and the next one. */
  List<String> list(Colours colours) {
    return list(colours, 1, steps.size());
  }

  private List<String> list(Colours colours, int first, int last) {
    List<String> lines = new ArrayList<>();
    for (int number = first; number <= last; number++) {
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
