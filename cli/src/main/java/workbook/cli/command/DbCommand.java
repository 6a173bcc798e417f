package workbook.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;
import workbook.cli.terminal.CommandContext;
import workbook.cli.terminal.Exit;
import workbook.cli.terminal.Psql;
import workbook.cli.terminal.UsageException;
import workbook.engine.UserTerminal;
import workbook.engine.playground.Playground;

/** {@code db}: starts, stops, shows, empties and opens the playground. */
@Command(
    name = "db",
    description = "Your own database, the one that db_info.ini names.",
    subcommands = DbCommand.PsqlCommand.class)
public final class DbCommand implements Callable<Integer> {
  private final CommandContext context;
  private final Playground playground;
  private final Terminal terminal;

  @Spec private CommandSpec spec;

  public DbCommand(CommandContext context) {
    this(context, DbCommand::askOnTerminal);
  }

  public DbCommand(CommandContext context, Terminal terminal) {
    this.context = context;
    this.terminal = terminal;
    this.playground = new Playground(context.root(), context.environment());
  }

  @Override
  public Integer call() {
    throw new ParameterException(
        spec.commandLine(), "What shall be done? One of start, stop, status, reset, psql.");
  }

  @Command(description = "Make it, where need be, and start it.", mixinStandardHelpOptions = true)
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

  @Command(description = "Stop it; its data are kept.", mixinStandardHelpOptions = true)
  int stop() {
    playground.stop(context.out()::println);
    return Exit.FINE;
  }

  @Command(description = "Say where it is and whether it runs.", mixinStandardHelpOptions = true)
  int status() {
    context.out().println("Playground: " + playground.status());
    return Exit.FINE;
  }

  @Command(
      description = "Empty it; a server of your own is left alone.",
      mixinStandardHelpOptions = true)
  int reset(
      @Option(names = "--yes", description = "Do not ask; needed without a terminal.")
          boolean yes) {
    // A server of the learner's own is never emptied, so there is nothing to ask.
    if (!yes && playground.learnersOwn().isEmpty() && !isConfirmed()) {
      context.out().println("Nothing is deleted.");
      return Exit.FINE;
    }
    playground.reset(context.out()::println);
    return Exit.FINE;
  }

  private boolean isConfirmed() {
    return terminal
        .ask("All tables in the playground will be deleted, with what is in them. Go on? y/n ")
        .orElseThrow(
            () ->
                new UsageException(
                    "This deletes all tables in the playground, and there is no terminal to confirm that at. If it is meant: ./workbook db reset --yes"))
        .strip()
        .toLowerCase(Locale.ROOT)
        .matches("y|yes");
  }

  private static Optional<String> askOnTerminal(String question) {
    return UserTerminal.find()
        .map(console -> Objects.requireNonNullElse(console.readLine("%s", question), ""));
  }

  /** Asks the user. */
  @FunctionalInterface
  interface Terminal {
    /** What was answered; empty without a terminal. */
    Optional<String> ask(String question);
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
      // psql has a status of its own for a server that is not there.
      db.playground.requireConnection();
      return new Psql(context, db.playground.settings()).run(arguments);
    }
  }
}
