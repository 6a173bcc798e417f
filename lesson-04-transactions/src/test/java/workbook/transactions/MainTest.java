package workbook.transactions;

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
  void it_prints_what_the_lesson_shows(FreshDatabase database)
      throws Exception {
    ProgramRun run = run(settingsFile(database.settings()), Map.of());

    assertThat(run.errors()).isEmpty();
    assertThat(run.output()).isEqualTo(shown("./workbook run 4"));
    assertThat(run.exit()).isZero();
  }

  @Test
  void run_again_it_saves_what_it_says_it_saved(FreshDatabase database)
      throws Exception {
    database.execute(
        "CREATE TABLE people (name text)",
        "INSERT INTO people VALUES ('left by an earlier run')");

    ProgramRun run = run(settingsFile(database.settings()), Map.of());

    assertThat(run.output()).contains("people: 99, in Johnsonmouth: 0");
    assertThat(database.value("SELECT count(*) FROM people")).isEqualTo("99");
    assertThat(database.value("SELECT count(DISTINCT xmin::text) FROM people"))
        .as("transactions: Jane's, and one for all the others")
        .isEqualTo("2");
  }

  @Test
  void a_wrong_password_is_reported_without_showing_it(FreshDatabase database)
      throws Exception {
    Path file = settingsFile(database.settings());

    ProgramRun run = run(file, Map.of("PGPASSWORD", "not-this-one"));

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.errors())
        .startsWith("Error connecting to the database: ")
        .contains(database.settings().user(), "db_info.ini")
        .doesNotContain("not-this-one", "\tat ")
        .doesNotContain(database.settings().password());
  }

  @Test
  void what_the_database_refuses_is_reported(FreshDatabase database)
      throws Exception {
    database.execute("CREATE VIEW people AS SELECT 1");

    ProgramRun run = run(settingsFile(database.settings()), Map.of());

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.errors())
        .contains("\"people\" is not a table")
        .doesNotContain("\tat ");
  }

  private Path settingsFile(DatabaseSettings at) throws IOException {
    return ProgramRun.settingsFile(folder, at);
  }

  private ProgramRun run(Path file, Map<String, String> variables)
      throws Exception {
    return ProgramRun.of(
        Main.class, folder, Locale.getDefault(), variables, file);
  }
}
