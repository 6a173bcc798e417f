package workbook.classroom;

import java.time.Duration;
import java.util.List;
import workbook.classroom.marking.GradeCommand;
import workbook.classroom.marking.MergeCommand;
import workbook.classroom.sandbox.IsolationInWords;
import workbook.cli.command.CommandProvider;
import workbook.cli.terminal.CommandContext;
import workbook.cli.terminal.Style;
import workbook.engine.Deadline;
import workbook.support.EnvironmentException;

/** The teacher's commands. */
public final class ClassroomCommands implements CommandProvider {
  // What only teachers need must not hold up a learner.
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /** For the command, which finds it as a service. */
  public ClassroomCommands() {}

  @Override
  public List<Object> commands(CommandContext context, Style style) {
    return List.of(
        new HandoutCommand(context),
        new GradeCommand(context, style.ansi().enabled()),
        new MergeCommand(context));
  }

  // None is needed to learn, so there is nothing to mend.
  @Override
  public String diagnosis() {
    try {
      return Deadline.within(PATIENCE, IsolationInWords::inWords);
    } catch (EnvironmentException e) {
      return "of others' answers: whether it is isolated did not show (%s); grade says it"
          .formatted(e.getMessage());
    }
  }
}
