package workbook.classroom;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import workbook.classroom.SampleWorkbook.Outcome;
import workbook.cli.terminal.Exit;

class HandoutCommandTest {
  private static final String POM =
      """
      <modules>
        <module>lesson-01-sample</module>
        <module>cli</module>
        <module>classroom</module>
      </modules>
      """;

  private static final String MISTAKES =
      """
      # Mistakes

      It gives answers away.

      <!-- lesson 1, made by its MistakesTest -->

      #### A wrong idea

      It goes wrong.

      **Instead:** the answer,
      in two lines.

      #### Another

      **Just as right:**

      - the answer
      """;

  @TempDir private Path temporary;
  private SampleWorkbook workbook;

  @BeforeEach
  void make_workbook() throws Exception {
    workbook = new SampleWorkbook();
    Files.writeString(workbook.root.resolve("db_info.ini"), "password=secret");
    Files.writeString(workbook.root.resolve("workbook"), "#!/bin/sh");
    Files.createDirectories(workbook.root.resolve("hand-ins/ada"));
    Files.writeString(workbook.root.resolve("hand-ins/ada/MySample.java"), "Ada's");
    write("docs/mistakes.md", MISTAKES);
    write("docs/teaching.md", "How to grade.");
    write("CONTRIBUTING.md", "How to grade.");
    write("docs/words.md", "For everybody.");
    write(".ci/run", "#!/bin/sh");
    write("pom.xml", POM);
    write("classroom/src/main/resources/attacks.txt", "attacks");
    workbook.answer("return left + right;", "return \"\";");
  }

  @Test
  void line_ends_are_those_of_the_repository_wherever_it_was_checked_out() throws IOException {
    write("docs/words.md", "F\u00fcr\r\nalle.\r\n");
    write("workbook.cmd", "@echo off\r\n");
    write("docs/picture.png", "\0\r\n");
    Path copy = temporary.resolve("copy");
    Path zip = temporary.resolve("copy.zip");

    workbook.run("handout", "--without-answers", "--out", copy.toString());
    workbook.run("handout", "--without-answers", "--out", zip.toString());

    assertThat(Files.readString(copy.resolve("docs/words.md"))).isEqualTo("F\u00fcr\nalle.\n");
    assertThat(Files.readString(copy.resolve("workbook.cmd"))).isEqualTo("@echo off\r\n");
    assertThat(Files.readString(copy.resolve("docs/picture.png"))).isEqualTo("\0\r\n");
    try (ZipFile packed = ZipFile.builder().setPath(zip).get()) {
      byte[] words = packed.getInputStream(packed.getEntry("copy/docs/words.md")).readAllBytes();
      assertThat(words).asString().isEqualTo("F\u00fcr\nalle.\n");
    }
  }

  @Test
  void students_get_no_answers_and_nothing_of_the_teachers() throws IOException {
    Path copy = temporary.resolve("for students");

    Outcome outcome = workbook.run("handout", "--without-answers", "--out", copy.toString());

    assertThat(outcome.status()).as(outcome.err()).isZero();
    assertThat(outcome.out()).contains("every exercise unwritten, without answers");
    assertThat(files(copy))
        .contains("workbook", "db_info.example.ini", "lesson-01-sample/hints.md")
        .contains("lesson-01-sample/src/test/java/workbook/sample/SampleChecks.java")
        .noneMatch(
            name ->
                name.matches(
                    "\\.ci/.*|.*(classroom|reference|Reference|target|hand-ins|db_info\\.ini).*"));
    assertThat(copy.resolve("pom.xml"))
        .hasContent(POM.replace("  <module>classroom</module>\n", ""));
    assertThat(copy.resolve("lesson-01-sample/src/main/java/workbook/sample/MySample.java"))
        .content()
        .contains("return todo(\"1.1\");", "return todo(\"1.2\");");
  }

  @Test
  void students_get_a_line_in_place_of_each_page_of_the_teachers() throws IOException {
    Path copy = temporary.resolve("for students");
    Path zip = temporary.resolve("for students.zip");

    workbook.run("handout", "--without-answers", "--out", copy.toString());
    workbook.run("handout", "--without-answers", "--out", zip.toString());

    assertThat(copy.resolve("docs/words.md")).hasContent("For everybody.");
    try (ZipFile entries = ZipFile.builder().setPath(zip).get()) {
      for (String page : List.of("CONTRIBUTING.md", "docs/teaching.md")) {
        assertThat(copy.resolve(page))
            .content()
            .startsWith("# ")
            .contains("our teacher has ")
            .doesNotContain("the answer", "How to grade");
        ZipArchiveEntry entry = entries.getEntry("for students/" + page);
        assertThat(entries.getInputStream(entry)).hasContent(Files.readString(copy.resolve(page)));
      }
    }
  }

  @Test
  void students_get_wrong_ideas_without_what_is_right() throws IOException {
    Path copy = temporary.resolve("for students");

    workbook.run("handout", "--without-answers", "--out", copy.toString());

    assertThat(copy.resolve("docs/mistakes.md"))
        .content()
        .startsWith("# Mistakes")
        .contains("#### A wrong idea", "It goes wrong.", "#### Another")
        .doesNotContain("the answer", "in two lines", "gives answers away");
  }

  @Test
  void a_copy_shows_points_on_github() throws IOException {
    Path copy = temporary.resolve("for students");

    workbook.run("handout", "--without-answers", "--out", copy.toString());

    assertThat(copy.resolve(".github/workflows/points.yml"))
        .content()
        .contains("./workbook check --format json");
  }

  @Test
  void colleagues_get_the_answers_too() throws IOException {
    Path copy = temporary.resolve("for colleagues");

    workbook.run("handout", "--out", copy.toString());

    assertThat(files(copy))
        .contains("lesson-01-sample/src/test/java/workbook/sample/reference/ReferenceSample.java")
        .contains(".ci/run");
    assertThat(copy.resolve("docs/mistakes.md")).hasContent(MISTAKES);
    assertThat(copy.resolve("docs/teaching.md")).hasContent("How to grade.");
  }

  @Test
  void a_zip_keeps_the_program_a_program() throws IOException {
    Path zip = temporary.resolve("course.zip");

    Outcome outcome = workbook.run("handout", "--without-answers", "--out", zip.toString());

    assertThat(outcome.status()).as(outcome.err()).isZero();
    try (ZipFile entries = ZipFile.builder().setPath(zip).get()) {
      ZipArchiveEntry program = entries.getEntry("course/workbook");
      assertThat(program.getUnixMode() & 0111).isNotZero();
      assertThat(entries.getEntry("course/lesson-01-sample/hints.md")).isNotNull();
    }
  }

  @Test
  void nothing_is_overwritten() throws IOException {
    Path taken = Files.writeString(temporary.resolve("taken.zip"), "mine");

    Outcome outcome = workbook.run("handout", "--out", taken.toString());

    assertThat(outcome.status()).isEqualTo(Exit.USAGE);
    assertThat(outcome.err()).contains("taken.zip is there already. Remove it, or name another");
    assertThat(taken).hasContent("mine");
  }

  private void write(String name, String text) throws IOException {
    Path file = workbook.root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static List<String> files(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      return paths
          .filter(Files::isRegularFile)
          .map(path -> folder.relativize(path).toString().replace('\\', '/'))
          .toList();
    }
  }
}
