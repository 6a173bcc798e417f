package workbook.grading.worker;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import workbook.engine.Folders;
import workbook.engine.protocol.CompileError;

/**
 * Compiles an answer and the checks that grade it, in this process.
 *
 * <p>What takes its time is done once. The file manager is kept, with what it has read of the class
 * path. So are the classes of the lesson, as long as no source of it changes but the answer: this
 * process keeps them for its next answer, and the next process finds them in a cache.
 */
final class AnswerCompiler implements AutoCloseable {

  private final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
  private final StandardJavaFileManager files =
      compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8);
  private final List<Path> classPath = paths(System.getProperty("java.class.path"));
  private final Path scratch;
  private final ClassCache cache;
  private Path lessonClasses;
  private Map<Path, FileTime> compiled = Map.of();
  private Known known;
  private List<JavaFileObject> compiledTexts;

  /**
   * @param scratch a folder of this process's own
   * @param cache where the classes of lessons are kept for other processes
   */
  AnswerCompiler(Path scratch, ClassCache cache) {
    this.scratch = scratch;
    this.cache = cache;
  }

  /** The folder with the classes of the lesson that was compiled last, but for the answer's. */
  Path lessonClasses() {
    return lessonClasses;
  }

  /**
   * Compiles one test class and whatever it needs of the lesson's sources.
   *
   * @param folder the lesson's module
   * @param testClass the test class's name
   * @param classes an empty folder for the answer's and the test's own classes
   * @return what is wrong; empty if nothing is
   * @throws IOException if a folder cannot be read or written
   */
  List<CompileError> compile(Path folder, String testClass, Path classes) throws IOException {
    Path main = folder.resolve("src/main/java");
    Path test = folder.resolve("src/test/java");
    Path answer = main.resolve(testClass.replaceFirst("Test$", "").replace('.', '/') + ".java");
    Path root = test.resolve(testClass.replace('.', '/') + ".java");
    Map<Path, FileTime> sources = sources(answer, main, test);
    if (!sources.equals(compiled)) {
      compiled = Map.of();
      lessonClasses = cache.find(folder, sources, classPath);
    }
    List<Path> own = Files.exists(answer) ? List.of(root, answer) : List.of(root);
    if (lessonClasses != null) {
      // What has been compiled need not be looked for among the sources.
      List<Diagnostic<?>> errors = compile(own, classes, List.of());
      // An answer may need a class of the lesson that was not needed so far.
      if (errors.stream().noneMatch(AnswerCompiler::isUnknownName)) {
        compiled = sources;
        return told(errors);
      }
    }
    lessonClasses = Files.createTempDirectory(scratch, "lesson");
    List<Diagnostic<?>> errors = compile(own, classes, List.of(main, test));
    if (errors.isEmpty()) {
      lessonClasses = cache.keep(lessonClasses, folder, sources, classPath);
      compiled = sources;
    } else {
      Folders.delete(lessonClasses);
      compiled = Map.of();
    }
    return told(errors);
  }

  private List<Diagnostic<?>> compile(List<Path> own, Path classes, List<Path> sources)
      throws IOException {
    List<Path> path = new ArrayList<>(List.of(lessonClasses));
    path.addAll(classPath);
    files.setLocationFromPaths(StandardLocation.SOURCE_PATH, sources);
    files.setLocationFromPaths(StandardLocation.CLASS_PATH, path);
    files.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(lessonClasses));
    List<JavaFileObject> units = Text.of(own);
    if (!sources.isEmpty()) {
      // Packages grow while their sources are compiled.
      return compile(new SortedOutput(files, own, classes), units);
    }
    if (known == null || !known.path().equals(path)) {
      SortedOutput sorted = new SortedOutput(files, own, classes);
      known = new Known(path, sorted, ReusedJavac.create(sorted));
    }
    SortedOutput sorted = known.sorted();
    sorted.sort(own, classes);
    if (known.javac().isPresent()) {
      if (known.javac().get().compiles(units)) {
        compiledTexts = units;
        return List.of();
      }
      known = new Known(path, sorted, ReusedJavac.create(sorted));
    }
    return compile(sorted, units);
  }

  /** Prepares for the next answer, between gradings. */
  void rest() {
    if (compiledTexts != null && !known.javac().orElseThrow().forget(compiledTexts)) {
      known = null;
    }
    compiledTexts = null;
  }

  private List<Diagnostic<?>> compile(
      SortedOutput sorted, Iterable<? extends JavaFileObject> units) {
    DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
    String failure = "";
    try {
      if (compiler.getTask(null, sorted, found, Javac.OPTIONS, null, units).call()) {
        return List.of();
      }
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      failure = e.toString();
    }
    List<Diagnostic<?>> errors = errors(found);
    JavaFileObject answer = null;
    for (JavaFileObject unit : units) {
      answer = unit;
    }
    return errors.isEmpty() ? List.of(new CompilerFailure(answer, failure)) : errors;
  }

  private static List<Diagnostic<?>> errors(DiagnosticCollector<JavaFileObject> found) {
    return found.getDiagnostics().stream()
        .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
        .collect(Collectors.toList());
  }

  private static boolean isUnknownName(Diagnostic<?> error) {
    return error.getCode().matches("compiler\\.err\\.(cant\\.resolve|doesnt\\.exist).*");
  }

  private static List<CompileError> told(List<Diagnostic<?>> errors) {
    return errors.stream().map(error -> Javac.error(error, Path::toString)).toList();
  }

  private static Map<Path, FileTime> sources(Path answer, Path... folders) throws IOException {
    Map<Path, FileTime> sources = new HashMap<>();
    for (Path folder : folders) {
      try (Stream<Path> paths = Files.walk(folder)) {
        for (Path path : (Iterable<Path>) paths::iterator) {
          if (path.toString().endsWith(".java") && !path.equals(answer)) {
            sources.put(path, Files.getLastModifiedTime(path));
          }
        }
      }
    }
    return sources;
  }

  private static List<Path> paths(String classPath) {
    return Arrays.stream(classPath.split(File.pathSeparator)).map(Path::of).toList();
  }

  /** A source as it was when it was compiled; its file may be another one soon. */
  private static final class Text extends SimpleJavaFileObject {
    private final String text;

    private Text(Path file) throws IOException {
      super(file.toUri(), Kind.SOURCE);
      // As the compiler reads files: what is not UTF-8, as in a comment, does no harm. Nor does a
      // byte order mark, with which some editors begin files, and which the compiler would reject.
      text =
          new String(Files.readAllBytes(file), StandardCharsets.UTF_8).replaceFirst("^\ufeff", "");
    }

    static List<JavaFileObject> of(List<Path> files) throws IOException {
      List<JavaFileObject> texts = new ArrayList<>();
      for (Path file : files) {
        texts.add(new Text(file));
      }
      return texts;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  /** What is known of a class path that never changes. */
  private record Known(List<Path> path, SortedOutput sorted, Optional<ReusedJavac> javac) {}

  @Override
  public void close() throws IOException {
    files.close();
  }
}
