package workbook.engine.course;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import workbook.support.EnvironmentException;

/** All lessons of the workbook, in order. */
public record Course(List<Lesson> lessons) {
  private static final Pattern MODULE =
      Pattern.compile("<module>\\s*(lesson-[0-9]{2}-[^<\\s]+)\\s*</module>");

  /**
   * Reads the lessons from their sources.
   *
   * @param root the workbook's folder
   * @throws EnvironmentException if there are none, or one is incomplete
   */
  public static Course read(Path root) {
    List<Lesson> lessons = new ArrayList<>();
    try {
      for (Path folder : folders(root)) {
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

  // The lessons are the reactor's; what else is called like one, a copy or notes, is the learner's.
  private static List<Path> folders(Path root) throws IOException {
    Path reactor = root.resolve("pom.xml");
    List<Path> folders = new ArrayList<>();
    if (Files.exists(reactor)) {
      Matcher module = MODULE.matcher(Files.readString(reactor));
      while (module.find()) {
        folders.add(root.resolve(module.group(1)));
      }
      return folders;
    }
    try (DirectoryStream<Path> found = Files.newDirectoryStream(root, "lesson-[0-9][0-9]-*")) {
      found.forEach(folders::add);
    }
    return folders;
  }

  /** What all lessons earn together. */
  public int points() {
    return lessons.stream().mapToInt(Lesson::points).sum();
  }
}
