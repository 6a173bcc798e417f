package workbook.grading.worker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import workbook.support.protocol.CompileError;

/**
 * Compiles an answer and the checks that grade it, in this process.
 *
 * <p>Its file manager is kept, and with it what it has read of the class path: the second time, the
 * compiler takes a tenth of the first.
 */
final class AnswerCompiler implements AutoCloseable {
  private static final List<String> OPTIONS =
      List.of("-proc:none", "-parameters", "-g", "-nowarn", "-implicit:class", "--release", "17");

  private final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
  private final StandardJavaFileManager files =
      compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8);

  /**
   * Compiles one test class and whatever it needs of the lesson's sources.
   *
   * @param folder the lesson's module
   * @param testClass the test class's name
   * @param classes an empty folder for the result
   * @return what is wrong; empty if nothing is
   * @throws IOException if a folder cannot be read or written
   */
  List<CompileError> compile(Path folder, String testClass, Path classes) throws IOException {
    Path main = folder.resolve("src/main/java");
    Path test = folder.resolve("src/test/java");
    files.setLocationFromPaths(StandardLocation.SOURCE_PATH, List.of(main, test));
    files.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(classes));
    Path root = test.resolve(testClass.replace('.', '/') + ".java");
    DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
    compiler.getTask(null, files, found, OPTIONS, null, files.getJavaFileObjects(root)).call();
    return found.getDiagnostics().stream()
        .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
        .map(AnswerCompiler::error)
        .toList();
  }

  private static CompileError error(Diagnostic<? extends JavaFileObject> diagnostic) {
    JavaFileObject source = diagnostic.getSource();
    return new CompileError(
        source == null ? "" : Path.of(source.toUri()).toString(),
        Math.max(1, diagnostic.getLineNumber()),
        Math.max(1, diagnostic.getColumnNumber()),
        diagnostic.getMessage(Locale.ENGLISH));
  }

  @Override
  public void close() throws IOException {
    files.close();
  }

  /** Removes a folder of classes. */
  static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
