package workbook.engine.programs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ErrorLineTest {
  @Test
  void is_the_line_that_names_a_cause_without_its_time_stamp() {
    String log =
        """
        pg_ctl: could not start server
        Examine the log output.
        2026-11-22 08:33:10.253 UTC [20142] LOG:  starting PostgreSQL 18.6
        2026-11-22 08:33:10.262 UTC [20138] FATAL:  could not write lock file: No space left on device
        """;

    assertThat(ErrorLine.in(log)).isEqualTo("could not write lock file: No space left on device");
  }

  @Test
  void begins_where_the_cause_does() {
    assertThat(ErrorLine.in("running bootstrap script ... 2026-11-22 UTC [1] FATAL:  no space"))
        .isEqualTo("no space");
    assertThat(ErrorLine.in("initdb: error: could not create directory"))
        .isEqualTo("could not create directory");
  }

  @Test
  void is_the_last_line_where_none_names_a_cause() {
    assertThat(ErrorLine.in("one\ntwo\n")).isEqualTo("two");
    assertThat(ErrorLine.in("")).isEqualTo("it says nothing");
  }
}
