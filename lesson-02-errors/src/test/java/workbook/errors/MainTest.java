package workbook.errors;

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
  private static final String SHOWN = "workbook@localhost:5432/workbook";

  @TempDir Path folder;

  @Test
  void it_gets_every_field_wrong_as_the_lesson_shows(FreshDatabase database)
      throws Exception {
    DatabaseSettings settings = database.settings();

    ProgramRun run = run(settingsFile(settings), Map.of());

    assertThat(run.errors()).isEmpty();
    assertThat(masked(named(run.output(), settings)))
        .isEqualTo(masked(shown("./workbook run 2")));
    assertThat(run.output()).doesNotContain(settings.password());
    assertThat(run.exit()).isZero();
  }

  @Test
  void a_wrong_password_is_diagnosed_without_showing_it(FreshDatabase database)
      throws Exception {
    Path file = settingsFile(database.settings());

    ProgramRun run = run(file, Map.of("PGPASSWORD", "not-this-one"));

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.output()).doesNotContain("Successfully");
    assertThat(named(run.errors(), database.settings()))
        .isEqualTo(
            shown(
                "MainTest.a_wrong_password_is_diagnosed_without_showing_it"));
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

  // In English, as the lesson shows it: the driver translates its messages.
  private ProgramRun run(Path file, Map<String, String> variables)
      throws Exception {
    return ProgramRun.of(
        Main.class, folder, Locale.ENGLISH, variables, file);
  }

  /** As if the program had run on the lesson's own database. */
  private String named(String output, DatabaseSettings settings) {
    return output
        .replace(folder.resolve("db_info.ini").toString(), "db_info.ini")
        .replace(settings.toString(), SHOWN)
        .replace(settings.dbname(), "workbook")
        .replace("Connection to " + settings.host(), "Connection to localhost");
  }

  // What follows the class of a cause is the operating system's own text.
  private static String masked(String output) {
    return output.replaceAll("(?m)(java\\.net\\.\\w+): .+$", "$1: ...");
  }
}
