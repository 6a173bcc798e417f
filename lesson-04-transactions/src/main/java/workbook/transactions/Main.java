package workbook.transactions;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import workbook.support.DatabaseSettings;
import workbook.support.EnvironmentException;

/** The people again, in transactions; a second connection looks on. */
public final class Main {
  private static final String CREATE_TABLE =
      """
      CREATE TABLE people (
        id SERIAL PRIMARY KEY,
        name varchar(50) NOT NULL,
        city varchar(40),
        profession varchar(60))
      """;

  private final DataSource dataSource;
  private final Handle handle;
  private final Bystander others;

  private Main(DataSource dataSource, Handle handle, Bystander others) {
    this.dataSource = dataSource;
    this.handle = handle;
    this.others = others;
  }

  /**
   * Runs the program.
   *
   * @param arguments the settings file; {@code db_info.ini} if there is none
   */
  public static void main(String[] arguments) {
    Path file = Path.of(arguments.length == 0 ? "db_info.ini" : arguments[0]);
    try {
      DatabaseSettings settings =
          DatabaseSettings.read(file, "workbook", System.getenv());
      DataSource dataSource = settings.dataSource();
      Jdbi jdbi = Jdbi.create(dataSource);
      try (Handle handle = jdbi.open();
          Handle second = jdbi.open()) {
        System.out.println("Connected twice: to work, and to look on.");
        new Main(dataSource, handle, new Bystander(second)).run();
      }
      System.out.printf("%nClosed both connections.%n");
    } catch (EnvironmentException e) {
      fail(e.getMessage());
    } catch (ConnectionException e) {
      fail(
          "Error connecting to the database: %s%nCheck [workbook] in %s."
              .formatted(e.getCause().getMessage(), file));
    } catch (SQLException | JdbiException e) {
      fail("The database refused: " + e.getMessage());
    }
  }

  private void run() throws SQLException {
    // Under autocommit: each statement is a transaction of its own.
    handle.execute("DROP TABLE IF EXISTS people");
    insertJane(handle.getConnection());
    closeWithoutCommit();
    insertGenerated();
    moveAndStumble();
    moveAndSwallow();
    moveAndDelete();
  }

  // Once in JDBC, to see what there is to remember.
  private void insertJane(Connection connection) throws SQLException {
    start("Jane Lee, by hand in JDBC");
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute(CREATE_TABLE);
      say("created the table");
      statement.execute(
          "INSERT INTO people (name, city, profession)"
              + " VALUES ('Jane Lee', 'Rustmore', 'Rust programmer')");
      say("inserted Jane Lee");
      connection.commit();
      say("committed");
    } catch (SQLException e) {
      connection.rollback();
      throw e;
    } finally {
      connection.setAutoCommit(true);
    }
  }

  // Closing is not committing: what this inserts is lost.
  private void closeWithoutCommit() throws SQLException {
    start("Ada Kern, closed without a commit");
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("INSERT INTO people (name) VALUES ('Ada Kern')");
      say("inserted Ada Kern");
    }
    say("closed that connection");
  }

  // From here on in Jdbi: the callback is the transaction.
  private void insertGenerated() {
    start("100 people more, with useTransaction");
    List<NewPerson> people = new ArrayList<>(NewPerson.generate(100));
    // As in lesson 3, two of them are moved so that one city occurs twice.
    people.set(40, people.get(40).movedTo("Johnsonmouth"));
    people.set(80, people.get(80).movedTo("Johnsonmouth"));

    handle.useTransaction(
        transaction -> {
          PreparedBatch batch =
              transaction.prepareBatch(
                  "INSERT INTO people (name, city, profession)"
                      + " VALUES (:name, :city, :profession)");
          people.forEach(person -> batch.bindMethods(person).add());
          say("inserted " + batch.execute().length + " people");
        });
    say("committed");
  }

  private void moveAndStumble() {
    start("A mistake in the middle");
    try {
      handle.useTransaction(
          transaction -> {
            say("moved to Mathville: " + move(transaction));
            transaction.execute("DELETE FROM peeple WHERE city = 'Mathville'");
            say("this is never printed");
          });
    } catch (UnableToExecuteStatementException e) {
      say("rolled back: " + explain(e));
    }
  }

  private void moveAndSwallow() {
    start("A mistake that is swallowed");
    handle.useTransaction(
        transaction -> {
          say("moved to Mathville: " + move(transaction));
          try {
            transaction.execute("INSERT INTO people (city) VALUES ('Nowhere')");
          } catch (UnableToExecuteStatementException e) {
            say("swallowed: " + explain(e));
          }
        });
    say("the commit returned normally");
  }

  private void moveAndDelete() {
    start("Without a mistake");
    int deleted =
        handle.inTransaction(
            transaction -> {
              say("moved to Mathville: " + move(transaction));
              return transaction.execute(
                  "DELETE FROM people WHERE city = ?", "Mathville");
            });
    say("committed, deleted: " + deleted);
  }

  private static int move(Handle transaction) {
    return transaction.execute(
        "UPDATE people SET city = ? WHERE city = ?",
        "Mathville",
        "Johnsonmouth");
  }

  // The first two characters of the SQLSTATE say what kind of failure it is.
  private static String explain(UnableToExecuteStatementException e) {
    String state = ((SQLException) e.getCause()).getSQLState();
    return switch (state.substring(0, 2)) {
      case "42" -> state + ", a wrong statement";
      case "23" -> state + ", data that break a rule";
      default -> throw e;
    };
  }

  private static void start(String title) {
    System.out.printf("%n%-42s | seen by others%n", title);
  }

  /** Prints a step, and beside it what others see of it. */
  private void say(String step) {
    System.out.printf("  %-40s | %s%n", step, others.sees());
  }

  private static void fail(String message) {
    System.err.println(message);
    System.exit(1);
  }
}
