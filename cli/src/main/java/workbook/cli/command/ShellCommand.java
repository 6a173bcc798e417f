package workbook.cli.command;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import workbook.cli.terminal.CommandContext;
import workbook.cli.terminal.Selection;
import workbook.engine.Java;
import workbook.engine.course.Course;
import workbook.engine.course.Lesson;
import workbook.engine.playground.Playground;
import workbook.jshell.ShellOptions;
import workbook.support.DatabaseSettings;
import workbook.support.EnvironmentException;

/** {@code shell}: opens JShell on the playground, with a lesson loaded. */
@Command(name = "shell", description = "Explore a lesson in JShell, on the playground.")
public final class ShellCommand implements Callable<Integer> {
  private final CommandContext context;

  @Parameters(
      paramLabel = "LESSON",
      arity = "0..1",
      description = "Such as 1, connect or lesson-01-connect; without one, an empty shell.")
  private String wanted;

  public ShellCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException {
    Lesson lesson =
        wanted == null ? null : Selection.findLesson(Course.read(context.root()), wanted);
    new Playground(context.root()).ensureStarted(context.err()::println);
    Path settings = context.root().resolve("db_info.ini");
    requireAnswer(settings);
    List<String> command = new ArrayList<>(List.of(Java.tool("jshell")));
    String script = lesson == null ? null : lesson.module();
    command.addAll(ShellOptions.of(context.root(), script, settings));
    return start(command);
  }

  // Without a server, each step of the lesson would complain once.
  private void requireAnswer(Path file) {
    DatabaseSettings settings = DatabaseSettings.read(file, "workbook", context.environment());
    try {
      settings.dataSource().getConnection().close();
    } catch (SQLException e) {
      throw new EnvironmentException(
          "The playground %s does not let us in: %s. Look at %s, or run ./workbook doctor."
              .formatted(settings, e.getMessage(), context.relative(file)),
          e);
    }
  }

  private int start(List<String> command) {
    context.err().println("JShell starts: that takes some seconds.");
    context.err().flush();
    context.out().flush();
    try {
      Process process = new ProcessBuilder(command).inheritIO().start();
      // Ctrl-C is JShell's: it stops a statement there, and we wait for JShell to end.
      Runtime.getRuntime().addShutdownHook(new Thread(process.onExit()::join, "jshell"));
      return process.waitFor();
    } catch (IOException e) {
      throw new EnvironmentException(
          "%s cannot be run: %s. The workbook needs a JDK, a mere JRE has no JShell."
              .formatted(command.get(0), e.getMessage()),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EnvironmentException("Interrupted while JShell ran.", e);
    }
  }
}
