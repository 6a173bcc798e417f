package workbook.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.ThrowingConsumer;
import workbook.engine.course.Course;
import workbook.engine.course.Lesson;

/** Holds each lesson to the words that it, or a lesson before it, has taught. */
class WordsTest {
  private static final Page WORDS = page(Page.ROOT.resolve("docs/words.md"));
  private static final Pattern ENTRY = Pattern.compile("^\\| ([^|]+) \\| [^|]+ \\|$");
  private static final Pattern API =
      Pattern.compile("(java\\.sql|javax\\.sql|org\\.jdbi|org\\.postgresql)\\..*");
  private static final Set<String> OBJECTS = Set.of("equals", "hashCode", "toString", "getClass");
  private static final Pattern IMPORT = Pattern.compile("import ([\\w.]+);");
  private static final Pattern CALL = Pattern.compile("(?:\\.|::)(\\w+)");
  private static final Pattern SPAN = Pattern.compile("`[^`]*`");
  private static final Pattern NO_CODE =
      Pattern.compile(
          "/\\*.*?\\*/|//[^\n]*|\"\"\".*?\"\"\"|\"(?:\\\\.|[^\"\\\\])*\"", Pattern.DOTALL);

  @TestFactory
  Stream<DynamicTest> a_word_is_in_the_lesson_that_teaches_it() {
    return forEachLesson(
        lesson -> {
          String prose = Page.read(lesson.folder().resolve("README.md"));
          assertThat(words(lesson)).isNotEmpty();
          assertThat(words(lesson).stream().filter(word -> !has(prose, bare(word))))
              .as("words of %s that its README does not have", lesson.module())
              .isEmpty();
        });
  }

  @Test
  void no_word_is_taught_twice() {
    assertThat(lessons().stream().flatMap(lesson -> words(lesson).stream()).toList())
        .doesNotHaveDuplicates();
  }

  @TestFactory
  Stream<DynamicTest> a_reference_calls_what_has_been_taught() {
    return forEachLesson(
        lesson ->
            assertThat(calls(lesson))
                .filteredOn(name -> !taughtBy(lesson).contains("`" + name + "`"))
                .as("taught nowhere, and not in %s", WORDS.at(1))
                .isEmpty());
  }

  @TestFactory
  Stream<DynamicTest> a_hint_says_what_has_been_taught() {
    return forEachLesson(
        lesson -> {
          String hints = Page.read(lesson.hints());
          String code =
              SPAN.matcher(hints)
                  .results()
                  .map(MatchResult::group)
                  .collect(Collectors.joining(" "));
          String prose = SPAN.matcher(hints).replaceAll("").replaceAll("\\(http.*?\\)", "");
          Set<String> taught = taughtBy(lesson);
          assertThat(lessons().stream().flatMap(other -> words(other).stream()))
              .filteredOn(word -> !taught.contains(word))
              .filteredOn(word -> has(isCode(word) ? code : prose, bare(word)))
              .as("words of later lessons in %s", lesson.hints())
              .isEmpty();
        });
  }

  private static Stream<DynamicTest> forEachLesson(ThrowingConsumer<Lesson> test) {
    return lessons().stream()
        .map(lesson -> DynamicTest.dynamicTest(lesson.module(), () -> test.accept(lesson)));
  }

  private static List<Lesson> lessons() {
    return Course.read(Page.ROOT).lessons();
  }

  private static Set<String> taughtBy(Lesson lesson) {
    return lessons().stream()
        .filter(other -> other.number() <= lesson.number())
        .flatMap(other -> words(other).stream())
        .collect(Collectors.toSet());
  }

  /** The first cells of a lesson's table; code stands in backticks. */
  private static List<String> words(Lesson lesson) {
    return section("## Lesson " + lesson.number() + ": " + lesson.topic())
        .flatMap(line -> ENTRY.matcher(line).results())
        .flatMap(entry -> Stream.of(entry.group(1).split(", ")))
        .map(String::strip)
        .filter(word -> !word.equals("word") && !word.startsWith("--"))
        .toList();
  }

  private static Stream<String> section(String heading) {
    assertThat(WORDS.lines()).as(heading).anyMatch(heading::equals);
    return WORDS.lines().stream()
        .dropWhile(line -> !line.equals(heading))
        .skip(1)
        .takeWhile(line -> !line.startsWith("## "));
  }

  private static boolean isCode(String word) {
    return word.startsWith("`");
  }

  private static String bare(String word) {
    return word.replace("`", "");
  }

  private static boolean has(String text, String word) {
    return Pattern.compile("(?<![\\w-])" + Pattern.quote(word) + "(?![\\w-])")
        .matcher(text.replaceAll("\\s+", " "))
        .find();
  }

  /** The names of JDBC's and Jdbi's types and methods that a reference uses, if it is there. */
  private static Set<String> calls(Lesson lesson) throws ClassNotFoundException {
    if (!lesson.hasReference()) {
      return Set.of();
    }
    String code = NO_CODE.matcher(Page.read(lesson.reference())).replaceAll("");
    Set<String> called =
        CALL.matcher(code).results().map(result -> result.group(1)).collect(Collectors.toSet());
    Deque<Class<?>> types = new ArrayDeque<>();
    Set<String> names = new TreeSet<>();
    for (MatchResult name : IMPORT.matcher(code).results().toList()) {
      if (API.matcher(name.group(1)).matches()) {
        Class<?> type = Class.forName(name.group(1));
        names.add(type.getSimpleName());
        types.add(type);
      }
    }
    Set<Class<?>> seen = new HashSet<>();
    while (!types.isEmpty()) {
      Class<?> type = types.remove();
      if (seen.add(type)) {
        for (Method method : type.getMethods()) {
          if (called.contains(method.getName())
              && isApi(method.getDeclaringClass())
              && !OBJECTS.contains(method.getName())) {
            names.add(method.getName());
            // what it returns is called without an import
            if (isApi(method.getReturnType())) {
              types.add(method.getReturnType());
            }
          }
        }
      }
    }
    return names;
  }

  private static boolean isApi(Class<?> type) {
    return API.matcher(type.getName()).matches();
  }

  private static Page page(Path file) {
    return new Page(file, Page.read(file).lines().toList());
  }
}
