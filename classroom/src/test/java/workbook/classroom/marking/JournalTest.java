package workbook.classroom.marking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import workbook.classroom.report.ClassResult.CheckOutcome;
import workbook.classroom.report.ClassResult.LessonResult;
import workbook.cli.terminal.UsageException;

class JournalTest {
  private static final LessonResult RESULT =
      new LessonResult(
          1,
          "MyConnector.java",
          List.of(),
          List.of(CheckOutcome.notAttempted("1.1", "a", "no").tracedAs(List.of("   0  SELECT 1"))));

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("report/journal.jsonl");
  }

  @Test
  void what_was_graded_is_known_to_the_next_run() {
    try (Journal journal = new Journal(file, "v1", Set.of())) {
      journal.add(journal.key("Ada", 1, "text"), RESULT);
    }

    try (Journal next = new Journal(file, "v1", Set.of())) {
      assertThat(next.find(next.key("Ada", 1, "text"))).contains(RESULT);
    }
  }

  @Test
  void one_student_is_graded_again() {
    try (Journal journal = new Journal(file, "v1", Set.of())) {
      journal.add(journal.key("Ada", 1, "text"), RESULT);
      journal.add(journal.key("Bob", 1, "text"), RESULT);
    }

    try (Journal next = new Journal(file, "v1", Set.of("Ada"))) {
      assertThat(next.find(next.key("Ada", 1, "text"))).isEmpty();
      assertThat(next.find(next.key("Bob", 1, "text"))).contains(RESULT);
    }
  }

  @Test
  void another_answer_student_lesson_or_version_of_the_checks_is_graded_anew() {
    try (Journal journal = new Journal(file, "v1", Set.of())) {
      journal.add(journal.key("Ada", 1, "text"), RESULT);

      assertThat(journal.find(journal.key("Ada", 1, "other"))).isEmpty();
      assertThat(journal.find(journal.key("Bob", 1, "text"))).isEmpty();
      assertThat(journal.find(journal.key("Ada", 2, "text"))).isEmpty();
    }
    try (Journal newer = new Journal(file, "v2", Set.of())) {
      assertThat(newer.find(newer.key("Ada", 1, "text"))).isEmpty();
    }
  }

  @Test
  void a_line_that_a_kill_cut_off_is_graded_anew_and_spoils_no_other() throws IOException {
    try (Journal journal = new Journal(file, "v1", Set.of())) {
      journal.add(journal.key("Ada", 1, "text"), RESULT);
      journal.add(journal.key("Bob", 1, "text"), RESULT);
    }
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length - 20));

    try (Journal journal = new Journal(file, "v1", Set.of())) {
      assertThat(journal.find(journal.key("Ada", 1, "text"))).contains(RESULT);
      assertThat(journal.find(journal.key("Bob", 1, "text"))).isEmpty();
      journal.add(journal.key("Bob", 1, "text"), RESULT);
    }
    try (Journal journal = new Journal(file, "v1", Set.of())) {
      assertThat(journal.find(journal.key("Bob", 1, "text"))).contains(RESULT);
    }
  }

  @Test
  void lines_that_are_no_entries_do_no_harm() throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "nonsense\n\n{\"key\":\n", StandardOpenOption.CREATE);

    try (Journal journal = new Journal(file, "v1", Set.of())) {
      assertThat(journal.find(journal.key("Ada", 1, "text"))).isEmpty();
    }
  }

  @Test
  void two_runs_do_not_write_into_one_report() {
    try (Journal journal = new Journal(file, "v1", Set.of())) {
      assertThat(journal.find("")).isEmpty();

      assertThatThrownBy(() -> new Journal(file, "v1", Set.of()))
          .isInstanceOf(UsageException.class)
          .hasMessageContaining("Another run is grading into");
    }
  }
}
