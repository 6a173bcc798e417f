package workbook.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** CONTRIBUTING says of each dependency what it is for. */
class DependenciesTest {
  private static final Pattern MANAGED =
      Pattern.compile("<groupId>(?!workbook<)[^<]+</groupId>\\s*<artifactId>([^<$]+)");

  @Test
  void each_dependency_has_a_line() {
    assumeThat(Page.ROOT.resolve("classroom")).as("students have another page").exists();
    String pom = Page.read(Page.ROOT.resolve("pom.xml"));
    List<String> managed =
        MANAGED
            .matcher(pom.substring(0, pom.indexOf("</dependencyManagement>")))
            .results()
            .map((MatchResult found) -> found.group(1))
            .toList();
    String page = Page.read(Page.ROOT.resolve("CONTRIBUTING.md"));

    assertThat(managed).contains("postgresql", "jline", "pitest-entry");
    assertThat(managed)
        .allSatisfy(artifact -> assertThat(page).containsPattern("\\| .*`[^`]*" + artifact));
  }
}
