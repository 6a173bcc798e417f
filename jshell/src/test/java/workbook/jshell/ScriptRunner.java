package workbook.jshell;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import jdk.jshell.EvalException;
import jdk.jshell.JShellException;
import jdk.jshell.Snippet;
import jdk.jshell.Snippet.SubKind;
import workbook.engine.ProjectRoot;
import workbook.jshell.Script.Example;
import workbook.jshell.engine.Evaluation;
import workbook.jshell.engine.Interpreter;

/** Runs a script through JShell's API, in this process, line by line as the tool would take it. */
final class ScriptRunner implements AutoCloseable {
  // What an object prints that has nothing to say; it differs from run to run.
  private static final String IDENTITY = "[\\w.$]+@[0-9a-f]+";

  // Expressions; of variables and assignments nothing is recorded, they speak for themselves.
  private static final Set<SubKind> SHOWN =
      Set.of(
          SubKind.TEMP_VAR_EXPRESSION_SUBKIND,
          SubKind.VAR_VALUE_SUBKIND,
          SubKind.OTHER_EXPRESSION_SUBKIND);

  private final Interpreter interpreter;

  ScriptRunner(Path start) throws IOException {
    interpreter = new Interpreter(ShellClassPath.of(ProjectRoot.find()), () -> {});
    run(Script.read(start), Integer.MAX_VALUE, (example, output) -> {});
  }

  /** Runs the first examples of a script, and hands each to the observer with its output. */
  void run(Script script, int examples, BiConsumer<Example, List<String>> observer) {
    for (Example example : script.examples().stream().limit(examples).toList()) {
      observer.accept(example, outputOf(script, example));
    }
  }

  private List<String> outputOf(Script script, Example example) {
    PrintStream console = System.out;
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    System.setOut(new PrintStream(written, true, StandardCharsets.UTF_8));
    try {
      String rest = "";
      for (int i = 0; i < example.code().size(); i++) {
        String place = at(script, example.line() + i);
        rest = interpreter.evaluate(rest + example.code().get(i) + "\n", it -> judge(it, place));
      }
      if (!rest.isBlank()) {
        throw new AssertionError(
            "%s: the code is not complete: %s".formatted(at(script, example.line()), rest.strip()));
      }
    } finally {
      System.setOut(console);
    }
    return written.toString(StandardCharsets.UTF_8).lines().map(String::stripTrailing).toList();
  }

  private static String at(Script script, int line) {
    return script.file().getFileName() + ":" + line;
  }

  private boolean judge(Evaluation evaluation, String place) {
    Snippet snippet = evaluation.snippet();
    if (evaluation.exception() != null) {
      throw new AssertionError("%s: %s".formatted(place, describe(evaluation.exception())));
    }
    if (evaluation.status() != Snippet.Status.VALID) {
      throw new AssertionError(
          "%s: %s does not compile: %s"
              .formatted(place, snippet.source().strip(), errors(snippet)));
    }
    String value = evaluation.value();
    boolean hasValue = value != null && !value.isEmpty();
    if (hasValue && SHOWN.contains(snippet.subKind()) && !value.matches(IDENTITY)) {
      System.out.println(value);
    }
    return true;
  }

  private String errors(Snippet snippet) {
    return interpreter.errors(snippet).stream()
        .map(Interpreter::message)
        .collect(Collectors.joining("; "));
  }

  private static String describe(JShellException exception) {
    String name =
        exception instanceof EvalException thrown
            ? thrown.getExceptionClassName()
            : exception.getClass().getName();
    return "%s: %s".formatted(name, exception.getMessage());
  }

  @Override
  public void close() {
    interpreter.close();
    OpenConnections.close();
  }
}
