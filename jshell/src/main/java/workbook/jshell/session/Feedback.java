package workbook.jshell.session;

import java.io.PrintStream;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import jdk.jshell.Diag;
import jdk.jshell.ExpressionSnippet;
import jdk.jshell.Snippet;
import jdk.jshell.Snippet.Status;
import jdk.jshell.Snippet.SubKind;
import jdk.jshell.UnresolvedReferenceException;
import jdk.jshell.VarSnippet;
import workbook.jshell.FailureLine;
import workbook.jshell.engine.Evaluation;
import workbook.jshell.engine.Evaluation.End;
import workbook.jshell.engine.Interpreter;

/** Says what came out of a snippet: its value, or what failed and in which line. */
final class Feedback {
  /** What an object prints that has nothing to say; it differs from run to run. */
  static final String IDENTITY = "[\\w.$/\\[;]+@[0-9a-f]+";

  // The class that JShell puts a snippet into.
  private static final String MADE_UP = "REPL\\.\\$JShell\\$\\w+\\.";

  private static final int MOST_COLUMNS = 76;
  private static final Set<SubKind> VALUES =
      Set.of(
          SubKind.TEMP_VAR_EXPRESSION_SUBKIND,
          SubKind.VAR_VALUE_SUBKIND,
          SubKind.OTHER_EXPRESSION_SUBKIND);

  private final Interpreter interpreter;
  private final PrintStream out;
  private final Colours colours;

  Feedback(Interpreter interpreter, PrintStream out, Colours colours) {
    this.interpreter = interpreter;
    this.out = out;
    this.colours = colours;
  }

  /**
   * Prints what there is to say.
   *
   * @param text of which the snippet is a part
   * @param ofStep whether the lesson has it; then an object's identity is left out
   */
  void print(Evaluation evaluation, String text, boolean ofStep) {
    if (evaluation.end() != End.OWN) {
      printStopped(evaluation.end());
    } else if (evaluation.exception() != null) {
      printFailure(evaluation, text);
    } else if (evaluation.status() == Status.REJECTED) {
      interpreter.errors(evaluation.snippet()).forEach(it -> printError(it, evaluation.snippet()));
    } else if (evaluation.status() != Status.VALID) {
      out.println(
          colours.aside(
              "(It cannot run yet. What is missing: %s.)"
                  .formatted(String.join(", ", interpreter.missing(evaluation.snippet())))));
    } else {
      printValue(evaluation.snippet(), evaluation.value(), ofStep);
    }
    out.flush();
  }

  private void printStopped(End end) {
    out.println(
        end == End.STOPPED
            ? "Stopped."
            : "This code cannot be stopped. It runs on in the background until you leave with /exit.");
  }

  private void printValue(Snippet snippet, String value, boolean ofStep) {
    boolean says = value != null && !value.isEmpty() && !value.matches(IDENTITY);
    if (VALUES.contains(snippet.subKind())) {
      if (says || !ofStep && value != null && !value.isEmpty()) {
        out.println(value);
      }
    } else if (says && snippet.subKind() == SubKind.VAR_DECLARATION_WITH_INITIALIZER_SUBKIND) {
      printVariable(((VarSnippet) snippet).name(), value);
    } else if (says && snippet.subKind() == SubKind.ASSIGNMENT_SUBKIND) {
      printVariable(((ExpressionSnippet) snippet).name(), value);
    }
  }

  private void printVariable(String name, String value) {
    String line = name + " = " + value.lines().findFirst().orElse("");
    boolean isLong = line.length() > MOST_COLUMNS || value.lines().count() > 1;
    String cut = line.substring(0, Math.min(line.length(), MOST_COLUMNS - 3));
    out.println(colours.aside(isLong ? cut + "..." : line));
  }

  private void printFailure(Evaluation evaluation, String text) {
    String failure =
        evaluation.exception() instanceof UnresolvedReferenceException unresolved
            ? "! %s needs %s, which does not exist yet."
                .formatted(
                    unresolved.getSnippet().source().strip().lines().findFirst().orElse(""),
                    String.join(", ", interpreter.missing(unresolved.getSnippet())))
            : evaluation.thrown() != null
                ? FailureLine.of(evaluation.thrown())
                : "! " + evaluation.exception();
    out.println(colours.failure(failure.replaceAll(MADE_UP, "")));
    Stream.of(evaluation.exception().getStackTrace())
        .filter(frame -> frame.getFileName() != null && frame.getFileName().startsWith("#"))
        .findFirst()
        .ifPresent(frame -> printLine(frame, evaluation.snippet(), text));
  }

  // Where a single line was typed, it is the one that failed.
  private void printLine(StackTraceElement frame, Snippet snippet, String text) {
    String id = frame.getFileName().substring(1);
    if (id.equals(snippet.id()) && text.strip().lines().count() == 1) {
      return;
    }
    interpreter
        .source(id)
        .flatMap(source -> source.lines().skip(Math.max(0, frame.getLineNumber() - 1)).findFirst())
        .ifPresent(
            line ->
                out.println(
                    (id.equals(snippet.id()) ? "  at: " : "  in " + frame.getMethodName() + ": ")
                        + line.strip()));
  }

  // As javac says it: the message, the line, and below it where.
  private void printError(Diag error, Snippet snippet) {
    List<String> message = Interpreter.message(error).lines().toList();
    out.println(colours.failure("! " + message.get(0)));
    // Where, it would say in terms of a class that JShell makes up.
    message.stream()
        .skip(1)
        .filter(line -> !line.strip().startsWith("location:"))
        .forEach(line -> out.println("  " + line));
    String source = snippet.source();
    int start = (int) Math.max(0, Math.min(error.getStartPosition(), source.length()));
    int begin = source.lastIndexOf('\n', start - 1) + 1;
    int newLine = source.indexOf('\n', start);
    int end = newLine < 0 ? source.length() : newLine;
    int last = (int) Math.max(start + 1, Math.min(error.getEndPosition(), end));
    out.println("    " + source.substring(begin, end).stripTrailing());
    out.println("    " + blanks(source.substring(begin, start)) + mark(last - start));
  }

  private static String mark(int length) {
    return length < 2 ? "^" : "^" + "-".repeat(length - 2) + "^";
  }

  private static String blanks(String text) {
    return text.replaceAll("[^\t]", " ");
  }
}
