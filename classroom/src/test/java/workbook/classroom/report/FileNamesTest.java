package workbook.classroom.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FileNamesTest {
  @Test
  void a_letter_of_two_halves_is_not_cut_in_half() {
    String name = new FileNames().of("x".repeat(59) + "\ud840\udc00 Lee");

    assertThat(name).isEqualTo("x".repeat(59));
    assertThat(Path.of(name)).isRelative();
  }

  @Test
  void one_name_makes_two_folders_for_two_people() {
    FileNames names = new FileNames();

    assertThat(names.of("Ann/Lee")).isEqualTo("Ann_Lee");
    assertThat(names.of("ann_lee")).isEqualTo("ann_lee (2)");
  }
}
