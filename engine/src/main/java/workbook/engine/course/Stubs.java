package workbook.engine.course;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import workbook.support.EnvironmentException;

/** Puts exercises back to what they were when they were handed out. */
public final class Stubs {
  private static final Pattern FIRST_IMPORT =
      Pattern.compile("(?m)^(?=import )|^package .*\\R(?!(?s:.*)^import )");

  private Stubs() {}

  /**
   * An answer in which one exercise is unwritten again, and all else as the learner has it.
   *
   * @return the source; empty if the learner's file no longer has the type that the method is in
   * @throws EnvironmentException if a file cannot be read
   */
  public static Optional<String> without(Lesson lesson, ExerciseInfo exercise) {
    JavaSource.Method stub = stub(lesson, exercise);
    return with(read(lesson.answer()), stub, stub, read(lesson.pristineAnswer()));
  }

  /**
   * A state of an answer into which an earlier one's method for an exercise is put.
   *
   * @return the source; empty if the exercise was unwritten in the earlier state, too, or if the
   *     later one no longer has the type that the method is in
   */
  public static Optional<String> broughtBack(
      Lesson lesson, ExerciseInfo exercise, String later, String earlier) {
    JavaSource.Method stub = stub(lesson, exercise);
    return written(stub, JavaSource.methods(earlier))
        .filter(method -> !method.text().equals(stub.text()))
        .flatMap(method -> with(later, stub, method, earlier));
  }

  // A method that was deleted comes back behind the last one of its type.
  private static Optional<String> with(
      String text, JavaSource.Method stub, JavaSource.Method method, String from) {
    String source = withImports(text, method, from);
    List<JavaSource.Method> methods = JavaSource.methods(source);
    Optional<JavaSource.Method> written = written(stub, methods);
    if (written.isPresent()) {
      return Optional.of(
          source.substring(0, written.get().from())
              + method.text()
              + source.substring(written.get().to()));
    }
    return methods.stream()
        .filter(each -> each.type().equals(stub.type()))
        .reduce((first, second) -> second)
        .map(
            last ->
                source.substring(0, last.to())
                    + "\n\n  "
                    + method.text()
                    + source.substring(last.to()));
  }

  private static Optional<JavaSource.Method> written(
      JavaSource.Method stub, List<JavaSource.Method> methods) {
    return methods.stream()
        .filter(method -> method.type().equals(stub.type()))
        .filter(method -> method.name().equals(stub.name()))
        .findFirst();
  }

  // Editors remove an import once nothing needs it; the method does, again.
  private static String withImports(String source, JavaSource.Method method, String from) {
    String missing =
        from.lines()
            .filter(line -> line.startsWith("import ") && !source.contains(line))
            .filter(line -> method.text().matches("(?s).*\\b" + importedName(line) + "\\b.*"))
            .map(line -> line + "\n")
            .collect(Collectors.joining());
    Matcher start = FIRST_IMPORT.matcher(source);
    return missing.isEmpty() || !start.find()
        ? source
        : source.substring(0, start.end()) + missing + source.substring(start.end());
  }

  private static String importedName(String line) {
    return line.substring(line.lastIndexOf('.') + 1).replace(";", "").strip();
  }

  /**
   * The reference's method for an exercise and all that it leads to, with the comments.
   *
   * @return empty if the reference was not handed out
   */
  public static Optional<String> solution(Lesson lesson, ExerciseInfo exercise) {
    if (!lesson.hasReference()) {
      return Optional.empty();
    }
    String source = read(lesson.reference());
    List<JavaSource.Method> methods = JavaSource.methods(source);
    List<JavaSource.Method> pristine = JavaSource.methods(lesson.pristineAnswer());
    Map<ExerciseInfo, JavaSource.Method> answers = new HashMap<>();
    for (ExerciseInfo each : lesson.exercises()) {
      answer(stub(lesson, each, pristine), methods).ifPresent(it -> answers.put(each, it));
    }
    return Optional.ofNullable(answers.get(exercise))
        .map(
            answer ->
                Stream.concat(
                        Stream.of(withComment(source, answer.from(), answer.to())),
                        helpers(JavaSource.members(source), answer, answers.values()).stream()
                            .map(helper -> withComment(source, helper.from(), helper.to())))
                    .collect(Collectors.joining("\n\n")));
  }

  private static Optional<JavaSource.Method> answer(
      JavaSource.Method stub, List<JavaSource.Method> methods) {
    String type = stub.type().replace("My", "Reference");
    return methods.stream()
        .filter(method -> method.name().equals(stub.name()) && method.type().equals(type))
        .findFirst()
        .or(() -> methods.stream().filter(method -> method.name().equals(stub.name())).findFirst());
  }

  // A member in which an answer stands was handed out unwritten, and is no helper.
  private static List<Member> helpers(
      List<Member> members, JavaSource.Method answer, Collection<JavaSource.Method> answers) {
    List<Member> others =
        members.stream()
            .filter(member -> answers.stream().noneMatch(it -> isIn(member, it)))
            .toList();
    Set<String> used = new HashSet<>();
    members.stream()
        .filter(member -> isIn(member, answer))
        .forEach(member -> used.addAll(member.uses()));
    boolean grown = true;
    while (grown) {
      grown = false;
      for (Member member : others) {
        grown |= used.contains(member.name()) && used.addAll(member.uses());
      }
    }
    return others.stream().filter(member -> used.contains(member.name())).toList();
  }

  private static boolean isIn(Member member, JavaSource.Method method) {
    return member.from() <= method.from() && method.to() <= member.to();
  }

  // The reasons stand in the method or right above it.
  private static String withComment(String source, int from, int to) {
    List<String> before = source.substring(0, from).lines().toList();
    int first = before.size() - 1;
    while (first > 0 && before.get(first - 1).strip().matches("(//|/\\*|\\*).*")) {
      first--;
    }
    return source
        .lines()
        .limit(source.substring(0, to).lines().count())
        .skip(first)
        .collect(Collectors.joining("\n"))
        .stripIndent();
  }

  private static JavaSource.Method stub(Lesson lesson, ExerciseInfo exercise) {
    return stub(lesson, exercise, JavaSource.methods(lesson.pristineAnswer()));
  }

  /** The method of an exercise among those of the pristine answer. */
  static JavaSource.Method stub(
      Lesson lesson, ExerciseInfo exercise, List<JavaSource.Method> pristine) {
    String todo = "todo(\"" + exercise.id() + "\")";
    return pristine.stream()
        .filter(method -> method.text().contains(todo))
        .findFirst()
        .orElseThrow(
            () ->
                new EnvironmentException(
                    "%s has no %s. Put that file back, for instance with git checkout."
                        .formatted(lesson.pristineAnswer(), todo)));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new EnvironmentException(
          "%s cannot be read: %s. Does it exist, and is it UTF-8 text?"
              .formatted(file, EnvironmentException.reason(e)),
          e);
    }
  }
}
