package workbook.connect.reference;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.postgresql.ds.PGSimpleDataSource;
import workbook.connect.Connector;

/** One good answer to lesson 1, and why it is the way it is. */
public class ReferenceConnector implements Connector {
  private static final Map<String, String> VARIABLES =
      Map.of(
          "host", "PGHOST",
          "port", "PGPORT",
          "dbname", "PGDATABASE",
          "user", "PGUSER",
          "password", "PGPASSWORD");

  @Override
  public Map<String, String> readSection(Path file, String section)
      throws IOException {
    Map<String, String> values = null;
    boolean inside = false;
    int number = 0;
    // Files, not a FileReader: it reads UTF-8 on every computer, refuses what
    // is not UTF-8, and names a file that is missing. Nothing to catch here.
    for (String line : Files.readAllLines(file)) {
      number++;
      String text = line.strip();
      if (isSection(text)) {
        inside = text.equals("[" + section + "]");
        // A section may be there and be empty: null says "not seen yet".
        // One that comes again goes on where it was.
        values = inside && values == null ? new LinkedHashMap<>() : values;
      } else if (!isComment(text)) {
        String[] pair = pair(text, file, number);
        if (inside) {
          values.put(pair[0], pair[1]);
        }
      }
    }
    if (values == null) {
      // An empty map would do no harm today, and connect somewhere else,
      // as somebody else, tomorrow.
      throw new IllegalArgumentException(
          "%s has no section [%s].".formatted(file, section));
    }
    return values;
  }

  private static boolean isSection(String text) {
    return text.startsWith("[") && text.endsWith("]");
  }

  private static boolean isComment(String text) {
    return text.isEmpty() || text.startsWith("#") || text.startsWith(";");
  }

  private static String[] pair(String text, Path file, int number) {
    // The limit of 2 parts at the first separator only, and it keeps an
    // empty value, which a plain split would drop.
    String[] pair = text.split("[=:]", 2);
    if (pair.length < 2 || pair[0].isBlank() || text.startsWith("[")) {
      // The line itself stays out of the message: it may be half a password.
      throw new IllegalArgumentException(
          "%s, line %s is neither [section] nor key=value."
              .formatted(file, number));
    }
    // With Turkish rules, I would become a dotless i: keys follow no language.
    return new String[] {
      pair[0].strip().toLowerCase(Locale.ROOT), pair[1].strip()
    };
  }

  @Override
  public Settings settings(Map<String, String> section) {
    return new ReferenceSettings(
        given(section, "host") ? section.get("host") : "localhost",
        given(section, "port") ? port(section.get("port")) : 5432,
        required(section, "dbname"),
        required(section, "user"),
        required(section, "password"));
  }

  private static boolean given(Map<String, String> section, String key) {
    return !section.getOrDefault(key, "").isEmpty();
  }

  private static String required(Map<String, String> section, String key) {
    if (!given(section, key)) {
      // Only the key: printing the whole section would print its password.
      throw new IllegalArgumentException(
          "There is no %s. Add a line %s=...".formatted(key, key));
    }
    return section.get(key);
  }

  private static int port(String value) {
    // Looking first spares catching parseInt's exception, whose message
    // does not say which setting is wrong. Five digits fit in an int.
    int port = value.matches("[0-9]{1,5}") ? Integer.parseInt(value) : 0;
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException(
          "port=%s is no port: use a number from 1 to 65535."
              .formatted(value));
    }
    return port;
  }

  @Override
  public Map<String, String> override(
      Map<String, String> section, Map<String, String> environment) {
    // Texts before types: the environment can mend a section that is
    // incomplete, and what it says is checked like everything else.
    Map<String, String> result = new HashMap<>(section);
    VARIABLES.forEach(
        (key, variable) -> {
          String value = environment.getOrDefault(variable, "");
          if (!value.isEmpty()) {
            result.put(key, value);
          }
        });
    return result;
  }

  @Override
  public DataSource dataSource(Settings settings) {
    // No URL of ours, so nothing to escape: each value has its own setter.
    PGSimpleDataSource dataSource = new PGSimpleDataSource();
    dataSource.setServerNames(new String[] {settings.host()});
    dataSource.setPortNumbers(new int[] {settings.port()});
    dataSource.setDatabaseName(settings.dbname());
    dataSource.setUser(settings.user());
    dataSource.setPassword(settings.password());
    return dataSource;
  }

  @Override
  public String serverVersion(DataSource dataSource) {
    // withHandle closes the handle, and with it the connection, also when
    // the query fails.
    return Jdbi.create(dataSource)
        .withHandle(
            handle ->
                handle
                    .createQuery("SHOW server_version")
                    .mapTo(String.class)
                    .one());
  }

  /** A record brings the accessors, but also a text with the password. */
  record ReferenceSettings(
      String host, int port, String dbname, String user, String password)
      implements Settings {

    // Built from what may be seen. Blotting the password out of the record's
    // own text goes wrong when the password is also part of another value.
    @Override
    public String toString() {
      return user + "@" + host + ":" + port + "/" + dbname;
    }
  }
}
