package workbook.errors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import workbook.grading.FreshDatabase;
import workbook.grading.Graded;

/** The code of the lesson's last section. */
@Graded
class GoingFurtherTest {

  @Test
  void a_statement_has_a_time_limit(FreshDatabase database) throws Exception {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("SET statement_timeout = '50ms'");

      SQLException thrown =
          refused(() -> statement.execute("SELECT pg_sleep(10)"));

      assertThat(thrown.getSQLState()).isEqualTo("57014");
      assertThat(connection.isValid(1)).isTrue();
    }
  }

  @Test
  void a_statement_can_be_cancelled(FreshDatabase database)
      throws Exception {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.setQueryTimeout(1); // in seconds

      SQLException thrown =
          refused(() -> statement.execute("SELECT pg_sleep(30)"));

      assertThat(thrown.getSQLState()).isEqualTo("57014");
      assertThat(connection.isValid(1)).isTrue();
    }
  }

  @Test
  void another_thread_can_cancel(FreshDatabase database) throws Exception {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      Thread stop = new Thread(() -> cancelOnceItRuns(database, statement));
      stop.start();

      SQLException thrown =
          refused(() -> statement.execute("SELECT pg_sleep(30)"));
      stop.join();

      assertThat(thrown.getSQLState()).isEqualTo("57014");
    }
  }

  private static void cancelOnceItRuns(
      FreshDatabase database, Statement statement) {
    String running =
        "SELECT count(*) FROM pg_stat_activity"
            + " WHERE datname = current_database() AND state = 'active'"
            + " AND query LIKE '%pg_sleep(30)' AND pid <> pg_backend_pid()";
    try {
      while (database.value(running).equals("0")) {
        Thread.sleep(10);
      }
      statement.cancel();
    } catch (SQLException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void every_statement_of_a_data_source_has_a_time_limit(
      FreshDatabase database) throws Exception {
    PGSimpleDataSource source = (PGSimpleDataSource) database.dataSource();
    source.setOptions("-c statement_timeout=2000 -c lock_timeout=500");

    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      assertThat(show(statement, "statement_timeout")).isEqualTo("2s");
      assertThat(show(statement, "lock_timeout")).isEqualTo("500ms");
    }
  }

  @Test
  void waiting_for_a_lock_has_a_time_limit_of_its_own(FreshDatabase database)
      throws Exception {
    database.execute("CREATE TABLE books (title text)");
    try (Connection ann = database.dataSource().getConnection();
        Statement anns = ann.createStatement();
        Connection bob = database.dataSource().getConnection();
        Statement bobs = bob.createStatement()) {
      ann.setAutoCommit(false);
      anns.execute("LOCK TABLE books");
      bobs.execute("SET lock_timeout = '50ms'");

      SQLException thrown =
          refused(() -> bobs.execute("INSERT INTO books VALUES ('Emma')"));

      assertThat(thrown.getSQLState()).isEqualTo("55P03");
      ann.rollback();
      bobs.execute("INSERT INTO books VALUES ('Emma')");
    }
  }

  @Test
  void a_connection_that_was_ended_stays_dead(FreshDatabase database)
      throws Exception {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      database.execute(
          """
          SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
          WHERE datname = current_database() AND pid <> pg_backend_pid()
          """);

      SQLException first = refused(() -> statement.execute("SELECT 1"));
      SQLException then = refused(() -> statement.execute("SELECT 1"));

      // Windows drops the server's last words when the line goes dead.
      assertThat(first.getSQLState()).isIn("57P01", "08006");
      assertThat(then.getSQLState()).isEqualTo("08003");
    }
  }

  private static String show(Statement statement, String name)
      throws SQLException {
    try (ResultSet row = statement.executeQuery("SHOW " + name)) {
      row.next();
      return row.getString(1);
    }
  }

  private static SQLException refused(Attempt attempt) {
    return catchThrowableOfType(SQLException.class, attempt::run);
  }

  /** A statement that is bound to fail. */
  private interface Attempt {
    void run() throws SQLException;
  }
}
