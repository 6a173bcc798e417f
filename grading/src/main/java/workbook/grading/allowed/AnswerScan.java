package workbook.grading.allowed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import workbook.engine.protocol.CompileError;

/**
 * Looks through the classes of an answer, before any of it runs, for references that no exercise
 * needs and for classes that are not the answer's to declare.
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
   * What is wrong with the classes; empty if nothing is.
   *
   * @param classes the folder of what was compiled: the answer, and the test that runs its checks
   */
  public List<CompileError> errors(Path classes) throws IOException {
    Set<String> mine = new HashSet<>(Set.of(answer));
    List<byte[]> bytes = new ArrayList<>();
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
      bytes.add(Files.readAllBytes(file));
    }
    if (errors.isEmpty()) {
      references(bytes, mine).forEach(found -> errors.add(error(found)));
    }
    return errors;
  }

  private Collection<ForbiddenReferences.Reference> references(
      List<byte[]> bytes, Set<String> mine) {
    return new ForbiddenReferences(
            api,
            name -> {
              String outer = name.replaceFirst("[$].*", "");
              return mine.contains(outer) || program.contains(outer);
            })
        .in(bytes);
  }

  private CompileError error(ForbiddenReferences.Reference found) {
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
