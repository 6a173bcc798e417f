package workbook.jshell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import workbook.grading.FreshDatabase;
import workbook.grading.Graded;
import workbook.support.ProjectRoot;
import workbook.support.shell.ShellOptions;

/**
 * The real tool takes the scripts as well, as they are and as {@code ./workbook shell} has them.
 */
@Graded
class JShellToolTest {
  @TempDir Path folder;

  @AfterEach
  void forget_the_database() {
    DbInfoFile.forget();
  }

  @Test
  void plain_jshell_takes_lesson_1(FreshDatabase database) throws Exception {
    loadPlain("lesson-01-connect", database);
  }

  @Test
  void plain_jshell_takes_lesson_2(FreshDatabase database) throws Exception {
    loadPlain("lesson-02-errors", database);
  }

  @Test
  void plain_jshell_takes_lesson_3(FreshDatabase database) throws Exception {
    loadPlain("lesson-03-queries", database);
  }

  @Test
  void plain_jshell_takes_lesson_4(FreshDatabase database) throws Exception {
    loadPlain("lesson-04-transactions", database);
  }

  @Test
  void woven_a_lesson_is_silent_until_it_greets(FreshDatabase database) throws Exception {
    loadWoven("lesson-04-transactions", database);
  }

  private void loadPlain(String name, FreshDatabase database)
      throws IOException, InterruptedException {
    Path settings = DbInfoFile.write(folder, database.settings());

    Run run = jshell(plain(name, settings));

    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isZero();
    assertThat(run.out()).startsWith("The schema ");
  }

  private void loadWoven(String name, FreshDatabase database)
      throws IOException, InterruptedException {
    Path settings = DbInfoFile.write(folder, database.settings());

    Run run = jshell(ShellOptions.of(ProjectRoot.find(), name, settings));

    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isZero();
    assertThat(run.out()).as("nothing but the greeting").startsWith(name + " is loaded");
  }

  private static List<String> plain(String name, Path settings) {
    Path built = Scripts.FOLDER.resolveSibling("support/target");
    String classPath = built.resolve("classes") + File.pathSeparator + built.resolve("lib/*");
    return List.of(
        "-R-XX:TieredStopAtLevel=1",
        "-J-XX:TieredStopAtLevel=1",
        "-R-D" + DbInfoFile.PROPERTY + "=" + settings,
        "--class-path",
        classPath,
        "--startup",
        Scripts.START.toString(),
        Scripts.FOLDER.resolve(name + ".jsh").toString());
  }

  private Run jshell(List<String> options) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "jshell").toString());
    command.addAll(options);
    Path out = folder.resolve("out.txt");
    Path err = folder.resolve("err.txt");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    process.getOutputStream().close();
    if (!process.waitFor(120, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    return new Run(process.waitFor(), text(out), text(err));
  }

  private static String text(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.UTF_8).strip();
  }

  private record Run(int status, String out, String err) {}
}
