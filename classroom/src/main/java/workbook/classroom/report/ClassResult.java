package workbook.classroom.report;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import java.util.Optional;
import workbook.engine.protocol.Status;

/**
 * The results of a class; {@code results.json} is this.
 *
 * @param version of the format
 * @param checks a hash of the checks and of what ran them
 * @param database what they ran on
 * @param isolation what kept the hand-ins apart
 * @param part which part of the class, such as {@code 2/5}
 * @param lessons what was graded
 * @param students in the order of their names
 */
public record ClassResult(
    int version,
    String checks,
    String database,
    String isolation,
    String part,
    List<GradedLesson> lessons,
    List<StudentResult> students) {

  /** How many points there are. */
  int possible() {
    return lessons.stream().mapToInt(GradedLesson::points).sum();
  }

  /** A lesson, as far as reports need it. */
  public record GradedLesson(int number, String topic, String answer, List<GradedCheck> checks) {
    int points() {
      return checks.stream().mapToInt(GradedCheck::points).sum();
    }

    String title() {
      return "Lesson " + number + ": " + topic;
    }
  }

  /** A check, as far as reports need it. */
  public record GradedCheck(String exercise, String title, String name, int points) {
    String sentence() {
      return name.replace('_', ' ');
    }
  }

  /** One student's results. */
  public record StudentResult(
      String student, String id, List<String> notes, List<LessonResult> lessons) {
    public int earned() {
      return lessons.stream().mapToInt(LessonResult::earned).sum();
    }

    @JsonIgnore
    public boolean isTampering() {
      return lessons.stream().anyMatch(LessonResult::isTampering);
    }

    /** Whether there is something that a teacher should read. */
    @JsonIgnore
    boolean isNoted() {
      return !notes.isEmpty() || lessons.stream().anyMatch(lesson -> !lesson.notes().isEmpty());
    }

    public Optional<LessonResult> lesson(int number) {
      return lessons.stream().filter(result -> result.lesson() == number).findFirst();
    }
  }

  /**
   * A lesson that was handed in.
   *
   * @param file where the answer was found
   */
  public record LessonResult(
      int lesson, String file, List<String> notes, List<CheckOutcome> checks) {
    public int earned() {
      return checks.stream().mapToInt(CheckOutcome::points).sum();
    }

    @JsonIgnore
    public boolean isTampering() {
      return checks.stream().anyMatch(check -> check.status() == Status.TAMPERING);
    }
  }

  /**
   * The verdict on a check, and what a report shows of it.
   *
   * @param points what it earned
   * @param message null if it passed
   * @param line the answer's line that it came through; 0 if none is known
   * @param code some lines around that one
   * @param trace what the sessions and the server said to each other, in lines for the teacher's
   *     page; it differs from run to run, so it is no part of {@code results.json}
   */
  public record CheckOutcome(
      String exercise,
      String name,
      Status status,
      int points,
      String message,
      int line,
      List<String> code,
      @JsonIgnore List<String> trace) {

    public CheckOutcome {
      trace = trace == null ? List.of() : trace;
    }

    /** The same with another trace. */
    public CheckOutcome tracedAs(List<String> lines) {
      return new CheckOutcome(exercise, name, status, points, message, line, code, lines);
    }

    public static CheckOutcome notAttempted(String exercise, String name, String message) {
      return new CheckOutcome(exercise, name, Status.NOT_ATTEMPTED, 0, message, 0, List.of(), null);
    }
  }
}
