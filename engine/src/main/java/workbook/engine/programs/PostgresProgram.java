package workbook.engine.programs;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import workbook.support.EnvironmentException;

/** Runs one of PostgreSQL's own programs to its end. */
public final class PostgresProgram {
  private static final int PATIENCE_SECONDS = 120;

  private PostgresProgram() {}

  /**
   * Runs a program in a folder.
   *
   * <p>Give it paths relative to the folder: then no path with blanks or umlauts is on a command
   * line. What it says goes to a file, since a server that it starts would keep a pipe open.
   */
  public static Outcome run(Path folder, Path program, String... arguments) throws IOException {
    return feed("", folder, program, arguments);
  }

  /** The same for a program that reads its standard input. */
  public static Outcome feed(String input, Path folder, Path program, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(SystemRoot.prefix());
    command.add(program.toString());
    command.addAll(List.of(arguments));
    Path said = folder.resolve(program.getFileName() + ".out");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile());
    // The user's settings do not count, and messages are in a language that this program can read.
    builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
    builder.environment().put("LC_ALL", "C");
    Process process = start(builder, program);
    try {
      try (OutputStream standardInput = process.getOutputStream()) {
        standardInput.write(input.getBytes(StandardCharsets.UTF_8));
      }
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new EnvironmentException(
            "%s did not end within %s s. Try again when the machine is less busy."
                .formatted(program.getFileName(), PATIENCE_SECONDS));
      }
      String text = new String(Files.readAllBytes(said), StandardCharsets.UTF_8);
      return new Outcome(process.exitValue(), text.strip());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EnvironmentException("Interrupted while waiting for " + program + ".", e);
    } finally {
      process.destroyForcibly();
      // On Windows a server that was started holds this file open: then it stays.
      said.toFile().delete();
    }
  }

  private static Process start(ProcessBuilder builder, Path program) {
    try {
      return builder.start();
    } catch (IOException e) {
      throw new EnvironmentException(
          "%s cannot be run: %s. If this machine cannot run it (Alpine Linux, or a disk mounted noexec), use Docker or a server of your own."
              .formatted(program, e.getMessage()),
          e);
    }
  }

  /**
   * How a program ended.
   *
   * @param exit its exit code
   * @param output what it wrote to standard output and standard error
   */
  public record Outcome(int exit, String output) {
    public boolean succeeded() {
      return exit == 0;
    }
  }
}
