package workbook.jshell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import workbook.grading.FreshDatabase;
import workbook.grading.Graded;
import workbook.jshell.Script.Example;

/** What the scripts record is what comes out. */
@Graded
class ScriptsTest {
  @TempDir Path folder;

  @AfterEach
  void forget_the_database() {
    DbInfoFile.forget();
  }

  @Test
  void lesson_1_is_true(FreshDatabase database) throws IOException {
    hold("lesson-01-connect", database);
  }

  @Test
  void lesson_2_is_true(FreshDatabase database) throws IOException {
    hold("lesson-02-errors", database);
  }

  @Test
  void lesson_3_is_true(FreshDatabase database) throws IOException {
    hold("lesson-03-queries", database);
  }

  @Test
  void lesson_4_is_true(FreshDatabase database) throws IOException {
    hold("lesson-04-transactions", database);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lesson-01-connect",
        "lesson-02-errors",
        "lesson-03-queries",
        "lesson-04-transactions"
      })
  @Tag("thorough")
  void is_true_after_a_run_that_broke_off(String name, FreshDatabase database) throws IOException {
    DbInfoFile.write(folder, database.settings());
    Script script = script(name);

    try (ScriptRunner runner = new ScriptRunner(Scripts.START)) {
      // with transactions open and tables half filled
      runner.run(script, script.examples().size() * 2 / 3, (example, output) -> {});

      assertThat(compare(script, runner)).isEmpty();
    }
  }

  private void hold(String name, FreshDatabase database) throws IOException {
    DbInfoFile.write(folder, database.settings());
    Script script = script(name);

    assertThat(script.steps()).as("steps").hasSizeBetween(25, 80);
    try (ScriptRunner runner = new ScriptRunner(Scripts.START)) {
      if (Scripts.blessing()) {
        bless(script, runner);
      } else {
        assertThat(compare(script, runner))
            .as("run with -Dbless to record what comes out now")
            .isEmpty();
      }
    }
  }

  private static Script script(String name) {
    return Script.read(Scripts.FOLDER.resolve(name + ".jsh"));
  }

  private static List<String> compare(Script script, ScriptRunner runner) {
    List<String> failures = new ArrayList<>();
    runner.run(
        script,
        Integer.MAX_VALUE,
        (example, output) -> {
          if (!new Recorded(example.output()).matches(output)) {
            failures.add(
                "%n%s:%s records%n%s%n  but now it is%n%s"
                    .formatted(
                        script.file().getFileName(),
                        example.outputLine(),
                        indented(example.output()),
                        indented(output)));
          }
        });
    return failures;
  }

  private static void bless(Script script, ScriptRunner runner) throws IOException {
    Map<Example, List<String>> outputs = new IdentityHashMap<>();
    runner.run(script, Integer.MAX_VALUE, outputs::put);
    List<String> lines = new ArrayList<>(Files.readAllLines(script.file()));
    for (int i = script.examples().size() - 1; i >= 0; i--) {
      Example example = script.examples().get(i);
      int at = example.outputLine() - 1;
      if (!example.code().isEmpty()) {
        List<String> recorded = lines.subList(at, at + example.output().size());
        List<String> blessed = blessed(script, example, outputs.get(example));
        recorded.clear();
        recorded.addAll(blessed.stream().map(line -> ("//> " + line).stripTrailing()).toList());
      }
    }
    Files.write(script.file(), lines);
    Script blessed = Script.read(script.file());
    Map<Example, List<String>> real = new IdentityHashMap<>();
    for (int i = 0; i < blessed.examples().size(); i++) {
      real.put(blessed.examples().get(i), outputs.get(script.examples().get(i)));
    }
    Notebook.of(blessed, real).write();
  }

  private static List<String> blessed(Script script, Example example, List<String> output) {
    try {
      return new Recorded(example.output()).blessed(output);
    } catch (AssertionError e) {
      throw new AssertionError(
          "%s:%s %s".formatted(script.file().getFileName(), example.line(), e.getMessage()), e);
    }
  }

  private static String indented(List<String> lines) {
    return lines.isEmpty() ? "    (nothing)" : "    " + String.join("\n    ", lines);
  }
}
