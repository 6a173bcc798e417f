package workbook.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import workbook.cli.SampleWorkbook;
import workbook.cli.terminal.Exit;
import workbook.engine.ProjectRoot;
import workbook.engine.postgres.ThrowawayServer;

public class WatchCommandTest {
  private static final String ADD = "return left + right;";
  private static final String USER =
      """
      try (var connection = dataSource.getConnection();
          var statement = connection.createStatement();
          var results = statement.executeQuery("SELECT current_user")) {
        results.next();
        return results.getString(1);
      }""";
  private static final String TODO = "return todo(\"1.2\");";

  private SampleWorkbook workbook;

  @BeforeEach
  void make_workbook() throws Exception {
    workbook = new SampleWorkbook();
  }

  @Test
  void a_learner_saves_and_knows_until_all_passes() throws Exception {
    try (PlainWatch watch = new PlainWatch(workbook)) {
      watch.reads("Lesson 1: sample", "○ 1.1 Add two numbers", "Write it here", "q quit");

      workbook.answer("System.out.println(\"adding\"); return left - right;", TODO);
      String verdict = watch.reads("✗ 1.1 Add two numbers", "Graded 1.1", "q quit");
      assertThat(verdict)
          .contains("✗ one and two make three", "expected: 3", "but was: -1")
          .contains("✗ order does not matter", "[2 + 1]", "but was: 1")
          .contains(Path.of("workbook/sample/MySample.java") + ":9 (add)")
          .contains("Your code printed:", "adding");

      watch.type("h");
      watch.reads("Hint 1 of 3", "shopkeeper");
      watch.type("h");
      watch.reads("Hint 2 of 3", "operator");
      watch.type("h");
      assertThat(watch.reads("Hint 3 of 3", "q quit")).doesNotContain("no more hints");
      watch.type("h");
      watch.reads("Hint 3 of 3", "There are no more hints. Still stuck?", "q quit");
      watch.type("s");
      watch.reads("1.1 has not passed yet. Show an answer all the same?");
      watch.type("n");

      workbook.answer(ADD, TODO);
      watch.reads("✓ 1.1 Add two numbers", "1.1 passed", "n goes on: 1.2 Ask who I am", "q quit");
      watch.type("s");
      watch.reads("Small numbers need no more than this.");
      watch.type("n");
      watch.reads("○ 1.2 Ask who I am", "q quit");

      workbook.answer(ADD, USER);
      String graded =
          watch.reads(
              "✓ 1.2 Ask who I am",
              "All of this lesson passes. Every exercise passes. Well done!",
              "q quit");
      assertThat(graded).contains("7/7 points").doesNotContain("Graded 1.1");

      workbook.answer("return left - right;", USER);
      watch.reads("✓ 1.2 Ask who I am", "1.1 passed before this, and does not now.", "q quit");
      workbook.answer("return 0;", USER);
      watch.reads("Graded 1.1", "1.1 does not pass yet.", "q quit");
      workbook.answer(ADD, USER);
      watch.reads("Graded 1.1", "1.1 passes now.", "q quit");

      watch.type("l");
      watch.reads("✓ 1.1", "✓ 1.2", "Go to which?");
      watch.type("z");
      watch.reads("No exercise was chosen.", "q quit");
      watch.type("l");
      watch.reads("Go to which?");
      watch.type("2.1");
      watch.reads("There is no exercise 2.1 in this lesson.", "q quit");
      watch.type("l");
      watch.reads("Go to which?");
      watch.type("1.1");
      watch.reads("✓ 1.1 Add two numbers", "q quit");
      watch.type("x");
      watch.reads("A backup is kept. y/n");
      watch.type("y");
      watch.reads(
          "○ 1.1 Add two numbers", "1.1 is as it was handed out", "undo 1.1 brings it back");
      watch.reads("Graded 1.1", "q quit");
      assertThat(Files.readString(workbook.answer)).contains("todo(\"1.1\")", "SELECT current");

      assertThat(watch.quit()).isEqualTo(Exit.FINE);
      assertThat(workbook.run().out()).contains("4/7 points");
    }
  }

  @Test
  void lines_break_at_blanks_and_keep_styles_and_indentation() {
    String style = "\033[1m";

    assertThat(Rows.wrapped(List.of("  one two three", "", "abcdefghijklm"), 10))
        .containsExactly("  one two", "  three", "", "abcdefghij", "klm");
    assertThat(Rows.wrapped(List.of("o open  d data  q quit"), 16))
        .containsExactly("o open  d data", "q quit");
    assertThat(Rows.wrapped(List.of(style + "bold word\033[0m"), 6))
        .allMatch(line -> line.startsWith(style));
  }

  @Test
  void a_link_that_is_too_wide_fills_the_terminal_which_goes_on_with_it() {
    String link = "https://localhost/abcdefghijklmnopq";
    List<String> rows = Rows.wrapped(List.of("  see " + link, "  end"), 14);

    assertThat(rows)
        .containsExactly("  see", "  https://local", "host/abcdefghij", "klmnopq", "  end");
    assertThat(Rows.painted(rows, 15).replace("\033[K", ""))
        .isEqualTo("  see\r\n  " + link + "\r\n  end");
    assertThat(Rows.painted(List.of("https://local/a", "", "end"), 15))
        .isEqualTo("https://local/a\r\n\033[K\r\nend\033[K");
  }

  @Test
  void an_editor_that_is_not_there_is_named() {
    assertThat(Editor.notFound(Map.of("EDITOR", "nano")))
        .contains("EDITOR is \"nano\", which is not on the PATH.", "Set EDITOR");
  }

  @Test
  @Tag("thorough")
  void nothing_that_an_answer_does_ends_it() throws Exception {
    // a server of its own, which is killed
    Set<Path> before = servers();
    String shared = System.setProperty(ThrowawayServer.PROPERTY, "embedded");
    try (PlainWatch watch = new PlainWatch(workbook)) {
      watch.reads("○ 1.1 Add two numbers", "q quit");

      workbook.answer("return left +;", USER);
      watch.reads("1.1 Add two numbers", "does not compile", "MySample.java:11");
      watch.reads("illegal start of expression", "Nothing was graded.", "q quit");
      watch.type("h");
      watch.reads("does not compile", "Hint 1 of 3");

      workbook.answer("while (true) {}", USER);
      watch.reads("✗ one and two make three (timed out)", "still running after", "q quit");

      workbook.answer("System.exit(0); return 0;", USER);
      watch.reads("✗ one and two make three (crashed)", "System.exit", "q quit");

      workbook.answer("return new long[Integer.MAX_VALUE - 9].length;", USER);
      watch.reads("(crashed)", "used up all memory", "q quit");

      String text = Files.readString(workbook.answer);
      Files.delete(workbook.answer);
      watch.reads("MySample.java is gone", "q quit");
      Files.writeString(workbook.answer, text.replace("return new", "return 4; //"));
      watch.reads("✗ 1.1 Add two numbers", "q quit");

      killServer(before);
      watch.type("n");
      watch.reads("1.2 Ask who I am", "q quit");
      workbook.answer(ADD, USER);
      watch.reads("✓ 1.2 Ask who I am", "1.2 passed", "q quit");

      watch.hangUp();
      watch.reads("There is no terminal to type at");
      assertThat(watch.status()).isEqualTo(Exit.FINE);
      assertThat(workbook.root.resolve(".workbook/runs")).isEmptyDirectory();
    } finally {
      System.setProperty(ThrowawayServer.PROPERTY, shared);
    }
  }

  // The server of the watch is the one that was not there before it.
  private static void killServer(Set<Path> before) throws IOException {
    Set<Path> ours = servers();
    ours.removeAll(before);
    assertThat(ours).hasSize(1);
    long pid = Long.parseLong(Files.readAllLines(ours.iterator().next()).get(0));
    ProcessHandle.of(pid).orElseThrow().destroyForcibly();
  }

  private static Set<Path> servers() throws IOException {
    Set<Path> servers = new HashSet<>();
    String mine = ProcessHandle.current().pid() + "-*";
    Path runs = Files.createDirectories(ProjectRoot.workFolder().resolve("runs"));
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(runs, mine)) {
      for (Path folder : folders) {
        Path pid = folder.resolve("data/postmaster.pid");
        if (Files.exists(pid)) {
          servers.add(pid);
        }
      }
    }
    return servers;
  }
}
