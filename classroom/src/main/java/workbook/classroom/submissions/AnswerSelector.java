package workbook.classroom.submissions;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import workbook.classroom.submissions.Submission.AnswerText;
import workbook.engine.Excerpt;
import workbook.engine.course.Course;
import workbook.engine.course.Lesson;
import workbook.support.EnvironmentException;

/** Chooses the answers among the files of one student. */
public final class AnswerSelector {
  // Built, kept by version control, or the workbook's own copy of the stubs.
  private static final Pattern IGNORED =
      Pattern.compile("(^|.*/)(\\.git|\\.workbook|target|build|out|bin|__MACOSX|src/test)/.*");
  private static final Pattern ARCHIVE = Pattern.compile("(?i).*\\.(7z|rar|tar|tgz|gz|bz2|xz)");
  private static final String NUMBER = "(-[0-9]+| ?\\([0-9]+\\))?";
  private static final int MOST_NAMES = 3;
  private static final int LONGEST_NAME = 100;
  private static final int MOST_COPIES = 20;

  private final Course course;
  private final List<SubmissionFile> files;
  private final boolean empty;
  private final List<Note> notes;
  private List<SubmissionFile> further = List.of();

  /**
   * @param notes takes what student and teacher should know
   */
  AnswerSelector(Course course, List<SubmissionFile> found, List<Note> notes) {
    this.course = course;
    this.files = found.stream().filter(file -> !IGNORED.matcher(file.path()).matches()).toList();
    this.empty = found.isEmpty();
    this.notes = notes;
  }

  /**
   * The answers, by the number of their lesson; what speaks against other files is noted.
   *
   * @param ours the names of the workbook's own sources
   */
  Map<Integer, AnswerText> choose(Set<String> ours) {
    int before = notes.size();
    Map<Integer, AnswerText> chosen = new TreeMap<>();
    further =
        files.stream().filter(file -> isFurther(file) && !ours.contains(file.name())).toList();
    for (Lesson lesson : course.lessons()) {
      List<SubmissionFile> candidates =
          files.stream().filter(file -> isAnswer(lesson, file)).toList();
      if (candidates.isEmpty()) {
        note(
            "there is no My" + lesson.contract() + ".java, but %s, which is not graded",
            names(file -> isLike(lesson, file)));
      } else {
        choose(lesson, candidates).ifPresent(answer -> chosen.put(lesson.number(), answer));
      }
    }
    if (chosen.size() < course.lessons().size()) {
      note("not opened, since it is no zip: %s", names(AnswerSelector::isArchive));
    }
    note(
        "not taken, since it is in no answer's package: %s",
        names(
            file ->
                further.contains(file)
                    && chosen.values().stream()
                        .noneMatch(answer -> answer.helpers().containsKey(file.name()))));
    if (chosen.isEmpty() && notes.size() == before) {
      noteNothing();
    }
    return chosen;
  }

  private void noteNothing() {
    if (!files.isEmpty()) {
      note("there is no answer in it, but %s", names(file -> true));
    } else if (!empty) {
      notes.add(Note.of("there is no answer in it"));
    } else if (notes.isEmpty()) {
      notes.add(Note.of("there is no file in it"));
    }
  }

  static boolean isArchive(SubmissionFile file) {
    return ARCHIVE.matcher(file.path()).matches();
  }

  // Canvas and browsers number a file that was handed in again; Windows hides how a name ends.
  private static boolean isAnswer(Lesson lesson, SubmissionFile file) {
    return file.name()
        .matches("(?i)My" + lesson.contract() + NUMBER + "(\\.java|\\.java\\.txt|\\.txt)");
  }

  private static boolean isWellNamed(Lesson lesson, SubmissionFile file) {
    return file.name().matches("My" + lesson.contract() + NUMBER + "\\.java");
  }

  // A student who handed in under another name should hear of it, and so should the teacher.
  private static boolean isLike(Lesson lesson, SubmissionFile file) {
    String contract = lesson.contract().toLowerCase(Locale.ROOT);
    return file.name().toLowerCase(Locale.ROOT).contains(contract)
        && !file.name().equals(lesson.contract() + ".java");
  }

  // A name that begins like an answer's is an older one's, or another attempt.
  private List<SubmissionFile> helpers() {
    return files.stream()
        .filter(file -> file.path().endsWith(".java"))
        .filter(
            file ->
                course.lessons().stream()
                    .map(lesson -> ("My" + lesson.contract()).toLowerCase(Locale.ROOT))
                    .noneMatch(file.name().toLowerCase(Locale.ROOT)::startsWith))
        .toList();
  }

  private boolean isFurther(SubmissionFile file) {
    return file.path().endsWith(".java")
        && course.lessons().stream().noneMatch(lesson -> isLike(lesson, file));
  }

  private void note(String template, List<String> names) {
    if (!names.isEmpty()) {
      notes.add(new Note(template, list(names)));
    }
  }

  private static String list(List<String> names) {
    String some =
        names.stream()
            .limit(MOST_NAMES)
            .map(name -> Excerpt.of(name, LONGEST_NAME))
            .collect(Collectors.joining(", "));
    int others = names.size() - MOST_NAMES;
    return others > 0 ? some + " and " + others + " more" : some;
  }

  private List<String> names(Predicate<SubmissionFile> which) {
    return files.stream().filter(which).map(SubmissionFile::name).distinct().sorted().toList();
  }

  // The one where it belongs, else one in no zip, the one highest up, the one without a number.
  private Optional<AnswerText> choose(Lesson lesson, List<SubmissionFile> candidates) {
    String name = "My" + lesson.contract() + ".java";
    String place = "src/main/java/workbook/" + lesson.topic() + "/" + name;
    List<SubmissionFile> sorted = new ArrayList<>(candidates);
    Set<SubmissionFile> worthless = worthless(lesson, candidates);
    sorted.sort(
        Comparator.<SubmissionFile>comparingInt(file -> worthless.contains(file) ? 1 : 0)
            .thenComparingInt(file -> isWellNamed(lesson, file) ? 0 : 1)
            .thenComparingInt(file -> file.path().endsWith(place) ? 0 : 1)
            .thenComparingInt(SubmissionFile::zips)
            .thenComparingInt(file -> file.path().split("/").length)
            .thenComparingInt(file -> file.name().equals(name) ? 0 : 1)
            .thenComparing(SubmissionFile::path));
    SubmissionFile chosen = sorted.get(0);
    try {
      String text = chosen.text();
      List<String> others =
          sorted.stream()
              .skip(1)
              .limit(MOST_COPIES)
              .filter(other -> !isText(other, text))
              .map(other -> other.path() + again(other, chosen))
              .toList();
      List<Note> own = new ArrayList<>();
      if (!isWellNamed(lesson, chosen)) {
        own.add(
            new Note(
                "%s is graded, although its name is not " + name, list(List.of(chosen.name()))));
      }
      Map<String, String> helpers = HelperClasses.of(chosen, lesson, helpers(), notes);
      if (!helpers.isEmpty()) {
        own.add(new Note("with it is taken %s", list(List.copyOf(helpers.keySet()))));
      }
      if (!others.isEmpty()) {
        own.add(
            new Note(
                "there is more than one " + name + ", and they differ: %s",
                list(List.of(chosen.path())) + " is graded, not " + list(others)));
      }
      return Optional.of(new AnswerText(chosen.path(), text, helpers, own));
    } catch (IOException e) {
      notes.add(new Note("%s is not graded: " + reason(e), list(List.of(chosen.path()))));
      return Optional.empty();
    }
  }

  // Only in a zip are there two of one path.
  private static String again(SubmissionFile other, SubmissionFile chosen) {
    return other.path().equals(chosen.path())
        ? " (another entry of the zip, of the same name)"
        : "";
  }

  // A file that the student has not changed, or a link, must not win over one that the student has
  // written.
  private static Set<SubmissionFile> worthless(Lesson lesson, List<SubmissionFile> candidates) {
    Set<SubmissionFile> worthless = new HashSet<>();
    if (candidates.size() > 1) {
      for (SubmissionFile file : candidates.subList(0, Math.min(candidates.size(), MOST_COPIES))) {
        try {
          if (Stubs.isUntouched(lesson, file.text())) {
            worthless.add(file);
          }
        } catch (IOException unreadable) {
          worthless.add(file);
        }
      }
    }
    return worthless;
  }

  static boolean isText(SubmissionFile file, String text) {
    try {
      return file.text().equals(text);
    } catch (IOException unreadable) {
      return false;
    }
  }

  /** Why a file of a hand-in cannot be read, as a part of a {@link Note}. */
  static String reason(IOException e) {
    return EnvironmentException.reason(e).replace("%", "%%");
  }
}
