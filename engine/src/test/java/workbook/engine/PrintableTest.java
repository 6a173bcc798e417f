package workbook.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrintableTest {
  @Test
  void what_a_terminal_obeys_is_shown_as_java_writes_it() {
    assertThat(Printable.of("\033[31mred\007 \u009b2J \r \u202egnol\u202c \u2066 \0"))
        .isEqualTo("\\u001b[31mred\\u0007 \\u009b2J \\u000d \\u202egnol\\u202c \\u2066 \\u0000");
  }

  @Test
  void all_other_text_stays() {
    String text = "f\u00fcr\tdich\n\u0663 \ud83d\ude00 \u200f \\u001b $1";

    assertThat(Printable.of(text)).isEqualTo(text);
    assertThat(Printable.of("a\r\nb")).isEqualTo("a\nb");
    assertThat(Printable.of(null)).isNull();
  }
}
