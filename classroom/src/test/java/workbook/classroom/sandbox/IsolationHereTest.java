package workbook.classroom.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import workbook.classroom.sandbox.Sandbox.Isolation;

class IsolationHereTest {
  @Test
  void sends_to_the_page_about_it_only_where_there_is_no_isolation() {
    assertThat(IsolationHere.inWords(Isolation.bubblewrap)).endsWith(": isolated by bubblewrap");
    assertThat(IsolationHere.inWords(Isolation.container)).endsWith(": isolated by a container");
    assertThat(IsolationHere.inWords(Isolation.process))
        .contains(": not isolated", "see docs/teaching.md");
  }
}
