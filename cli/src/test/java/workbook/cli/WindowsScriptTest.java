package workbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be told of Windows' script anywhere: that it does what the other one does. */
class WindowsScriptTest {
  private final String script;
  private final String unix;

  WindowsScriptTest() throws IOException {
    script = Files.readString(Path.of("../workbook.cmd")).replace("\r\n", "\n");
    unix = Files.readString(Path.of("../workbook"));
  }

  @Test
  void it_starts_java_with_the_same_jars_and_options() {
    assertThat(all("\\$root/(\\w+/target/\\w+\\.jar)", unix))
        .hasSizeGreaterThan(4)
        .allSatisfy(jar -> assertThat(script).contains("%ROOT%\\" + jar.replace('/', '\\')));
    assertThat(all("(-X[\\w:+=]+|-D[\\w.]+=)", unix))
        .filteredOn(option -> !option.contains("command") && !option.contains("Share"))
        .contains("-XX:+UseSerialGC", "-Dworkbook.root=")
        .allSatisfy(option -> assertThat(script).contains(option));
  }

  @ParameterizedTest
  @ValueSource(strings = {"stale=(\\d+)", "failed=(\\d+)"})
  void it_knows_the_same_statuses(String status) {
    assertThat(script).contains("if %STATUS% equ " + all(status, unix).get(0));
  }

  @Test
  void each_label_that_it_goes_to_is_there() {
    assertThat(all("goto (\\w+)", script))
        .contains("run", "build")
        .allSatisfy(label -> assertThat(script).contains("\n:" + label + "\n"));
  }

  // An exclamation mark in a path would be lost, a quote in JAVA_HOME or a semicolon misread.
  @Test
  void it_takes_paths_as_they_are() {
    assertThat(script)
        .contains("\nsetlocal EnableExtensions DisableDelayedExpansion\n")
        .contains("%JAVA_HOME:\"=%")
        .contains("if not \"%ROOT:;=%\"==\"%ROOT%\" (");
    assertThat(all("(?m)^(\"%JAVA%\".*)$", script))
        .hasSizeGreaterThan(2)
        .allSatisfy(line -> assertThat(line.replaceAll("\"[^\"]*\"", "")).doesNotContain("ROOT"));
  }

  private static List<String> all(String pattern, String text) {
    return Pattern.compile(pattern)
        .matcher(text)
        .results()
        .map((MatchResult found) -> found.group(1))
        .toList();
  }
}
