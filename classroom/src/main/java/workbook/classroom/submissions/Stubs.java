package workbook.classroom.submissions;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import workbook.engine.course.Lesson;
import workbook.support.EnvironmentException;

/** Tells answers as they were handed out, which those hand in who keep all lessons in one place. */
public final class Stubs {
  private Stubs() {}

  /** Whether there is nothing in an answer but what was handed out. */
  public static boolean isUntouched(Lesson lesson, String text) {
    try {
      return lines(text).equals(lines(Files.readString(lesson.pristineAnswer())));
    } catch (IOException e) {
      throw new EnvironmentException(
          "%s cannot be read: %s. Put it back, for instance with git checkout."
              .formatted(lesson.pristineAnswer(), EnvironmentException.reason(e)),
          e);
    }
  }

  private static List<String> lines(String text) {
    return text.lines().map(String::stripTrailing).toList();
  }
}
