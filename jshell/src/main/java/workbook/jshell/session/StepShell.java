package workbook.jshell.session;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jline.utils.Signals;
import workbook.engine.UserTerminal;
import workbook.jshell.Greeting;
import workbook.jshell.OpenConnections;
import workbook.jshell.Script;
import workbook.jshell.ShellClassPath;
import workbook.jshell.engine.Interpreter;
import workbook.support.EnvironmentException;

/** The shell in this process's terminal, or for what is piped into the process. */
public final class StepShell {
  private final Path root;
  private final CompletableFuture<Interpreter> interpreter;
  private final PrintStream out = System.out;

  private StepShell(Path root) {
    this.root = root;
    this.interpreter = new CompletableFuture<>();
    Thread starter = new Thread(this::start, "JShell");
    starter.setDaemon(true);
    starter.start();
  }

  /** Begins to start JShell, which can go on while a server is started and a learner reads. */
  public static StepShell prepare(Path root) {
    return new StepShell(root);
  }

  private void start() {
    try {
      interpreter.complete(interpreter(root));
    } catch (Exception | LinkageError e) {
      interpreter.completeExceptionally(e);
    }
  }

  /** JShell with the imports of {@code start.jsh}. */
  static Interpreter interpreter(Path root) throws IOException {
    Interpreter made = new Interpreter(ShellClassPath.of(root), OpenConnections::cancelStatements);
    for (Script.Example example : Script.read(root.resolve("jshell/start.jsh")).examples()) {
      made.evaluate(
          String.join("\n", example.code()),
          evaluation -> {
            if (!evaluation.isFine()) {
              throw new IllegalStateException(
                  "start.jsh: " + evaluation.snippet().source() + " does not compile");
            }
            return true;
          });
    }
    return made;
  }

  /**
   * Talks with the learner until they leave.
   *
   * @param lesson the name of a script, such as {@code lesson-01-connect}; null for none
   */
  public void run(String lesson, Map<String, String> environment) {
    Script script = lesson == null ? null : Script.read(root.resolve("jshell/" + lesson + ".jsh"));
    Path history = root.resolve(".workbook/shell-history");
    Optional<LineEditor> editor = LineEditor.open(this::java, history, this::stop);
    boolean coloured = environment.getOrDefault("NO_COLOR", "").isEmpty();
    try (LineSource lines = editor.isPresent() ? editor.get() : plainLines()) {
      out.println(script == null ? Greeting.withoutSteps() : Greeting.withSteps());
      Colours colours = new Colours(editor.isPresent() && coloured);
      new Session(script, this::java, lines, out, colours).run();
    } finally {
      OpenConnections.close();
    }
  }

  private Interpreter java() {
    try {
      return interpreter.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof EnvironmentException told) {
        throw told;
      }
      throw e;
    }
  }

  private void stop() {
    if (interpreter.isDone() && !interpreter.isCompletedExceptionally()) {
      java().stop();
    }
  }

  private PlainLines plainLines() {
    boolean atTerminal = UserTerminal.find().isPresent();
    PlainLines lines =
        new PlainLines(
            new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset())),
            out,
            atTerminal);
    if (atTerminal) {
      Signals.register("INT", () -> interrupted(lines));
    }
    return lines;
  }

  private void interrupted(PlainLines lines) {
    if (interpreter.isDone() && java().isRunning()) {
      stop();
    } else {
      out.println();
      out.println("Leave with /exit or Ctrl-D.");
      lines.drop();
    }
  }
}
