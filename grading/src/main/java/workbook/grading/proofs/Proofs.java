package workbook.grading.proofs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static workbook.grading.proofs.WrittenAnswers.alternative;
import static workbook.grading.proofs.WrittenAnswers.mistake;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.commons.support.ReflectionSupport;
import workbook.engine.ProjectRoot;
import workbook.engine.course.Course;
import workbook.engine.course.ExerciseInfo;
import workbook.engine.course.Lesson;
import workbook.engine.protocol.CheckResult;
import workbook.engine.protocol.Status;
import workbook.grading.Returned;

/**
 * Proves a lesson's checks: right answers pass them, wrong ones do not, and no answer passes none.
 *
 * <p>A lesson's {@code MistakesTest} extends it and stands in the package of the {@link Mistake}s
 * and {@link Alternative}s. By itself, it runs each mistake against the check that rejects it; what
 * mistakes earn, and what they do to other exercises, is left to the tests that take long.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class Proofs {
  private static final int MISTAKES = 3;
  private static final int ORDERS = 20;
  // Lessons whose mistakes have to say which sentence they violate, and what they earn.
  private static final Set<Integer> COMPLETE = Set.of(1, 2, 3, 4);

  private final Lesson lesson;
  private final Class<?> contract;
  private final Class<?> reference;
  private final CheckHarness checks;
  private final WrittenAnswers answers;
  private Map<String, Set<String>> entries;

  /**
   * @param checks the lesson's checks, with {@link #answer} as the answer
   */
  protected Proofs(Class<?> checks) {
    String folder = getClass().getPackageName();
    String topic = folder.replaceFirst("\\.mistakes$", "");
    lesson =
        Course.read(ProjectRoot.find()).lessons().stream()
            .filter(candidate -> topic.equals("workbook." + candidate.topic()))
            .findFirst()
            .orElseThrow();
    contract = load(topic + "." + lesson.contract());
    reference = load(topic + ".reference.Reference" + lesson.contract());
    this.checks = new CheckHarness(lesson, checks);
    answers = new WrittenAnswers(folder, contract, reference);
  }

  /** The answer to check now, as a learner's is checked. */
  public static <T> T answer(Class<T> contract) {
    return Returned.by(contract, contract.cast(CheckHarness.answer()));
  }

  @Test
  void every_exercise_has_mistakes_and_an_alternative() {
    for (ExerciseInfo exercise : lesson.exercises()) {
      assertThat(answers.mistakesIn(exercise.id()))
          .as("mistakes in exercise %s", exercise.id())
          .hasSizeGreaterThanOrEqualTo(MISTAKES);
      assertThat(answers.alternativesFor(exercise.id()))
          .as("alternatives for exercise %s", exercise.id())
          .isNotEmpty();
    }
  }

  @Test
  void every_sentence_of_the_contract_is_violated_by_a_mistake() {
    SentenceProof proof = new SentenceProof(ContractText.read(lesson.contractSource()));
    for (Class<?> type : answers.mistakes()) {
      proof.add(type.getSimpleName(), mistake(type));
    }
    for (Unviolated exception : getClass().getAnnotationsByType(Unviolated.class)) {
      proof.add(exception);
    }

    assertThat(proof.stale()).as("quotes and exceptions that are out of date").isEmpty();
    demand("sentences that no mistake violates and no @Unviolated lists", proof.toothless());
    demand(
        "mistakes without violates",
        names(answers.mistakes().stream().filter(type -> mistake(type).violates().isEmpty())));
  }

  @TestFactory
  Stream<DynamicTest> mistakes_are_rejected_as_the_catalogue_says() {
    Catalogue catalogue = new Catalogue(lesson);
    answers.alternatives().forEach(type -> catalogue.add(alternative(type)));
    return Stream.concat(
        forEach(answers.mistakes(), type -> catalogue.add(mistake(type), rejected(type))),
        Stream.of(DynamicTest.dynamicTest("the catalogue", catalogue::compare)));
  }

  @TestFactory
  Stream<DynamicTest> alternatives_earn_everything() {
    return forEach(
        answers.alternatives(),
        type -> checks.passes(() -> newAnswer(type), checks.namesIn(alternative(type).exercise())));
  }

  @Test
  void answers_use_only_what_is_allowed() throws IOException {
    assertThat(AllowedUses.forbidden(contract, reference))
        .as("what written answers use, and no exercise needs")
        .isEmpty();
  }

  @Test
  void what_is_unwritten_passes_nothing(@TempDir Path folder) {
    StubLoader stubs = new StubLoader(lesson.pristineAnswer(), folder);
    Class<?> stub = stubs.load(contract.getPackageName() + ".My" + lesson.contract());

    Map<String, CheckResult> results = checks.run(() -> newAnswer(stub), checks.names());

    assertThat(results.values())
        .allSatisfy(result -> assertThat(result.status()).isEqualTo(Status.NOT_ATTEMPTED));
  }

  @TestFactory
  @Tag("thorough")
  Stream<DynamicTest> mistakes_earn_what_they_say_and_at_most_half() {
    return Stream.concat(
        forEach(answers.mistakes(), this::earnsWhatItSays),
        Stream.of(
            DynamicTest.dynamicTest(
                "each says it",
                () ->
                    demand(
                        "mistakes without earns",
                        names(
                            answers.mistakes().stream()
                                .filter(type -> mistake(type).earns() < 0))))));
  }

  @TestFactory
  @Tag("thorough")
  Stream<DynamicTest> other_exercises_earn_everything_beside_a_mistake_or_an_alternative() {
    return Stream.concat(
        forEach(answers.mistakes(), type -> passesOthers(type, mistake(type).exercise())),
        forEach(answers.alternatives(), type -> passesOthers(type, alternative(type).exercise())));
  }

  @Test
  @Tag("thorough")
  void each_check_passes_alone() {
    assertThat(entries()).containsOnlyKeys(checks.names());
  }

  @Test
  @Tag("thorough")
  void each_check_passes_in_any_order() {
    List<String> order = new ArrayList<>(checks.names());
    for (int seed = 1; seed <= ORDERS; seed++) {
      Collections.shuffle(order, new Random(seed));
      order.forEach(check -> checks.passes(() -> newAnswer(reference), List.of(check)));
    }
  }

  @TestFactory
  @Tag("stability")
  Stream<DynamicTest> verdicts_are_the_same_everywhere_and_under_load() {
    return Stream.concat(
        forEach(answers.mistakes(), type -> alwaysGets(type, List.of(mistake(type).rejectedBy()))),
        forEach(
            answers.alternatives(),
            type -> alwaysGets(type, checks.namesIn(alternative(type).exercise()))));
  }

  private void alwaysGets(Class<?> type, List<String> names) {
    Map<String, Status> usual = statuses(checks.run(() -> newAnswer(type), names));
    List<String> differences = new ArrayList<>();
    for (Circumstances circumstances : Circumstances.all()) {
      Map<String, CheckResult> results =
          circumstances.during(() -> checks.run(() -> newAnswer(type), names));
      results.forEach(
          (check, result) -> {
            if (result.status() != usual.get(check)) {
              differences.add(
                  "%s, with %s: %s, %s"
                      .formatted(check, circumstances, result.status(), result.message()));
            }
          });
    }
    assertThat(differences).as("verdicts other than %s", usual).isEmpty();
  }

  private CheckResult rejected(Class<?> type) {
    Mistake mistake = mistake(type);
    assertThat(checks.namesIn(mistake.exercise()))
        .as("checks of exercise %s", mistake.exercise())
        .contains(mistake.rejectedBy());
    CheckResult result =
        checks.run(() -> newAnswer(type), List.of(mistake.rejectedBy())).get(mistake.rejectedBy());
    assertThat(result.status())
        .as("verdict of %s on %s", result.name(), type.getSimpleName())
        .isIn(Status.FAILED, Status.TIMED_OUT, Status.CRASHED);
    assertThat(result.message()).as(type.getSimpleName()).contains(mistake.says());
    return result;
  }

  private void earnsWhatItSays(Class<?> type) {
    Mistake mistake = mistake(type);
    Map<String, CheckResult> results =
        checks.run(() -> newAnswer(type), checks.namesIn(mistake.exercise()));
    int earned = checks.points(results);
    int all = lesson.exercise(mistake.exercise()).points();
    if (mistake.earns() >= 0) {
      assertThat(earned)
          .as("points of %s, whose checks say %s", type.getSimpleName(), statuses(results))
          .isEqualTo(mistake.earns());
    }
    if (!mistake.detail() && 2 * earned > all) {
      demand(
          "more than half of an exercise's points without detail = true",
          List.of("%s earns %s of %s".formatted(type.getSimpleName(), earned, all)));
    }
  }

  // Only those that call the method: the rest cannot tell this answer from the reference.
  private void passesOthers(Class<?> type, String exercise) {
    Set<String> methods = answers.overridden(type);
    List<String> own = checks.namesIn(exercise);
    checks.passes(
        () -> newAnswer(type),
        checks.names().stream()
            .filter(check -> !own.contains(check))
            .filter(check -> !Collections.disjoint(entries().get(check), methods))
            .toList());
  }

  // What each check calls of the reference, as seen when it runs alone, the last one first.
  private Map<String, Set<String>> entries() {
    if (entries == null) {
      Map<String, Set<String>> seen = new HashMap<>();
      List<String> reversed = new ArrayList<>(checks.names());
      Collections.reverse(reversed);
      for (String check : reversed) {
        CallRecorder calls = new CallRecorder(contract);
        checks.passes(() -> calls.watched(newAnswer(reference)), List.of(check));
        seen.put(check, calls.methods());
      }
      entries = seen;
    }
    return entries;
  }

  private void demand(String what, List<String> found) {
    if (COMPLETE.contains(lesson.number())) {
      assertThat(found).as(what).isEmpty();
    } else {
      assumeThat(found).as("%s: %s", what, String.join("\n", found)).isEmpty();
    }
  }

  private static Map<String, Status> statuses(Map<String, CheckResult> results) {
    Map<String, Status> statuses = new HashMap<>();
    results.forEach((check, result) -> statuses.put(check, result.status()));
    return statuses;
  }

  private static Stream<DynamicTest> forEach(List<Class<?>> types, Consumer<Class<?>> test) {
    return types.stream()
        .map(type -> DynamicTest.dynamicTest(type.getSimpleName(), () -> test.accept(type)));
  }

  private static List<String> names(Stream<Class<?>> types) {
    return types.map(Class::getSimpleName).toList();
  }

  private static Object newAnswer(Class<?> type) {
    return ReflectionSupport.newInstance(type);
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(name + " is not there.", e);
    }
  }
}
