package workbook.grading.recorded;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import workbook.support.DatabaseSettings;

/**
 * A lesson's program that has run, in a process of its own: it reads its environment, and it sets
 * the exit code.
 *
 * @param exit the exit code
 * @param output what it wrote to standard output, with {@code \n} between lines
 * @param errors the same for standard error
 */
public record ProgramRun(int exit, String output, String errors) {

  /**
   * Runs a program to its end.
   *
   * @param folder where its standard error goes meanwhile
   * @param language of the messages that the driver translates
   * @param variables of its environment; of the computer's own, those for PostgreSQL and for Java
   *     stay outside
   * @throws IOException if it cannot be started
   */
  public static ProgramRun of(
      Class<?> program,
      Path folder,
      Locale language,
      Map<String, String> variables,
      Object... arguments)
      throws IOException, InterruptedException {
    Path errors = folder.resolve("errors.txt");
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-XX:-UsePerfData",
            "-Dfile.encoding=UTF-8",
            "-Duser.language=" + language.getLanguage(),
            "-cp",
            System.getProperty("java.class.path"),
            program.getName());
    Arrays.stream(arguments).map(Object::toString).forEach(builder.command()::add);
    builder.environment().keySet().removeIf(name -> name.matches("PG.*|.*JAVA.*_OPTIONS"));
    builder.environment().putAll(variables);
    Process process = builder.redirectError(errors.toFile()).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new ProgramRun(process.waitFor(), lines(output), read(errors));
  }

  /** Writes a {@code db_info.ini} into a folder, with the section that programs read. */
  public static Path settingsFile(Path folder, DatabaseSettings at) throws IOException {
    List<String> lines =
        List.of(
            "[workbook]",
            "host=" + at.host(),
            "port=" + at.port(),
            "dbname=" + at.dbname(),
            "user=" + at.user(),
            "password=" + at.password());
    return Files.write(folder.resolve("db_info.ini"), lines);
  }

  /**
   * The output that the lesson's README shows.
   *
   * @param source what stands in the comment above it, behind {@code output:}
   */
  public static String shown(String source) throws IOException {
    String readme = read(Path.of("README.md"));
    String start = "<!-- output: " + source + " -->\n```text\n";
    int from = readme.indexOf(start);
    if (from < 0) {
      throw new AssertionError("README.md has no block below: " + start);
    }
    from += start.length();
    return readme.substring(from, readme.indexOf("```", from));
  }

  private static String read(Path file) throws IOException {
    return lines(Files.readString(file));
  }

  private static String lines(String text) {
    return text.replace("\r\n", "\n");
  }
}
