package workbook.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import workbook.engine.course.ExerciseInfo;
import workbook.engine.course.Lesson;
import workbook.support.EnvironmentException;

/** Reads a lesson's hints: below each exercise's heading a numbered list, the plainest last. */
public final class Hints {
  private static final Pattern LINK = Pattern.compile("\\[([^\\]]+)\\]\\((\\S+)\\)");
  private static final Pattern ITEM = Pattern.compile("^[0-9]+\\. ");

  private static final int WIDTH = 78;

  private Hints() {}

  public static List<String> of(Lesson lesson, ExerciseInfo exercise) {
    List<String> hints = new ArrayList<>();
    boolean inside = false;
    for (String line : lines(lesson)) {
      if (line.startsWith("#")) {
        inside = line.startsWith("## " + exercise.id() + " ");
      } else if (inside && ITEM.matcher(line).find()) {
        hints.add(ITEM.matcher(line).replaceFirst(""));
      } else if (inside && !hints.isEmpty() && !line.isBlank()) {
        int last = hints.size() - 1;
        hints.set(last, hints.get(last) + "\n" + line.strip());
      }
    }
    if (hints.isEmpty()) {
      throw new EnvironmentException(
          "%s has no hints for exercise %s. Put the file back, for instance with git checkout."
              .formatted(lesson.hints(), exercise.id()));
    }
    return hints;
  }

  /** A hint as a terminal shows it: a link's address stands behind its text, or below it. */
  static String plain(String hint) {
    return hint.lines().map(Hints::plainLine).collect(Collectors.joining("\n"));
  }

  // A terminal would break an address in two.
  private static String plainLine(String line) {
    String plain = LINK.matcher(line).replaceAll("$1: $2").replace("`", "");
    return plain.length() <= WIDTH
        ? plain
        : LINK.matcher(line).replaceAll("$1:\n  $2").replace("`", "");
  }

  private static List<String> lines(Lesson lesson) {
    try {
      return Files.readAllLines(lesson.hints());
    } catch (IOException e) {
      throw new EnvironmentException(
          "%s cannot be read: %s. Put it back, for instance with git checkout."
              .formatted(lesson.hints(), EnvironmentException.reason(e)),
          e);
    }
  }
}
