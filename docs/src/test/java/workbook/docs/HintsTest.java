package workbook.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import workbook.engine.course.Course;
import workbook.engine.course.ExerciseInfo;
import workbook.engine.course.Lesson;
import workbook.engine.course.Stubs;

/** Holds the hints to their three levels, and keeps the answers out of them. */
class HintsTest {
  // Shorter lines, such as "return values;", are everybody's.
  private static final int TELLING = 16;

  @TestFactory
  Stream<DynamicTest> hints_ask_name_and_link() {
    return Course.read(Page.ROOT).lessons().stream()
        .flatMap(
            lesson ->
                lesson.exercises().stream()
                    .map(
                        exercise ->
                            DynamicTest.dynamicTest(exercise.id(), () -> hold(lesson, exercise))));
  }

  private static void hold(Lesson lesson, ExerciseInfo exercise) {
    String heading = "## " + exercise.id() + " " + exercise.title();
    List<String> hints = sections(lesson.hints()).get(heading);

    assertThat(hints).as("the hints under %s in %s", heading, lesson.hints()).hasSize(3);
    assertThat(hints.get(0)).as("hint 1 of %s asks", exercise.id()).contains("?");
    assertThat(hints.get(2)).as("hint 3 of %s links", exercise.id()).contains("](https://");
    String all = plain(String.join(" ", hints));
    Stubs.solution(lesson, exercise)
        .ifPresent(
            solution ->
                solution
                    .lines()
                    .map(HintsTest::plain)
                    .filter(line -> line.length() >= TELLING)
                    .filter(line -> !line.matches("(//|/?\\*|@).*"))
                    .forEach(
                        line ->
                            assertThat(all)
                                .as("%s, exercise %s", lesson.hints(), exercise.id())
                                .doesNotContain(line)));
  }

  private static Map<String, List<String>> sections(Path file) {
    Map<String, List<String>> sections = new LinkedHashMap<>();
    List<String> items = new ArrayList<>();
    for (String line : Page.read(file).lines().toList()) {
      if (line.startsWith("#")) {
        items = new ArrayList<>();
        sections.put(line.strip(), items);
      } else if (line.matches("[0-9]+\\. .*")) {
        items.add(line);
      } else if (!items.isEmpty()) {
        items.add(items.remove(items.size() - 1) + "\n" + line);
      }
    }
    return sections;
  }

  private static String plain(String text) {
    return text.replace("`", "").replaceAll("\\s+", " ").strip();
  }
}
