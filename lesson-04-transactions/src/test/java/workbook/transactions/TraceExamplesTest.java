package workbook.transactions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static workbook.grading.recorded.ProgramRun.shown;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import workbook.grading.FreshDatabase;
import workbook.grading.Graded;
import workbook.grading.recorded.RecordedTrace;

/** What the server saw, as the lesson's text shows it. */
@Graded
class TraceExamplesTest {
  private static final String READ =
      "SELECT residents FROM cities WHERE name = 'Rustmore'";
  private static final String BIRTH =
      "UPDATE cities SET residents = residents + 1 WHERE name = 'Rustmore'";

  @Test
  void autocommit_and_a_transaction(FreshDatabase database) throws Exception {
    setUp(database);
    try (RecordedTrace trace = new RecordedTrace(database)) {
      try (Connection connection = trace.dataSource().getConnection();
          Statement statement = connection.createStatement()) {
        statement.executeUpdate(BIRTH);
        connection.setAutoCommit(false);
        statement.executeUpdate(BIRTH);
        connection.commit();
      }

      assertThat(trace.text())
          .isEqualTo(shown("TraceExamplesTest.autocommit_and_a_transaction"));
    }
  }

  @Test
  void a_commit_that_saves_nothing(FreshDatabase database) throws Exception {
    setUp(database);
    try (RecordedTrace trace = new RecordedTrace(database)) {
      try (Connection connection = trace.dataSource().getConnection();
          Statement statement = connection.createStatement()) {
        connection.setAutoCommit(false);
        statement.executeUpdate(BIRTH);
        refused(statement, "INSERT INTO cities VALUES ('Rustmore', 0)");
        refused(statement, BIRTH);
        connection.commit();
      }

      assertThat(trace.text())
          .isEqualTo(shown("TraceExamplesTest.a_commit_that_saves_nothing"));
    }
  }

  @Test
  void a_lost_update(FreshDatabase database) throws Exception {
    setUp(database);
    try (RecordedTrace trace = new RecordedTrace(database)) {
      try (Connection one = trace.dataSource().getConnection();
          Connection two = trace.dataSource().getConnection()) {
        one.setAutoCommit(false);
        two.setAutoCommit(false);
        int first = read(one, READ);
        int second = read(two, READ);
        write(one, first + 1);
        one.commit();
        write(two, second + 1);
        two.commit();
      }

      assertThat(trace.text())
          .isEqualTo(shown("TraceExamplesTest.a_lost_update"));
    }
    assertThat(database.value(READ)).isEqualTo("2");
  }

  @Test
  void the_row_is_locked(FreshDatabase database) throws Exception {
    setUp(database);
    try (RecordedTrace trace = new RecordedTrace(database)) {
      try (Connection one = trace.dataSource().getConnection();
          Connection two = trace.dataSource().getConnection()) {
        one.setAutoCommit(false);
        two.setAutoCommit(false);
        int first = read(one, READ + " FOR UPDATE");
        CompletableFuture<Integer> second =
            later(() -> read(two, READ + " FOR UPDATE"));
        trace.awaitWait();
        write(one, first + 1);
        one.commit();
        write(two, second.join() + 1);
        two.commit();
      }

      assertThat(trace.text())
          .isEqualTo(shown("TraceExamplesTest.the_row_is_locked"));
    }
    assertThat(database.value(READ)).isEqualTo("3");
  }

  @Test
  void a_deadlock(FreshDatabase database) throws Exception {
    setUp(database);
    try (RecordedTrace trace = new RecordedTrace(database)) {
      try (Connection one = trace.dataSource().getConnection();
          Connection two = trace.dataSource().getConnection()) {
        one.setAutoCommit(false);
        two.setAutoCommit(false);
        add(one, "Rustmore");
        add(two, "Mathville");
        CompletableFuture<String> first =
            later(
                () ->
                    catchThrowableOfType(
                            SQLException.class, () -> add(one, "Mathville"))
                        .getSQLState());
        trace.awaitWait();
        add(two, "Rustmore");
        two.commit();
        one.rollback();
        assertThat(first.join()).isEqualTo("40P01");
      }

      // Both answers come at the same moment, and either may be seen first.
      assertThat(trace.text().lines())
          .containsExactlyInAnyOrderElementsOf(
              shown("TraceExamplesTest.a_deadlock").lines().toList());
    }
  }

  private static void setUp(FreshDatabase database) {
    database.execute(
        "CREATE TABLE cities (name text PRIMARY KEY, residents integer)",
        "INSERT INTO cities VALUES ('Rustmore', 1), ('Mathville', 0)");
  }

  private static void refused(Statement statement, String sql) {
    catchThrowableOfType(
        SQLException.class, () -> statement.executeUpdate(sql));
  }

  private static int read(Connection connection, String query)
      throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getInt(1);
    }
  }

  private static void write(Connection connection, int residents)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(
          "UPDATE cities SET residents = "
              + residents
              + " WHERE name = 'Rustmore'");
    }
  }

  private static void add(Connection connection, String city)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(
          "UPDATE cities SET residents = residents + 1 WHERE name = '"
              + city
              + "'");
    }
  }

  private static <T> CompletableFuture<T> later(
      java.util.concurrent.Callable<T> work) {
    CompletableFuture<T> result = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                result.complete(work.call());
              } catch (Exception e) {
                result.completeExceptionally(e);
              }
            });
    thread.start();
    return result;
  }
}
