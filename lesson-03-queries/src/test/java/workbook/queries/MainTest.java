package workbook.queries;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import workbook.grading.FreshDatabase;
import workbook.grading.Graded;
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

    Run run = run(Main.class, Map.of(), file.toString());

    assertThat(run.errors).isEmpty();
    assertThat(run.output).isEqualTo(block("./workbook run 3"));
    assertThat(run.exit).isZero();
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

    Run run =
        run(Main.class, Map.of("PGDATABASE", "nowhere"), file.toString());

    assertThat(run.exit).isEqualTo(1);
    assertThat(run.errors)
        .contains("\"nowhere\"", "db_info.ini")
        .doesNotContain("\tat ", database.settings().password());
  }

  @Test
  void in_the_race_every_row_arrives_and_the_fastest_is_first(
      FreshDatabase database)
      throws Exception {
    Path file = settingsFile(database.settings());

    Run run = run(BatchRace.class, Map.of(), file.toString(), "250");

    assertThat(run.errors).isEmpty();
    assertThat(run.exit).isZero();
    assertThat(masked(run.output))
        .isEqualTo(masked(block("./workbook run 3 --race")));
    assertThat(run.output.lines().filter(line -> line.contains("#")))
        .as("Way, bar, time, factor, and the rows that arrived")
        .hasSize(6)
        .allMatch(
            line ->
                line.matches(
                    "[A-Za-z ,]{21} #+ +[0-9,]+ ms +[0-9.]+ x +250 rows"));
    assertThat(factors(run.output)).isSorted().startsWith(1.0);
    assertThat(database.value("SELECT to_regclass('race')"))
        .as("The table, after the race")
        .isNull();
  }

  @Test
  void the_race_says_what_is_wrong_with_its_arguments() throws Exception {
    Run run = run(BatchRace.class, Map.of(), "db_info.ini", "many");

    assertThat(run.exit).isEqualTo(1);
    assertThat(run.errors)
        .isEqualTo(
            "many is no number of rows. Use a whole number from 1 to"
                + " 9999999.\n");
  }

  private Path settingsFile(DatabaseSettings at) throws IOException {
    String text =
        """
        [workbook]
        host=%s
        port=%d
        dbname=%s
        user=%s
        password=%s
        """
            .formatted(
                at.host(), at.port(), at.dbname(), at.user(), at.password());
    return Files.writeString(folder.resolve("db_info.ini"), text);
  }

  // A process of its own: it reads the environment and sets the exit code.
  private Run run(
      Class<?> program, Map<String, String> variables, String... arguments)
      throws Exception {
    Path errors = folder.resolve("errors.txt");
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-Dfile.encoding=UTF-8",
            "-Duser.language=" + Locale.getDefault().getLanguage(),
            "-cp",
            System.getProperty("java.class.path"),
            program.getName());
    builder.command().addAll(List.of(arguments));
    // The computer's own settings for PostgreSQL and Java stay outside.
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.matches("PG.*|.*JAVA.*_OPTIONS"));
    builder.environment().putAll(variables);
    Process process = builder.redirectError(errors.toFile()).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Run(
        process.waitFor(), lines(output), lines(Files.readString(errors)));
  }

  private static String lines(String text) {
    return text.replace("\r\n", "\n");
  }

  /** The output that the lesson shows for a command. */
  private static String block(String command) throws IOException {
    String readme = lines(Files.readString(Path.of("README.md")));
    String start = "<!-- output: " + command + " -->\n```text\n";
    int from = readme.indexOf(start) + start.length();
    return readme.substring(from, readme.indexOf("```", from));
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

  private record Run(int exit, String output, String errors) {}
}
