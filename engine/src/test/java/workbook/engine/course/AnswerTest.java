package workbook.engine.course;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnswerTest {
  private static final String STUB =
      """
      package workbook.sums;

      public final class MySums implements Sums {
        @Override
        public int one() {
          return todo("1.1");
        }

        @Override
        public int two() {
          return todo("1.2");
        }

        private int helper() {
          return 2;
        }

        @Override
        public int three() {
          return todo("1.3");
        }

        record MyPair(int left, int right) {
          @Override
          public String toString() {
            return todo("1.4");
          }
        }
      }
      """;

  @TempDir private Path folder;
  private AnswerReader reader;

  @BeforeEach
  void make_lesson() throws IOException {
    Lesson lesson =
        new Lesson(
            1,
            "sums",
            folder,
            "Sums",
            List.of(
                exercise("1.1", "one"),
                exercise("1.2", "two"),
                exercise("1.3", "three"),
                exercise("1.4", "toString")));
    Files.createDirectories(lesson.pristineAnswer().getParent());
    Files.writeString(lesson.pristineAnswer(), STUB);
    reader = new AnswerReader(lesson);
  }

  @Test
  void what_did_not_change_needs_no_grading() {
    assertThat(changed(STUB, STUB)).isEmpty();
  }

  @Test
  void a_change_in_one_exercise_is_its_own_affair() {
    String after = STUB.replace("return todo(\"1.2\");", "return 1 + 1;");

    assertThat(changed(STUB, after)).containsExactly("1.2");
  }

  @Test
  void exercises_that_lead_to_the_changed_one_are_graded_too() {
    String before =
        STUB.replace("return todo(\"1.3\");", "return one() + helper();")
            .replace("return 2;", "return two();");
    String after = before.replace("return todo(\"1.2\");", "return 1 + 1;");

    assertThat(changed(before, after)).containsExactly("1.2", "1.3");
  }

  @Test
  void a_variable_of_the_same_name_leads_nowhere() {
    String before = STUB.replace("return todo(\"1.3\");", "int two = 2; return two + 1;");
    String after = before.replace("return todo(\"1.2\");", "return 1 + 1;");

    assertThat(changed(before, after)).containsExactly("1.2");
  }

  @Test
  void a_change_around_the_exercises_is_everybodys() {
    assertThat(changed(STUB, STUB.replace("return 2;", "return 3;"))).hasSize(4);
    assertThat(changed(STUB, "import java.util.List;\n" + STUB)).hasSize(4);
  }

  @Test
  void a_change_in_a_nested_type_is_everybodys() {
    assertThat(changed(STUB, STUB.replace("return todo(\"1.4\");", "return \"\";"))).hasSize(4);
  }

  @Test
  void half_a_file_is_read_as_far_as_it_goes() {
    assertThat(changed(STUB, STUB.substring(0, STUB.indexOf("helper")))).isNotEmpty();
  }

  @Test
  void lines_below_a_change_move_with_it() {
    Answer before = reader.read(STUB);
    Answer after = reader.read(STUB.replace("return todo(\"1.2\");", "int a = 1;\n\nreturn a;"));

    assertThat(before.lineIn(after, 6)).isEqualTo(6);
    assertThat(before.lineIn(after, 20)).isEqualTo(22);
  }

  private List<String> changed(String before, String after) {
    return reader.read(after).changedSince(reader.read(before)).stream()
        .map(ExerciseInfo::id)
        .toList();
  }

  private static ExerciseInfo exercise(String id, String method) {
    return new ExerciseInfo(id, method, method, List.of());
  }
}
