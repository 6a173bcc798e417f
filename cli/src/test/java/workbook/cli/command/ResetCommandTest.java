package workbook.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import workbook.cli.SampleWorkbook;
import workbook.cli.SampleWorkbook.Outcome;
import workbook.cli.terminal.Exit;

class ResetCommandTest {
  private static final String ADD = "return left + right;";
  private static final String USER = "return dataSource.toString();";

  private SampleWorkbook workbook;

  @BeforeEach
  void make_workbook() throws Exception {
    workbook = new SampleWorkbook();
  }

  @Test
  void an_exercise_begins_afresh_and_undo_brings_back_what_was_there() throws Exception {
    workbook.answer(ADD, USER);
    String written = Files.readString(workbook.answer);

    Outcome reset = workbook.run("reset", "1.1");
    String without = Files.readString(workbook.answer);
    Outcome undo = workbook.run("undo", "1");

    assertThat(reset.status()).isEqualTo(Exit.FINE);
    assertThat(reset.out()).contains("Exercise 1.1 is as it was handed out", "undo 1.1 brings it");
    assertThat(without).contains("todo(\"1.1\")", USER).doesNotContain(ADD);
    assertThat(undo.status()).isEqualTo(Exit.FINE);
    assertThat(workbook.answer).hasContent(written);
    assertThat(kept(undo.out())).hasContent(without);
  }

  @Test
  void what_is_unwritten_again_has_no_points_until_undo() throws Exception {
    workbook.answer(ADD, USER);
    workbook.run("check", "1");
    assertThat(workbook.run().out()).contains("3/7 points");

    workbook.run("reset", "1.2");
    assertThat(workbook.run().out()).as("the other exercise's stay").contains("3/7 points");
    workbook.run("reset", "1.1");
    assertThat(workbook.run().out()).contains("0/7 points", "Next: 1.1");
    workbook.run("reset", "1");

    workbook.run("undo", "1");
    assertThat(workbook.run().out()).contains("3/7 points", "Next: 1.2");
  }

  @Test
  void what_is_as_it_was_handed_out_needs_no_backup_and_hides_none() throws Exception {
    workbook.answer(ADD, USER);
    String written = Files.readString(workbook.answer);
    workbook.run("reset", "1");

    Outcome again = workbook.run("reset", "1.1");
    workbook.run("undo", "1");

    assertThat(again.out())
        .contains("Exercise 1.1 is as it was handed out")
        .doesNotContain("brings it back");
    assertThat(workbook.answer).hasContent(written);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ISO-8859-1", "UTF-16", "UTF-16LE"})
  void undo_brings_back_each_byte_of_whatever_encoding(String encoding) throws Exception {
    byte[] written = "class MySample { /* f\u00fcr */ }".getBytes(encoding);
    Files.write(workbook.answer, written);

    workbook.run("reset", "1");
    Outcome undo = workbook.run("undo", "1");

    assertThat(undo.status()).isEqualTo(Exit.FINE);
    assertThat(workbook.answer).hasBinaryContent(written);
  }

  @Test
  void undo_brings_back_the_latest_though_the_clock_went_back() throws Exception {
    Path backups = Files.createDirectories(workbook.root.resolve(".workbook/backups"));
    Files.writeString(backups.resolve("20990101-000000-000-MySample.java"), "an older version's");
    Files.writeString(backups.resolve("9-20990101-000000-000-MySample.java"), "later by the clock");
    Files.writeString(backups.resolve("10-20260101-000000-000-MySample.java.undone"), "undone");
    workbook.answer(ADD, USER);
    String written = Files.readString(workbook.answer);

    workbook.run("reset", "1");
    workbook.run("undo", "1");

    assertThat(workbook.answer).hasContent(written);
  }

  @Test
  void an_answer_behind_a_link_stays_behind_it() throws Exception {
    Path elsewhere = workbook.root.resolve("docs");
    Files.createDirectories(elsewhere);
    Path real = Files.move(workbook.answer, elsewhere.resolve("MySample.java"));
    Files.createSymbolicLink(workbook.answer, real);
    Files.writeString(real, "class MySample {}");

    workbook.run("reset", "1");

    assertThat(workbook.answer).isSymbolicLink();
    assertThat(Files.readString(real)).contains("todo(\"1.1\")");
  }

  @Test
  void a_lesson_may_be_named_as_the_tab_key_writes_it() {
    assertThat(workbook.run("reset", "lesson-01-sample/").status()).isEqualTo(Exit.FINE);
    assertThat(workbook.run("reset", "./lesson-01-sample/").status()).isEqualTo(Exit.FINE);
  }

  @Test
  void without_a_reset_there_is_nothing_to_undo() {
    Outcome undo = workbook.run("undo", "1");

    assertThat(undo.status()).isEqualTo(Exit.USAGE);
    assertThat(undo.err()).contains("There is nothing to undo.");
  }

  @Test
  void an_exercise_comes_back_and_what_was_written_since_stays() throws Exception {
    workbook.answer(ADD, USER);
    workbook.run("check", "1.1");
    workbook.run("reset", "1.1");
    workbook.run("reset", "1.2");
    String since =
        Files.readString(workbook.answer).replace("return todo(\"1.2\");", "return null;");
    Files.writeString(workbook.answer, since);

    Outcome undo = workbook.run("undo", "1.1");

    assertThat(undo.out()).contains("Exercise 1.1 is what it was", "./workbook check 1.1");
    assertThat(workbook.answer)
        .content()
        .isEqualTo(since.replace("return todo(\"1.1\");", ADD))
        .contains("return null;");
    assertThat(kept(undo.out())).hasContent(since);
    assertThat(workbook.run("undo", "1.1").err()).contains("There is nothing to undo");
  }

  @Test
  void an_exercise_comes_back_with_its_points_where_nothing_else_has_changed() throws Exception {
    workbook.answer(ADD, USER);
    workbook.run("check", "1");
    String written = Files.readString(workbook.answer);
    workbook.run("reset", "1.1");

    workbook.run("undo", "1.1");

    assertThat(workbook.answer).hasContent(written);
    assertThat(workbook.run().out()).contains("3/7 points");
  }

  @Test
  void what_was_not_reset_cannot_come_back() throws Exception {
    workbook.answer(ADD, "return todo(\"1.2\");");
    workbook.run("reset", "1.1");
    String without = Files.readString(workbook.answer);

    Outcome undo = workbook.run("undo", "1.2");

    assertThat(undo.status()).isEqualTo(Exit.USAGE);
    assertThat(undo.err()).contains("no reset has taken away what you wrote for 1.2");
    assertThat(workbook.answer).hasContent(without);
  }

  @ParameterizedTest
  @ValueSource(strings = {"run", "reset", "undo", "hint", "solution"})
  void a_command_without_its_lesson_says_what_to_type(String command) {
    Outcome outcome = workbook.run(command);

    assertThat(outcome.status()).isEqualTo(Exit.USAGE);
    assertThat(outcome.err())
        .contains("Which one? Type workbook " + command + " 1", "The lessons are 1 (sample).");
  }

  private Path kept(String output) {
    String path = output.strip().replaceFirst("(?s).*What it was until now is in ", "");
    return workbook.root.resolve(path);
  }
}
