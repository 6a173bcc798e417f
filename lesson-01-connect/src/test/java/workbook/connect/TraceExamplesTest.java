package workbook.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static workbook.grading.recorded.ProgramRun.shown;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import workbook.grading.FreshDatabase;
import workbook.grading.Graded;
import workbook.grading.recorded.RecordedTrace;

/** What the server saw, as the lesson's text shows it. */
@Graded
class TraceExamplesTest {
  @Test
  void a_pool_gives_the_same_session_back(FreshDatabase database)
      throws Exception {
    try (RecordedTrace trace = new RecordedTrace(database)) {
      Jdbi jdbi = Jdbi.create(trace.dataSource());
      ask(jdbi, "SELECT 'without a pool'");
      trace.awaitEnds();
      ask(jdbi, "SELECT 'without a pool, again'");
      trace.awaitEnds();
      HikariConfig config = new HikariConfig();
      config.setDataSource(trace.dataSource());
      config.setMaximumPoolSize(1);
      try (HikariDataSource pool = new HikariDataSource(config)) {
        ask(Jdbi.create(pool), "SELECT 'with a pool'");
        ask(Jdbi.create(pool), "SELECT 'with a pool, again'");
      }

      assertThat(trace.text())
          .isEqualTo(
              shown("TraceExamplesTest.a_pool_gives_the_same_session_back"));
    }
  }

  private static void ask(Jdbi jdbi, String query) {
    jdbi.useHandle(
        handle -> handle.createQuery(query).mapTo(String.class).one());
  }
}
