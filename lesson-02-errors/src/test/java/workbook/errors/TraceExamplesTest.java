package workbook.errors;

import static org.assertj.core.api.Assertions.assertThat;
import static workbook.grading.recorded.ProgramRun.shown;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import workbook.grading.FreshDatabase;
import workbook.grading.Graded;
import workbook.grading.recorded.RecordedTrace;

/** What the server saw, as the lesson's text shows it. */
@Graded
class TraceExamplesTest {
  @Test
  void tried_again_until_there_is_room(FreshDatabase database)
      throws Exception {
    try (RecordedTrace trace = new RecordedTrace(database)) {
      database.limitSessions(1); // the trace itself has one
      DataSource source = trace.dataSource();
      int attempts = 0;
      while (true) {
        attempts++;
        try (Connection connection = source.getConnection();
            Statement statement = connection.createStatement()) {
          statement.execute("SELECT 'connected'");
          break;
        } catch (SQLException e) {
          assertThat(e.getSQLState()).isEqualTo("53300");
          trace.awaitEnds();
        }
        if (attempts == 2) {
          database.unlimitSessions();
        }
      }

      assertThat(attempts).isEqualTo(3);
      assertThat(trace.text().replaceAll("workbook_\\w+", "workbook"))
          .isEqualTo(
              shown("TraceExamplesTest.tried_again_until_there_is_room"));
    }
  }
}
