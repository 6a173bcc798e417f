package workbook.engine.course;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Takes exercises and their checks from the annotations in a lesson's sources. */
final class ExerciseReader {
  private ExerciseReader() {}

  static List<ExerciseInfo> exercises(List<JavaSource.Method> methods) {
    List<ExerciseInfo> exercises = new ArrayList<>();
    for (JavaSource.Method method : methods) {
      Map<String, Object> exercise = method.annotations().get("Exercise");
      if (exercise != null) {
        String id = (String) exercise.get("id");
        exercises.add(
            new ExerciseInfo(
                id, (String) exercise.get("title"), method.name(), checksOf(id, methods)));
      }
    }
    return exercises;
  }

  private static List<CheckInfo> checksOf(String id, List<JavaSource.Method> methods) {
    List<CheckInfo> checks = new ArrayList<>();
    for (JavaSource.Method method : methods) {
      Map<String, Object> check = method.annotations().get("Check");
      if (check != null && id.equals(check.get("exercise"))) {
        checks.add(
            new CheckInfo(
                id,
                method.name(),
                (Integer) check.get("points"),
                (Integer) check.getOrDefault("deadline", 0),
                Collections.frequency(method.parameters(), "FreshDatabase"),
                method.text()));
      }
    }
    return checks;
  }
}
