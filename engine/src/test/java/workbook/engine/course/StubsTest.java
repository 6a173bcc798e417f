package workbook.engine.course;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StubsTest {
  private static final ExerciseInfo ONE = new ExerciseInfo("1.1", "One", "one", List.of());
  private static final ExerciseInfo TWO = new ExerciseInfo("1.2", "Two", "two", List.of());
  private static final String STUB =
      """
      package workbook.sums;

      import static workbook.support.Todo.todo;

      import java.util.List;

      public final class MySums {
        public int one(List<String> texts) {
          return todo("1.1");
        }

        public int two() {
          return todo("1.2");
        }
      }
      """;

  @TempDir private Path folder;
  private Lesson lesson;

  @BeforeEach
  void make_lesson() throws IOException {
    lesson = new Lesson(1, "sums", folder, "Sums", List.of(ONE, TWO));
    Files.createDirectories(lesson.pristineAnswer().getParent());
    Files.createDirectories(lesson.answer().getParent());
    Files.writeString(lesson.pristineAnswer(), STUB);
  }

  @Test
  void the_rest_of_the_file_stays_as_the_learner_has_it() throws IOException {
    String two = STUB.replace("return todo(\"1.2\");", "return 1 +\n        1; // mine");

    assertThat(withoutOne(two.replace("return todo(\"1.1\");", "return 7;"))).isEqualTo(two);
  }

  @Test
  void an_import_that_an_editor_has_removed_comes_back() throws IOException {
    String written =
        STUB.replace("return todo(\"1.1\");", "return 7;")
            .replace("return todo(\"1.2\");", "return 8;");
    String tidy = written.replace("import static workbook.support.Todo.todo;\n\n", "");

    assertThat(withoutOne(tidy))
        .contains("import static workbook.support.Todo.todo;\nimport java.util.List;")
        .contains("return todo(\"1.1\");", "return 8;");
    assertThat(withoutOne(tidy.replace("import java.util.List;\n\n", "")))
        .contains("package workbook.sums;\nimport static workbook.support.Todo.todo;\nimport java");
  }

  @Test
  void a_method_that_was_deleted_comes_back() throws IOException {
    String deleted =
        STUB.replace(
            "  public int one(List<String> texts) {\n    return todo(\"1.1\");\n  }\n\n", "");

    assertThat(withoutOne(deleted)).contains("return todo(\"1.2\");", "return todo(\"1.1\");");
  }

  @Test
  void a_solution_has_all_that_its_method_leads_to_and_no_other_answer() throws IOException {
    Files.createDirectories(lesson.reference().getParent());
    Files.writeString(
        lesson.reference(),
        """
        public final class ReferenceSums {
          // Why so many.
          private static final int MANY = 7;
          private static final int OWN = 8;

          // Why this way.
          public int one(List<String> texts) {
            int unused = 1;
            return texts.stream().mapToInt(ReferenceSums::sum).sum();
          }

          private static int unused() {
            return 0;
          }

          /** Adds. */
          private static int sum(String text) {
            return new Sum().one(text) + two();
          }

          public int two() {
            return 2;
          }

          private static class Sum {
            static final int OWN = 9;

            int one(String text) {
              return MANY + OWN;
            }
          }
        }
        """);

    assertThat(Stubs.solution(lesson, ONE))
        .hasValue(
            """
            // Why this way.
            public int one(List<String> texts) {
              int unused = 1;
              return texts.stream().mapToInt(ReferenceSums::sum).sum();
            }

            // Why so many.
            private static final int MANY = 7;

            /** Adds. */
            private static int sum(String text) {
              return new Sum().one(text) + two();
            }

            private static class Sum {
              static final int OWN = 9;

              int one(String text) {
                return MANY + OWN;
              }
            }"""
                .stripIndent());
  }

  private String withoutOne(String answer) throws IOException {
    Files.writeString(lesson.answer(), answer);
    return Stubs.without(lesson, ONE).orElseThrow();
  }
}
