package workbook.connect;

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
  void it_connects_and_says_what_the_lesson_shows(FreshDatabase database)
      throws Exception {
    Path file = settingsFile(database.settings());

    Run run = run(file, Map.of());

    assertThat(run.errors).isEmpty();
    assertThat(run.output)
        .contains("Connecting to " + database.settings())
        .contains("version: " + database.value("SHOW server_version"))
        .contains("Database: " + database.settings().dbname())
        .contains("User: " + database.settings().user());
    assertThat(masked(run.output))
        .isEqualTo(masked(block("./workbook run 1")));
    assertThat(run.exit).isZero();
  }

  @Test
  void a_wrong_password_is_reported_but_not_shown(FreshDatabase database)
      throws Exception {
    Path file = settingsFile(database.settings());

    Run run = run(file, Map.of("PGPASSWORD", "not-this-one"));

    assertThat(run.exit).isEqualTo(1);
    assertThat(run.output).doesNotContain("Successfully");
    assertThat(run.errors)
        .startsWith("Error connecting to the database: ")
        .contains(database.settings().user(), "db_info.ini")
        .doesNotContain("not-this-one", "\tat ");
  }

  @Test
  void a_variable_wins_over_the_file(FreshDatabase database)
      throws Exception {
    Path file = settingsFile(database.settings());

    Run run = run(file, Map.of("PGDATABASE", "nowhere"));

    assertThat(run.exit).isEqualTo(1);
    assertThat(run.errors).contains("\"nowhere\"");
    assertThat(masked(run.output + run.errors))
        .isEqualTo(masked(block("MainTest.a_variable_wins_over_the_file")));
  }

  @Test
  void a_missing_file_is_reported_by_name() throws Exception {
    Run run = run(folder.resolve("missing.ini"), Map.of());

    assertThat(run.exit).isEqualTo(1);
    assertThat(run.errors).contains("missing.ini").doesNotContain("\tat ");
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

  /** What differs from computer to computer does not count. */
  private static String masked(String output) {
    String varying =
        "Connecting to|Error connecting to the database:"
            + "|Server version:|Database:|User:";
    return output
        .replaceAll("(?m)^(" + varying + ") .+$", "$1 ...")
        .replaceAll("of .*db_info.ini", "of db_info.ini");
  }

  private record Run(int exit, String output, String errors) {}
}
