package workbook.cli.command;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import workbook.cli.terminal.CommandContext;
import workbook.cli.terminal.Exit;
import workbook.cli.terminal.Selection;
import workbook.engine.course.Course;
import workbook.engine.course.Lesson;
import workbook.engine.playground.Playground;
import workbook.jshell.session.StepShell;
import workbook.support.DatabaseSettings;
import workbook.support.EnvironmentException;

/** {@code shell}: goes through a lesson in JShell, step by step, on the playground. */
@Command(name = "shell", description = "Go through a lesson in JShell, step by step.")
public final class ShellCommand implements Callable<Integer> {
  private final CommandContext context;

  @Parameters(
      paramLabel = "LESSON",
      arity = "0..1",
      description = "Such as 1, connect or lesson-01-connect; without one, no steps.")
  private String wanted;

  public ShellCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    Lesson lesson =
        wanted == null ? null : Selection.findLesson(Course.read(context.root()), wanted);
    requireJShell();
    StepShell shell = StepShell.prepare(context.root());
    new Playground(context.root()).ensureStarted(context.err()::println);
    requireAnswer(context.root().resolve("db_info.ini"));
    context.out().flush();
    context.err().flush();
    shell.run(lesson == null ? null : lesson.module(), context.environment());
    return Exit.FINE;
  }

  private static void requireJShell() {
    if (ModuleLayer.boot().findModule("jdk.jshell").isEmpty()) {
      throw new EnvironmentException(
          "%s has no JShell: install a whole JDK, version 17 or newer, and point JAVA_HOME to it."
              .formatted(System.getProperty("java.home")));
    }
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
}
