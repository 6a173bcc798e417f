package workbook.connect;

import java.nio.file.Path;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import workbook.support.DatabaseSettings;
import workbook.support.EnvironmentException;

/** Connects to the database that a settings file names, and says so. */
public final class Main {
  private Main() {}

  /**
   * Runs the program.
   *
   * @param arguments the settings file; {@code db_info.ini} if there is none
   */
  public static void main(String[] arguments) {
    Path file = Path.of(arguments.length == 0 ? "db_info.ini" : arguments[0]);
    try {
      connect(file);
    } catch (EnvironmentException e) {
      fail(e.getMessage());
    } catch (ConnectionException e) {
      fail(
          """
          Error connecting to the database: %s
          Check section [workbook] of %s, and variables such as PGHOST."""
              .formatted(e.getCause().getMessage(), file));
    }
  }

  private static void connect(Path file) {
    DatabaseSettings settings =
        DatabaseSettings.read(file, "workbook", System.getenv());
    System.out.println("Connecting to " + settings);

    Jdbi jdbi = Jdbi.create(settings.dataSource());
    try (Handle handle = jdbi.open()) {
      System.out.println("Successfully connected to the database.");
      print("Server version", ask(handle, "SHOW server_version"));
      print("Database", ask(handle, "SELECT current_database()"));
      print("User", ask(handle, "SELECT current_user"));
    }
    System.out.println("Closed connection.");
  }

  private static String ask(Handle handle, String question) {
    return handle.createQuery(question).mapTo(String.class).one();
  }

  private static void print(String name, String value) {
    System.out.println(name + ": " + value);
  }

  private static void fail(String message) {
    System.err.println(message);
    System.exit(1);
  }
}
