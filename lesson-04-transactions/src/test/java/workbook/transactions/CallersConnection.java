package workbook.transactions;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.postgresql.PGConnection;
import workbook.grading.FreshDatabase;
import workbook.grading.FreshDatabase.Session;
import workbook.transactions.LendingDesk.Work;

/** A connection as a caller of exercise 4.1 has it, and work to do with it. */
final class CallersConnection implements AutoCloseable {
  private static final int LEVEL = Connection.TRANSACTION_REPEATABLE_READ;

  private final FreshDatabase database;
  private final Connection connection;
  private final boolean autoCommit;
  private final boolean isLent;

  /** One that nothing was done with before. */
  CallersConnection(Library library, boolean autoCommit) throws SQLException {
    this(
        library.database(),
        library.sessions().openConnection(),
        autoCommit,
        true);
  }

  private CallersConnection(
      FreshDatabase database,
      Connection connection,
      boolean autoCommit,
      boolean isLent)
      throws SQLException {
    this.database = database;
    this.isLent = isLent;
    this.autoCommit = autoCommit;
    this.connection = connection;
    connection.setTransactionIsolation(LEVEL);
    connection.setAutoCommit(autoCommit);
  }

  /** One whose session ends with it. */
  static CallersConnection toLose(Library library, boolean autoCommit)
      throws SQLException {
    FreshDatabase database = library.database();
    return new CallersConnection(
        database, database.dataSource().getConnection(), autoCommit, false);
  }

  Connection connection() {
    return connection;
  }

  /** Which one it is, for messages. */
  @Override
  public String toString() {
    return "with autocommit %s before".formatted(autoCommit ? "on" : "off");
  }

  void note(String line) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("INSERT INTO notes (line) VALUES ('" + line + "')");
    }
  }

  /** Writes the next row in the caller's own way. */
  void goOn() throws SQLException {
    note("next, by the caller");
    if (!connection.getAutoCommit()) {
      connection.commit();
    }
  }

  /** Work that writes two rows and then fails. */
  Work<Object> failing(Throwable failure) {
    boolean[] ran = {false};
    return given -> {
      assertThat(ran[0]).as("whether the work ran before").isEqualTo(false);
      ran[0] = true;
      note("half the work");
      note("almost all the work");
      throw sneaky(failure);
    };
  }

  // The work may throw Errors, too; the compiler need not know.
  private static Exception sneaky(Throwable failure) throws Exception {
    if (failure instanceof Error error) {
      throw error;
    }
    throw (Exception) failure;
  }

  /** Work that writes a row, and must not run twice. */
  Work<Object> noting(String line) {
    boolean[] ran = {false};
    return given -> {
      assertThat(ran[0]).as("whether the work ran before").isEqualTo(false);
      ran[0] = true;
      note(line);
      return "done";
    };
  }

  /**
   * The connection, but for a commit that fails before it reaches the server.
   *
   * @param asked whether it was called is written there
   */
  Connection failingToCommit(SQLException failure, boolean[] asked) {
    InvocationHandler handler =
        (proxy, method, arguments) -> {
          if (method.getName().equals("commit")) {
            asked[0] = true;
            throw failure;
          }
          try {
            return method.invoke(connection, arguments);
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        };
    return (Connection)
        Proxy.newProxyInstance(
            CallersConnection.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            handler);
  }

  /** Work that breaks a rule which is looked at only at the commit. */
  Object noteTwice(Connection given) throws SQLException {
    note("twice");
    note("twice");
    return "done";
  }

  /**
   * Work during which the server's side of the connection ends.
   *
   * @param failure what it throws then; null if it returns
   */
  Work<Object> losingTheServer(Exception failure) throws SQLException {
    int process = process();
    return given -> {
      note("lost");
      end(process);
      if (failure != null) {
        throw failure;
      }
      return "done";
    };
  }

  // Returns when the server process is gone: the next statement surely fails.
  private void end(int process) {
    database.value("SELECT pg_terminate_backend(" + process + ")");
    // pg_terminate_backend itself would look only every 100 ms.
    while (!sessions(process).isEmpty()) {
      Thread.onSpinWait();
    }
  }

  /** Demands that the work is given this connection and no other. */
  void requireSame(Connection given) {
    assertThat(given == connection)
        .as("whether the work was given the caller's connection")
        .isEqualTo(true);
  }

  /** Demands the isolation level that the caller has set. */
  void requireSettings() throws SQLException {
    assertThat(connection.getTransactionIsolation())
        .as("the isolation level; the caller's is REPEATABLE READ, which is 4")
        .isEqualTo(LEVEL);
  }

  /** Demands that the caller can go on to use it. */
  void requireOpen(String after) throws SQLException {
    assertThat(connection.isClosed())
        .as("whether the caller's connection is closed after %s", after)
        .isEqualTo(false);
  }

  /** Demands what the caller gave: open, idle, with its own settings. */
  void requireAsBefore(String after) throws SQLException {
    requireOpen(after);
    assertThat(connection.getAutoCommit())
        .as(
            "the caller's autocommit after %s, which was %s before",
            after, autoCommit)
        .isEqualTo(autoCommit);
    assertThat(sessions(process()))
        .extracting(Session::state)
        .as("what the server says the connection is doing after %s", after)
        .isEqualTo(List.of("idle"));
    requireSettings();
    if (!autoCommit) {
      // Asking for the level has begun a transaction.
      connection.rollback();
    }
  }

  private int process() throws SQLException {
    return connection.unwrap(PGConnection.class).getBackendPID();
  }

  // Of connections closed before, a server process may still be ending.
  private List<Session> sessions(int process) {
    return database.sessions().stream()
        .filter(session -> session.pid() == process)
        .toList();
  }

  @Override
  public void close() throws SQLException {
    if (isLent && !connection.isClosed() && !connection.getAutoCommit()) {
      connection.rollback();
      connection.setAutoCommit(true);
    }
    connection.close();
  }
}
