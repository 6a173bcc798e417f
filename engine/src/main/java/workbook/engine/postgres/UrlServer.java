package workbook.engine.postgres;

import static java.util.stream.Collectors.joining;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.postgresql.Driver;
import org.postgresql.PGProperty;
import org.postgresql.ds.PGSimpleDataSource;
import workbook.support.DatabaseSettings;
import workbook.support.EnvironmentException;

/** A running server that a JDBC URL names. */
final class UrlServer implements ThrowawayServer {
  private static final String EXAMPLE =
      "jdbc:postgresql://localhost:5432/postgres?user=postgres&password=...";
  private static final Set<String> UNDERSTOOD =
      Set.of("PGHOST", "PGPORT", "PGDBNAME", "user", "password");
  // Neither a user in front of the host nor options without a question mark are part of one.
  private static final Pattern SHAPE =
      Pattern.compile(
          "jdbc:postgresql:(//(\\[[0-9a-fA-F:.]+]|[^@/?;&:,\\[]*)(:[0-9]+)?)?[^@?;&:,]*(\\?.*)?");
  private static final int OLDEST = 13;
  private static final int CONNECT_SECONDS = 10;

  private final DatabaseSettings admin;

  private UrlServer(DatabaseSettings admin) {
    this.admin = admin;
  }

  static UrlServer open(String url) {
    UrlServer server = new UrlServer(parse(url));
    server.check();
    return server;
  }

  @Override
  public DatabaseSettings admin() {
    return admin;
  }

  @Override
  public boolean isOurs() {
    return false;
  }

  @Override
  public String description() {
    return "the server at " + admin.host() + ":" + admin.port();
  }

  @Override
  public void close() {
    // the workbook did not start it, and does not stop it
  }

  private static DatabaseSettings parse(String url) {
    // The driver would write what it does not understand to its log, passwords included.
    Properties properties =
        SHAPE.matcher(url).matches() ? Driver.parseURL(url, new Properties()) : null;
    if (properties == null) {
      throw new EnvironmentException(
          "%s=%s is no JDBC URL of one PostgreSQL server. It looks like this: %s"
              .formatted(ThrowawayServer.setting(), withoutSecrets(url), EXAMPLE));
    }
    Set<String> unknown = new TreeSet<>(properties.stringPropertyNames());
    unknown.removeAll(UNDERSTOOD);
    if (!unknown.isEmpty()) {
      throw new EnvironmentException(
          "%s=%s carries options that checks cannot hand on: %s. Leave in user and password only."
              .formatted(
                  ThrowawayServer.setting(),
                  withoutSecrets(url),
                  unknown.stream().map(UrlServer::option).distinct().collect(joining(", "))));
    }
    return new DatabaseSettings(
        properties.getProperty("PGHOST", "localhost"),
        Integer.parseInt(properties.getProperty("PGPORT", "5432")),
        properties.getProperty("PGDBNAME", "postgres"),
        properties.getProperty("user", System.getProperty("user.name")),
        properties.getProperty("password"));
  }

  // An ampersand in a password begins what looks like an option.
  private static String option(String name) {
    return PGProperty.forName(name) == null ? "..." : name;
  }

  private void check() {
    PGSimpleDataSource source = (PGSimpleDataSource) admin.dataSource();
    source.setLoginTimeout(CONNECT_SECONDS);
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement();
        ResultSet role =
            statement.executeQuery(
                """
                SELECT rolsuper OR rolcreatedb AND rolcreaterole
                FROM pg_roles
                WHERE rolname = current_user
                """)) {
      int version = connection.getMetaData().getDatabaseMajorVersion();
      if (version < OLDEST) {
        throw new EnvironmentException(
            "%s=%s is PostgreSQL %s. The workbook needs %s or newer."
                .formatted(ThrowawayServer.setting(), admin, version, OLDEST));
      }
      if (!role.next() || !role.getBoolean(1)) {
        throw new EnvironmentException(
            "Role %s at %s:%s may not create databases and roles, and each check needs its own. Let an administrator run: ALTER ROLE %s CREATEDB CREATEROLE"
                .formatted(admin.user(), admin.host(), admin.port(), admin.user()));
      }
    } catch (SQLException e) {
      throw new EnvironmentException(
          "%s=%s does not let us in: %s (SQLSTATE %s). Look at host, port, user and password, and whether the server runs."
              .formatted(ThrowawayServer.setting(), admin, e.getMessage(), e.getSQLState()),
          e);
    }
  }

  /** What was set, but for what may be a password, in whatever form it was set. */
  static String withoutSecrets(String url) {
    // A password may itself hold what parts it from the rest.
    if (url.matches("(?s)[^@]*[?;&].*@.*")) {
      return url.replaceFirst("(?s)(?<=//|^).*", "...");
    }
    return url.replaceFirst("(?s)(//|^)[^/]*@", "$1...@")
        .replaceFirst("(?s)//.*@", "//...@")
        .replaceFirst("(?s)[?;&].*", "?...")
        .replaceFirst("(?is)(?<=pass).*", "...");
  }
}
