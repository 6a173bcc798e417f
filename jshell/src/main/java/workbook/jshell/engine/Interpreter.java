package workbook.jshell.engine;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import jdk.jshell.Diag;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.Completeness;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.SourceCodeAnalysis.Documentation;
import jdk.jshell.SourceCodeAnalysis.Suggestion;
import workbook.jshell.engine.Evaluation.End;

/** Evaluates Java, snippet by snippet, in this process. */
public final class Interpreter implements AutoCloseable {
  private final LocalEngine engine;
  private final JShell shell;
  private final SourceCodeAnalysis analysis;

  /**
   * @param classPath what snippets are compiled against; this process has it, too
   * @param cancelStatements makes the server give up what it runs for a snippet
   */
  public Interpreter(String classPath, Runnable cancelStatements) {
    engine = new LocalEngine(cancelStatements);
    shell = JShell.builder().executionEngine(engine, Map.of()).build();
    analysis = shell.sourceCodeAnalysis();
    shell.addToClasspath(classPath);
  }

  /** Whether a text can be evaluated, or needs more lines to be. */
  public boolean isComplete(String text) {
    CompletionInfo info = analysis.analyzeCompletion(text);
    while (info.completeness().isComplete() && !info.remaining().isBlank()) {
      info = analysis.analyzeCompletion(info.remaining());
    }
    return info.completeness().isComplete() || info.completeness() == Completeness.EMPTY;
  }

  /**
   * Evaluates what is complete in a text, snippet by snippet, as long as that goes well.
   *
   * @param goOn is told what came out of a snippet, and whether the next one is to be evaluated
   * @return the rest
   */
  public String evaluate(String text, Predicate<Evaluation> goOn) {
    String rest = text;
    CompletionInfo info = analysis.analyzeCompletion(rest);
    while (info.completeness().isComplete()) {
      for (Evaluation evaluation : evaluateOne(info.source())) {
        if (!goOn.test(evaluation)) {
          return "";
        }
      }
      rest = info.remaining();
      info = analysis.analyzeCompletion(rest);
    }
    return info.completeness() == Completeness.EMPTY ? "" : rest;
  }

  /**
   * Evaluates a snippet as it is, complete or not.
   *
   * @return what came out of it: of a declaration, of each of its variables
   */
  public List<Evaluation> evaluateOne(String source) {
    List<SnippetEvent> events = shell.eval(source);
    Throwable thrown = engine.takeThrown();
    End end = engine.takeEnd();
    return events.stream()
        .filter(event -> event.causeSnippet() == null)
        .map(event -> evaluation(event, thrown, end))
        .toList();
  }

  private static Evaluation evaluation(SnippetEvent event, Throwable thrown, End end) {
    return new Evaluation(
        event.snippet(),
        event.value(),
        event.exception(),
        event.exception() == null ? null : thrown,
        event.status(),
        end);
  }

  /** What the compiler says of a snippet. */
  public List<Diag> errors(Snippet snippet) {
    return shell.diagnostics(snippet).filter(Diag::isError).toList();
  }

  /** The compiler's message in English, as all that the workbook says. */
  public static String message(Diag error) {
    return error.getMessage(Locale.ENGLISH);
  }

  /** The names that a snippet needs and that do not exist yet. */
  public List<String> missing(Snippet snippet) {
    return snippet instanceof jdk.jshell.DeclarationSnippet declaration
        ? shell.unresolvedDependencies(declaration).toList()
        : List.of();
  }

  /** The source of a snippet that was evaluated before. */
  public Optional<String> source(String id) {
    return shell.snippets().filter(it -> it.id().equals(id)).map(Snippet::source).findFirst();
  }

  /**
   * How a text may go on.
   *
   * @param anchor takes the place from which on a suggestion replaces what is there
   */
  public List<Suggestion> suggestions(String text, int cursor, int[] anchor) {
    return analysis.completionSuggestions(text, cursor, anchor);
  }

  /** The methods that are being called at a place. */
  public List<String> signatures(String text, int cursor) {
    return analysis.documentation(text, cursor, false).stream()
        .map(Documentation::signature)
        .distinct()
        .toList();
  }

  /** Whether a snippet runs. */
  public boolean isRunning() {
    return engine.isRunning();
  }

  /** Stops the snippet that runs, if one does, and what was to be evaluated after it. */
  public void stop() {
    engine.stop();
  }

  /** Takes up what is evaluated next, whatever was stopped before. */
  public void begin() {
    engine.begin();
  }

  /** Whether a stop was asked for since {@link #begin}. */
  public boolean isStopped() {
    return engine.isStopped();
  }

  @Override
  public void close() {
    shell.close();
  }
}
