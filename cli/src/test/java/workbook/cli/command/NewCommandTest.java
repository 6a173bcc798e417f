package workbook.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import workbook.cli.SampleWorkbook;
import workbook.cli.SampleWorkbook.Outcome;
import workbook.cli.terminal.Exit;

class NewCommandTest {
  @TempDir Path folder;

  private SampleWorkbook workbook;

  @BeforeEach
  void make_workbook() throws Exception {
    workbook = new SampleWorkbook();
    Path main = workbook.root.resolve("docs/starter/src/Main.java");
    Files.createDirectories(main.getParent());
    Files.writeString(main, "class Main {}");
    Path built = workbook.root.resolve("docs/starter/target/Main.class");
    Files.createDirectories(built.getParent());
    Files.writeString(built, "built");
  }

  @Test
  void the_starter_is_copied_without_what_was_built() {
    Path project = folder.resolve("my guests");

    Outcome made = workbook.run("new", project.toString());

    assertThat(made.status()).isEqualTo(Exit.FINE);
    assertThat(made.out()).contains(project.toString(), "README.md");
    assertThat(project.resolve("src/Main.java")).hasContent("class Main {}");
    assertThat(project.resolve("target")).doesNotExist();
  }

  @Test
  void what_is_there_is_not_overwritten() throws Exception {
    Path mine = Files.writeString(folder.resolve("mine.txt"), "mine");

    Outcome refused = workbook.run("new", folder.toString());

    assertThat(refused.status()).isEqualTo(Exit.USAGE);
    assertThat(refused.err()).contains("is there already");
    assertThat(folder.resolve("src")).doesNotExist();
    assertThat(mine).hasContent("mine");
  }
}
