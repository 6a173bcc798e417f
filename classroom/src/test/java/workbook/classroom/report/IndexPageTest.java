package workbook.classroom.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import workbook.classroom.marking.SampleClass;

class IndexPageTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 30, 300})
  void every_student_and_every_check_is_on_the_map(int students) {
    ClassResult result = SampleClass.of(students);

    Document page = Jsoup.parse(IndexPage.of(result));

    assertThat(page.select("table.overview tbody tr")).hasSize(students);
    assertThat(page.select("table.map tbody tr")).hasSize(students * result.lessons().size());
    assertThat(page.select("table.map tbody td[aria-label]")).hasSize(students * 100);
    assertThat(page.select("article")).hasSize(students);
    assertThat(page.select("table.overview tbody th[scope=row] a").eachText())
        .startsWith(SampleClass.NAMES.subList(0, Math.min(students, 4)).toArray(String[]::new));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 30})
  void nothing_that_a_student_wrote_is_mark_up(int students) {
    String text = IndexPage.of(SampleClass.of(students));
    Document page = Jsoup.parse(text);
    Parser strict = Parser.htmlParser().setTrackErrors(10);
    strict.parseInput(text, "");

    assertThat(page.select("script, img, b, iframe, object, link, [onerror]")).isEmpty();
    assertThat(page.select("[src], [href]").eachAttr("href"))
        .allMatch(link -> link.matches("#.*|students/[A-Za-z0-9%._*-]+/feedback\\.md"));
    assertThat(strict.getErrors()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = 30)
  void a_screen_reader_and_the_colour_blind_are_told_too(int students) {
    Document page = Jsoup.parse(IndexPage.of(SampleClass.of(students)));

    assertThat(page.select("html[lang=en], main, nav[aria-label], header")).hasSize(4);
    assertThat(page.select("table")).allMatch(table -> !table.select("caption").isEmpty());
    assertThat(page.select("table.map tbody td")).allMatch(cell -> !cell.text().isBlank());
    List<Integer> levels =
        page.select("h1, h2, h3, h4").stream()
            .map(Element::tagName)
            .map(name -> Integer.parseInt(name.substring(1)))
            .toList();
    for (int i = 1; i < levels.size(); i++) {
      assertThat(levels.get(i)).isLessThanOrEqualTo(levels.get(i - 1) + 1);
    }
    assertThat(page.select("a[href^=#]").eachAttr("href"))
        .allMatch(link -> page.getElementById(link.substring(1)) != null);
  }

  @ParameterizedTest
  @ValueSource(ints = 30)
  void what_failed_most_comes_with_its_messages(int students) {
    Document page = Jsoup.parse(IndexPage.of(SampleClass.of(students)));

    assertThat(page.select("#difficulties tbody tr")).hasSize(12);
    assertThat(page.select("#difficulties tbody tr").first().text())
        .contains("expected: <b>1</b> but was: 2", "42601");
    assertThat(
            page.select("#points tbody td.number").eachText().stream()
                .mapToInt(Integer::parseInt)
                .sum())
        .isEqualTo(students);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 30})
  void who_needs_the_teacher_comes_first_with_the_reason(int students) {
    ClassResult result = SampleClass.of(students);
    Document page = Jsoup.parse(IndexPage.of(result));
    long tampering =
        result.students().stream().filter(ClassResult.StudentResult::isTampering).count();

    assertThat(page.select("section").first().id()).isEqualTo("needs-you");
    assertThat(page.select("#needs-you tbody tr").eachText().stream().limit(tampering))
        .allMatch(row -> row.contains("tampering:"));
    assertThat(page.select("#letters li")).hasSize(100);
    assertThat(page.select("header p").eachText().toString())
        .containsPattern("the average is [0-9]+\\.[0-9] and the median [0-9]+\\.[05]");
  }
}
