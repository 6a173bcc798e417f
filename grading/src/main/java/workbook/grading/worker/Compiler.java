package workbook.grading.worker;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import workbook.engine.protocol.CompileError;
import workbook.engine.protocol.CompileRequest;
import workbook.grading.allowed.AnswerScan;

/**
 * Compiles hand-ins, one after the other, in a process that can be killed.
 *
 * <p>It runs nothing of theirs: no annotation processor, no initialiser.
 */
public final class Compiler {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
  private final StandardJavaFileManager files =
      compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8);

  private Compiler() {}

  /** Reads requests from standard input and answers on standard output, a line of JSON each. */
  public static void main(String[] arguments) throws IOException {
    Compiler compiler = new Compiler();
    BufferedReader requests =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    PrintStream answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    for (String line = requests.readLine(); line != null; line = requests.readLine()) {
      CompileRequest request = JSON.readValue(line, CompileRequest.class);
      answers.println(JSON.writeValueAsString(compiler.compile(request)));
    }
  }

  private List<CompileError> compile(CompileRequest request) throws IOException {
    files.setLocationFromPaths(StandardLocation.SOURCE_PATH, paths(request.sourcePath()));
    files.setLocationFromPaths(StandardLocation.CLASS_PATH, paths(request.classPath()));
    files.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(Path.of(request.classes())));
    DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
    boolean compiled;
    try {
      compiled =
          compiler
              .getTask(
                  null,
                  files,
                  found,
                  Javac.OPTIONS,
                  null,
                  files.getJavaFileObjectsFromPaths(paths(request.sources())))
              .call();
    } catch (StackOverflowError | OutOfMemoryError | RuntimeException e) {
      return List.of(gaveUp(request, e.toString()));
    }
    List<CompileError> errors = errors(found);
    if (compiled) {
      return errors.isEmpty() ? unfit(request) : errors;
    }
    // It overflows, or runs out of memory, without an error that has a line.
    return errors.isEmpty() ? List.of(gaveUp(request, "")) : errors;
  }

  private static CompileError gaveUp(CompileRequest request, String reason) {
    return new CompileError(
        request.sources().get(0),
        1,
        1,
        "The compiler gave up on this file, which is too much for it. " + reason);
  }

  private static List<CompileError> unfit(CompileRequest request) throws IOException {
    CompileRequest.Answer answer = request.answer();
    return answer == null
        ? List.of()
        : new AnswerScan(Path.of(answer.lesson()), answer.name(), answer.allowed())
            .errors(Path.of(request.classes()));
  }

  private static List<CompileError> errors(DiagnosticCollector<JavaFileObject> found) {
    return found.getDiagnostics().stream()
        .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
        .limit(20)
        .map(error -> Javac.error(error, path -> path.getFileName().toString()))
        .toList();
  }

  private static List<Path> paths(List<String> names) {
    return names.stream().map(Path::of).toList();
  }
}
