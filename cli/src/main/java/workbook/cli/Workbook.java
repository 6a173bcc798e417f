package workbook.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;
import workbook.cli.command.CheckCommand;
import workbook.cli.command.CommandProvider;
import workbook.cli.command.DbCommand;
import workbook.cli.command.DoctorCommand;
import workbook.cli.command.HintCommand;
import workbook.cli.command.NewCommand;
import workbook.cli.command.ResetCommand;
import workbook.cli.command.RunCommand;
import workbook.cli.command.ShellCommand;
import workbook.cli.command.SolutionCommand;
import workbook.cli.command.TraceCommand;
import workbook.cli.command.UndoCommand;
import workbook.cli.terminal.CommandContext;
import workbook.cli.terminal.Exit;
import workbook.cli.terminal.Selection;
import workbook.cli.terminal.Style;
import workbook.cli.terminal.UsageException;
import workbook.cli.watch.WatchCommand;
import workbook.engine.ErrorLog;
import workbook.engine.Printable;
import workbook.engine.ProjectRoot;
import workbook.engine.course.Course;
import workbook.support.EnvironmentException;

/** The command: {@code ./workbook}. */
@Command(
    name = "workbook",
    description = "PostgreSQL from Java, in four lessons.",
    mixinStandardHelpOptions = true,
    version = "PostgreSQL workbook for Java 1.0")
public final class Workbook implements Callable<Integer> {
  /** The system property by which the launcher tells what a user types to start it. */
  public static final String NAME = "workbook.command";

  private static final Map<String, String> EXAMPLES =
      Map.of("LESSON", "1", "LESSON|EXERCISE", "1.3", "EXERCISE|LESSON", "1.3", "EXERCISE", "1.3");

  private final CommandContext context;
  private final Style style;

  private Workbook(CommandContext context, Style style) {
    this.context = context;
    this.style = style;
  }

  /** Runs the command in this process's surroundings, and returns its status. */
  static int run(String... arguments) {
    Charset charset = consoleCharset();
    PrintWriter out = writer(FileDescriptor.out, charset);
    PrintWriter err = writer(FileDescriptor.err, charset);
    int status;
    try {
      Path root = ProjectRoot.find();
      CommandContext context = new CommandContext(root, out, err, System.getenv());
      status = run(context, Style.of(Ansi.AUTO, charset), arguments);
    } catch (EnvironmentException e) {
      err.println(e.getMessage());
      status = Exit.ENVIRONMENT;
    }
    out.flush();
    err.flush();
    // A reader of the output may rely on it only if all of it was written.
    return out.checkError() ? Exit.ENVIRONMENT : status;
  }

  /**
   * Runs the command.
   *
   * @return the exit status: 0 fine, 1 checks failed, 2 usage, 3 environment
   */
  public static int run(CommandContext context, Style style, String... arguments) {
    CommandLine command = new CommandLine(new Workbook(context, style));
    command.setCommandName(System.getProperty(NAME, "workbook"));
    command.addSubcommand(new RunCommand(context));
    command.addSubcommand(new ShellCommand(context));
    command.addSubcommand(new CheckCommand(context, style));
    command.addSubcommand(new WatchCommand(context, style));
    command.addSubcommand(new TraceCommand(context, style));
    command.addSubcommand(new HintCommand(context));
    command.addSubcommand(new SolutionCommand(context));
    command
        .getSubcommands()
        .get("solution")
        .getCommandSpec()
        .usageMessage()
        .hidden(SolutionCommand.isWithoutAnswers(context));
    command.addSubcommand(new ResetCommand(context));
    command.addSubcommand(new UndoCommand(context));
    command.addSubcommand(new NewCommand(context));
    command.addSubcommand(new DbCommand(context));
    command.addSubcommand(new DoctorCommand(context));
    CommandProvider.all().stream()
        .flatMap(more -> more.commands(context, style).stream())
        .forEach(command::addSubcommand);
    command.addSubcommand(new CommandLine.HelpCommand());
    command
        .getSubcommands()
        .values()
        .forEach(each -> each.getCommandSpec().mixinStandardHelpOptions(true));
    command.setOut(context.out());
    command.setErr(context.err());
    command.setColorScheme(CommandLine.Help.defaultColorScheme(style.ansi()));
    command.setUsageHelpAutoWidth(true);
    command.setCaseInsensitiveEnumValuesAllowed(true);
    command.setParameterExceptionHandler(Workbook::misunderstood);
    command.setExecutionExceptionHandler(complaint(context));
    return command.execute(arguments);
  }

  /** Without a command: where the learner is and what comes next. */
  @Override
  public Integer call() {
    new Overview(context, style).print();
    return Exit.FINE;
  }

  // One line, and what it suggests can be typed as it stands; picocli's own adds the whole usage.
  private static int misunderstood(ParameterException thrown, String... arguments) {
    CommandLine command = thrown.getCommandLine();
    PrintWriter err = command.getErr();
    String name = command.getCommandSpec().qualifiedName();
    String message = Printable.of(thrown.getMessage());
    String more = "See %s --help".formatted(name);
    if (thrown instanceof MissingParameterException missing) {
      message = missing(missing, command).orElse(message);
    }
    if (thrown instanceof UnmatchedArgumentException unmatched) {
      List<String> suggestions = unmatched.getSuggestions();
      message =
          unmatched.isUnknownOption()
              ? message
              : Printable.of(tooMuch(unmatched.getUnmatched(), command));
      more =
          suggestions.isEmpty()
              ? more
              : suggestions.stream()
                  .map(it -> it.startsWith("-") ? it : name + " " + it)
                  .collect(Collectors.joining(" or ", "Did you mean: ", "?"));
    }
    message = message.replaceFirst("\\.$", "") + ".";
    err.println(command.getColorScheme().errorText(message) + " " + more);
    return Exit.USAGE;
  }

  // What to name, what that looks like, and what there is.
  private static Optional<String> missing(MissingParameterException thrown, CommandLine command) {
    String label = thrown.getMissing().get(0).paramLabel();
    if (!EXAMPLES.containsKey(label)) {
      return Optional.empty();
    }
    Workbook workbook = command.getCommandSpec().root().commandLine().getCommand();
    return Optional.of(
        "Which one? Type %s %s, for instance. The lessons are %s."
            .formatted(
                command.getCommandSpec().qualifiedName(),
                EXAMPLES.get(label),
                Selection.lessons(Course.read(workbook.context.root()))));
  }

  private static String tooMuch(List<String> unmatched, CommandLine command) {
    CommandSpec spec = command.getCommandSpec();
    String taken =
        spec.positionalParameters().stream()
            .map(PositionalParamSpec::paramLabel)
            .collect(Collectors.joining(" "));
    if (taken.isEmpty()) {
      taken = String.join("|", spec.subcommands().keySet());
    }
    return "\"%s\" is not understood: %s takes %s"
        .formatted(
            String.join(" ", unmatched),
            spec.qualifiedName(),
            taken.isEmpty() ? "no argument" : "one " + taken);
  }

  private static IExecutionExceptionHandler complaint(CommandContext context) {
    return (thrown, command, parsed) -> {
      String message = Printable.of(thrown.getMessage());
      if (thrown instanceof UsageException) {
        context.err().println(message);
        return Exit.USAGE;
      }
      if (thrown instanceof EnvironmentException) {
        context.err().println(message);
        return Exit.ENVIRONMENT;
      }
      context.err().println("A fault of the workbook: " + Printable.of(ErrorLog.keep(thrown)));
      return Exit.ENVIRONMENT;
    };
  }

  private static PrintWriter writer(FileDescriptor descriptor, Charset charset) {
    OutputStream stream = new FileOutputStream(descriptor);
    return new PrintWriter(new OutputStreamWriter(stream, charset), true);
  }

  // JDK 19 and newer say what the terminal uses; before, it is the default.
  private static Charset consoleCharset() {
    String name = System.getProperty("stdout.encoding", System.getProperty("sun.stdout.encoding"));
    return name == null ? Charset.defaultCharset() : Charset.forName(name);
  }
}
