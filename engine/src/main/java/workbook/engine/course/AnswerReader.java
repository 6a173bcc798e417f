package workbook.engine.course;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds the exercises in the text of a lesson's answer. */
public final class AnswerReader {
  private final Lesson lesson;
  private final Map<ExerciseInfo, JavaSource.Method> stubs = new LinkedHashMap<>();

  /** Looks up where each exercise was handed out. */
  public AnswerReader(Lesson lesson) {
    this.lesson = lesson;
    List<JavaSource.Method> pristine = JavaSource.methods(lesson.pristineAnswer());
    for (ExerciseInfo exercise : lesson.exercises()) {
      stubs.put(exercise, Stubs.stub(lesson, exercise, pristine));
    }
  }

  /** Reads a text, which need not be valid Java. */
  public Answer read(String text) {
    List<JavaSource.Method> methods = outermost(JavaSource.methods(text));
    Map<ExerciseInfo, JavaSource.Method> exercises = new LinkedHashMap<>();
    stubs.forEach(
        (exercise, stub) ->
            methods.stream()
                .filter(method -> method.type().equals(stub.type()))
                .filter(method -> method.name().equals(stub.name()))
                .findFirst()
                .ifPresent(method -> exercises.put(exercise, method)));
    return new Answer(lesson, text, methods, exercises);
  }

  // Source order puts a method before those of the classes inside it.
  private static List<JavaSource.Method> outermost(List<JavaSource.Method> methods) {
    List<JavaSource.Method> outermost = new ArrayList<>();
    int end = 0;
    for (JavaSource.Method method : methods) {
      if (method.from() >= end) {
        outermost.add(method);
        end = method.to();
      }
    }
    return outermost;
  }
}
