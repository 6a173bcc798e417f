package workbook.grading.allowed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import workbook.engine.protocol.CompileError;
import workbook.grading.allowed.ForbiddenReferences.Reference;

/**
 * Looks through the classes of an answer, before any of it runs, for references that no exercise
 * needs and for classes that are not the answer's to declare.
 *
 * <p>A method with such a reference loses its code, and costs only the exercises that call it.
 */
public final class AnswerScan {
  private final AllowedApi api;
  private final String answer;
  private final String folder;
  private final Set<String> program;
  private final Set<String> checks;

  /**
   * @param lesson the lesson's module
   * @param answer the name of the answer's class
   * @param more what is allowed besides the list
   */
  public AnswerScan(Path lesson, String answer, Collection<String> more) throws IOException {
    this.answer = answer;
    api = AllowedApi.read(more);
    folder = answer.substring(0, answer.lastIndexOf('.')).replace('.', '/');
    program = types(lesson.resolve("src/main/java"));
    checks = types(lesson.resolve("src/test/java"));
  }

  /**
   * What keeps all of the answer from being run; empty if nothing does. Methods that may not be run
   * have no code afterwards.
   *
   * @param classes the folder of what was compiled: the answer, and the test that runs its checks
   */
  public List<CompileError> errors(Path classes) throws IOException {
    return errors(classes, null);
  }

  /**
   * The same where the answer's further source files are compiled elsewhere.
   *
   * @param others the folder of the lesson's other classes, which stay as they are; classes that
   *     have lost code go to the answer's, which have to come first; null if there is none
   */
  public List<CompileError> errors(Path classes, Path others) throws IOException {
    Set<String> mine = new HashSet<>(Set.of(answer));
    Map<String, byte[]> bytes = new LinkedHashMap<>();
    List<CompileError> errors = new ArrayList<>();
    for (Path file : files(classes)) {
      String name = classes.relativize(file).toString().replace('\\', '/');
      String type = name.replaceFirst("[.]class$", "").replace('/', '.');
      String outer = type.replaceFirst("[$].*", "");
      if (outer.equals(answer + "Test")) {
        continue;
      }
      boolean isOurs = !mine.contains(outer) && (program.contains(outer) || checks.contains(outer));
      if (isOurs || !name.startsWith(folder + "/")) {
        errors.add(CompileError.declared(source(""), type));
      }
      mine.add(outer);
      bytes.put(type, Files.readAllBytes(file));
    }
    if (others != null) {
      addHelpers(others, bytes);
    }
    return errors.isEmpty() ? refused(classes, bytes, mine) : errors;
  }

  private List<CompileError> refused(Path classes, Map<String, byte[]> bytes, Set<String> mine)
      throws IOException {
    ForbiddenReferences references =
        new ForbiddenReferences(
            api,
            name -> {
              String outer = name.replaceFirst("[$].*", "");
              return mine.contains(outer) || program.contains(outer);
            });
    Collection<Reference> found = references.in(bytes.values());
    if (references.ofClasses().containsKey(answer)) {
      return found.stream().map(this::error).toList();
    }
    for (Map.Entry<String, Map<String, Reference>> type : references.ofMethods().entrySet()) {
      Path file = classes.resolve(type.getKey().replace('.', '/') + ".class");
      Files.write(file, MethodRefusal.in(bytes.get(type.getKey()), type.getValue()));
    }
    return List.of();
  }

  // Whatever lies beside the answer may be the learner's.
  private void addHelpers(Path classes, Map<String, byte[]> bytes) throws IOException {
    for (Path file : files(classes)) {
      String name = classes.relativize(file).toString().replace('\\', '/');
      String type = name.replaceFirst("[.]class$", "").replace('/', '.');
      if (program.contains(type.replaceFirst("[$].*", ""))) {
        bytes.putIfAbsent(type, Files.readAllBytes(file));
      }
    }
  }

  private CompileError error(Reference found) {
    return CompileError.forbidden(source(found.file()), Math.max(1, found.line()), found.message());
  }

  private String source(String file) {
    return file.isEmpty() ? answer.replaceFirst(".*[.]", "") + ".java" : file;
  }

  private static List<Path> files(Path classes) throws IOException {
    try (Stream<Path> files = Files.walk(classes)) {
      return files.filter(file -> file.toString().endsWith(".class")).sorted().toList();
    }
  }

  private Set<String> types(Path sources) throws IOException {
    Path own = sources.resolve(folder);
    if (!Files.exists(own)) {
      return Set.of();
    }
    Set<String> types = new HashSet<>();
    try (Stream<Path> files = Files.list(own)) {
      files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".java"))
          .map(name -> folder.replace('/', '.') + "." + name.substring(0, name.length() - 5))
          .forEach(types::add);
    }
    return types;
  }
}
