package workbook.grading.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FirstDifferenceTest {
  private static final List<String> TOPICS =
      List.of(
          "the first topic",
          "the second topic",
          "the third topic",
          "the fourth topic",
          "the fifth topic",
          "the sixth topic");

  @Test
  void names_the_first_elements_that_differ() {
    List<String> others = new ArrayList<>(TOPICS);
    others.set(2, "another topic");

    assertThat(between(TOPICS, others))
        .isEqualTo(
            "\nfirst difference, at number 3 of 6: expected \"the third topic\", but was"
                + " \"another topic\"");
  }

  @Test
  void says_where_a_list_has_ended() {
    assertThat(between(TOPICS, List.of("the first topic")))
        .isEqualTo(
            "\nfirst difference, at number 2 of 6 expected and 1 found: expected \"the second"
                + " topic\", but was no more");
  }

  @Test
  void says_when_only_the_order_differs() {
    List<String> others = new ArrayList<>(TOPICS);
    others.add(others.remove(0));

    assertThat(between(TOPICS, others))
        .isEqualTo(
            "\nfirst difference, at number 1 of 6: expected \"the first topic\", but was"
                + " \"the second topic\"\n(the same elements, in another order)");
  }

  @Test
  void names_the_component_of_a_record_also_in_a_short_list_of_long_ones() {
    record Talk(int id, String title, Integer seats, String room) {}
    String title = "On lists, and on what is in them: all that is to be said of them ".repeat(2);
    Talk first = new Talk(1, title, 7, "A");

    assertThat(
            between(
                List.of(first, new Talk(2, title, null, "A")),
                List.of(first, new Talk(2, title, 0, "B"))))
        .startsWith("\nfirst difference, at number 2 of 2, component seats: expected Talk[id=2,");
  }

  @Test
  void is_silent_on_short_lists_and_on_what_is_no_list() {
    assertThat(between(List.of(1), List.of(2))).isEmpty();
    assertThat(FirstDifference.in(catchThrowable(() -> assertThat("a").isEqualTo("b")))).isEmpty();
    assertThat(FirstDifference.in(new AssertionError("false"))).isEmpty();
  }

  private static String between(List<?> expected, List<?> actual) {
    return FirstDifference.in(
        catchThrowable(() -> assertThat((Object) actual).isEqualTo(expected)));
  }
}
