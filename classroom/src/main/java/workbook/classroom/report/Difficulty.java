package workbook.classroom.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import workbook.classroom.report.ClassResult.CheckOutcome;
import workbook.classroom.report.ClassResult.GradedCheck;
import workbook.classroom.report.ClassResult.GradedLesson;
import workbook.classroom.report.ClassResult.StudentResult;
import workbook.engine.Excerpt;
import workbook.engine.protocol.Status;

/**
 * A check that the class found hard.
 *
 * @param failed how many failed it
 * @param attempted how many attempted it
 * @param messages the commonest, and how often
 * @param states the commonest SQLSTATEs, and how often
 */
record Difficulty(
    GradedCheck check,
    int failed,
    int attempted,
    List<Map.Entry<String, Integer>> messages,
    List<Map.Entry<String, Integer>> states) {

  /** How often there was another message. */
  int others() {
    return failed - messages.stream().mapToInt(Map.Entry::getValue).sum();
  }

  private static final Pattern STATE = Pattern.compile("SQLSTATE ([0-9A-Z]{5})");
  private static final int CHECKS = 12;
  private static final int MESSAGES = 3;
  private static final int LONGEST = 240;

  /** The hardest checks, the hardest first. */
  static List<Difficulty> most(ClassResult result) {
    List<Difficulty> all = new ArrayList<>();
    for (GradedLesson lesson : result.lessons()) {
      for (int i = 0; i < lesson.checks().size(); i++) {
        all.add(of(result, lesson, i));
      }
    }
    return all.stream()
        .filter(difficulty -> difficulty.failed > 0)
        .sorted(Comparator.comparingInt(difficulty -> -difficulty.failed))
        .limit(CHECKS)
        .toList();
  }

  private static Difficulty of(ClassResult result, GradedLesson lesson, int check) {
    Map<String, Integer> messages = new TreeMap<>();
    Map<String, Integer> states = new TreeMap<>();
    int failed = 0;
    int attempted = 0;
    for (StudentResult student : result.students()) {
      CheckOutcome outcome =
          student.lesson(lesson.number()).map(graded -> graded.checks().get(check)).orElse(null);
      if (outcome == null
          || outcome.status() == Status.NOT_ATTEMPTED
          || outcome.status() == Status.DOES_NOT_COMPILE
          || outcome.status() == Status.TAMPERING) {
        continue;
      }
      attempted++;
      if (outcome.status() != Status.PASSED) {
        failed++;
        String message = String.valueOf(outcome.message());
        messages.merge(gist(message), 1, Integer::sum);
        Matcher state = STATE.matcher(message);
        if (state.find()) {
          states.merge(state.group(1), 1, Integer::sum);
        }
      }
    }
    return new Difficulty(
        lesson.checks().get(check), failed, attempted, commonest(messages), commonest(states));
  }

  private static String gist(String message) {
    String line = message.strip().replaceAll("\\s+", " ");
    return line.length() <= LONGEST ? line : Excerpt.of(line, LONGEST) + " ...";
  }

  private static List<Map.Entry<String, Integer>> commonest(Map<String, Integer> counts) {
    return counts.entrySet().stream()
        .sorted(Comparator.comparingInt(entry -> -entry.getValue()))
        .limit(MESSAGES)
        .toList();
  }
}
