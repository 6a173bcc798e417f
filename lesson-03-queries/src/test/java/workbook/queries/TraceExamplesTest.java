package workbook.queries;

import static org.assertj.core.api.Assertions.assertThat;
import static workbook.grading.recorded.ProgramRun.shown;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import workbook.grading.FreshDatabase;
import workbook.grading.Graded;
import workbook.grading.recorded.RecordedTrace;

/** What the server saw, as the lesson's text shows it. */
@Graded
class TraceExamplesTest {
  private static final String INSERT = "INSERT INTO people (name) VALUES (?)";

  @Test
  void one_trip_or_a_hundred(FreshDatabase database) throws Exception {
    database.execute("CREATE TABLE people (name text)");
    try (RecordedTrace trace = new RecordedTrace(database)) {
      try (Connection connection = trace.dataSource().getConnection();
          PreparedStatement insert = connection.prepareStatement(INSERT)) {
        for (int i = 0; i < 100; i++) {
          insert.setString(1, "Person " + i);
          insert.executeUpdate();
        }
        for (int i = 0; i < 100; i++) {
          insert.setString(1, "Person " + i);
          insert.addBatch();
        }
        insert.executeBatch();
      }

      assertThat(trace.text())
          .isEqualTo(shown("TraceExamplesTest.one_trip_or_a_hundred"));
    }
  }

  @Test
  void with_and_without_a_fetch_size(FreshDatabase database)
      throws Exception {
    database.execute(
        "CREATE TABLE people (name text)",
        "INSERT INTO people"
            + " SELECT 'Person ' || n FROM generate_series(1, 101) AS n");
    try (RecordedTrace trace = new RecordedTrace(database)) {
      try (Connection connection = trace.dataSource().getConnection();
          Statement query = connection.createStatement()) {
        query.setFetchSize(50);
        readAll(query); // autocommit: the fetch size is ignored
        connection.setAutoCommit(false);
        readAll(query);
        connection.commit();
      }

      assertThat(trace.text())
          .isEqualTo(shown("TraceExamplesTest.with_and_without_a_fetch_size"));
    }
  }

  private static void readAll(Statement query) throws Exception {
    try (ResultSet rows = query.executeQuery("SELECT name FROM people")) {
      while (rows.next()) {
        rows.getString(1);
      }
    }
  }
}
