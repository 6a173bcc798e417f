package workbook.grading;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.TestWatcher;
import org.junit.platform.commons.JUnitException;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;

/**
 * What a learner needs who has Maven or an IDE run the checks of {@code MyConnectorTest} and its
 * like.
 *
 * <p>With a system property {@code exercise}, such as {@code -Dexercise=1.3} or {@code 1.3,1.4},
 * the checks of other exercises are skipped. With it, or if Maven was asked for such a class, each
 * check's verdict is printed in a line, and what they earn together: Maven itself tells failures
 * only, and neither exercises nor points.
 */
final class ChosenExercises implements ExecutionCondition, TestWatcher, AfterAllCallback {
  private static final Namespace NAMESPACE = Namespace.create(ChosenExercises.class);

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    List<String> wanted = wanted();
    if (wanted.isEmpty() || !isLearners(context)) {
      return ConditionEvaluationResult.enabled(null);
    }
    Check check =
        context
            .getElement()
            .flatMap(element -> AnnotationSupport.findAnnotation(element, Check.class))
            .orElse(null);
    if (check == null) {
      requireThatTheyExist(wanted, context.getRequiredTestClass());
    }
    return check == null || wanted.contains(check.exercise())
        ? ConditionEvaluationResult.enabled(null)
        : ConditionEvaluationResult.disabled("-Dexercise asks for others");
  }

  private static void requireThatTheyExist(List<String> wanted, Class<?> checks) {
    List<String> exercises =
        AnnotationSupport.findAnnotatedMethods(checks, Check.class, HierarchyTraversalMode.TOP_DOWN)
            .stream()
            .map(method -> method.getAnnotation(Check.class).exercise())
            .distinct()
            .toList();
    for (String exercise : wanted) {
      if (!exercises.contains(exercise)) {
        throw new JUnitException(
            "-Dexercise=%s: %s has no such exercise; it has %s to %s"
                .formatted(
                    exercise,
                    checks.getSimpleName(),
                    exercises.stream().min(ChosenExercises::byNumber).orElse("none"),
                    exercises.stream().max(ChosenExercises::byNumber).orElse("none")));
      }
    }
  }

  private static int byNumber(String exercise, String other) {
    return exercise.length() == other.length()
        ? exercise.compareTo(other)
        : exercise.length() - other.length();
  }

  private static List<String> wanted() {
    return Arrays.stream(System.getProperty("exercise", "").split(","))
        .map(String::strip)
        .filter(exercise -> !exercise.isEmpty())
        .toList();
  }

  private static boolean isLearners(ExtensionContext context) {
    return context.getTestClass().filter(type -> type.getSimpleName().startsWith("My")).isPresent();
  }

  @Override
  public void testSuccessful(ExtensionContext context) {
    tell(context, "passed", true);
  }

  @Override
  public void testAborted(ExtensionContext context, Throwable cause) {
    tell(context, "not written yet", false);
  }

  @Override
  public void testFailed(ExtensionContext context, Throwable cause) {
    String at = cause instanceof CheckFailure failure ? String.valueOf(failure.at()) : "";
    tell(context, at.startsWith("My") ? "failed, at " + at : "failed", false);
  }

  private static void tell(ExtensionContext context, String verdict, boolean earns) {
    Check check = AnnotationSupport.findAnnotation(context.getElement(), Check.class).orElse(null);
    if (check == null || !isTold(context)) {
      return;
    }
    Points points =
        context
            .getParent()
            .orElseThrow()
            .getStore(NAMESPACE)
            .computeIfAbsent(Points.class, type -> new Points(), Points.class);
    points.all += check.points();
    points.earned += earns ? check.points() : 0;
    System.out.println(context.getDisplayName() + ": " + verdict);
  }

  // Maven's own property test, which the workbook's pom hands on.
  private static boolean isTold(ExtensionContext context) {
    return isLearners(context)
        && (!wanted().isEmpty() || System.getProperty("workbook.tests", "").startsWith("My"));
  }

  @Override
  public void afterAll(ExtensionContext context) {
    Points points = context.getStore(NAMESPACE).get(Points.class, Points.class);
    if (points != null) {
      System.out.println("Points " + points.earned + "/" + points.all);
    }
  }

  /** What the checks of a class earn. */
  private static final class Points {
    private int earned;
    private int all;
  }
}
