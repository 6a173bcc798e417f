package workbook.support.database;

import java.util.Properties;
import org.postgresql.Driver;
import workbook.support.DatabaseSettings;
import workbook.support.EnvironmentException;

/** A server that somebody else runs and a JDBC URL names. */
final class UrlServer implements ThrowawayServer {
  private final DatabaseSettings admin;

  UrlServer(String url) {
    Properties properties = Driver.parseURL(url, new Properties());
    if (properties == null) {
      throw new EnvironmentException("no URL");
    }
    admin =
        new DatabaseSettings(
            properties.getProperty("PGHOST"),
            Integer.parseInt(properties.getProperty("PGPORT")),
            properties.getProperty("PGDBNAME"),
            properties.getProperty("user"),
            properties.getProperty("password"));
  }

  @Override
  public DatabaseSettings admin() {
    return admin;
  }

  @Override
  public String description() {
    return "the server at " + admin.host() + ":" + admin.port();
  }

  @Override
  public void close() {
    // it is somebody else's, and goes on
  }
}
