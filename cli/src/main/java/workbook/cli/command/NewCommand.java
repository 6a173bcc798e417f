package workbook.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import workbook.cli.terminal.CommandContext;
import workbook.cli.terminal.Exit;
import workbook.cli.terminal.UsageException;
import workbook.support.EnvironmentException;

/** {@code new}: copies the starter, a small project that does not use the workbook. */
@Command(name = "new", description = "Copy a small project of your own to start from.")
public final class NewCommand implements Callable<Integer> {
  private final CommandContext context;

  @Parameters(paramLabel = "DIR", description = "A folder that does not exist yet.")
  private Path folder;

  public NewCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    Path starter = context.root().resolve("docs/starter");
    if (Files.exists(folder)) {
      throw new UsageException(
          "%s is there already. Name a folder that does not exist yet.".formatted(folder));
    }
    try {
      copy(starter, folder);
    } catch (IOException e) {
      throw new EnvironmentException(
          "%s cannot be copied to %s: %s"
              .formatted(context.relative(starter), folder, EnvironmentException.reason(e)),
          e);
    }
    context
        .out()
        .printf("A project of your own is in %s. Its README.md says how to run it.%n", folder);
    return Exit.FINE;
  }

  private static void copy(Path from, Path to) throws IOException {
    List<Path> files;
    try (Stream<Path> found = Files.walk(from)) {
      files = found.filter(file -> !from.relativize(file).startsWith("target")).toList();
    }
    for (Path file : files) {
      Path copy = to.resolve(from.relativize(file).toString());
      if (Files.isDirectory(file)) {
        Files.createDirectories(copy);
      } else {
        Files.copy(file, copy);
      }
    }
  }
}
