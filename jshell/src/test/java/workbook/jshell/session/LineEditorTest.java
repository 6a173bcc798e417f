package workbook.jshell.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.ExternalTerminal;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import workbook.engine.ProjectRoot;
import workbook.jshell.engine.Interpreter;

/** Keys of a terminal become Java. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LineEditorTest {
  @TempDir Path folder;
  private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
  private Interpreter interpreter;

  @BeforeAll
  void start() throws IOException {
    interpreter = StepShell.interpreter(ProjectRoot.find());
  }

  @AfterAll
  void end() {
    interpreter.close();
  }

  @Test
  void lines_belong_together_until_they_are_complete() throws IOException {
    assertThat(read("int f() {\rreturn 1;\r}\r")).isEqualTo("int f() {\nreturn 1;\n}");
  }

  @Test
  void tab_completes_a_name_of_java_and_a_command() throws IOException {
    assertThat(read("freshSch\t\"mine\");\r")).isEqualTo("freshSchema(\"mine\");");
    assertThat(read("/li\t\r").strip()).isEqualTo("/list");
  }

  @Test
  void tab_shows_what_a_method_takes() throws IOException {
    assertThat(read("peek(\t\"people\");\r")).isEqualTo("peek(\"people\");");
    assertThat(screen.toString(StandardCharsets.UTF_8)).contains("Shell.peek(String table)");
  }

  @Test
  void the_line_before_can_be_got_back() throws IOException {
    assertThat(read("int a = 1;\r", "\020\r")).isEqualTo("int a = 1;");
  }

  @Test
  void an_exclamation_mark_is_nothing_special() throws IOException {
    assertThat(read("boolean no = !!true;\r")).isEqualTo("boolean no = !!true;");
  }

  @Test
  void a_step_can_be_got_back_like_a_line() throws IOException {
    try (LineEditor editor = editor("\020\r")) {
      editor.remember("two +\n  1");

      assertThat(editor.read("> ", text -> true)).contains("two +\n  1");
    }
  }

  /** The last of the lines that are read while keys are pressed. */
  private String read(String... keys) throws IOException {
    String line = "";
    try (LineEditor editor = editor(String.join("", keys))) {
      for (int i = 0; i < keys.length; i++) {
        line =
            editor
                .read("> ", text -> text.startsWith("/") || interpreter.isComplete(text))
                .orElseThrow();
      }
    }
    return line;
  }

  private LineEditor editor(String keys) throws IOException {
    // A keyboard does not end: JLine takes no more keys from one that has.
    PipedOutputStream pressed = new PipedOutputStream();
    PipedInputStream keyboard = new PipedInputStream(pressed);
    pressed.write(keys.getBytes(StandardCharsets.UTF_8));
    Terminal terminal =
        new ExternalTerminal("test", "xterm", keyboard, screen, StandardCharsets.UTF_8);
    return new LineEditor(terminal, () -> interpreter, folder.resolve("history"));
  }
}
