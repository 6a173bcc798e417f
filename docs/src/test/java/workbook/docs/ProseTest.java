package workbook.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static workbook.docs.Page.flat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import workbook.docs.Page.Block;
import workbook.engine.course.Course;
import workbook.engine.course.Lesson;

/**
 * Holds every block of every page to something that runs.
 *
 * <p>The comment above a block says what: {@code from:} a file in which it stands verbatim, {@code
 * output:} the command or the test that prints it, or {@code not run:} and the reason. Commands of
 * the workbook need no comment, for {@link CommandsTest} knows them, nor does Maven, which runs
 * this.
 */
class ProseTest {
  private static final Pattern EXAMPLE = Pattern.compile("(?s)<pre>(.*?)</pre>");

  @TestFactory
  Stream<DynamicTest> blocks_are_true() {
    return Page.all().stream()
        .flatMap(page -> page.blocks().stream())
        .map(block -> DynamicTest.dynamicTest(block.page().at(block.line()), () -> hold(block)));
  }

  /** What a contract shows stands in a test; the references' tests have what no check asks for. */
  @TestFactory
  Stream<DynamicTest> examples_in_contracts_are_true() {
    return Course.read(Page.ROOT).lessons().stream()
        .filter(Lesson::hasReference)
        .map(lesson -> DynamicTest.dynamicTest(lesson.contract(), () -> holdContract(lesson)));
  }

  private static void holdContract(Lesson lesson) {
    String tests =
        javaFiles(lesson.testSources()).stream()
            .map(file -> flat(Page.read(file)))
            .collect(Collectors.joining("\n"));
    String contract =
        Page.read(lesson.answer().resolveSibling(lesson.contract() + ".java"))
            .replaceAll("(?m)^ *\\* ?", "")
            .replace("&gt;", ">")
            .replace("&lt;", "<");
    List<String> examples =
        EXAMPLE.matcher(contract).results().map(found -> found.group(1)).toList();

    assertThat(examples).isNotEmpty();
    assertThat(examples)
        .as("examples in %s that no test of the lesson has", lesson.contract())
        .allMatch(example -> tests.contains(flat(example)));
  }

  private static void hold(Block block) {
    if (block.told("from") != null) {
      holdToSource(block, block.told("from"));
    } else if (block.told("output") != null) {
      holdToTest(block, block.told("output"));
    } else if (block.told("not run") == null) {
      assertThat(block.language().equals("sh") && isOurs(block.code()))
          .withFailMessage(
              "Where does this come from? Say <!-- from: file -->, <!-- output: test --> or"
                  + " <!-- not run: reason --> on the line above.%n%s",
              block)
          .isTrue();
    }
  }

  private static void holdToSource(Block block, String source) {
    Path folder = block.page().file().getParent();
    if (source.contains("/reference/") && !Files.exists(folder.resolve(source).getParent())) {
      // The copy that students get has no reference answers.
      return;
    }
    Path file =
        Stream.of(folder, Page.ROOT)
            .map(from -> from.resolve(source))
            .filter(Files::exists)
            .findFirst()
            .orElseThrow(() -> new AssertionError("There is no " + source + ", for " + block));

    assertThat(flat(Page.read(file)).contains(flat(block.code())))
        .withFailMessage("This is not in %s any more, verbatim.%n%s", source, block)
        .isTrue();
  }

  // Either the test looks for the block by its label, or the lines are in the test.
  private static void holdToTest(Block block, String label) {
    if (label.equals("MistakesTest")) {
      assertThat(block.page().file()).as("the page that it makes").endsWith(Path.of("mistakes.md"));
      return;
    }
    boolean isCommand = label.startsWith("./workbook ");
    if (isCommand && block.page().file().equals(Page.ROOT.resolve("README.md"))) {
      if (!Files.exists(Page.ROOT.resolve(".ci"))) {
        // Nor has that copy what a maintainer runs.
        return;
      }
      assertThat(Page.read(Page.ROOT.resolve(".ci/run")))
          .as("what compares this with what the command prints")
          .contains("same_as_readme " + label + "\n");
      return;
    }
    String[] test = isCommand ? new String[] {"MainTest"} : label.split("\\.");
    Path lesson = isCommand ? lesson(label.split(" ")[2]) : block.page().file().getParent();
    // A text may be in parts there, since lines are short.
    String source =
        Page.read(find(lesson, test[0] + ".java", block)).replaceAll("\"\\s*\\+\\s*\"", "");

    assertThat(source).as("the test that %s names", block).contains(isCommand ? label : test[1]);
    assertThat(
            source.contains('"' + label + '"')
                || block.code().lines().allMatch(line -> source.contains(line.strip())))
        .withFailMessage("%s does not look at this block, nor has it its lines.%n%s", label, block)
        .isTrue();
  }

  private static Path lesson(String number) {
    return children(Page.ROOT).stream()
        .filter(folder -> folder.getFileName().toString().startsWith("lesson-0" + number))
        .findFirst()
        .orElseThrow();
  }

  private static List<Path> javaFiles(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path find(Path lesson, String name, Block block) {
    return javaFiles(lesson.resolve("src/test/java")).stream()
        .filter(file -> file.endsWith(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("There is no " + name + ", for " + block));
  }

  private static List<Path> children(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isOurs(String code) {
    return code.lines()
        .allMatch(line -> line.isBlank() || line.matches("(\\./workbook|mvn)( .*)?"));
  }
}
