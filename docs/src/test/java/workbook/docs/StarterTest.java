package workbook.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The project to copy has the workbook's versions; {@code .ci/run} builds and runs it. */
class StarterTest {
  private static final Pattern VERSION = Pattern.compile("<([a-z0-9-]+\\.version)>([^<]+)<");

  @Test
  void versions_are_those_of_the_workbook() {
    Map<String, String> starter = versions("docs/starter/pom.xml");

    assertThat(starter).containsKeys("postgresql.version", "jdbi.version", "hikari.version");
    assertThat(versions("pom.xml")).containsAllEntriesOf(starter);
  }

  private static Map<String, String> versions(String pom) {
    Map<String, String> versions = new TreeMap<>();
    VERSION
        .matcher(Page.read(Page.ROOT.resolve(pom)))
        .results()
        .forEach((MatchResult found) -> versions.put(found.group(1), found.group(2)));
    return versions;
  }
}
