package workbook.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ProjectRootTest {
  @Test
  void finds_the_folder_above_the_one_it_runs_in() {
    assertThat(ProjectRoot.find().resolve("db_info.example.ini")).exists();
    assertThat(Path.of("").toAbsolutePath().startsWith(ProjectRoot.find())).isTrue();
  }
}
