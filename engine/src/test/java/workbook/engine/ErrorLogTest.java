package workbook.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ErrorLogTest {
  @TempDir private Path root;
  private String before;

  @BeforeEach
  void use_a_root_of_its_own() {
    before = System.setProperty(ProjectRoot.PROPERTY, root.toString());
  }

  @AfterEach
  void restore() {
    if (before == null) {
      System.clearProperty(ProjectRoot.PROPERTY);
    } else {
      System.setProperty(ProjectRoot.PROPERTY, before);
    }
  }

  @Test
  void a_fault_is_told_in_a_line_and_kept_with_its_stack() throws IOException {
    String told = ErrorLog.keep(new IllegalStateException("first\nsecond"));
    ErrorLog.keep(new IllegalStateException("another"));

    assertThat(told)
        .isEqualTo("java.lang.IllegalStateException: first (more in .workbook/error.log)");
    assertThat(Files.readString(root.resolve(".workbook/error.log")))
        .contains("first\nsecond", "another", "at workbook.engine.ErrorLogTest.");
  }
}
