package workbook.cli.watch;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;
import workbook.cli.terminal.CommandContext;
import workbook.cli.terminal.SearchPath;
import workbook.engine.course.Lesson;
import workbook.support.EnvironmentException;

/**
 * {@code mvn test} of a lesson's reference: what a learner without {@code watch} would wait for.
 */
final class MavenRun {
  private static final int RUNS = 3;

  private MavenRun() {}

  /** Times it, once everything is compiled. */
  static Times time(CommandContext context, Lesson lesson) {
    Path maven =
        SearchPath.find("mvn", context.environment())
            .orElseThrow(
                () ->
                    new EnvironmentException(
                        "There is no mvn on the PATH; --no-maven measures without it."));
    run(context, maven, lesson);
    Times times = new Times();
    for (int i = 0; i < RUNS; i++) {
      long start = System.nanoTime();
      run(context, maven, lesson);
      times.add(System.nanoTime() - start);
    }
    return times;
  }

  private static void run(CommandContext context, Path maven, Lesson lesson) {
    List<String> command =
        List.of(
            maven.toString(),
            "-q",
            "-o",
            "-B",
            "-pl",
            lesson.module(),
            "-am",
            "-Dtest=Reference" + lesson.contract() + "Test",
            "-Dsurefire.failIfNoSpecifiedTests=false",
            "test");
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(context.root().toFile())
              .redirectErrorStream(true)
              .start();
      String said = new String(process.getInputStream().readAllBytes(), Charset.defaultCharset());
      if (process.waitFor() != 0) {
        throw new EnvironmentException(
            "%s failed, so there is nothing to compare with; --no-maven measures without it.%n%s"
                .formatted(String.join(" ", command), said.strip()));
      }
    } catch (IOException e) {
      throw new EnvironmentException("mvn cannot be started: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EnvironmentException("Interrupted while mvn ran.", e);
    }
  }
}
