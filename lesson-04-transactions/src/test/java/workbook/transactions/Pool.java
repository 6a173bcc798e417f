package workbook.transactions;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;
import org.jdbi.v3.core.ConnectionFactory;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.sqlobject.SqlObjectPlugin;
import workbook.grading.FreshDatabase;

/**
 * A pool of connections: one that goes back serves the next caller, with
 * whatever settings were left on it.
 */
final class Pool implements ConnectionFactory, AutoCloseable {
  /** A connection as the pool hands it out the first time. */
  static final String AS_NEW =
      "open, autocommit on, read committed, may write";

  private final FreshDatabase database;
  private final Deque<Connection> idle = new ArrayDeque<>();
  private int taken;
  private int out;

  Pool(FreshDatabase database) {
    this.database = database;
  }

  /** A Jdbi that takes its connections from here. */
  Jdbi jdbi() {
    return Jdbi.create(this).installPlugin(new SqlObjectPlugin());
  }

  @Override
  public synchronized Connection openConnection() throws SQLException {
    taken++;
    out++;
    return idle.isEmpty() ? database.dataSource().getConnection() : idle.pop();
  }

  @Override
  public synchronized void closeConnection(Connection connection) {
    out--;
    idle.push(connection);
  }

  /** How often a connection was taken. */
  synchronized int taken() {
    return taken;
  }

  /** How its connections are, each kind once. */
  synchronized List<String> settings() {
    List<String> settings =
        idle.stream()
            .map(Pool::settings)
            .distinct()
            .collect(Collectors.toList());
    if (out > 0) {
      settings.add("not given back: " + out);
    }
    return settings;
  }

  private static String settings(Connection connection) {
    try {
      if (connection.isClosed()) {
        return "closed";
      }
      return String.join(
          ", ",
          "open",
          connection.getAutoCommit() ? "autocommit on" : "autocommit off",
          show(connection, "transaction_isolation"),
          connection.isReadOnly()
                  || show(connection, "transaction_read_only").equals("on")
              ? "read only"
              : "may write");
    } catch (SQLException e) {
      return e.getMessage();
    }
  }

  private static String show(Connection connection, String setting)
      throws SQLException {
    try (var statement = connection.createStatement();
        var row = statement.executeQuery("SHOW " + setting)) {
      row.next();
      return row.getString(1);
    }
  }

  /** Closes what went back; a connection that did not is the answer's leak. */
  @Override
  public synchronized void close() throws SQLException {
    for (Connection connection : idle) {
      connection.close();
    }
  }
}
