package workbook.jshell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import workbook.jshell.Script.Example;

class ScriptTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void write_a_script() throws IOException {
    file =
        Files.write(
            folder.resolve("sample.jsh"),
            List.of("// # One", "//", "// prose", "f(", "    1)", "//> 1", "2", "", "// end"));
  }

  @Test
  void prose_code_and_output_belong_together() {
    Script script = Script.read(file);

    assertThat(script.headings()).containsExactly("# One");
    assertThat(script.examples())
        .containsExactly(
            new Example(4, List.of("# One", "", "prose"), List.of("f(", "    1)"), List.of("1")),
            new Example(7, List.of(), List.of("2"), List.of()),
            new Example(10, List.of("end"), List.of(), List.of()));
    assertThat(script.examples().get(0).outputLine()).isEqualTo(6);
    assertThat(script.steps()).isEqualTo(script.examples().subList(0, 2));
  }
}
