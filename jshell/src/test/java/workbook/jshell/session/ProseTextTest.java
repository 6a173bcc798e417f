package workbook.jshell.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProseTextTest {
  private static final Colours NONE = new Colours(false);

  @Test
  void paragraphs_are_wrapped_and_links_are_their_words() {
    List<String> markdown =
        List.of(
            "# Lesson 1: Connect",
            "",
            "See [the",
            "lesson](../a/README.md), it is",
            "`long` enough.");

    assertThat(Prose.lines(markdown, 20, NONE))
        .containsExactly("Lesson 1: Connect", "", "See the lesson, it", "is `long` enough.");
  }

  @Test
  void headings_are_bold_where_there_are_colours() {
    assertThat(Prose.lines(List.of("## Step 2"), 80, new Colours(true)))
        .containsExactly("\033[1mStep 2\033[0m");
  }

  @Test
  void a_word_that_is_too_long_stays_whole() {
    assertThat(Prose.lines(List.of("a word_that_is_too_long b"), 8, NONE))
        .containsExactly("a", "word_that_is_too_long", "b");
  }
}
