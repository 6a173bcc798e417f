package workbook.engine.course;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CourseTest {
  private static final String MODULE = "lesson-01-sample";

  @TempDir Path root;

  @BeforeEach
  void write_a_course_of_one_lesson() throws IOException {
    Files.writeString(
        root.resolve("pom.xml"),
        "<modules><module>cli</module><module>" + MODULE + "</module></modules>");
    writeLesson(MODULE);
  }

  @Test
  void is_what_the_reactor_lists_and_everything_else_is_the_learners() throws IOException {
    writeLesson("lesson-01-sample-backup");
    Files.writeString(root.resolve("lesson-01-notes.md"), "# Notes");
    Files.createDirectory(root.resolve("lesson-05-x"));

    assertThat(Course.read(root).lessons()).extracting(Lesson::module).containsExactly(MODULE);
  }

  @Test
  void a_lesson_is_told_from_the_tests_that_a_learner_adds() throws IOException {
    Path tests = root.resolve(MODULE).resolve("src/test/java/workbook/sample");
    Files.writeString(tests.resolve("MyAppTest.java"), "class MyAppTest {}");
    Files.writeString(tests.resolve("MyZooTest.java"), "class MyZooTest {}");

    assertThat(Course.read(root).lessons().get(0).contract()).isEqualTo("Sample");
  }

  private void writeLesson(String module) throws IOException {
    Path tests = root.resolve(module).resolve("src/test");
    Files.createDirectories(tests.resolve("java/workbook/sample"));
    Files.createDirectories(tests.resolve("resources/workbook/sample"));
    Files.writeString(
        tests.resolve("java/workbook/sample/MySampleTest.java"), "class MySampleTest {}");
    Files.writeString(
        tests.resolve("resources/workbook/sample/MySample.java"), "class MySample {}");
  }
}
