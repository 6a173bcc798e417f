package workbook.classroom.submissions;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import workbook.engine.Folders;
import workbook.engine.course.Lesson;
import workbook.support.EnvironmentException;

/** Further classes of an answer's package; the compiler takes what the answer needs. */
final class HelperClasses {
  private static final int MOST = 20;
  // The lesson's own, which a student who hands in everything has beside the answer.
  private static final Pattern HANDED_OUT = Pattern.compile(".*(Checks|Test)\\.java");

  private HelperClasses() {}

  /**
   * Their sources, by file name: wherever they are in the hand-in, and those beside the answer
   * first. A name that a class of the lesson has is not taken.
   *
   * @param further the hand-in's files that may be such classes
   * @param notes takes what student and teacher should know
   */
  static Map<String, String> of(
      SubmissionFile answer, Lesson lesson, List<SubmissionFile> further, List<Note> notes) {
    String folder = answer.path().substring(0, answer.path().length() - answer.name().length());
    Set<String> shown = sources(lesson, "src/main");
    Set<String> hidden = sources(lesson, "src/test");
    Pattern line = Pattern.compile("(?m)^\\s*package\\s+workbook\\." + lesson.topic() + "\\s*;");
    Map<String, String> helpers = new TreeMap<>();
    List<SubmissionFile> sorted = new ArrayList<>(further);
    sorted.sort(Comparator.comparing(file -> !isIn(folder, file)));
    for (SubmissionFile file : sorted) {
      if (shown.contains(file.name())) {
        continue;
      }
      if (hidden.contains(file.name())) {
        if (isIn(folder, file) && !HANDED_OUT.matcher(file.name()).matches()) {
          String format =
              "not taken, since the workbook has a class of that name; it needs another: %s";
          notes.add(new Note(format, file.name()));
        }
        continue;
      }
      try {
        boolean isNamed = file.name().matches("[A-Za-z_]\\w{0,80}\\.java");
        if (isNamed && helpers.size() < MOST && line.matcher(file.text()).find()) {
          String first = helpers.putIfAbsent(file.name(), file.text());
          if (first != null && isIn(folder, file) && !AnswerSelector.isText(file, first)) {
            notes.add(
                new Note(
                    "of two entries of one name in the zip, the first is taken: %s", file.name()));
          }
        }
      } catch (IOException unreadable) {
        // then the answer does not compile without it
      }
    }
    return helpers;
  }

  private static Set<String> sources(Lesson lesson, String folder) {
    try {
      return Folders.files(lesson.folder().resolve(folder)).stream()
          .map(file -> file.getFileName().toString())
          .collect(Collectors.toSet());
    } catch (IOException e) {
      throw new EnvironmentException(
          "%s cannot be read: %s".formatted(lesson.folder(), EnvironmentException.reason(e)), e);
    }
  }

  private static boolean isIn(String folder, SubmissionFile file) {
    return file.path().equals(folder + file.name());
  }
}
