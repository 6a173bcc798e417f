package workbook.cli.grade;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import workbook.cli.grade.HandIn.AnswerText;
import workbook.support.course.Lesson;

/** Chooses the answers among the files of one student. */
final class Answers {
  // Built, kept by version control, or the workbook's own copy of the stubs.
  private static final Pattern IGNORED =
      Pattern.compile("(^|.*/)(\\.git|\\.workbook|target|build|out|bin|__MACOSX|src/test)/.*");

  private final List<FoundFile> files;
  private final List<String> notes;

  /**
   * @param notes takes what student and teacher should know
   */
  Answers(List<FoundFile> files, List<String> notes) {
    this.files = files;
    this.notes = notes;
  }

  /** The answer to a lesson; what speaks against a file that is like one is noted. */
  Optional<AnswerText> of(Lesson lesson) {
    List<FoundFile> candidates = files.stream().filter(file -> isAnswer(lesson, file)).toList();
    if (candidates.isEmpty()) {
      noteNamesLike(lesson);
      return Optional.empty();
    }
    return choose(lesson, candidates);
  }

  // Whoever handed in under another name should hear of it, and so should the teacher.
  private void noteNamesLike(Lesson lesson) {
    String contract = lesson.contract().toLowerCase(Locale.ROOT);
    List<String> like =
        files.stream()
            .map(FoundFile::path)
            .filter(path -> !IGNORED.matcher(path).matches())
            .map(path -> path.replaceFirst(".*/", ""))
            .filter(name -> name.toLowerCase(Locale.ROOT).contains(contract))
            .filter(name -> !name.equals(lesson.contract() + ".java"))
            .distinct()
            .sorted()
            .limit(3)
            .toList();
    if (!like.isEmpty()) {
      notes.add(
          "there is no My%s.java, but %s: only a file of that very name is graded"
              .formatted(lesson.contract(), String.join(", ", like)));
    }
  }

  private static boolean isAnswer(Lesson lesson, FoundFile file) {
    // Canvas and browsers number a file that was handed in again.
    return file.path().matches("(.*/)?My" + lesson.contract() + "(-[0-9]+| ?\\([0-9]+\\))?\\.java")
        && !IGNORED.matcher(file.path()).matches();
  }

  // The one where it belongs, else the one highest up, else the first by name: always the same.
  private Optional<AnswerText> choose(Lesson lesson, List<FoundFile> candidates) {
    String place = "src/main/java/workbook/" + lesson.topic() + "/My" + lesson.contract() + ".java";
    List<FoundFile> sorted = new ArrayList<>(candidates);
    sorted.sort(
        Comparator.<FoundFile>comparingInt(file -> file.path().endsWith(place) ? 0 : 1)
            .thenComparingInt(file -> file.path().split("/").length)
            .thenComparing(FoundFile::path));
    FoundFile chosen = sorted.get(0);
    List<String> own = new ArrayList<>();
    try {
      String text = chosen.text();
      for (FoundFile other : sorted.subList(1, sorted.size())) {
        if (!other.text().equals(text)) {
          own.add(
              "there are %d different My%s.java; graded is %s"
                  .formatted(sorted.size(), lesson.contract(), chosen.path()));
          break;
        }
      }
      return Optional.of(new AnswerText(chosen.path(), text, own));
    } catch (IOException e) {
      notes.add("%s is not graded: %s".formatted(chosen.path(), e.getMessage()));
      return Optional.empty();
    }
  }
}
