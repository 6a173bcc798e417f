package workbook.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;
import workbook.support.database.Playground;

/** {@code db}: starts, stops, shows, empties and opens the playground. */
@Command(
    name = "db",
    description = "Your own database, the one that db_info.ini names.",
    subcommands = DbCommand.PsqlCommand.class)
final class DbCommand implements Callable<Integer> {
  private final CommandContext context;
  private final Playground playground;

  @Spec private CommandSpec spec;

  DbCommand(CommandContext context) {
    this.context = context;
    this.playground = new Playground(context.root(), context.environment());
  }

  @Override
  public Integer call() {
    throw new ParameterException(
        spec.commandLine(), "What shall be done? One of start, stop, status, reset, psql.");
  }

  @Command(description = "Make it, where need be, and start it.")
  int start(
      @Option(
              names = "--mend",
              description = "Keep a copy of a db_info.ini that is wrong, and write a new one.")
          boolean mend) {
    if (mend) {
      playground.mend(context.out()::println);
    } else {
      playground.start(context.out()::println);
    }
    playground.requireConnection();
    return Exit.FINE;
  }

  @Command(description = "Stop it; its data are kept.")
  int stop() {
    playground.stop(context.out()::println);
    return Exit.FINE;
  }

  @Command(description = "Say where it is and whether it runs.")
  int status() {
    context.out().println("Playground: " + playground.status());
    return Exit.FINE;
  }

  @Command(description = "Empty it; a server of your own is left alone.")
  int reset() {
    playground.reset(context.out()::println);
    return Exit.FINE;
  }

  /** {@code db psql}: hands what follows on to psql. */
  @Command(
      name = "psql",
      description = {
        "Open it with psql, or with a stand-in if psql is not installed.",
        "What follows goes to psql, such as -c 'SELECT 1'."
      })
  static final class PsqlCommand implements Callable<Integer> {
    @ParentCommand private DbCommand db;
    @Unmatched private final List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() {
      CommandContext context = db.context;
      db.playground.ensureStarted(context.err()::println);
      return new Psql(context, db.playground.settings()).run(arguments);
    }
  }
}
