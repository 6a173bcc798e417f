package workbook.classroom.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import workbook.classroom.sandbox.Sandbox.Level;

class IsolationInWordsTest {
  @Test
  void sends_to_the_page_about_it_only_where_there_is_no_isolation() {
    assertThat(IsolationInWords.inWords(Level.bubblewrap)).endsWith(": isolated by bubblewrap");
    assertThat(IsolationInWords.inWords(Level.container)).endsWith(": isolated by a container");
    assertThat(IsolationInWords.inWords(Level.process))
        .contains(": not isolated", "see docs/teaching.md");
  }
}
