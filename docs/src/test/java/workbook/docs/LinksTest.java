package workbook.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import workbook.docs.Page.Link;
import workbook.engine.course.Course;
import workbook.engine.course.Lesson;

/** Follows the links between the workbook's files. */
class LinksTest {
  private static final Pattern METHOD = Pattern.compile("`(\\w+)\\.(\\w+)`");

  @TestFactory
  Stream<DynamicTest> links_lead_somewhere() {
    return Page.all().stream()
        .flatMap(page -> page.links().stream())
        .filter(link -> !link.target().matches("(https?|mailto):.*"))
        .map(link -> DynamicTest.dynamicTest(link.toString(), () -> follow(link)));
  }

  @Test
  void each_lesson_links_its_hints_its_contract_and_its_stub() {
    for (Lesson lesson : Course.read(Page.ROOT).lessons()) {
      Path readme = lesson.folder().resolve("README.md");
      Path contract = lesson.answer().resolveSibling(lesson.contract() + ".java");
      List<Path> linked =
          Page.all().stream()
              .filter(page -> page.file().equals(readme))
              .flatMap(page -> page.links().stream())
              .filter(link -> !link.target().contains(":"))
              .map(LinksTest::file)
              .toList();

      assertThat(linked)
          .as("links of %s", readme)
          .contains(lesson.hints(), lesson.answer(), contract);
    }
  }

  private static void follow(Link link) {
    Path file = file(link);
    assertThat(file).as("where %s leads", link).exists();
    int hash = link.target().indexOf('#');
    if (hash >= 0) {
      Page there =
          Page.all().stream().filter(page -> page.file().equals(file)).findFirst().orElseThrow();
      assertThat(there.anchors())
          .as("the headings where %s leads", link)
          .contains(link.target().substring(hash + 1));
    }
    Matcher method = METHOD.matcher(link.text());
    if (file.toString().endsWith(".java") && method.matches()) {
      assertThat(file.getFileName().toString())
          .as("the file of %s", link)
          .isEqualTo(method.group(1) + ".java");
      assertThat(Page.read(file)).as("the code that %s shows", link).contains(method.group(2));
    }
  }

  private static Path file(Link link) {
    String path = link.target().replaceFirst("#.*", "");
    Path page = link.page().file();
    return path.isEmpty() ? page : page.resolveSibling(path).normalize();
  }
}
