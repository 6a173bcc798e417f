package workbook.engine.programs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AdviceTest {
  @Test
  void fits_the_complaint() {
    assertThat(Advice.on("could not look up effective user ID 12345: user does not exist"))
        .contains("work as a user with a name");
    assertThat(Advice.on("failed to execute /w/bin/initdb: Permission denied")).contains("noexec");
    assertThat(Advice.on("/w/playground.lock: Too many open files")).contains("ulimit -n");
    assertThat(Advice.on("could not write to file: No space left on device"))
        .isEqualTo("Look for free disk space and the right to write there.");
  }
}
