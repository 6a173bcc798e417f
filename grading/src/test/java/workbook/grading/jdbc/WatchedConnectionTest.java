package workbook.grading.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.io.StringWriter;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.PGStatement;
import org.postgresql.copy.CopyManager;
import org.postgresql.core.BaseConnection;
import org.postgresql.ds.PGSimpleDataSource;
import workbook.grading.FreshDatabase;
import workbook.grading.Graded;

@Graded
class WatchedConnectionTest {
  private final List<String> calls = new ArrayList<>();
  private Connection connection;

  @BeforeEach
  void connect(FreshDatabase database) throws SQLException {
    connection = WatchedConnection.of(database.dataSource().getConnection(), this::note);
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  private Object note(WatchedConnection.Call call) throws Throwable {
    if (call.method().matches("execute.*|startCopy|execSQL.*|insertRow")) {
      calls.add(call.method() + " " + call.sql());
    }
    return call.proceed();
  }

  @Test
  void the_sql_of_each_execution_is_known() throws Exception {
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE t (n integer PRIMARY KEY)");
    }
    try (PreparedStatement insert = connection.prepareStatement("INSERT INTO t VALUES (?)")) {
      insert.setInt(1, 1);
      insert.executeUpdate();
      insert.setInt(1, 2);
      insert.addBatch();
      insert.executeBatch();
    }

    assertThat(calls)
        .containsExactly(
            "execute CREATE TABLE t (n integer PRIMARY KEY)",
            "executeUpdate INSERT INTO t VALUES (?)",
            "executeBatch INSERT INTO t VALUES (?)");
  }

  @Test
  void whatever_a_connection_leads_to_leads_back_to_it() throws Exception {
    try (Statement statement = connection.createStatement();
        ResultSet results = statement.executeQuery("SELECT ARRAY[1, 2]")) {
      assertThat(statement.getConnection()).isSameAs(connection);
      assertThat(statement.unwrap(PGStatement.class)).isSameAs(statement);
      assertThat(results.getStatement()).isSameAs(statement);
      assertThat(connection.getMetaData().getConnection()).isSameAs(connection);
      assertThat(connection.unwrap(PGConnection.class)).isSameAs(connection);
      results.next();
      try (ResultSet elements = results.getArray(1).getResultSet()) {
        assertThat(elements.getStatement().getConnection()).isSameAs(connection);
      }
    }
    assertThatThrownBy(() -> connection.unwrap(org.postgresql.jdbc.PgConnection.class))
        .isInstanceOf(SQLException.class);
  }

  @Test
  void copy_and_rows_that_results_write_are_seen() throws Exception {
    try (Statement statement =
        connection.createStatement(ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_UPDATABLE)) {
      statement.execute("CREATE TABLE t (n integer PRIMARY KEY)");
      calls.clear();
      CopyManager own = new CopyManager(connection.unwrap(BaseConnection.class));
      own.copyIn("COPY t FROM STDIN", new StringReader("1\n2\n"));
      StringWriter copied = new StringWriter();
      connection.unwrap(PGConnection.class).getCopyAPI().copyOut("COPY t TO STDOUT", copied);
      connection.unwrap(BaseConnection.class).execSQLUpdate("INSERT INTO t VALUES (3)");
      try (ResultSet results = statement.executeQuery("SELECT n FROM t")) {
        results.moveToInsertRow();
        results.updateInt(1, 4);
        results.insertRow();
      }

      assertThat(copied.toString()).isEqualTo("1\n2\n");
    }

    assertThat(calls)
        .containsExactly(
            "startCopy COPY t FROM STDIN",
            "startCopy COPY t TO STDOUT",
            "execSQLUpdate INSERT INTO t VALUES (3)",
            "executeQuery SELECT n FROM t",
            "insertRow SELECT n FROM t");
  }

  @Test
  void arrays_reach_the_server_as_they_are() throws Exception {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT ?::text[] = '{a,\" \"}'")) {
      Array array = connection.createArrayOf("text", new String[] {"a", " "});
      statement.setArray(1, array);
      try (ResultSet results = statement.executeQuery()) {
        results.next();
        assertThat(results.getBoolean(1)).isTrue();
      }
    }
  }

  @Test
  void sessions_are_lent_again_as_if_they_were_new(FreshDatabase database) throws Exception {
    LentSessions sessions = LentSessions.of(database);
    DataSource source = sessions.dataSource();
    Connection first = source.getConnection();
    final int pid = first.unwrap(PGConnection.class).getBackendPID();
    try (Statement statement = first.createStatement()) {
      statement.execute("SET search_path = nowhere");
    }
    assertThat(sessions.isQuiet()).isFalse();
    first.close();

    assertThat(sessions.isQuiet()).isTrue();
    assertThatThrownBy(first::createStatement)
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("closed");
    assertThatThrownBy(() -> source.unwrap(PGSimpleDataSource.class))
        .isInstanceOf(SQLException.class);
    try (Connection again = source.getConnection();
        Statement statement = again.createStatement();
        ResultSet results = statement.executeQuery("SHOW search_path")) {
      results.next();
      assertThat(results.getString(1)).contains("public");
      assertThat(again.unwrap(PGConnection.class).getBackendPID()).isEqualTo(pid);
    }
  }

  @Test
  void a_session_with_settings_of_the_driver_is_not_lent_again(FreshDatabase database)
      throws Exception {
    LentSessions sessions = LentSessions.of(database);
    Connection first = sessions.openConnection();
    final int pid = first.unwrap(PGConnection.class).getBackendPID();
    first.unwrap(PGConnection.class).setDefaultFetchSize(10);
    first.close();

    try (Connection next = sessions.openConnection()) {
      assertThat(next.unwrap(PGConnection.class).getBackendPID()).isNotEqualTo(pid);
    }
  }
}
