package workbook.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static workbook.grading.Errors.assertThrown;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.JdbiException;
import org.postgresql.ds.PGSimpleDataSource;
import workbook.grading.Check;
import workbook.grading.FreshDatabase;
import workbook.support.DatabaseSettings;

/** Exercise 1.5: a question to the server, and what fails on the way. */
interface VersionChecks {

  /** The answer to check, made anew. */
  Connector answer();

  @Check(exercise = "1.5", points = 1)
  default void the_version_is_what_the_server_says(FreshDatabase database)
      throws IOException {
    Source source = new Source(database.settings());
    String version = database.value("SHOW server_version");

    assertThat(answer().serverVersion(source))
        .as("the server's version, as SHOW server_version tells it")
        .isEqualTo(version);
    source.assertAllClosed("The version was returned");
    assertIsTheWholeVersion(database, version);
  }

  private void assertIsTheWholeVersion(FreshDatabase database, String version) throws IOException {
    try (VersionRelay relay = new VersionRelay(database.settings(), version)) {
      Source source = new Source(relay.settings());
      Connector answer = answer();
      for (String added : List.of(" (Debian 18.1-1.pgdg13+2)", " - Percona 18.1.1", "")) {
        relay.add(added);
        assertThat(answer.serverVersion(source))
            .as("the version of the server that this data source leads to now")
            .isEqualTo(version + added);
      }
      source.assertAllClosed("The version was returned");
    }
  }

  @Check(exercise = "1.5", points = 1)
  default void what_fails_is_an_error_with_its_cause_and_leaves_nothing_open(
      FreshDatabase database) {
    String version = database.value("SHOW server_version");
    assertTellsWhyThereIsNoConnection(database);

    Source refusing = new Source(database.settings());
    AtomicInteger statements = new AtomicInteger();
    refusing.prepare = connection -> refuseTheFirst(connection, statements);
    String refused = outcome(refusing);
    assertThat(refused)
        .withFailMessage(
            "A connection is made, but the server refuses the first query.%n"
                + "expected: Jdbi's exception for a query, with the driver's among its causes%n"
                + " but was: %s",
            refused)
        // The driver knows the version without a query.
        .isIn("Jdbi's exception, caused by 25P02", statements.get() == 0 ? version : "");
    assertThat(statements)
        .withFailMessage(
            "The query failed.%nexpected: it is not tried again%n but was: %s statements made",
            statements)
        .hasValueLessThan(2);
    refusing.assertAllClosed("The query failed");

    Source breaking = new Source(database.settings());
    breaking.prepare = VersionChecks::breakStatements;
    String broken = outcome(breaking);
    assertThat(broken)
        .withFailMessage(
            "A connection is made, and its statements throw an Error.%n"
                + "expected: that Error%n but was: %s",
            broken)
        .isIn("java.lang.Error: this driver is broken", version);
    breaking.assertAllClosed("The query threw an Error");
  }

  private void assertTellsWhyThereIsNoConnection(FreshDatabase database) {
    DatabaseSettings right = database.settings();
    Source wrong =
        new Source(
            new DatabaseSettings(
                right.host(), right.port(), right.dbname(), right.user(), "wrong"));
    Connector answer = answer();
    answer.serverVersion(database.dataSource());

    ConnectionException error =
        assertThrown(
            "the data source has a wrong password, so Jdbi gets no connection",
            ConnectionException.class,
            () -> answer.serverVersion(wrong));

    assertThat(error.getCause() instanceof SQLException e ? e.getSQLState() : error.getCause())
        .as("the SQLSTATE of the cause of Jdbi's exception: it tells why")
        .isEqualTo("28P01");
    assertThat(wrong.refused)
        .withFailMessage(
            "A wrong password.%nexpected: the driver's own exception as the cause%n but was: %s",
            error.getCause())
        .anyMatch(driver -> driver == error.getCause());
  }

  private String outcome(DataSource source) {
    try {
      return answer().serverVersion(source);
    } catch (ConnectionException e) {
      return "ConnectionException, but there was a connection";
    } catch (JdbiException e) {
      for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
        if (cause instanceof SQLException driver) {
          return "Jdbi's exception, caused by " + driver.getSQLState();
        }
      }
      return e + ", without the driver's among its causes";
    } catch (Error | RuntimeException e) {
      return e.toString();
    }
  }

  // In a transaction that has failed, the server answers every query with 25P02.
  private static Connection failTransaction(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    try (var statement = connection.createStatement()) {
      statement.execute("SELECT 1/0");
    } catch (SQLException e) {
      assertThat(e.getSQLState()).as("what fails the transaction").isEqualTo("22012");
    }
    return connection;
  }

  // If the query is tried again, on this connection or another, it works.
  private static Connection refuseTheFirst(Connection real, AtomicInteger statements)
      throws SQLException {
    if (statements.get() == 0) {
      failTransaction(real);
    }
    return intercepted(
        real,
        () -> {
          if (statements.incrementAndGet() > 1 && !real.getAutoCommit()) {
            real.rollback();
          }
        });
  }

  private static Connection breakStatements(Connection real) {
    return intercepted(
        real,
        () -> {
          throw new Error("this driver is broken");
        });
  }

  private static Connection intercepted(Connection real, Interception interception) {
    return (Connection)
        Proxy.newProxyInstance(
            VersionChecks.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              if (method.getName().matches("(create|prepare)(Statement|Call)")) {
                interception.run();
              }
              try {
                return method.invoke(real, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  /** Remembers the connections that it makes, so that none is closed because nobody knows it. */
  final class Source extends PGSimpleDataSource {
    private static final long serialVersionUID = 1;

    final transient List<SQLException> refused = new ArrayList<>();
    transient Preparation prepare = connection -> connection;
    private final transient List<Connection> made = new ArrayList<>();

    Source(DatabaseSettings settings) {
      setServerNames(new String[] {settings.host()});
      setPortNumbers(new int[] {settings.port()});
      setDatabaseName(settings.dbname());
      setUser(settings.user());
      setPassword(settings.password());
    }

    @Override
    public Connection getConnection() throws SQLException {
      try {
        Connection connection = super.getConnection();
        made.add(connection);
        return prepare.prepared(connection);
      } catch (SQLException e) {
        refused.add(e);
        throw e;
      }
    }

    void assertAllClosed(String situation) {
      for (Connection connection : made) {
        boolean closed;
        try {
          closed = connection.isClosed();
        } catch (SQLException e) {
          throw new AssertionError(e);
        }
        assertThat(closed)
            .withFailMessage(
                "%s, and the connection is still open.%n"
                    + "expected: it is closed on every path%n but was: open",
                situation)
            .isTrue();
      }
    }
  }

  /** What happens before a connection makes a statement. */
  @FunctionalInterface
  interface Interception {
    void run() throws SQLException;
  }

  /** What is done to a connection before the answer gets it. */
  @FunctionalInterface
  interface Preparation {
    Connection prepared(Connection connection) throws SQLException;
  }
}
