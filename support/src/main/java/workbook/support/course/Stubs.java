package workbook.support.course;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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
    String source = withImports(read(lesson.answer()), stub, read(lesson.pristineAnswer()));
    List<JavaSource.Method> methods = JavaSource.methods(source);
    Optional<JavaSource.Method> written =
        methods.stream()
            .filter(method -> method.type().equals(stub.type()))
            .filter(method -> method.name().equals(stub.name()))
            .findFirst();
    if (written.isPresent()) {
      return Optional.of(
          source.substring(0, written.get().from())
              + stub.text()
              + source.substring(written.get().to()));
    }
    // A method that was deleted comes back behind the last one of its type.
    return methods.stream()
        .filter(method -> method.type().equals(stub.type()))
        .reduce((first, second) -> second)
        .map(
            last ->
                source.substring(0, last.to())
                    + "\n\n  "
                    + stub.text()
                    + source.substring(last.to()));
  }

  // Editors remove an import once nothing needs it; the stub does, again.
  private static String withImports(String source, JavaSource.Method stub, String pristine) {
    String missing =
        pristine
            .lines()
            .filter(line -> line.startsWith("import ") && !source.contains(line))
            .filter(line -> stub.text().matches("(?s).*\\b" + importedName(line) + "\\b.*"))
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
   * The reference's method for an exercise, with the comments in it.
   *
   * @return empty if the reference was not handed out
   */
  public static Optional<String> solution(Lesson lesson, ExerciseInfo exercise) {
    if (!lesson.hasReference()) {
      return Optional.empty();
    }
    JavaSource.Method stub = stub(lesson, exercise);
    String type = stub.type().replace("My", "Reference");
    List<JavaSource.Method> methods = JavaSource.methods(lesson.reference());
    return methods.stream()
        .filter(method -> method.name().equals(stub.name()) && method.type().equals(type))
        .findFirst()
        .or(() -> methods.stream().filter(method -> method.name().equals(stub.name())).findFirst())
        .map(method -> withComment(read(lesson.reference()), method));
  }

  // The reasons stand in the method or right above it.
  private static String withComment(String source, JavaSource.Method method) {
    List<String> lines = source.lines().toList();
    int first = (int) method.start() - 1;
    while (first > 0 && lines.get(first - 1).strip().matches("(//|/\\*|\\*).*")) {
      first--;
    }
    long end = method.start() - 1 + method.text().lines().count();
    return String.join("\n", lines.subList(first, (int) end)).stripIndent();
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
              .formatted(file, e.getMessage()),
          e);
    }
  }
}
