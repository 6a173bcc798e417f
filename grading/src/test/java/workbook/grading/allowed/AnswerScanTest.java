package workbook.grading.allowed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import workbook.engine.protocol.CompileError;

class AnswerScanTest {
  @TempDir private Path folder;
  private Path sources;

  @BeforeEach
  void lay_out_a_lesson() throws Exception {
    sources = Files.createDirectories(folder.resolve("src/main/java/lesson"));
    Path checks = Files.createDirectories(folder.resolve("src/test/java/lesson"));
    Files.writeString(sources.resolve("Contract.java"), "package lesson; interface Contract {}");
    Files.writeString(checks.resolve("Checks.java"), "package lesson; class Checks {}");
  }

  @Test
  void tells_of_what_stands_in_annotations_and_signatures() throws Exception {
    List<CompileError> errors =
        errors(
            """
            package lesson;
            import java.util.List;
            @interface Use { Class<?>[] value(); }
            abstract class MyAnswer implements Contract {
              @Use({String.class, Runtime.class}) List<java.lang.reflect.Method> all;
              abstract List<java.lang.reflect.Field> fields(@Use(ProcessHandle.class) Object of);
            }
            """);

    assertThat(errors)
        .extracting(CompileError::sentence)
        .containsExactlyInAnyOrder(
            "MyAnswer.java uses java.lang.reflect.Method, which no exercise needs",
            "MyAnswer.java uses java.lang.Runtime, which no exercise needs",
            "MyAnswer.java uses java.lang.reflect.Field, which no exercise needs",
            "MyAnswer.java uses java.lang.ProcessHandle, which no exercise needs");
    assertThat(errors).extracting(CompileError::forbidden).containsOnly(true);
  }

  @Test
  void tells_of_classes_that_are_the_lessons() throws Exception {
    List<CompileError> errors = errors("package lesson; class MyAnswer {} class Checks {}");

    assertThat(errors)
        .extracting(CompileError::sentence)
        .containsExactly(
            "MyAnswer.java, line 1: it declares lesson.Checks, which is not its to declare");
    assertThat(errors.get(0).forbidden()).isFalse();
  }

  @Test
  void tells_of_no_class_of_the_answers_own() throws Exception {
    assertThat(
            errors(
                """
                package lesson;
                class MyAnswer implements Contract { record Own(Helper helper) {} }
                enum Helper { A, B }
                """))
        .isEmpty();
  }

  @Test
  void takes_the_code_of_methods_that_use_such_things_and_of_no_others() throws Exception {
    assertThat(
            errors(
                """
                package lesson;
                import java.lang.reflect.Method;
                import java.util.function.Supplier;
                public class MyAnswer implements Contract {
                  static class Hidden extends ClassLoader {
                    static String name() { return "hidden"; }
                  }
                  enum Set { A; static final Runtime RUNTIME = Runtime.getRuntime(); }
                  public static String direct() { return Runtime.getRuntime().toString(); }
                  public static String signature(Method method, long wide) { return "" + wide; }
                  public static String caller() { return signature(null, 1L); }
                  public static String nested() { return Hidden.name(); }
                  public static String initialised() { return Set.A.name(); }
                  public static String lambda() {
                    Supplier<Object> runtime = () -> Runtime.getRuntime();
                    return runtime.get().toString();
                  }
                  public static String kept() { return "kept"; }
                  public static String swallows() {
                    try { return direct(); } catch (Throwable swallowed) { return "swallowed"; }
                  }
                }
                """))
        .isEmpty();

    try (URLClassLoader loader = new URLClassLoader(loaded(), getClass().getClassLoader())) {
      Class<?> answer = loader.loadClass("lesson.MyAnswer");
      for (String method : List.of("direct", "caller", "nested", "initialised", "lambda")) {
        Refused.forget();
        assertThatThrownBy(() -> answer.getMethod(method).invoke(null))
            .as(method)
            .cause()
            .isInstanceOf(Refused.class)
            .hasMessageStartingWith("MyAnswer.java uses java.lang.")
            .hasMessageEndingWith("which no exercise needs")
            .isSameAs(Refused.first());
      }
      Refused.forget();
      assertThat(answer.getMethod("kept").invoke(null)).isEqualTo("kept");
      assertThat(Refused.first()).isNull();
      assertThat(answer.getMethod("swallows").invoke(null)).isEqualTo("swallowed");
      assertThat(Refused.first())
          .hasMessage("MyAnswer.java uses java.lang.Runtime in line 9, which no exercise needs");
      assertThat(Refused.first().getStackTrace()[1].getLineNumber()).isEqualTo(9);
      Refused.forget();
    }
  }

  private URL[] loaded() throws Exception {
    return new URL[] {
      folder.resolve("classes").toUri().toURL(), folder.resolve("library").toUri().toURL()
    };
  }

  private List<CompileError> errors(String answer) throws Exception {
    Path classes = Files.createDirectory(folder.resolve("classes"));
    Path library = Files.createDirectory(folder.resolve("library"));
    Path source = Files.writeString(sources.resolve("MyAnswer.java"), answer);
    run("-d", library.toString(), sources.resolve("Contract.java").toString());
    String path = System.getProperty("java.class.path") + File.pathSeparator + library;
    run("-g", "-d", classes.toString(), "-cp", path, source.toString());
    return new AnswerScan(folder, "lesson.MyAnswer", List.of()).errors(classes);
  }

  private static void run(String... arguments) {
    assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments)).isZero();
  }
}
