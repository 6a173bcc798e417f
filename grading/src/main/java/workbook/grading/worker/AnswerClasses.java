package workbook.grading.worker;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import workbook.engine.Folders;
import workbook.engine.protocol.CompileError;
import workbook.engine.protocol.WorkerRequest;
import workbook.grading.allowed.AnswerScan;

/** The classes of the answer that is being checked: compiled here, or on the class path already. */
final class AnswerClasses implements AutoCloseable {
  private final Path scratch;
  private final AnswerCompiler compiler;
  private Compiled compiled;

  private AnswerClasses(Path scratch, AnswerCompiler compiler) {
    this.scratch = scratch;
    this.compiler = compiler;
  }

  /**
   * @param arguments a folder of this process's own and one for what all keep, or nothing
   */
  static AnswerClasses of(String... arguments) throws IOException {
    if (arguments.length == 0) {
      return new AnswerClasses(null, null);
    }
    Path scratch = Files.createDirectories(Path.of(arguments[0]));
    ClassCache cache = new ClassCache(Path.of(arguments[1]));
    return new AnswerClasses(scratch, new AnswerCompiler(scratch, cache));
  }

  /** Compiles the answer that a request is about, unless that has just been done. */
  void compile(WorkerRequest request) throws IOException {
    boolean isDone = request.checks() != null && compiled != null && compiled.isOf(request);
    if (compiler == null || isDone) {
      return;
    }
    forget();
    Path classes = Files.createTempDirectory(scratch, "classes");
    Path folder = Path.of(request.folder());
    List<CompileError> errors = compiler.compile(folder, request.testClass(), classes);
    compiled =
        new Compiled(request, classes, errors.isEmpty() ? unfit(folder, request, classes) : errors);
  }

  private List<CompileError> unfit(Path folder, WorkerRequest request, Path classes)
      throws IOException {
    String answer = request.testClass().replaceFirst("Test$", "");
    Path sources =
        folder.resolve("src/main/java").resolve(answer.replace('.', '/')).resolveSibling("");
    return new AnswerScan(folder, answer, List.of())
        .errors(classes, compiler.lessonClasses()).stream()
            .map(error -> error.in(sources.resolve(error.file()).toString()))
            .toList();
  }

  /** What is wrong with the answer; empty if it compiles. */
  List<CompileError> errors() {
    return compiled == null ? List.of() : compiled.errors();
  }

  /** A loader of the classes, which {@link #compile} has made. */
  Loader loader(ClassLoader parent) throws IOException {
    if (compiled == null) {
      return new Loader(parent, null);
    }
    Path folder = Path.of(compiled.request().folder());
    URL[] urls = {
      compiled.classes().toUri().toURL(),
      compiler.lessonClasses().toUri().toURL(),
      folder.resolve("src/main/resources/").toUri().toURL(),
      folder.resolve("src/test/resources/").toUri().toURL()
    };
    URLClassLoader made = new URLClassLoader(urls, parent);
    return new Loader(made, made);
  }

  /** Deletes what was compiled, and prepares for the next answer. */
  void forget() throws IOException {
    if (compiled != null) {
      Folders.delete(compiled.classes());
      compiled = null;
      compiler.rest();
    }
  }

  @Override
  public void close() throws IOException {
    if (compiler != null) {
      compiler.close();
    }
  }

  /**
   * A class loader and what has to be closed of it.
   *
   * @param made null if the loader is not ours to close
   */
  record Loader(ClassLoader get, URLClassLoader made) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      if (made != null) {
        made.close();
      }
    }
  }

  private record Compiled(WorkerRequest request, Path classes, List<CompileError> errors) {
    boolean isOf(WorkerRequest other) {
      return request.folder().equals(other.folder())
          && request.testClass().equals(other.testClass());
    }
  }
}
