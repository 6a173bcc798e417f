package workbook.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;
import workbook.cli.SampleWorkbook;
import workbook.cli.terminal.CommandContext;
import workbook.cli.terminal.Style;
import workbook.engine.course.Course;
import workbook.engine.course.Lesson;

class WatchKeysTest {
  private SampleWorkbook workbook;

  @BeforeEach
  void make_workbook() throws Exception {
    workbook = new SampleWorkbook();
  }

  @Test
  void a_key_that_answers_no_question_does_what_it_always_does() {
    Typist typist =
        new Typist(
            List.of("Graded", "Go to which?", "Hint 1", "y/n", "Go to which?", "No exercise was"),
            List.of('l', 'h', 'x', 'l', 'z'));

    watch(typist);

    assertThat(typist.missed).isNull();
    assertThat(typist.more).isZero();
  }

  @Test
  void the_list_stands_alone_and_can_be_scrolled() {
    Typist typist =
        new Typist(
            List.of("Graded", "Go to which?", "Go to which?", "stay): 2"), List.of('l', ' ', '2'));

    watch(typist);

    assertThat(typist.missed).isNull();
    assertThat(typist.more).isEqualTo(1);
    String list = typist.page;
    assertThat(list).contains("1.1  Add two numbers", "1.2  Ask who I am");
    assertThat(list).doesNotContain("one and two make three");
  }

  private void watch(Typist typist) {
    PrintWriter nowhere = new PrintWriter(new StringWriter());
    CommandContext context = new CommandContext(workbook.root, nowhere, nowhere, Map.of());
    Style style = Style.of(Ansi.OFF, StandardCharsets.UTF_8);
    Lesson lesson = Course.read(workbook.root).lessons().get(0);
    WatchEvents events = new WatchEvents();
    try (WatchGrading grading = new WatchGrading(context, style, events::progress);
        AnswerWatcher watcher = new AnswerWatcher(List.of(lesson.answer()), events::saved)) {
      WatchedLesson watched = new WatchedLesson(lesson, watcher.text(lesson.answer()));
      new Watch(context, style, typist, grading, events, List.of(watched)).run(watcher);
    }
  }

  /** Types each key once the screen says what it waits for. */
  private static final class Typist implements WatchConsole {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final List<String> awaited;
    private final List<Character> keys;
    private int typed;
    private int more;
    private String page = "";
    private String missed;

    private Typist(List<String> awaited, List<Character> keys) {
      this.awaited = awaited;
      this.keys = keys;
    }

    @Override
    public synchronized int read() {
      String text = awaited.get(typed);
      long end = System.nanoTime() + PATIENCE.toNanos();
      try {
        while (!page.contains(text)) {
          if (System.nanoTime() > end) {
            missed = text + " in: " + page;
            return END;
          }
          wait(1000);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return END;
      }
      return typed < keys.size() ? keys.get(typed++) : END;
    }

    @Override
    public synchronized void show(List<String> newPage, List<String> footer, boolean news) {
      page = String.join("\n", newPage) + "\n" + String.join("\n", footer);
      notifyAll();
    }

    @Override
    public synchronized void more() {
      more++;
    }

    @Override
    public void lend(Runnable program) {
      program.run();
    }

    @Override
    public void forgetKeys() {
      // each is read as it is typed
    }

    @Override
    public boolean canLend() {
      return false;
    }

    @Override
    public void close() {
      // there is no terminal
    }
  }
}
