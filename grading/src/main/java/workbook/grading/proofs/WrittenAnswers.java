package workbook.grading.proofs;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.platform.commons.support.ReflectionSupport;

/** The answers that a lesson's package of mistakes has: wrong ones, and other right ones. */
final class WrittenAnswers {
  private final String folder;
  private final Class<?> contract;
  private final Class<?> reference;

  /**
   * @param folder the package
   * @param reference what each of them extends
   */
  WrittenAnswers(String folder, Class<?> contract, Class<?> reference) {
    this.folder = folder;
    this.contract = contract;
    this.reference = reference;
  }

  /** The wrong ones, by name. */
  List<Class<?>> mistakes() {
    return marked(Mistake.class);
  }

  /** The wrong ones in an exercise, by name. */
  List<Class<?>> mistakesIn(String exercise) {
    return mistakes().stream().filter(type -> mistake(type).exercise().equals(exercise)).toList();
  }

  /** The right ones, by name. */
  List<Class<?>> alternatives() {
    return marked(Alternative.class);
  }

  /** The right ones for an exercise, by name. */
  List<Class<?>> alternativesFor(String exercise) {
    return alternatives().stream()
        .filter(type -> alternative(type).exercise().equals(exercise))
        .toList();
  }

  /** The methods of the contract that an answer does otherwise than the reference. */
  Set<String> overridden(Class<?> type) {
    assertThat(type.getSuperclass()).as("what %s extends", type).isAssignableTo(reference);
    Set<String> methods = new HashSet<>();
    // Several mistakes may share a class between them and the reference.
    for (Class<?> above = type; above != reference; above = above.getSuperclass()) {
      boolean isDirect = type.getSuperclass() == reference;
      for (Method method : above.getDeclaredMethods()) {
        if (!Modifier.isPrivate(method.getModifiers()) && !method.isSynthetic()) {
          boolean isContracts = CallRecorder.isOf(contract, method);
          assertThat(isContracts || !isDirect).as("%s is the contract's", method).isTrue();
          if (isContracts) {
            methods.add(method.getName());
          }
        }
      }
    }
    assertThat(methods).as("what %s overrides", type).isNotEmpty();
    return methods;
  }

  static Mistake mistake(Class<?> type) {
    return type.getAnnotation(Mistake.class);
  }

  static Alternative alternative(Class<?> type) {
    return type.getAnnotation(Alternative.class);
  }

  private List<Class<?>> marked(Class<? extends Annotation> mark) {
    return ReflectionSupport.findAllClassesInPackage(
            folder, type -> type.isAnnotationPresent(mark), name -> true)
        .stream()
        .sorted(Comparator.comparing(Class::getName))
        .toList();
  }
}
