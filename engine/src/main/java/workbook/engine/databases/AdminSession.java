package workbook.engine.databases;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.ds.PGSimpleDataSource;
import workbook.engine.postgres.ThrowawayServer;
import workbook.support.EnvironmentException;

/** A session of a throwaway server's administrator, for one thread at a time. */
final class AdminSession implements AutoCloseable {
  private final ThrowawayServer server;
  private final String name;
  private volatile Connection connection;

  /**
   * Opens nothing yet.
   *
   * @param name the session's application name
   */
  AdminSession(ThrowawayServer server, String name) {
    this.server = server;
    this.name = name;
  }

  /** What needs the session. */
  @FunctionalInterface
  interface Work<T> {
    T with(Connection admin) throws SQLException;
  }

  /**
   * Does some work, on a session that is opened for the first.
   *
   * @param what went wrong if it fails, such as {@code did not answer}
   * @throws EnvironmentException if the server does not do it
   */
  synchronized <T> T work(String what, Work<T> work) {
    try {
      if (connection == null) {
        connection = open(server.admin().dbname());
      }
      return work.with(connection);
    } catch (SQLException e) {
      throw new EnvironmentException(
          "The database server for checks (%s) %s: %s. Run ./workbook doctor."
              .formatted(server.description(), what, e.getMessage()),
          e);
    }
  }

  /**
   * Runs a statement in which PostgreSQL itself quotes what stands for its placeholders.
   *
   * @param template for the server's function {@code format}
   * @throws EnvironmentException if the server does not do it
   */
  void execute(String template, String... values) {
    work(
        "did not answer",
        admin -> {
          String statement;
          try (PreparedStatement format =
              admin.prepareStatement("SELECT format(?, VARIADIC ?::text[])")) {
            format.setString(1, template);
            format.setArray(2, admin.createArrayOf("text", values));
            try (ResultSet result = format.executeQuery()) {
              result.next();
              statement = result.getString(1);
            }
          }
          try (Statement run = admin.createStatement()) {
            return run.execute(statement);
          }
        });
  }

  /**
   * Runs a query, each {@code ?} with its value, and returns its rows; none of their values is
   * NULL.
   *
   * @throws EnvironmentException if the server does not do it
   */
  List<List<String>> rows(String query, String... values) {
    return work(
        "did not answer",
        admin -> {
          try (PreparedStatement statement = admin.prepareStatement(query)) {
            for (int i = 0; i < values.length; i++) {
              statement.setString(i + 1, values[i]);
            }
            try (ResultSet results = statement.executeQuery()) {
              return rows(results);
            }
          }
        });
  }

  private static List<List<String>> rows(ResultSet results) throws SQLException {
    List<List<String>> rows = new ArrayList<>();
    while (results.next()) {
      List<String> row = new ArrayList<>();
      for (int column = 1; column <= results.getMetaData().getColumnCount(); column++) {
        row.add(results.getString(column));
      }
      rows.add(row);
    }
    return rows;
  }

  /** Opens another session, in a database, and closes it. */
  void visit(String database) throws SQLException {
    open(database).close();
  }

  // Also while it is at work: a server may have stopped answering.
  @Override
  public void close() {
    try {
      if (connection != null) {
        connection.close();
      }
    } catch (SQLException gone) {
      // then it is closed
    }
  }

  private Connection open(String database) throws SQLException {
    PGSimpleDataSource source =
        (PGSimpleDataSource) server.admin().withDbname(database).dataSource();
    source.setApplicationName(name);
    // DROP DATABASE waits for every session of the server, also for one that heeds no signal.
    source.setOptions("-c statement_timeout=30s");
    return source.getConnection();
  }
}
