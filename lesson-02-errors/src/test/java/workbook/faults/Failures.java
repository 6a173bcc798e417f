package workbook.faults;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import workbook.support.DatabaseSettings;
import workbook.support.EnvironmentException;

/** Gets genuine exceptions by doing what leads to them. */
public final class Failures {
  private Failures() {}

  /** What connecting with these settings throws. */
  public static SQLException of(DatabaseSettings settings) {
    return of(() -> settings.dataSource().getConnection());
  }

  /** What connecting to a URL throws. */
  public static SQLException of(String url) {
    return of(() -> DriverManager.getConnection(url));
  }

  /** What a statement throws on a connection that works. */
  public static SQLException of(DatabaseSettings settings, String sql) {
    try (Connection connection = settings.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      return e;
    }
    throw new IllegalStateException("This did not fail: " + sql);
  }

  private static SQLException of(Opening opening) {
    try (Connection connection = opening.open()) {
      throw new EnvironmentException(
          "The server for checks let %s in without asking for the password."
                  .formatted(connection.getMetaData().getUserName())
              + " Have it ask: scram-sha-256 in its pg_hba.conf.");
    } catch (SQLException e) {
      return e;
    }
  }

  /** A way to connect. */
  private interface Opening {
    Connection open() throws SQLException;
  }
}
