package workbook.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Looks whether the commands that pages quote are there, going by the command's own source. */
class CommandsTest {
  // The students' copy has no classroom; its README still names the teacher's commands.
  private static final List<Path> SOURCES =
      Stream.of("cli", "classroom")
          .map(module -> Page.ROOT.resolve(module).resolve("src/main/java"))
          .filter(Files::exists)
          .toList();
  private static final Set<String> TEACHERS =
      SOURCES.size() == 2 ? Set.of() : Set.of("handout", "grade", "merge");
  private static final Pattern NAMED = Pattern.compile("@Command\\(\\s*name = \"(\\w+)\"");
  private static final Pattern METHOD = Pattern.compile("@Command\\([^)]*\\)\\s*int (\\w+)\\(");
  private static final Pattern OPTION = Pattern.compile("names = \\{?((\"[-\\w]+\"[, ]*)+)");
  private static final Pattern QUOTED =
      Pattern.compile("\\./workbook((?: +[-\\w.=/]+)*)", Pattern.MULTILINE);

  @Test
  void quoted_commands_exist() throws IOException {
    StringBuilder sources = new StringBuilder();
    for (Path folder : SOURCES) {
      try (Stream<Path> files = Files.walk(folder)) {
        files
            .filter(file -> file.toString().endsWith(".java"))
            .forEach(file -> sources.append(Page.read(file)));
      }
    }
    String source = sources.toString();
    Set<String> commands = groups(NAMED, source);
    commands.add("help");
    Set<String> database = groups(METHOD, source);
    database.add("psql");
    Set<String> options = groups(OPTION, source);

    for (Page page : Page.all()) {
      for (int i = 0; i < page.lines().size(); i++) {
        Matcher quoted = QUOTED.matcher(page.lines().get(i));
        while (quoted.find()) {
          String at = page.at(i + 1) + ": " + quoted.group();
          String[] words = quoted.group(1).strip().split(" +");
          if (TEACHERS.contains(words[0])) {
            continue;
          }
          if (words[0].matches("[a-z].*")) {
            assertThat(commands).as(at).contains(words[0]);
          }
          if (words[0].equals("db") && words.length > 1) {
            assertThat(database).as(at).contains(words[1]);
          }
          for (String word : words) {
            if (word.matches("--[a-z].*") && !word.matches("--(help|version)")) {
              assertThat(options.toString())
                  .as(at)
                  .contains('"' + word.replaceAll("=.*", "") + '"');
            }
          }
        }
      }
    }
  }

  private static Set<String> groups(Pattern pattern, String text) {
    Set<String> found = new TreeSet<>();
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    return found;
  }
}
