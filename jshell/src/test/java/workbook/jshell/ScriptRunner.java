package workbook.jshell;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import jdk.jshell.EvalException;
import jdk.jshell.JShell;
import jdk.jshell.JShellException;
import jdk.jshell.Snippet;
import jdk.jshell.Snippet.SubKind;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.execution.DirectExecutionControl;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;
import workbook.engine.ProjectRoot;
import workbook.jshell.Script.Example;

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

  private final JShell shell;
  private final SourceCodeAnalysis analysis;
  private long steps;

  ScriptRunner(Path start) {
    shell = JShell.builder().executionEngine(new Direct(), Map.of()).build();
    analysis = shell.sourceCodeAnalysis();
    // What the learner's shell has, and not the test's libraries: they would slow the compiler.
    ShellOptions.classes(ProjectRoot.find()).forEach(shell::addToClasspath);
    File libraries = Scripts.FOLDER.resolve("target/lib").toFile();
    for (File library : Objects.requireNonNull(libraries.listFiles())) {
      shell.addToClasspath(library.toString());
    }
    run(Script.read(start), Integer.MAX_VALUE, (example, output) -> {});
  }

  /** Runs the first examples of a script, and hands each to the observer with its output. */
  void run(Script script, int examples, BiConsumer<Example, List<String>> observer) {
    steps = 0;
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
        rest = feed(rest + example.code().get(i) + "\n", at(script, example.line() + i));
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

  /** How many snippets the script has that was run last. */
  long steps() {
    return steps;
  }

  /** Evaluates what is complete, and returns the rest. */
  private String feed(String source, String place) {
    String rest = source;
    CompletionInfo info = analysis.analyzeCompletion(rest);
    while (info.completeness().isComplete()) {
      steps++;
      shell.eval(info.source()).forEach(event -> judge(event, place));
      rest = info.remaining();
      info = analysis.analyzeCompletion(rest);
    }
    return rest;
  }

  private void judge(SnippetEvent event, String place) {
    if (event.causeSnippet() != null) {
      return;
    }
    if (event.exception() != null) {
      throw new AssertionError("%s: %s".formatted(place, describe(event.exception())));
    }
    if (event.status() != Snippet.Status.VALID) {
      throw new AssertionError(
          "%s: %s does not compile: %s"
              .formatted(place, event.snippet().source().strip(), diagnostics(event.snippet())));
    }
    boolean hasValue = event.value() != null && !event.value().isEmpty();
    if (hasValue && SHOWN.contains(event.snippet().subKind()) && !event.value().matches(IDENTITY)) {
      System.out.println(event.value());
    }
  }

  private String diagnostics(Snippet snippet) {
    return shell
        .diagnostics(snippet)
        .map(diagnostic -> diagnostic.getMessage(Locale.ENGLISH))
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
    shell.close();
    Shell.hangUp();
  }

  /**
   * Runs a snippet on the thread that asks for it. JShell's own local engine waits, if they are
   * quick to start, for threads that the snippet starts, and one of a lesson waits for the next
   * snippet.
   */
  private static final class Direct implements ExecutionControlProvider {
    @Override
    public String name() {
      return "direct";
    }

    @Override
    public ExecutionControl generate(ExecutionEnv env, Map<String, String> parameters) {
      return new DirectExecutionControl();
    }
  }
}
