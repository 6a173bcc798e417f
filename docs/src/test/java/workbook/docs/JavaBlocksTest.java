package workbook.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import workbook.docs.Page.Block;

/**
 * Holds each block of Java to what a reader can copy: whole statements, members or types.
 *
 * <p>That they compile is known from the files that they are quoted from, see {@link ProseTest}.
 */
class JavaBlocksTest {
  // A block is one of these: a file, members of a class, statements of a method.
  private static final List<String> PLACES =
      List.of("%s", "class Copied {%n%s%n}", "class Copied { void copied() {%n%s%n}}");

  @TestFactory
  Stream<DynamicTest> blocks_can_be_copied() {
    return Page.all().stream()
        .flatMap(page -> page.blocks().stream())
        .filter(block -> block.language().equals("java"))
        .map(
            block ->
                DynamicTest.dynamicTest(
                    block.page().at(block.line()), () -> assertThat(problems(block)).isEmpty()));
  }

  @Test
  void what_is_cut_off_is_noticed() {
    assertThat(problems(java("try (var one = open()) {\n  one.work();"))).isNotEmpty();
    assertThat(problems(java("handle\n    .execute());"))).isNotEmpty();
    assertThat(problems(java(".map(rows)\n.list();"))).isNotEmpty();
    assertThat(problems(java("try (var one = open()) {\n  one.work();\n}"))).isEmpty();
  }

  private static Block java(String code) {
    return new Block(new Page(Page.ROOT.resolve("sample.md"), List.of()), 1, "java", "", code);
  }

  // The shortest list is that of the place where the block belongs.
  private static List<String> problems(Block block) {
    return PLACES.stream()
        .map(place -> parse(place.formatted(block.code())))
        .reduce((one, other) -> one.size() <= other.size() ? one : other)
        .orElseThrow();
  }

  private static List<String> parse(String source) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
    JavacTask task =
        (JavacTask)
            compiler.getTask(
                null, null, found, List.of("-proc:none"), null, List.of(new Source(source)));
    try {
      task.parse();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found.getDiagnostics().stream()
        .filter(problem -> problem.getKind() == Diagnostic.Kind.ERROR)
        .map(problem -> problem.getMessage(null))
        .toList();
  }

  /** A source that is in no file. */
  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String text) {
      super(URI.create("string:///Copied.java"), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
