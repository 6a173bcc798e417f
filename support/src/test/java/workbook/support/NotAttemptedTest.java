package workbook.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NotAttemptedTest {
  @BeforeEach
  void forget() {
    NotAttempted.forget();
  }

  @Test
  void names_the_exercise() {
    assertThatThrownBy(() -> Todo.todo("3.4"))
        .isInstanceOf(NotAttempted.class)
        .hasMessage("Exercise 3.4 is not written yet.");
  }

  @Test
  void is_remembered_even_if_it_was_swallowed_on_another_thread() throws Exception {
    Thread thread = new Thread(() -> assertThatThrownBy(() -> Todo.todo("1.2")));
    thread.start();
    thread.join();

    assertThat(NotAttempted.raised()).containsExactly("1.2");
  }

  @Test
  void is_forgotten_before_the_next_check() {
    assertThatThrownBy(() -> Todo.todo("1.1"));

    NotAttempted.forget();

    assertThat(NotAttempted.raised()).isEmpty();
  }
}
