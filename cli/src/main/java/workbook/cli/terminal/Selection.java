package workbook.cli.terminal;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import workbook.engine.course.Course;
import workbook.engine.course.ExerciseInfo;
import workbook.engine.course.Lesson;

/**
 * What a user asked for: a lesson, or one of its exercises.
 *
 * @param exercise null for the whole lesson
 */
public record Selection(Lesson lesson, ExerciseInfo exercise) {

  /** Its exercises: one, or all of the lesson. */
  public List<ExerciseInfo> exercises() {
    return exercise == null ? lesson.exercises() : List.of(exercise);
  }

  /** Finds what a word means: 1, 01, connect, lesson-01-connect, or 1.3. */
  public static Selection find(Course course, String word) {
    if (word.matches("[0-9]+\\.[0-9]+")) {
      return findExercise(course, word);
    }
    return new Selection(findLesson(course, word), null);
  }

  /** Finds an exercise: 1.3. */
  public static Selection findOne(Course course, String word) {
    Selection selection = find(course, word);
    if (selection.exercise() == null) {
      throw new UsageException(
          "\"%s\" is a lesson. Name one of its exercises, such as %s."
              .formatted(word, selection.lesson().exercises().get(0).id()));
    }
    return selection;
  }

  /** Finds a lesson: 1, 01, connect, or lesson-01-connect. */
  public static Lesson findLesson(Course course, String word) {
    // The Tab key ends a folder's name with a slash.
    String wanted =
        word.toLowerCase(Locale.ROOT)
            .replaceFirst("^0+(?=[0-9])", "")
            .replaceFirst("^\\./", "")
            .replaceFirst("[/\\\\]+$", "");
    if (wanted.matches("[0-9]+\\.[0-9]+")) {
      throw new UsageException(
          "\"%s\" is an exercise. Name its lesson: %s."
              .formatted(word, wanted.substring(0, wanted.indexOf('.'))));
    }
    for (Lesson lesson : course.lessons()) {
      if (List.of(String.valueOf(lesson.number()), lesson.topic(), lesson.module())
          .contains(wanted)) {
        return lesson;
      }
    }
    throw new UsageException(
        "There is no lesson \"%s\". The lessons are %s.".formatted(word, lessons(course)));
  }

  /** The lessons by number and topic, such as {@code 1 (connect), 2 (errors)}. */
  public static String lessons(Course course) {
    return course.lessons().stream()
        .map(lesson -> lesson.number() + " (" + lesson.topic() + ")")
        .collect(Collectors.joining(", "));
  }

  private static Selection findExercise(Course course, String word) {
    String id = word.replaceFirst("^0+(?=[0-9])", "");
    String number = id.substring(0, id.indexOf('.'));
    Lesson lesson = findLesson(course, number);
    for (ExerciseInfo exercise : lesson.exercises()) {
      if (exercise.id().equals(id)) {
        return new Selection(lesson, exercise);
      }
    }
    throw new UsageException(
        "There is no exercise \"%s\". Lesson %s has %s to %s."
            .formatted(
                word,
                number,
                lesson.exercises().get(0).id(),
                lesson.exercises().get(lesson.exercises().size() - 1).id()));
  }
}
