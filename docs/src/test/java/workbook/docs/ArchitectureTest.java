package workbook.docs;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import workbook.engine.course.Course;
import workbook.engine.course.Lesson;

/** Who may depend on whom, as CONTRIBUTING tells it. */
class ArchitectureTest {
  private static final List<String> ALL =
      List.of("support", "engine", "grading", "jshell", "cli", "classroom");
  // The students' copy has no classroom.
  private static final List<Path> MODULES =
      ALL.stream()
          .map(module -> Page.ROOT.resolve(module).resolve("target/classes"))
          .filter(Files::exists)
          .toList();
  private static final JavaClasses HOUSE = new ClassFileImporter().importPaths(MODULES);
  private static final List<Lesson> LESSONS = Course.read(Page.ROOT).lessons();

  @Test
  void packages_have_no_cycles() {
    slices().matching("workbook.(**)").should().beFreeOfCycles().check(HOUSE);
  }

  @ParameterizedTest
  @CsvSource({
    "workbook.support..,",
    "workbook.engine.., workbook.support..",
    "workbook.grading.., workbook.support.. workbook.engine..",
    "workbook.jshell.., workbook.support.. workbook.engine workbook.engine.playground"
        + " workbook.engine.trace..",
    "workbook.cli.., workbook.support.. workbook.engine.. workbook.jshell.session",
    "workbook.classroom.., workbook.support.. workbook.engine.. workbook.cli..",
  })
  void modules_depend_only_on(String module, String allowed) {
    String[] others =
        Stream.concat(
                Stream.of(module),
                Stream.ofNullable(allowed).flatMap(it -> Stream.of(it.split(" "))))
            .toArray(String[]::new);

    noClasses()
        .that(resideInAPackage(module))
        .should()
        .dependOnClassesThat(resideInAPackage("workbook..").and(not(resideInAnyPackage(others))))
        .allowEmptyShould(MODULES.size() < ALL.size())
        .check(HOUSE);
  }

  @Test
  void answers_run_without_picocli_and_what_does_not_grade_without_junit() {
    noClasses()
        .that(resideInAPackage("workbook.engine.."))
        .should()
        .dependOnClassesThat(resideInAnyPackage("picocli..", "org.junit.."))
        .check(HOUSE);
  }

  @Test
  void lessons_know_support_only() {
    List<Path> programs =
        LESSONS.stream().map(lesson -> lesson.folder().resolve("target/classes")).toList();
    // Who builds this module alone has no lessons.
    assumeThat(programs).allMatch(Files::exists);
    String[] house =
        Stream.of("engine", "grading", "jshell", "cli", "classroom")
            .map(module -> "workbook." + module + "..")
            .toArray(String[]::new);

    noClasses()
        .should()
        .dependOnClassesThat(resideInAnyPackage(house))
        .orShould()
        .dependOnClassesThat(resideInAPackage("org.junit.."))
        .check(new ClassFileImporter().importPaths(programs));
  }

  @Test
  void nothing_depends_on_a_lesson() {
    String[] lessons =
        LESSONS.stream().map(lesson -> "workbook." + lesson.topic() + "..").toArray(String[]::new);

    noClasses().should().dependOnClassesThat(resideInAnyPackage(lessons)).check(HOUSE);
  }

  @Test
  void packages_have_fifteen_types_at_most_and_say_what_they_are() {
    HOUSE.stream()
        .filter(JavaClass::isTopLevelClass)
        .collect(groupingBy(JavaClass::getPackageName))
        .forEach(
            (name, types) -> {
              assertThat(types)
                  .as("types of " + name)
                  .filteredOn(type -> !type.getSimpleName().equals("package-info"))
                  .hasSizeLessThanOrEqualTo(15);
              assertThat(sources(name)).as("package-info.java of " + name).isNotEmpty();
            });
  }

  private static List<Path> sources(String name) {
    return MODULES.stream()
        .map(classes -> classes.resolve("../../src/main/java").normalize())
        .map(sources -> sources.resolve(name.replace('.', '/')).resolve("package-info.java"))
        .filter(Files::exists)
        .toList();
  }
}
