package workbook.jshell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import workbook.engine.ProjectRoot;

/** Lessons and scripts go the same way, and each names the other. */
class SectionsTest {

  @Test
  void a_script_has_its_lessons_titles_in_its_lessons_order() throws IOException {
    for (Path lesson : lessons()) {
      List<String> titles = titles(lesson);
      List<String> own = script(lesson).headings();

      assertThat(titles).as("%s", lesson.getFileName()).containsSubsequence(own);
      assertThat(own).as("%s", lesson.getFileName()).containsAll(titlesWithCode(lesson));
    }
  }

  @Test
  void each_links_the_other() throws IOException {
    for (Path lesson : lessons()) {
      String name = lesson.getFileName().toString();

      requireLink(lesson.resolve("README.md"), "](../jshell/" + name + ".jsh)");
      requireLink(script(lesson).file(), "](../" + name + "/README.md)");
    }
  }

  @Test
  void a_script_can_be_read_anywhere() throws IOException {
    for (Script script : Scripts.all()) {
      List<String> lines = Files.readAllLines(script.file());

      assertThat(lines)
          .as("ASCII: JDK 17 reads it in the terminal's encoding")
          .allMatch(line -> line.matches("\\p{ASCII}*"));
    }
  }

  private static void requireLink(Path file, String link) throws IOException {
    assertThat(Files.readString(file).contains(link)).as("%s links %s", file, link).isTrue();
  }

  private static Script script(Path lesson) {
    return Script.read(Scripts.FOLDER.resolve(lesson.getFileName() + ".jsh"));
  }

  private static List<Path> lessons() throws IOException {
    try (Stream<Path> folders = Files.list(ProjectRoot.find())) {
      return folders
          .filter(folder -> folder.getFileName().toString().startsWith("lesson-"))
          .filter(folder -> Files.exists(folder.resolve("README.md")))
          .sorted()
          .toList();
    }
  }

  private static List<String> titles(Path lesson) throws IOException {
    List<String> titles = new ArrayList<>();
    boolean quoted = false;
    for (String line : Files.readAllLines(lesson.resolve("README.md"))) {
      quoted ^= line.startsWith("```");
      if (!quoted && line.startsWith("#")) {
        titles.add(line);
      }
    }
    return titles;
  }

  /** Of the sections, those that have something to run; subsections may be left out. */
  private static List<String> titlesWithCode(Path lesson) throws IOException {
    List<String> titles = new ArrayList<>();
    String section = "";
    for (String line : Files.readAllLines(lesson.resolve("README.md"))) {
      section = line.startsWith("## ") ? line : section;
      if (line.equals("```java") && !titles.contains(section)) {
        titles.add(section);
      }
    }
    return titles;
  }
}
