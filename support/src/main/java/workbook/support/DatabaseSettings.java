package workbook.support;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
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
  private enum Key {
    HOST("PGHOST", "localhost"),
    PORT("PGPORT", "5432"),
    DBNAME("PGDATABASE", ""),
    USER("PGUSER", ""),
    PASSWORD("PGPASSWORD", "");

    private final String variable;
    private final String fallback;

    Key(String variable, String fallback) {
      this.variable = variable;
      this.fallback = fallback;
    }

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    boolean isSet(Map<String, String> environment) {
      return !environment.getOrDefault(variable, "").isEmpty();
    }

    String in(Map<String, String> section, Map<String, String> environment) {
      return isSet(environment)
          ? environment.get(variable)
          : section.getOrDefault(word(), fallback);
    }
  }

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
    Map<String, String> settings = SettingsFile.read(file, section);
    Map<Key, String> values = new EnumMap<>(Key.class);
    for (Key key : Key.values()) {
      values.put(key, key.in(settings, environment));
    }
    requireAll(values, key -> "%s has no %s in section [%s].".formatted(file, key, section));
    return new DatabaseSettings(
        values.get(Key.HOST),
        port(values.get(Key.PORT), Key.PORT.isSet(environment) ? null : file),
        values.get(Key.DBNAME),
        values.get(Key.USER),
        values.get(Key.PASSWORD));
  }

  /** Those variables that are set and win over a settings file. */
  public static List<String> variablesIn(Map<String, String> environment) {
    return Arrays.stream(Key.values())
        .filter(key -> key.isSet(environment))
        .map(key -> key.variable)
        .sorted()
        .toList();
  }

  private static void requireAll(Map<Key, String> values, UnaryOperator<String> without) {
    List<Key> missing = values.keySet().stream().filter(key -> values.get(key).isEmpty()).toList();
    if (missing.containsAll(List.of(Key.DBNAME, Key.USER, Key.PASSWORD))) {
      throw new EnvironmentException(
          without.apply("dbname, no user and no password")
              + " Add lines dbname=..., user=... and password=... below it.");
    }
    for (Key key : missing) {
      if (key.fallback.isEmpty()) {
        throw new EnvironmentException(
            "%s Add a line %s=... or set %s."
                .formatted(without.apply(key.word()), key.word(), key.variable));
      }
    }
  }

  private static int port(String value, Path file) {
    int port = value.matches("[0-9]{1,5}") ? Integer.parseInt(value) : 0;
    if (port < 1 || port > 65535) {
      throw new EnvironmentException(
          "port=%s in %s is no port. Use a number from 1 to 65535; PostgreSQL's own is 5432."
              .formatted(value, file == null ? "the environment variable PGPORT" : file));
    }
    return port;
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
