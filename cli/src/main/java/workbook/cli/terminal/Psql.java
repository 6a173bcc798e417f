package workbook.cli.terminal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import workbook.support.DatabaseSettings;
import workbook.support.EnvironmentException;

/** Opens a database with psql, or with a stand-in where psql is not installed. */
public final class Psql {
  // These say how values are shown, and nothing of the server.
  private static final Set<String> HARMLESS = Set.of("PGCLIENTENCODING", "PGTZ", "PGDATESTYLE");

  private final CommandContext context;
  private final DatabaseSettings settings;

  public Psql(CommandContext context, DatabaseSettings settings) {
    this.context = context;
    this.settings = settings;
  }

  /** Returns the exit status that psql, or its stand-in, ends with. */
  public int run(List<String> arguments) {
    return SearchPath.find("psql", context.environment())
        .map(program -> runProgram(program, arguments))
        .orElseGet(() -> standIn(arguments));
  }

  private int runProgram(Path program, List<String> arguments) {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
    // What the shell says of other servers must not lead psql there.
    builder.environment().clear();
    builder.environment().putAll(context.environment());
    builder.environment().keySet().removeIf(Psql::leadsElsewhere);
    // Other users see command lines, but not the environment.
    builder.environment().putAll(connection());
    context.out().flush();
    context.err().flush();
    try {
      Process process = builder.start();
      // Ctrl-C is psql's: it cancels a query there, and we wait for psql to end.
      Runtime.getRuntime().addShutdownHook(new Thread(process.onExit()::join, "psql"));
      return process.waitFor();
    } catch (IOException e) {
      throw new EnvironmentException(
          "%s cannot be run: %s. Mend the installation, or take it off the PATH to have the stand-in."
              .formatted(program, e.getMessage()),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EnvironmentException("Interrupted while psql ran.", e);
    }
  }

  private static boolean leadsElsewhere(String variable) {
    return variable.startsWith("PG") && !HARMLESS.contains(variable);
  }

  private Map<String, String> connection() {
    return Map.of(
        "PGHOST", settings.host(),
        "PGPORT", Integer.toString(settings.port()),
        "PGDATABASE", settings.dbname(),
        "PGUSER", settings.user(),
        "PGPASSWORD", settings.password());
  }

  private int standIn(List<String> arguments) {
    SqlPrompt prompt = new SqlPrompt(settings.dataSource(), context.out(), context.err());
    if (arguments.size() == 2 && arguments.get(0).equals("-c")) {
      return prompt.run(arguments.get(1));
    }
    if (!arguments.isEmpty()) {
      throw new UsageException(
          "psql is not installed, and its stand-in knows -c SQL only, not %s. Install psql for the rest."
              .formatted(String.join(" ", arguments)));
    }
    boolean somebodyTypes = System.console() != null;
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
    return prompt.converse(in, somebodyTypes);
  }
}
