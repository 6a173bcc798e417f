package workbook.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static workbook.grading.recorded.ProgramRun.shown;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import workbook.grading.FreshDatabase;
import workbook.grading.Graded;
import workbook.grading.recorded.ProgramRun;
import workbook.support.DatabaseSettings;

/** Runs the worked example as a program of its own. */
@Graded
class MainTest {
  @TempDir Path folder;

  @Test
  void it_connects_and_says_what_the_lesson_shows(FreshDatabase database)
      throws Exception {
    Path file = settingsFile(database.settings());

    ProgramRun run = run(file, Map.of());

    assertThat(run.errors()).isEmpty();
    assertThat(run.output())
        .contains("Connecting to " + database.settings())
        .contains("version: " + database.value("SHOW server_version"))
        .contains("Database: " + database.settings().dbname())
        .contains("User: " + database.settings().user());
    assertThat(masked(run.output()))
        .isEqualTo(masked(shown("./workbook run 1")));
    assertThat(run.exit()).isZero();
  }

  @Test
  void a_wrong_password_is_reported_but_not_shown(FreshDatabase database)
      throws Exception {
    Path file = settingsFile(database.settings());

    ProgramRun run = run(file, Map.of("PGPASSWORD", "not-this-one"));

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.output()).doesNotContain("Successfully");
    assertThat(run.errors())
        .startsWith("Error connecting to the database: ")
        .contains(database.settings().user(), "db_info.ini")
        .doesNotContain("not-this-one", "\tat ");
  }

  @Test
  void a_variable_wins_over_the_file(FreshDatabase database)
      throws Exception {
    Path file = settingsFile(database.settings());

    ProgramRun run = run(file, Map.of("PGDATABASE", "nowhere"));

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.errors()).contains("\"nowhere\"");
    assertThat(masked(run.output() + run.errors()))
        .isEqualTo(masked(shown("MainTest.a_variable_wins_over_the_file")));
  }

  @Test
  void a_missing_file_is_reported_by_name() throws Exception {
    ProgramRun run = run(folder.resolve("missing.ini"), Map.of());

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.errors()).contains("missing.ini").doesNotContain("\tat ");
  }

  private Path settingsFile(DatabaseSettings at) throws IOException {
    return ProgramRun.settingsFile(folder, at);
  }

  private ProgramRun run(Path file, Map<String, String> variables)
      throws Exception {
    return ProgramRun.of(
        Main.class, folder, Locale.getDefault(), variables, file);
  }

  /** What differs from computer to computer does not count. */
  private static String masked(String output) {
    String varying =
        "Connecting to|Error connecting to the database:"
            + "|Server version:|Database:|User:";
    return output
        .replaceAll("(?m)^(" + varying + ") .+$", "$1 ...")
        .replaceAll("of .*db_info.ini", "of db_info.ini");
  }
}
