package workbook.errors;

import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import workbook.support.DatabaseSettings;
import workbook.support.EnvironmentException;

/** Connects, gets each setting wrong in turn, and closes what it opened. */
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
      DatabaseSettings settings =
          DatabaseSettings.read(file, "workbook", System.getenv());
      System.out.println("Connecting to " + settings);
      connect(settings);
      getFieldsWrong(settings);
      closeByHand(settings);
      closeByHand(settings.withDbname("test1"));
      closeByItself(settings);
      closeByItself(settings.withDbname("test1"));
    } catch (EnvironmentException e) {
      fail(e.getMessage());
    } catch (SQLException e) {
      fail(
          "Error connecting to the database: %s%n%s%nCheck [workbook] in %s."
              .formatted(e.getMessage(), diagnosis(e), file));
    }
  }

  private static void connect(DatabaseSettings settings) throws SQLException {
    Connection connection = settings.dataSource().getConnection();
    System.out.println("Successfully connected to the database.");
    connection.close();
  }

  private static void getFieldsWrong(DatabaseSettings right) {
    String host = right.host();
    int port = right.port();
    String dbname = right.dbname();
    String user = right.user();
    String password = right.password();

    Map<String, DatabaseSettings> wrong = new LinkedHashMap<>();
    wrong.put(
        "password",
        new DatabaseSettings(host, port, dbname, user, password + "?"));
    wrong.put(
        "user", new DatabaseSettings(host, port, dbname, "nobody", password));
    wrong.put("dbname", right.withDbname("test1"));
    wrong.put("port", new DatabaseSettings(host, 1, dbname, user, password));
    wrong.put(
        "host",
        new DatabaseSettings(
            "no-such-host.invalid", port, dbname, user, password));

    wrong.forEach(
        (field, settings) -> {
          System.out.println("\nWith a wrong " + field + ":");
          try {
            connect(settings);
          } catch (SQLException e) {
            report(e);
          }
        });
  }

  private static void report(SQLException e) {
    System.out.println("  SQLSTATE   " + e.getSQLState());
    System.out.println("  message    " + e.getMessage());
    System.out.println("  cause      " + e.getCause());
    System.out.println("  diagnosis  " + diagnosis(e));
  }

  private static String diagnosis(SQLException e) {
    if (e.getSQLState() == null) {
      return "The driver gave no reason.";
    }
    return switch (e.getSQLState()) {
      case "28P01" -> "The password is wrong, or there is no such user.";
      case "3D000" -> "There is no such database.";
      case "08001" -> noAnswer(e.getCause());
      default -> "Look up SQLSTATE " + e.getSQLState() + " in the manual.";
    };
  }

  private static String noAnswer(Throwable cause) {
    if (cause instanceof UnknownHostException) {
      return "There is no such host.";
    }
    if (cause instanceof ConnectException) {
      return "No program listens on this port of this host.";
    }
    return "The server did not answer.";
  }

  private static void closeByHand(DatabaseSettings settings)
      throws SQLException {
    System.out.println("\nClosing by hand, database " + settings.dbname());
    Connection connection = null;
    try {
      connection = settings.dataSource().getConnection();
      System.out.println("  Successfully connected to the database.");
    } catch (SQLException e) {
      System.out.println("  " + diagnosis(e));
    } finally {
      if (connection != null) {
        connection.close();
        System.out.println("  Closed connection.");
      }
    }
  }

  private static void closeByItself(DatabaseSettings settings) {
    System.out.println("\nTry-with-resources, database " + settings.dbname());
    try (Connection connection = settings.dataSource().getConnection()) {
      System.out.println("  Successfully connected to the database.");
      System.out.println("  Database: " + connection.getCatalog());
    } catch (SQLException e) {
      System.out.println("  " + diagnosis(e));
    }
  }

  private static void fail(String message) {
    System.err.println(message);
    System.exit(1);
  }
}
