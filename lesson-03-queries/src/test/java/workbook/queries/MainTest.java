package workbook.queries;

import static org.assertj.core.api.Assertions.assertThat;
import static workbook.grading.recorded.ProgramRun.shown;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import workbook.grading.FreshDatabase;
import workbook.grading.Graded;
import workbook.grading.recorded.ProgramRun;
import workbook.support.DatabaseSettings;

/** Runs the lesson's two programs, each as a process of its own. */
@Graded
class MainTest {
  @TempDir Path folder;

  @Test
  void it_prints_what_the_lesson_shows_however_often_it_ran(
      FreshDatabase database) throws Exception {
    Path file = settingsFile(database.settings());
    People.four(database); // the table is there, as after an earlier run

    ProgramRun run = run(Main.class, Map.of(), file.toString());

    assertThat(run.errors()).isEmpty();
    assertThat(run.output()).isEqualTo(shown("./workbook run 3"));
    assertThat(run.exit()).isZero();
    assertThat(
            database.rows(
                "SELECT count(*), min(name) FILTER (WHERE id = 1),"
                    + " count(*) FILTER (WHERE city = 'Mathville')"
                    + " FROM people"))
        .containsExactly(List.of("99", "Jane Lee", "0"));
  }

  @Test
  void a_missing_database_is_reported_in_one_message(FreshDatabase database)
      throws Exception {
    Path file = settingsFile(database.settings());

    ProgramRun run =
        run(Main.class, Map.of("PGDATABASE", "nowhere"), file.toString());

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.errors())
        .contains("\"nowhere\"", "db_info.ini")
        .doesNotContain("\tat ", database.settings().password());
  }

  @Test
  void in_the_race_every_row_arrives_and_the_fastest_is_first(
      FreshDatabase database)
      throws Exception {
    Path file = settingsFile(database.settings());

    ProgramRun run = run(BatchRace.class, Map.of(), file.toString(), "250");

    assertThat(run.errors()).isEmpty();
    assertThat(run.exit()).isZero();
    assertThat(masked(run.output()))
        .isEqualTo(masked(shown("./workbook run 3 --race")));
    assertThat(run.output().lines().filter(line -> line.contains("#")))
        .as("Way, bar, time, factor, and the rows that arrived")
        .hasSize(6)
        .allMatch(
            line ->
                line.matches(
                    "[A-Za-z ,]{21} #+ +[0-9,]+ ms +[0-9.]+ x +250 rows"));
    assertThat(factors(run.output())).isSorted().startsWith(1.0);
    assertThat(database.value("SELECT to_regclass('race')"))
        .as("The table, after the race")
        .isNull();
  }

  @Test
  void the_race_says_what_is_wrong_with_its_arguments() throws Exception {
    ProgramRun run = run(BatchRace.class, Map.of(), "db_info.ini", "many");

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.errors())
        .isEqualTo(
            "many is no number of rows. Use a whole number from 1 to"
                + " 9999999.\n");
  }

  private Path settingsFile(DatabaseSettings at) throws IOException {
    return ProgramRun.settingsFile(folder, at);
  }

  private ProgramRun run(
      Class<?> program, Map<String, String> variables, Object... arguments)
      throws Exception {
    return ProgramRun.of(
        program, folder, Locale.getDefault(), variables, arguments);
  }

  private static double[] factors(String output) {
    return output
        .lines()
        .filter(line -> line.contains("#"))
        .map(line -> line.replaceAll(".* ms +([0-9.]+) x .*", "$1"))
        .mapToDouble(Double::parseDouble)
        .toArray();
  }

  /** The lines without their numbers, in no order: these differ each time. */
  private static List<String> masked(String output) {
    return output
        .lines()
        .map(line -> line.replaceAll("[#0-9,.]+", "0").replaceAll(" +", " "))
        .sorted()
        .toList();
  }
}
