package workbook.jshell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import jdk.jshell.JShell;
import jdk.jshell.SnippetEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import workbook.grading.FreshDatabase;
import workbook.grading.Graded;

/** Snippets run in another JVM, and can be stopped there. */
@Graded
class QuickEngineTest {
  private static final String CLASS_PATH = System.getProperty("java.class.path");

  @TempDir Path folder;
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private JShell shell;

  @BeforeEach
  void open() {
    shell =
        JShell.builder()
            .executionEngine("quick")
            .remoteVMOptions("--class-path", CLASS_PATH, "-XX:TieredStopAtLevel=1")
            .out(new PrintStream(written, true, StandardCharsets.UTF_8))
            .build();
    shell.addToClasspath(CLASS_PATH);
    shell.eval("import static " + Shell.class.getName() + ".*;");
    shell.eval("greet()");
  }

  @AfterEach
  void close() {
    shell.close();
    DbInfoFile.forget();
  }

  @Test
  void an_endless_loop_can_be_stopped_and_what_was_defined_stays() throws Exception {
    shell.eval("int kept = 42;");

    CompletableFuture<SnippetEvent> loop = start("while (true) {}");
    shell.stop();
    loop.get(10, TimeUnit.SECONDS);

    assertThat(eval("kept").value()).isEqualTo("42");
  }

  @Test
  void a_statement_that_runs_can_be_stopped_and_its_connection_goes_on(FreshDatabase database)
      throws Exception {
    use(database);
    shell.eval("var mine = connection();");

    CompletableFuture<SnippetEvent> sleep = start("show(mine, \"SELECT pg_sleep(60)\");");
    shell.stop();
    sleep.get(10, TimeUnit.SECONDS);
    shell.eval("show(mine, \"SELECT 42 AS answer\");");
    shell.eval("hangUp();");

    assertThat(printed()).contains("! SQLSTATE 57014 PSQLException", " answer");
  }

  @Test
  void a_snippet_that_ends_its_jvm_ends_the_shell_and_not_us() throws Exception {
    CompletableFuture<JShell> ended = new CompletableFuture<>();
    shell.onShutdown(ended::complete);

    shell.eval("System.exit(3);");

    assertThat(ended.get(10, TimeUnit.SECONDS)).isSameAs(shell);
  }

  private void use(FreshDatabase database) throws IOException {
    Path file = DbInfoFile.write(folder, database.settings());
    shell.eval(
        "System.setProperty(\"%s\", \"%s\");"
            .formatted(DbInfoFile.PROPERTY, file.toString().replace("\\", "\\\\")));
  }

  private SnippetEvent eval(String code) {
    return shell.eval(code).get(0);
  }

  /** Runs a statement on another thread, and returns when it has begun. */
  private CompletableFuture<SnippetEvent> start(String statement) throws InterruptedException {
    String code = "{ System.out.println(\"begun\"); " + statement + " }";
    CompletableFuture<SnippetEvent> event = CompletableFuture.supplyAsync(() -> eval(code));
    while (!printed().contains("begun")) {
      Thread.sleep(5);
    }
    return event;
  }

  private String printed() {
    return written.toString(StandardCharsets.UTF_8);
  }
}
