package workbook.engine.course;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import workbook.support.EnvironmentException;

/** Reads methods and members out of Java source with the JDK's own parser, compiling nothing. */
final class JavaSource {
  private JavaSource() {}

  /**
   * A method as it stands in a source file.
   *
   * @param name the method's name
   * @param type the types around it, such as {@code MyConnector.MySettings}
   * @param from where it begins, annotations included, from 0
   * @param to where it ends, from 0, exclusive
   * @param start the line it starts on with its annotations, from 1
   * @param line the line that its signature starts on, from 1
   * @param text its source, annotations included
   * @param parameters the types of its parameters, as they stand there
   * @param annotations the literal values of each annotation, by simple name
   */
  record Method(
      String name,
      String type,
      int from,
      int to,
      long start,
      long line,
      String text,
      List<String> parameters,
      Map<String, Map<String, Object>> annotations) {}

  /**
   * The methods of a file in source order, those of nested types included.
   *
   * @throws EnvironmentException if the file cannot be read, or Java has no compiler
   */
  static List<Method> methods(Path file) {
    return methods(List.of(file));
  }

  /** The same of several files, at once: to start the parser takes longer than to read most. */
  static List<Method> methods(List<Path> files) {
    return methodsOf(files.stream().map(JavaSource::read).toList());
  }

  private static String read(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new EnvironmentException(
          "%s cannot be read: %s. Put it back, for instance with git checkout."
              .formatted(file, EnvironmentException.reason(e)),
          e);
    }
  }

  /** The methods of a source text in order, those of nested types included. */
  static List<Method> methods(String source) {
    return methodsOf(List.of(source));
  }

  private static List<Method> methodsOf(List<String> sources) {
    List<Method> methods = new ArrayList<>();
    parse(sources, (unit, positions) -> new Collector(unit, positions).scan(unit, methods));
    return methods;
  }

  /** The members of the outermost class of a source text, in order. */
  static List<Member> members(String source) {
    List<Member> members = new ArrayList<>();
    parse(List.of(source), (unit, positions) -> members.addAll(Member.of(unit, positions)));
    return members;
  }

  private static void parse(
      List<String> sources, BiConsumer<CompilationUnitTree, SourcePositions> reader) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    if (compiler == null) {
      throw new EnvironmentException(
          "This Java has no compiler: %s is a JRE. Install a JDK (17 or newer) and point JAVA_HOME to it."
              .formatted(System.getProperty("java.home")));
    }
    // A file under a learner's hands may be broken: what can be read of it is enough here.
    DiagnosticCollector<JavaFileObject> ignored = new DiagnosticCollector<>();
    try {
      JavacTask task =
          (JavacTask)
              compiler.getTask(null, null, ignored, List.of("-proc:none"), null, Text.of(sources));
      SourcePositions positions = Trees.instance(task).getSourcePositions();
      for (CompilationUnitTree unit : task.parse()) {
        reader.accept(unit, positions);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("A text in memory can always be read", e);
    }
  }

  private static final class Text extends SimpleJavaFileObject {
    private final String source;

    private Text(int number, String source) {
      super(URI.create("string:///Text" + number + ".java"), Kind.SOURCE);
      this.source = source;
    }

    static List<Text> of(List<String> sources) {
      return IntStream.range(0, sources.size())
          .mapToObj(number -> new Text(number, sources.get(number)))
          .toList();
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return source;
    }
  }

  private static final class Collector extends TreeScanner<Void, List<Method>> {
    private final CompilationUnitTree unit;
    private final SourcePositions positions;
    private final Deque<String> types = new ArrayDeque<>();

    private Collector(CompilationUnitTree unit, SourcePositions positions) {
      this.unit = unit;
      this.positions = positions;
    }

    @Override
    public Void visitClass(ClassTree type, List<Method> methods) {
      types.addLast(type.getSimpleName().toString());
      super.visitClass(type, methods);
      types.removeLast();
      return null;
    }

    @Override
    public Void visitMethod(MethodTree method, List<Method> methods) {
      int start = (int) positions.getStartPosition(unit, method);
      int end = (int) positions.getEndPosition(unit, method);
      if (start >= 0 && end > start) {
        methods.add(
            new Method(
                method.getName().toString(),
                String.join(".", types),
                start,
                end,
                unit.getLineMap().getLineNumber(start),
                unit.getLineMap().getLineNumber(signature(method, start)),
                text(start, end),
                method.getParameters().stream().map(it -> it.getType().toString()).toList(),
                annotations(method)));
      }
      return super.visitMethod(method, methods);
    }

    private long signature(MethodTree method, long start) {
      return Math.max(start, positions.getEndPosition(unit, method.getModifiers()));
    }

    private String text(int start, int end) {
      try {
        return unit.getSourceFile().getCharContent(true).subSequence(start, end).toString();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static Map<String, Map<String, Object>> annotations(MethodTree method) {
      Map<String, Map<String, Object>> annotations = new HashMap<>();
      for (AnnotationTree annotation : method.getModifiers().getAnnotations()) {
        Map<String, Object> values = new HashMap<>();
        for (var argument : annotation.getArguments()) {
          if (argument instanceof AssignmentTree assignment
              && assignment.getExpression() instanceof LiteralTree literal) {
            values.put(assignment.getVariable().toString(), literal.getValue());
          }
        }
        annotations.put(annotation.getAnnotationType().toString(), values);
      }
      return annotations;
    }
  }
}
