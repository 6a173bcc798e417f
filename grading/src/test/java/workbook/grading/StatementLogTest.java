package workbook.grading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import org.postgresql.core.BaseConnection;
import org.postgresql.ds.PGSimpleDataSource;

@Graded
class StatementLogTest {
  @Test
  void each_execution_is_written_down_and_a_batch_is_one(FreshDatabase database) throws Exception {
    StatementLog log = new StatementLog(database.dataSource());

    try (Connection connection = log.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE t\n  (n integer)");
      try (PreparedStatement insert = connection.prepareStatement("INSERT INTO t VALUES (?)")) {
        for (int n = 0; n < 3; n++) {
          insert.setInt(1, n);
          insert.addBatch();
        }
        insert.executeBatch();
      }
    }
    int count = Jdbi.create(log.dataSource()).withHandle(h -> h.execute("DELETE FROM t"));

    assertThat(count).isEqualTo(3);
    assertThat(log.sent())
        .containsExactly("CREATE TABLE t (n integer)", "INSERT INTO t VALUES (?)", "DELETE FROM t");
    assertThat(log.leftOpen()).isEmpty();
  }

  @Test
  void what_is_left_open_on_the_callers_connection_is_named(FreshDatabase database)
      throws Exception {
    try (Connection connection = database.dataSource().getConnection()) {
      StatementLog log = new StatementLog();
      Connection watched = log.watched(connection);
      ResultSet results = watched.prepareStatement("SELECT 1").executeQuery();
      watched.createStatement().close();

      assertThat(log.leftOpen()).containsExactly("SELECT 1", "result of SELECT 1");
      results.close();
      assertThat(log.leftOpen()).containsExactly("SELECT 1");
    }
  }

  @Test
  void there_is_no_way_past_the_log(FreshDatabase database) throws Exception {
    StatementLog log = new StatementLog(database.dataSource());

    assertThatThrownBy(() -> log.dataSource().unwrap(PGSimpleDataSource.class))
        .isInstanceOf(SQLException.class);
    try (Connection connection = log.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      connection.unwrap(BaseConnection.class).createStatement().execute("SELECT 1");
      statement.getConnection().createStatement().execute("SELECT 2");
      statement.execute("CREATE TABLE t (n integer)");
      assertThat(connection.unwrap(PGConnection.class).getCopyAPI()).isNotNull();
      assertThat(
              new CopyManager(connection.unwrap(BaseConnection.class))
                  .copyIn("COPY t FROM STDIN", new java.io.StringReader("1\n2\n")))
          .isEqualTo(2);
    }

    assertThat(log.sent()).containsExactly("SELECT 1", "SELECT 2", "CREATE TABLE t (n integer)");
  }
}
