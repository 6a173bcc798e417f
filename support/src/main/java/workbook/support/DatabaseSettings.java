package workbook.support;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Where a database is and who connects to it.
 *
 * @param host the server's name or address
 * @param port the port it listens on, 1 to 65535
 * @param dbname the database on that server
 * @param user the role to connect as
 * @param password the role's password; {@link #toString()} never shows it
 */
public record DatabaseSettings(String host, int port, String dbname, String user, String password) {
  private static final Map<String, String> VARIABLES =
      Map.of(
          "host", "PGHOST",
          "port", "PGPORT",
          "dbname", "PGDATABASE",
          "user", "PGUSER",
          "password", "PGPASSWORD");
  private static final List<String> REQUIRED = List.of("dbname", "user", "password");

  /**
   * Reads the settings that a section of {@code db_info.ini} holds.
   *
   * @param file the settings file
   * @param section the section's name, without brackets
   * @param environment variables that win over the file: {@code PGHOST}, {@code PGPORT}, {@code
   *     PGDATABASE}, {@code PGUSER}, {@code PGPASSWORD}; usually {@link System#getenv()}
   * @return the settings, with {@code localhost} and 5432 where nothing is said
   * @throws EnvironmentException if the file, the section or a value is missing or wrong
   */
  public static DatabaseSettings read(Path file, String section, Map<String, String> environment) {
    Map<String, String> values = SettingsFile.read(file, section);
    boolean portInFile = environment.getOrDefault("PGPORT", "").isEmpty();
    String portFrom = portInFile ? file.toString() : "the environment variable PGPORT";
    VARIABLES.forEach(
        (key, variable) -> {
          String value = environment.getOrDefault(variable, "");
          if (!value.isEmpty()) {
            values.put(key, value);
          }
        });
    if (Collections.disjoint(values.keySet(), REQUIRED)) {
      throw new EnvironmentException(
          "%s has no dbname, no user and no password in section [%s]. Add lines dbname=..., user=... and password=... below it."
              .formatted(file, section));
    }
    return new DatabaseSettings(
        values.getOrDefault("host", "localhost"),
        port(values.getOrDefault("port", "5432"), portFrom),
        required(values, "dbname", file, section),
        required(values, "user", file, section),
        required(values, "password", file, section));
  }

  /** Those variables that are set and win over a settings file. */
  public static List<String> variablesIn(Map<String, String> environment) {
    return VARIABLES.values().stream()
        .filter(variable -> !environment.getOrDefault(variable, "").isEmpty())
        .sorted()
        .toList();
  }

  private static int port(String value, String from) {
    int port = value.matches("[0-9]{1,5}") ? Integer.parseInt(value) : 0;
    if (port < 1 || port > 65535) {
      throw new EnvironmentException(
          "port=%s in %s is no port. Use a number from 1 to 65535; PostgreSQL's own is 5432."
              .formatted(value, from));
    }
    return port;
  }

  private static String required(
      Map<String, String> values, String key, Path file, String section) {
    String value = values.get(key);
    if (value == null || value.isEmpty()) {
      throw new EnvironmentException(
          "%s has no %s in section [%s]. Add a line %s=... or set %s."
              .formatted(file, key, section, key, VARIABLES.get(key)));
    }
    return value;
  }

  /** A data source for these settings; it connects when asked to, not before. */
  public DataSource dataSource() {
    PGSimpleDataSource dataSource = new PGSimpleDataSource();
    dataSource.setServerNames(new String[] {host});
    dataSource.setPortNumbers(new int[] {port});
    dataSource.setDatabaseName(dbname);
    dataSource.setUser(user);
    dataSource.setPassword(password);
    return dataSource;
  }

  /** The same server and role, another database. */
  public DatabaseSettings withDbname(String name) {
    return new DatabaseSettings(host, port, name, user, password);
  }

  @Override
  public String toString() {
    return user + "@" + host + ":" + port + "/" + dbname;
  }
}
