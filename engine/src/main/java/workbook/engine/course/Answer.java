package workbook.engine.course;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One state of a lesson's answer: the methods that its exercises ask for, and all that is around.
 */
public final class Answer {
  private final Lesson lesson;
  private final String frame;
  private final String bare;
  private final List<JavaSource.Method> methods;
  private final Map<ExerciseInfo, JavaSource.Method> exercises;

  /**
   * @param methods all methods that stand in no other method, in source order
   * @param exercises those among them that exercises ask for
   */
  Answer(
      Lesson lesson,
      String text,
      List<JavaSource.Method> methods,
      Map<ExerciseInfo, JavaSource.Method> exercises) {
    this.lesson = lesson;
    this.methods = methods;
    this.exercises = exercises;
    this.frame = without(text, methods.stream().filter(exercises::containsValue).toList());
    this.bare = without(text, methods);
  }

  /**
   * The exercises that may be graded otherwise than they were in an earlier state.
   *
   * <p>These are the ones that were changed, and those whose methods lead to one that was: code
   * reaches code by its name. Where a change is not inside the exercises' methods, it is all of
   * them.
   */
  public List<ExerciseInfo> changedSince(Answer before) {
    List<ExerciseInfo> changed =
        lesson.exercises().stream()
            .filter(exercise -> !text(exercise).equals(before.text(exercise)))
            .toList();
    if (!frame.equals(before.frame) || changed.stream().anyMatch(this::isElsewhere)) {
      return lesson.exercises();
    }
    Set<String> names = namesLeadingTo(changed);
    if (names.stream().anyMatch(name -> mentions(bare, name))) {
      return lesson.exercises();
    }
    return lesson.exercises().stream()
        .filter(exercise -> changed.contains(exercise) || names.contains(exercise.method()))
        .toList();
  }

  /** The line that a line has become in a later state that differs in exercises only; from 1. */
  public long lineIn(Answer after, long line) {
    long moved = line;
    for (Map.Entry<ExerciseInfo, JavaSource.Method> exercise : exercises.entrySet()) {
      long height = exercise.getValue().text().lines().count();
      if (exercise.getValue().start() + height <= line) {
        moved += after.text(exercise.getKey()).lines().count() - height;
      }
    }
    return moved;
  }

  // The methods of a nested type may be called by the language, as toString is, and by no name.
  private boolean isElsewhere(ExerciseInfo exercise) {
    JavaSource.Method method = exercises.get(exercise);
    return method == null || method.type().contains(".");
  }

  private String text(ExerciseInfo exercise) {
    JavaSource.Method method = exercises.get(exercise);
    return method == null ? "" : method.text();
  }

  private Set<String> namesLeadingTo(List<ExerciseInfo> changed) {
    Set<String> names =
        changed.stream()
            .map(ExerciseInfo::method)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    boolean grown = !names.isEmpty();
    while (grown) {
      grown = false;
      for (JavaSource.Method method : methods) {
        boolean leads = names.stream().anyMatch(name -> mentions(method.text(), name));
        grown |= leads && names.add(method.name());
      }
    }
    return names;
  }

  // A call or a method reference; a variable may have the same name.
  private static boolean mentions(String text, String name) {
    return Pattern.compile("\\b%s\\s*\\(|::\\s*%<s\\b".formatted(name)).matcher(text).find();
  }

  private static String without(String text, List<JavaSource.Method> methods) {
    List<String> rest = new ArrayList<>();
    int from = 0;
    for (JavaSource.Method method : methods) {
      rest.add(text.substring(from, method.from()));
      from = method.to();
    }
    rest.add(text.substring(from));
    return String.join("\0", rest);
  }
}
