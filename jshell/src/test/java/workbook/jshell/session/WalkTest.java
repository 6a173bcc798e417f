package workbook.jshell.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import workbook.engine.ProjectRoot;
import workbook.grading.FreshDatabase;
import workbook.grading.Graded;
import workbook.jshell.DbInfoFile;
import workbook.jshell.OpenConnections;
import workbook.jshell.Recorded;
import workbook.jshell.Script;
import workbook.jshell.Script.Example;
import workbook.jshell.Scripts;
import workbook.jshell.engine.Interpreter;

/** Enter alone leads through every lesson to its end, and each step prints what it records. */
@Graded
class WalkTest {
  private static final Colours NONE = new Colours(false);
  private static final int WIDTH = 80;

  @TempDir Path folder;
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private PrintStream console;

  @BeforeEach
  void listen() {
    console = System.out;
    System.setOut(new PrintStream(written, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void stop_listening() {
    System.setOut(console);
    OpenConnections.close();
    DbInfoFile.forget();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lesson-01-connect",
        "lesson-02-errors",
        "lesson-03-queries",
        "lesson-04-transactions"
      })
  void enter_leads_to_the_end(String name, FreshDatabase database) throws IOException {
    DbInfoFile.write(folder, database.settings());
    Script script = Script.read(Scripts.FOLDER.resolve(name + ".jsh"));
    Enter enter = new Enter(script.steps().size());

    try (Interpreter interpreter = StepShell.interpreter(ProjectRoot.find())) {
      new Session(script, () -> interpreter, enter, System.out, NONE).run();
    }

    assertThat(enter.prompts).last().isEqualTo("[end]> ");
    assertThat(enter.prompts).doesNotHaveDuplicates();
    List<Example> steps = script.steps();
    for (int i = 0; i < steps.size(); i++) {
      List<String> below = i + 1 < steps.size() ? shown(steps.get(i + 1)) : ending(script);
      List<String> said = enter.said.get(i + 1);
      assertThat(said).as("after step %s", i + 1).endsWith(below.toArray(new String[0]));
      List<String> result = said.subList(0, said.size() - below.size());
      List<String> values = result.stream().filter(isVariable(steps.get(i)).negate()).toList();
      assertThat(new Recorded(steps.get(i).output()).matches(values))
          .as("%s, step %s records %s, not %s", name, i + 1, steps.get(i).output(), values)
          .isTrue();
    }
  }

  private static List<String> shown(Example step) {
    List<String> lines = new ArrayList<>(List.of(""));
    List<String> prose = Prose.lines(step.prose(), WIDTH, NONE);
    lines.addAll(prose);
    if (!prose.isEmpty()) {
      lines.add("");
    }
    step.code().forEach(line -> lines.add("    " + line));
    lines.add("");
    return lines;
  }

  private static List<String> ending(Script script) {
    List<Example> all = script.examples();
    List<String> lines = new ArrayList<>(List.of(""));
    lines.addAll(Prose.lines(all.get(all.size() - 1).prose(), WIDTH, NONE));
    lines.addAll(List.of("", "That was the last step. /list all shows all, /exit leaves."));
    return lines;
  }

  /** The values of variables are shown and not recorded. */
  private static Predicate<String> isVariable(Example step) {
    String code = String.join("\n", step.code());
    return line -> line.matches("\\w+ = .*") && code.contains(line.replaceFirst(" = .*", " = "));
  }

  /** Someone who only presses Enter, and keeps what was said before each prompt. */
  private final class Enter implements LineSource {
    private final int times;
    private final List<String> prompts = new ArrayList<>();
    private final List<List<String>> said = new ArrayList<>();

    private Enter(int times) {
      this.times = times;
    }

    @Override
    public Optional<String> read(String prompt, Predicate<String> complete) {
      prompts.add(prompt);
      said.add(
          written.toString(StandardCharsets.UTF_8).lines().map(String::stripTrailing).toList());
      written.reset();
      return prompts.size() > times ? Optional.empty() : Optional.of("");
    }

    @Override
    public int width() {
      return WIDTH;
    }

    @Override
    public void close() {}
  }
}
