package workbook.grading.proofs;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.commons.support.ReflectionSupport;
import workbook.support.ProjectRoot;
import workbook.support.course.Course;
import workbook.support.course.ExerciseInfo;
import workbook.support.course.Lesson;
import workbook.support.protocol.CheckResult;
import workbook.support.protocol.Status;

/**
 * Proves a lesson's checks: right answers pass them, wrong ones do not, and no answer passes none.
 *
 * <p>A lesson's {@code MistakesTest} extends it and stands in the package of the {@link Mistake}s
 * and {@link Alternative}s.
 */
public abstract class Proofs {
  private static final int MISTAKES = 3;
  private static final int ORDERS = 20;
  private static final Map<Class<?>, Map<String, Set<String>>> ENTRIES = new HashMap<>();

  private final Lesson lesson;
  private final Class<?> contract;
  private final Class<?> reference;
  private final CheckHarness trial;

  /**
   * @param checks the lesson's checks, with {@link #answer} as the answer
   */
  protected Proofs(Class<?> checks) {
    String topic = getClass().getPackageName().replaceFirst("\\.mistakes$", "");
    lesson =
        Course.read(ProjectRoot.find()).lessons().stream()
            .filter(candidate -> topic.equals("workbook." + candidate.topic()))
            .findFirst()
            .orElseThrow();
    contract = load(topic + "." + lesson.contract());
    reference = load(topic + ".reference.Reference" + lesson.contract());
    trial = new CheckHarness(lesson, checks);
  }

  /** The answer to check now. */
  public static <T> T answer(Class<T> contract) {
    return contract.cast(CheckHarness.answer());
  }

  @Test
  void every_exercise_has_mistakes_and_an_alternative() {
    for (ExerciseInfo exercise : lesson.exercises()) {
      assertThat(marked(Mistake.class))
          .as("mistakes in exercise %s", exercise.id())
          .filteredOn(type -> mistake(type).exercise().equals(exercise.id()))
          .hasSizeGreaterThanOrEqualTo(MISTAKES);
      assertThat(marked(Alternative.class))
          .as("alternatives for exercise %s", exercise.id())
          .anyMatch(type -> alternative(type).exercise().equals(exercise.id()));
    }
    assertThat(marked(Mistake.class))
        .as("answers that are half right, in this lesson")
        .anyMatch(type -> mistake(type).earns() > 0);
  }

  @TestFactory
  Stream<DynamicTest> mistakes_are_rejected_as_the_catalogue_says() {
    Catalogue catalogue = new Catalogue(lesson);
    marked(Alternative.class).forEach(type -> catalogue.add(alternative(type)));
    return Stream.concat(
        marked(Mistake.class).stream()
            .map(
                type ->
                    DynamicTest.dynamicTest(
                        type.getSimpleName(),
                        () -> catalogue.add(mistake(type), rejected(type, mistake(type))))),
        Stream.of(DynamicTest.dynamicTest("the catalogue", catalogue::compare)));
  }

  @TestFactory
  Stream<DynamicTest> alternatives_earn_everything() {
    return marked(Alternative.class).stream()
        .map(
            type ->
                DynamicTest.dynamicTest(
                    type.getSimpleName(),
                    () -> {
                      String exercise = alternative(type).exercise();
                      trial.passes(() -> newAnswer(type), checksOf(exercise));
                      trial.passes(() -> newAnswer(type), others(type, exercise));
                    }));
  }

  @Test
  void what_is_unwritten_passes_nothing(@TempDir Path folder) {
    StubLoader stubs = new StubLoader(lesson.pristineAnswer(), folder);
    Class<?> stub = stubs.load(contract.getPackageName() + ".My" + lesson.contract());

    Map<String, CheckResult> results = trial.run(() -> newAnswer(stub), trial.names(check -> true));

    assertThat(results.values())
        .allSatisfy(result -> assertThat(result.status()).isEqualTo(Status.NOT_ATTEMPTED));
  }

  @Test
  void each_check_passes_alone() {
    assertThat(entries()).containsOnlyKeys(trial.names(check -> true));
  }

  @Test
  @Tag("thorough")
  void each_check_passes_in_any_order() {
    List<String> order = new ArrayList<>(trial.names(check -> true));
    for (int seed = 1; seed <= ORDERS; seed++) {
      Collections.shuffle(order, new Random(seed));
      order.forEach(check -> trial.passes(() -> newAnswer(reference), List.of(check)));
    }
  }

  private CheckResult rejected(Class<?> type, Mistake mistake) {
    List<String> all = checksOf(mistake.exercise());
    assertThat(all).as("checks of exercise %s", mistake.exercise()).contains(mistake.rejectedBy());
    Map<String, CheckResult> results =
        trial.run(() -> newAnswer(type), mistake.earns() < 0 ? List.of(mistake.rejectedBy()) : all);
    CheckResult result = results.get(mistake.rejectedBy());
    assertThat(result.status())
        .as("what becomes of %s, on %s", result.name(), type.getSimpleName())
        .isIn(Status.FAILED, Status.TIMED_OUT, Status.CRASHED);
    assertThat(result.message()).as(type.getSimpleName()).contains(mistake.says());
    if (mistake.earns() >= 0) {
      assertThat(trial.points(results))
          .as("points of %s: %s", type.getSimpleName(), results)
          .isEqualTo(mistake.earns());
    }
    trial.passes(() -> newAnswer(type), others(type, mistake.exercise()));
    return result;
  }

  private List<String> checksOf(String exercise) {
    return trial.names(check -> check.exercise().equals(exercise));
  }

  // Only those that call the method: the rest cannot tell this answer from the reference.
  private List<String> others(Class<?> type, String exercise) {
    assertThat(type.getSuperclass()).as("what %s extends", type).isEqualTo(reference);
    Set<String> methods = new HashSet<>();
    for (Method method : type.getDeclaredMethods()) {
      if (!Modifier.isPrivate(method.getModifiers()) && !method.isSynthetic()) {
        assertThat(CallRecorder.isOf(contract, method)).as("%s is the contract's", method).isTrue();
        methods.add(method.getName());
      }
    }
    assertThat(methods).as("what %s overrides", type).isNotEmpty();
    return trial.names(
        check ->
            !check.exercise().equals(exercise)
                && !Collections.disjoint(entries().get(check.name()), methods));
  }

  // What each check calls of the reference, as seen when it runs alone, the last one first.
  private Map<String, Set<String>> entries() {
    return ENTRIES.computeIfAbsent(
        reference,
        type -> {
          Map<String, Set<String>> entries = new HashMap<>();
          List<String> reversed = new ArrayList<>(trial.names(check -> true));
          Collections.reverse(reversed);
          for (String check : reversed) {
            CallRecorder seen = new CallRecorder(contract);
            trial.passes(() -> seen.watched(newAnswer(type)), List.of(check));
            entries.put(check, seen.methods());
          }
          return entries;
        });
  }

  private static Object newAnswer(Class<?> type) {
    return ReflectionSupport.newInstance(type);
  }

  private List<Class<?>> marked(Class<? extends Annotation> mark) {
    return ReflectionSupport.findAllClassesInPackage(
            getClass().getPackageName(), type -> type.isAnnotationPresent(mark), name -> true)
        .stream()
        .sorted(Comparator.comparing(Class::getName))
        .toList();
  }

  private static Mistake mistake(Class<?> type) {
    return type.getAnnotation(Mistake.class);
  }

  private static Alternative alternative(Class<?> type) {
    return type.getAnnotation(Alternative.class);
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(name + " is not there.", e);
    }
  }
}
