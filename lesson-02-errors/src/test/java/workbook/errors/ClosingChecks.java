package workbook.errors;

import static org.assertj.core.api.Assertions.assertThat;
import static workbook.errors.DiagnosisChecks.name;
import static workbook.grading.Errors.assertThrown;

import java.net.ConnectException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import workbook.errors.Troubleshooter.ConnectionWork;
import workbook.faults.Intercepted;
import workbook.grading.Check;
import workbook.grading.Errors;
import workbook.grading.FreshDatabase;
import workbook.support.DatabaseSettings;

/** Exercises 2.3 and 2.4: is it closed, and which failure comes out? */
interface ClosingChecks {
  /** The answer to check, made anew. */
  Troubleshooter answer();

  @Check(exercise = "2.3", points = 1)
  default void closes_after_work_that_succeeds(FreshDatabase database)
      throws SQLException {
    DataSource source = database.dataSource();
    database.execute("CREATE TABLE books (title text PRIMARY KEY)");
    AtomicReference<Connection> seen = new AtomicReference<>();

    Integer rows =
        answer()
            .withConnection(
                source,
                connection -> {
                  seen.set(connection);
                  return insert(connection, "Emma");
                });

    assertThat(rows).as("what the work returned").isEqualTo(1);
    assertThat(database.value("SELECT title FROM books"))
        .as("the title that the work inserted, seen from outside")
        .isEqualTo("Emma");
    assertClosed(seen.get(), "the work had returned");
  }

  @Check(exercise = "2.3", points = 1)
  default void closes_after_work_that_fails(FreshDatabase database)
      throws SQLException {
    Throwable[] failures = {
      new SQLException("the work failed"),
      new IllegalStateException("the work failed"),
      new LinkageError("the work failed")
    };
    for (Throwable failure : failures) {
      AtomicReference<Connection> seen = new AtomicReference<>();
      ConnectionWork<Integer> work =
          connection -> {
            seen.set(connection);
            return fail(failure);
          };

      assertThrows(
          failure,
          "the work threw it",
          () -> answer().withConnection(database.dataSource(), work));
      assertClosed(seen.get(), "the work had thrown " + name(failure));
    }
  }

  @Check(exercise = "2.3", points = 1)
  default void keeps_the_first_failure(FreshDatabase database) {
    SQLException first = new SQLException("the work failed");
    SQLException second = new SQLException("closing failed");
    DataSource source =
        Intercepted.failingToClose(database.dataSource(), second);

    assertThrows(
        first,
        "the work threw it, and then closing failed too",
        () -> answer().withConnection(source, connection -> fail(first)));
    assertThat(Arrays.toString(first.getSuppressed()))
        .as("the failure to close, in getSuppressed() of the first failure")
        .isEqualTo("[" + second + "]");
  }

  @Check(exercise = "2.3", points = 1)
  default void hides_no_failure_to_open_or_close(FreshDatabase database) {
    DatabaseSettings wrong = database.settings().withDbname("gone");
    AtomicInteger calls = new AtomicInteger();
    ConnectionWork<Integer> work = connection -> calls.incrementAndGet();
    SQLException broken = new SQLException("closing failed");
    DataSource source =
        Intercepted.failingToClose(database.dataSource(), broken);

    assertState(
        "3D000",
        "there is no such database",
        () -> answer().withConnection(wrong.dataSource(), work));
    assertThrows(
        broken,
        "closing threw it, after work that succeeded",
        () -> answer().withConnection(source, work));
    assertThat(calls.get()).as("how often the work was called").isEqualTo(1);
  }

  @Check(exercise = "2.4", points = 1)
  default void closes_the_handle(FreshDatabase database) throws SQLException {
    Jdbi jdbi = Jdbi.create(database.dataSource());
    AtomicReference<Connection> seen = new AtomicReference<>();

    String user =
        answer()
            .withHandle(
                jdbi,
                handle -> {
                  seen.set(handle.getConnection());
                  return handle
                      .createQuery("SELECT current_user")
                      .mapTo(String.class)
                      .one();
                });

    assertThat(user)
        .as("what the work returned")
        .isEqualTo(database.settings().user());
    assertClosed(seen.get(), "the work had returned");
  }

  @Check(exercise = "2.4", points = 1)
  default void brings_out_what_jdbi_wrapped(FreshDatabase database) {
    DatabaseSettings wrong = database.settings().withDbname("gone");
    Jdbi lost = Jdbi.create(wrong.dataSource());
    Jdbi jdbi = Jdbi.create(database.dataSource());
    IllegalStateException own = new IllegalStateException("the work failed");

    assertState(
        "3D000",
        "Jdbi could not connect, and threw a ConnectionException",
        () -> answer().withHandle(lost, handle -> "connected"));
    assertState(
        "42P01",
        "a statement failed, and Jdbi threw UnableToExecuteStatementException",
        () -> answer().withHandle(jdbi, h -> h.execute("TABLE no_such")));
    assertThrown(
        "Jdbi threw it by itself, without an SQLException among the causes",
        JdbiException.class,
        () ->
            answer()
                .withHandle(
                    jdbi, h -> h.createUpdate("SELECT :no_value").execute()));
    assertThrows(
        own,
        "the work threw it",
        () -> answer().withHandle(jdbi, handle -> fail(own)));
    SQLException refused = new SQLException("refused", "08001", new ConnectException());
    Throwable pools = new IllegalStateException("no connection in the pool", refused);
    assertState(
        "08001",
        "Jdbi's exception has a cause, that one's cause is an SQLException, which has a cause",
        () -> answer().withHandle(jdbi, h -> fail(new ConnectionException(pools))));
  }

  static void assertState(
      String sqlState, String situation, Errors.Action action) {
    SQLException thrown = assertThrown(situation, SQLException.class, action);
    assertThat(thrown.getSQLState())
        .as("the SQLSTATE of the exception, when %s", situation)
        .isEqualTo(sqlState);
  }

  // Not isSameAs: its message is two stack traces.
  private static void assertThrows(
      Throwable expected, String situation, Errors.Action action) {
    Throwable thrown =
        assertThrown(situation, expected.getClass(), action);
    if (thrown != expected) {
      throw new AssertionError(
          "Another exception came out: %s.%nexpected: %s%n but was: %s"
              .formatted(situation, expected, thrown),
          thrown);
    }
  }

  private static void assertClosed(Connection connection, String when)
      throws SQLException {
    assertThat(connection != null && connection.isClosed())
        .withFailMessage(
            "The connection is still open.%nexpected: closed after %s%n"
                + " but was: open%nWhich ways lead out of your method?",
            when)
        .isTrue();
  }

  private static <T> T fail(Throwable failure) throws SQLException {
    if (failure instanceof SQLException e) {
      throw e;
    }
    if (failure instanceof RuntimeException e) {
      throw e;
    }
    throw (Error) failure;
  }

  private static Integer insert(Connection connection, String title)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("INSERT INTO books VALUES (?)")) {
      statement.setString(1, title);
      return statement.executeUpdate();
    }
  }
}
