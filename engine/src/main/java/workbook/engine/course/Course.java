package workbook.engine.course;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import workbook.support.EnvironmentException;

/** All lessons of the workbook, in order. */
public record Course(List<Lesson> lessons) {

  /**
   * Reads the lessons from their sources.
   *
   * @param root the workbook's folder
   * @throws EnvironmentException if there are none, or one is incomplete
   */
  public static Course read(Path root) {
    List<Lesson> lessons = new ArrayList<>();
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(root, "lesson-[0-9][0-9]-*")) {
      for (Path folder : folders) {
        lessons.add(Lesson.read(folder));
      }
    } catch (IOException e) {
      throw new EnvironmentException("The lessons in %s cannot be read: %s".formatted(root, e), e);
    }
    if (lessons.isEmpty()) {
      throw new EnvironmentException(
          "There are no lessons in %s. Run the command from a complete copy of the workbook."
              .formatted(root));
    }
    lessons.sort(Comparator.comparingInt(Lesson::number));
    return new Course(List.copyOf(lessons));
  }

  /** What all lessons earn together. */
  public int points() {
    return lessons.stream().mapToInt(Lesson::points).sum();
  }
}
