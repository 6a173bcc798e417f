package workbook.transactions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import workbook.grading.FreshDatabase;
import workbook.grading.Graded;
import workbook.support.DatabaseSettings;

/** Runs the worked example as a program of its own. */
@Graded
class MainTest {
  @TempDir Path folder;

  @Test
  void it_prints_what_the_lesson_shows(FreshDatabase database)
      throws Exception {
    Run run = run(settingsFile(database.settings()), Map.of());

    assertThat(run.errors).isEmpty();
    assertThat(run.output).isEqualTo(block("./workbook run 4"));
    assertThat(run.exit).isZero();
  }

  @Test
  void run_again_it_saves_what_it_says_it_saved(FreshDatabase database)
      throws Exception {
    database.execute(
        "CREATE TABLE people (name text)",
        "INSERT INTO people VALUES ('left by an earlier run')");

    Run run = run(settingsFile(database.settings()), Map.of());

    assertThat(run.output).contains("people: 99, in Johnsonmouth: 0");
    assertThat(database.value("SELECT count(*) FROM people")).isEqualTo("99");
    assertThat(database.value("SELECT count(DISTINCT xmin::text) FROM people"))
        .as("transactions: Jane's, and one for all the others")
        .isEqualTo("2");
  }

  @Test
  void a_wrong_password_is_reported_without_showing_it(FreshDatabase database)
      throws Exception {
    Path file = settingsFile(database.settings());

    Run run = run(file, Map.of("PGPASSWORD", "not-this-one"));

    assertThat(run.exit).isEqualTo(1);
    assertThat(run.errors)
        .startsWith("Error connecting to the database: ")
        .contains(database.settings().user(), "db_info.ini")
        .doesNotContain("not-this-one", "\tat ")
        .doesNotContain(database.settings().password());
  }

  @Test
  void what_the_database_refuses_is_reported(FreshDatabase database)
      throws Exception {
    database.execute("CREATE VIEW people AS SELECT 1");

    Run run = run(settingsFile(database.settings()), Map.of());

    assertThat(run.exit).isEqualTo(1);
    assertThat(run.errors)
        .contains("\"people\" is not a table")
        .doesNotContain("\tat ");
  }

  private Path settingsFile(DatabaseSettings at) throws IOException {
    return Files.writeString(
        folder.resolve("db_info.ini"),
        """
        [workbook]
        host=%s
        port=%d
        dbname=%s
        user=%s
        password=%s
        """
            .formatted(
                at.host(), at.port(), at.dbname(), at.user(), at.password()));
  }

  // A process of its own: Main reads its environment and sets the exit code.
  private Run run(Path file, Map<String, String> variables)
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
            Main.class.getName(),
            file.toString());
    // The computer's own settings for PostgreSQL and Java stay outside.
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.matches("PG.*|.*JAVA.*_OPTIONS"));
    builder.environment().putAll(variables);
    Process process = builder.redirectError(errors.toFile()).start();
    byte[] output = process.getInputStream().readAllBytes();
    return new Run(
        process.waitFor(),
        lines(new String(output, UTF_8)),
        lines(Files.readString(errors)));
  }

  private static String lines(String text) {
    return text.replace("\r\n", "\n");
  }

  /** The output that the lesson shows for a command. */
  private static String block(String command) throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    String start = "<!-- output: " + command + " -->\n```text\n";
    int from = readme.indexOf(start) + start.length();
    return readme.substring(from, readme.indexOf("```", from));
  }

  private record Run(int exit, String output, String errors) {}
}
