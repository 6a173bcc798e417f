package workbook.cli.terminal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import workbook.engine.UserTerminal;
import workbook.support.DatabaseSettings;
import workbook.support.EnvironmentException;

/** Opens a database with psql, or with a stand-in where psql is not installed. */
public final class Psql {
  // These say how values are shown, and nothing of the server.
  private static final Set<String> HARMLESS = Set.of("PGCLIENTENCODING", "PGTZ", "PGDATESTYLE");

  private static final Pattern VERSION = Pattern.compile("\\) (\\d+)");
  private static final String NOTE =
      "Your psql is of version %s, which is older than the server. SQL works as it should; of psql's own commands, such as \\d, some may not.";

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
    if (arguments.isEmpty() && UserTerminal.find().isPresent()) {
      versionNote(program, serverVersion()).ifPresent(context.err()::println);
    }
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

  private int serverVersion() {
    try (Connection connection = settings.dataSource().getConnection()) {
      return connection.getMetaData().getDatabaseMajorVersion();
    } catch (SQLException e) {
      // psql says what is wrong with the server
      return 0;
    }
  }

  /** What psql's warning of a server that is newer comes to; empty where it does not warn. */
  static Optional<String> versionNote(Path program, int server) {
    try {
      Process asked = new ProcessBuilder(program.toString(), "--version").start();
      asked.getOutputStream().close();
      String said = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return VERSION
          .matcher(said)
          .results()
          .findFirst()
          .map(found -> Integer.parseInt(found.group(1)))
          .filter(own -> own < server)
          .map(NOTE::formatted);
    } catch (IOException e) {
      // it cannot be run, which is told next
      return Optional.empty();
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
    boolean somebodyTypes = UserTerminal.find().isPresent();
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
    return prompt.converse(in, somebodyTypes);
  }
}
