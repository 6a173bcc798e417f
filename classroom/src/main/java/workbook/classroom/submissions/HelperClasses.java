package workbook.classroom.submissions;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import workbook.engine.course.Lesson;

/** Further classes of an answer's package, beside it; the compiler takes what the answer needs. */
final class HelperClasses {
  private static final int MOST = 20;

  private HelperClasses() {}

  /**
   * Their sources, by file name.
   *
   * @param further the hand-in's files that may be such classes
   * @param notes takes what student and teacher should know
   */
  static Map<String, String> beside(
      SubmissionFile answer, Lesson lesson, List<SubmissionFile> further, List<Note> notes) {
    String folder = answer.path().substring(0, answer.path().length() - answer.name().length());
    Pattern line = Pattern.compile("(?m)^\\s*package\\s+workbook\\." + lesson.topic() + "\\s*;");
    Map<String, String> helpers = new TreeMap<>();
    for (SubmissionFile file : further) {
      boolean isBeside =
          file.path().equals(folder + file.name())
              && file.name().matches("[A-Za-z_]\\w{0,80}\\.java");
      try {
        if (isBeside && helpers.size() < MOST && line.matcher(file.text()).find()) {
          String first = helpers.putIfAbsent(file.name(), file.text());
          if (first != null && !AnswerSelector.isText(file, first)) {
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
}
