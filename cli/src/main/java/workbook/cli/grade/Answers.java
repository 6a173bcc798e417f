package workbook.cli.grade;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import workbook.cli.grade.HandIn.AnswerText;
import workbook.support.course.Course;
import workbook.support.course.Lesson;

/** Chooses the answers among the files of one student. */
final class Answers {
  // Built, kept by version control, or the workbook's own copy of the stubs.
  private static final Pattern IGNORED =
      Pattern.compile("(^|.*/)(\\.git|\\.workbook|target|build|out|bin|__MACOSX|src/test)/.*");
  private static final Pattern ARCHIVE = Pattern.compile("(?i).*\\.(7z|rar|tar|tgz|gz|bz2|xz)");
  private static final int MOST_NAMES = 3;

  private final Course course;
  private final List<FoundFile> files;
  private final List<Note> notes;

  /**
   * @param notes takes what student and teacher should know
   */
  Answers(Course course, List<FoundFile> found, List<Note> notes) {
    this.course = course;
    this.files = found.stream().filter(file -> !IGNORED.matcher(file.path()).matches()).toList();
    this.notes = notes;
  }

  /**
   * The answers, by the number of their lesson; what speaks against other files is noted.
   *
   * @param ours the names of the workbook's own sources
   */
  Map<Integer, AnswerText> choose(Set<String> ours) {
    boolean silent = notes.isEmpty();
    Map<Integer, AnswerText> chosen = new TreeMap<>();
    for (Lesson lesson : course.lessons()) {
      List<FoundFile> candidates = files.stream().filter(file -> isAnswer(lesson, file)).toList();
      if (candidates.isEmpty()) {
        note(
            "there is no My" + lesson.contract() + ".java, but %s: only that very name is graded",
            names(file -> isLike(lesson, file)));
      } else {
        choose(lesson, candidates).ifPresent(answer -> chosen.put(lesson.number(), answer));
      }
    }
    if (chosen.size() < course.lessons().size()) {
      note("not opened, since it is no zip: %s", names(Answers::isArchive));
    }
    note(
        "not taken, since all that an answer needs has to be in its own file: %s",
        names(file -> isHelper(file) && !ours.contains(file.name())));
    if (chosen.isEmpty() && silent && notes.isEmpty()) {
      note("there is no answer in it, but %s", names(file -> true));
    }
    if (files.isEmpty() && silent && notes.isEmpty()) {
      notes.add(Note.of("there is no file in it"));
    }
    return chosen;
  }

  static boolean isArchive(FoundFile file) {
    return ARCHIVE.matcher(file.path()).matches();
  }

  // Canvas and browsers number a file that was handed in again.
  private static boolean isAnswer(Lesson lesson, FoundFile file) {
    return file.name().matches("My" + lesson.contract() + "(-[0-9]+| ?\\([0-9]+\\))?\\.java");
  }

  // Whoever handed in under another name should hear of it, and so should the teacher.
  private static boolean isLike(Lesson lesson, FoundFile file) {
    String contract = lesson.contract().toLowerCase(Locale.ROOT);
    return file.name().toLowerCase(Locale.ROOT).contains(contract)
        && !file.name().equals(lesson.contract() + ".java");
  }

  private boolean isHelper(FoundFile file) {
    return file.path().endsWith(".java")
        && course.lessons().stream().noneMatch(lesson -> isLike(lesson, file));
  }

  private void note(String template, List<String> names) {
    if (!names.isEmpty()) {
      String some = String.join(", ", names.subList(0, Math.min(MOST_NAMES, names.size())));
      int others = names.size() - MOST_NAMES;
      notes.add(new Note(template, others > 0 ? some + " and " + others + " more" : some));
    }
  }

  private List<String> names(Predicate<FoundFile> which) {
    return files.stream().filter(which).map(FoundFile::name).distinct().sorted().toList();
  }

  // The one where it belongs, else the one highest up, else the one without a number: always the
  // same.
  private Optional<AnswerText> choose(Lesson lesson, List<FoundFile> candidates) {
    String name = "My" + lesson.contract() + ".java";
    String place = "src/main/java/workbook/" + lesson.topic() + "/" + name;
    List<FoundFile> sorted = new ArrayList<>(candidates);
    sorted.sort(
        Comparator.<FoundFile>comparingInt(file -> file.path().endsWith(place) ? 0 : 1)
            .thenComparingInt(file -> file.path().split("/").length)
            .thenComparingInt(file -> file.name().equals(name) ? 0 : 1)
            .thenComparing(FoundFile::path));
    FoundFile chosen = sorted.get(0);
    try {
      String text = chosen.text();
      List<String> others = new ArrayList<>();
      for (FoundFile other : sorted.subList(1, sorted.size())) {
        if (!other.text().equals(text)) {
          others.add(other.path());
        }
      }
      List<Note> own = new ArrayList<>();
      if (!others.isEmpty()) {
        own.add(
            new Note(
                "there is more than one " + name + ", and they differ: %s",
                chosen.path() + " is graded, not " + String.join(", ", others)));
      }
      return Optional.of(new AnswerText(chosen.path(), text, own));
    } catch (IOException e) {
      notes.add(new Note("%s is not graded: " + e.getMessage().replace("%", "%%"), chosen.path()));
      return Optional.empty();
    }
  }
}
