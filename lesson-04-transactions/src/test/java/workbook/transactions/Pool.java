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

  private static final String WITH_SETTINGS =
      "open, autocommit on, repeatable read, %s";

  private final FreshDatabase database;
  private final boolean withSettings;
  private final boolean readOnly;
  private final Deque<Connection> idle = new ArrayDeque<>();
  private boolean hurry;
  private int taken;
  private int out;

  Pool(FreshDatabase database) {
    this(database, false, false);
  }

  private Pool(
      FreshDatabase database, boolean withSettings, boolean readOnly) {
    this.database = database;
    this.withSettings = withSettings;
    this.readOnly = readOnly;
  }

  /** A pool whose connections come at REPEATABLE READ. */
  static Pool withSettings(FreshDatabase database, boolean readOnly) {
    return new Pool(database, true, readOnly);
  }

  /** Makes the statements of its connections give up if they wait for locks. */
  Pool inAHurry() {
    hurry = true;
    return this;
  }

  /** How its connections are before an answer has had them. */
  String asBefore() {
    return withSettings
        ? WITH_SETTINGS.formatted(readOnly ? "read only" : "may write")
        : AS_NEW;
  }

  /** A Jdbi that takes its connections from here. */
  Jdbi jdbi() {
    return Jdbi.create(this).installPlugin(new SqlObjectPlugin());
  }

  @Override
  public synchronized Connection openConnection() throws SQLException {
    taken++;
    out++;
    return idle.isEmpty() ? connect() : idle.pop();
  }

  private Connection connect() throws SQLException {
    Connection connection = database.dataSource().getConnection();
    if (hurry) {
      try (var statement = connection.createStatement()) {
        statement.execute(
            FreshDatabase.aside("SET lock_timeout = '500ms'"));
      }
    }
    if (withSettings) {
      connection.setTransactionIsolation(
          Connection.TRANSACTION_REPEATABLE_READ);
      connection.setReadOnly(readOnly);
    }
    return connection;
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
        var row =
            statement.executeQuery(FreshDatabase.aside("SHOW " + setting))) {
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
