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
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import workbook.engine.ProjectRoot;
import workbook.grading.FreshDatabase;
import workbook.grading.Graded;

/** The JDK's own tool takes the scripts as well, as they are. */
@Graded
class JShellToolTest {
  @TempDir Path folder;

  @AfterEach
  void forget_the_database() {
    DbInfoFile.forget();
  }

  @Test
  @Tag("thorough")
  void plain_jshell_takes_all_lessons(FreshDatabase database) throws Exception {
    List<String> lessons = Scripts.all().stream().map(Scripts::name).toList();

    Run run = plain(lessons, database);
    run.await();

    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isZero();
    for (String name : lessons) {
      String schema = name.replaceFirst("lesson-0(\\d)-.*", "lesson_$1");
      assertThat(run.out()).contains("The schema " + schema);
    }
  }

  private Run plain(List<String> lessons, FreshDatabase database) throws IOException {
    Path settings = DbInfoFile.write(folder, database.settings());
    List<String> classes = new ArrayList<>(ShellClassPath.classes(ProjectRoot.find()));
    classes.add(Scripts.FOLDER.resolve("target/lib/*").toString());
    String classPath = String.join(File.pathSeparator, classes);
    List<String> options =
        new ArrayList<>(
            List.of(
                "-R-XX:TieredStopAtLevel=1",
                "-R-XX:+UseSerialGC",
                "-J-XX:TieredStopAtLevel=1",
                "-J-XX:+UseSerialGC",
                "-R-D" + DbInfoFile.PROPERTY + "=" + settings,
                "--class-path",
                classPath,
                "--startup",
                Scripts.START.toString()));
    lessons.forEach(lesson -> options.add(Scripts.FOLDER.resolve(lesson + ".jsh").toString()));
    return start(options);
  }

  private Run start(List<String> options) throws IOException {
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
    return new Run(process, out, err);
  }

  /** JShell, which runs or has run. */
  private record Run(Process process, Path outFile, Path errFile) {
    void await() throws InterruptedException {
      if (!process.waitFor(150, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    }

    int status() throws InterruptedException {
      return process.waitFor();
    }

    String out() throws IOException {
      return text(outFile);
    }

    // Java itself speaks up where JAVA_TOOL_OPTIONS is set.
    String err() throws IOException {
      return text(errFile)
          .lines()
          .filter(line -> !line.startsWith("Picked up "))
          .collect(Collectors.joining("\n"));
    }

    private static String text(Path file) throws IOException {
      return Files.readString(file, StandardCharsets.UTF_8).strip();
    }
  }
}
