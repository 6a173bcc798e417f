package workbook.errors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import workbook.grading.FreshDatabase;
import workbook.grading.Graded;
import workbook.support.DatabaseSettings;

/** Runs the worked example as a program of its own. */
@Graded
class MainTest {
  private static final String SHOWN = "workbook@localhost:54320/workbook";

  @TempDir Path folder;

  @Test
  void it_gets_every_field_wrong_as_the_lesson_shows(FreshDatabase database)
      throws Exception {
    DatabaseSettings settings = database.settings();

    Run run = run(settingsFile(settings), Map.of());

    assertThat(run.errors).isEmpty();
    assertThat(masked(named(run.output, settings)))
        .isEqualTo(masked(block("./workbook run 2")));
    assertThat(run.output).doesNotContain(settings.password());
    assertThat(run.exit).isZero();
  }

  @Test
  void a_wrong_password_is_diagnosed_without_showing_it(FreshDatabase database)
      throws Exception {
    Path file = settingsFile(database.settings());

    Run run = run(file, Map.of("PGPASSWORD", "not-this-one"));

    assertThat(run.exit).isEqualTo(1);
    assertThat(run.output).doesNotContain("Successfully");
    assertThat(named(run.errors, database.settings()))
        .isEqualTo(
            block(
                "MainTest.a_wrong_password_is_diagnosed_without_showing_it"));
  }

  @Test
  void a_missing_file_is_reported_by_name() throws Exception {
    Run run = run(folder.resolve("missing.ini"), Map.of());

    assertThat(run.exit).isEqualTo(1);
    assertThat(run.errors).contains("missing.ini").doesNotContain("\tat ");
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

  // A process of its own: Main reads its environment, sets the exit code.
  // In English, as the lesson shows it: the driver translates its messages.
  private Run run(Path file, Map<String, String> variables) throws Exception {
    Path errors = folder.resolve("errors.txt");
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-Dfile.encoding=UTF-8",
            "-Duser.language=en",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            file.toString());
    builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
    builder.environment().remove("JAVA_TOOL_OPTIONS"); // it is announced
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
    assertThat(readme).contains(start);
    int from = readme.indexOf(start) + start.length();
    return readme.substring(from, readme.indexOf("```", from));
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

  private record Run(int exit, String output, String errors) {}
}
