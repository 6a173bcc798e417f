package workbook.jshell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class RecordedTest {

  @Test
  void three_dots_stand_for_anything_in_a_line() {
    Recorded recorded = new Recorded(List.of("took ... ms", "(1 row)"));

    assertThat(recorded.matches(List.of("took 12 ms", "(1 row)"))).isTrue();
    assertThat(recorded.matches(List.of("took 12 s", "(1 row)"))).isFalse();
    assertThat(recorded.matches(List.of("took 12 ms"))).isFalse();
  }

  @Test
  void three_dots_alone_stand_for_lines() {
    Recorded recorded = new Recorded(List.of("first", "...", "last"));

    assertThat(recorded.matches(List.of("first", "second", "third", "last"))).isTrue();
    assertThat(recorded.matches(List.of("first", "last"))).isTrue();
    assertThat(recorded.matches(List.of("first", "second"))).isFalse();
  }

  @Test
  void nothing_recorded_means_nothing_printed() {
    Recorded recorded = new Recorded(List.of());

    assertThat(recorded.matches(List.of())).isTrue();
    assertThat(recorded.matches(List.of("something"))).isFalse();
  }

  @Test
  void blessing_keeps_the_dots_that_hold() {
    Recorded recorded = new Recorded(List.of("took ... ms", "41"));

    assertThat(recorded.blessed(List.of("took 12 ms", "42"))).containsExactly("took ... ms", "42");
  }

  @Test
  void blessing_lets_a_message_change_and_nothing_else() {
    Recorded recorded = new Recorded(List.of("! SQLSTATE 42P07 PSQLException: exists"));
    List<String> otherWords = List.of("! SQLSTATE 42P07 PSQLException: exists already");
    List<String> otherState = List.of("! SQLSTATE 42601 PSQLException: exists");

    assertThat(recorded.blessed(otherWords)).isEqualTo(otherWords);
    assertThatThrownBy(() -> recorded.blessed(otherState)).hasMessageContaining("42601");
    assertThatThrownBy(() -> recorded.blessed(List.of("42"))).hasMessageContaining("42P07");
  }

  @Test
  void nobody_blesses_a_failure_that_was_not_expected() {
    Recorded nothingYet = new Recorded(List.of());

    assertThatThrownBy(() -> nothingYet.blessed(List.of("! IOException: no")))
        .hasMessageContaining("IOException");
  }
}
