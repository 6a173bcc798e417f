package workbook.grading.proofs;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import workbook.grading.allowed.AllowedApi;
import workbook.grading.allowed.ForbiddenReferences;

/** Looks through a lesson's written answers for what the grader would not run. */
final class AllowedUses {
  // A few wrong answers watch their connections by these, which no learner would.
  private static final Set<String> OF_MISTAKES =
      Set.of(
          "java.lang.ClassLoader",
          "java.lang.reflect.InvocationHandler",
          "java.lang.reflect.InvocationTargetException",
          "java.lang.reflect.Method",
          "java.lang.reflect.Proxy",
          "java.lang.Class.getClassLoader",
          Alternative.class.getName(),
          Mistake.class.getName());

  private AllowedUses() {}

  /** What they use that is not allowed, with its place. */
  static List<String> forbidden(Class<?> contract, Class<?> reference) throws IOException {
    String lesson = contract.getPackageName() + ".";
    Path folder = folder(reference);
    List<String> found = new ArrayList<>();
    found.addAll(in(folder.resolve("reference"), lesson, Set.of()));
    found.addAll(in(folder.resolve("mistakes"), lesson, OF_MISTAKES));
    return found;
  }

  private static List<String> in(Path classes, String lesson, Set<String> besides)
      throws IOException {
    List<byte[]> all = new ArrayList<>();
    try (Stream<Path> files = Files.list(classes)) {
      for (Path file : (Iterable<Path>) files.sorted()::iterator) {
        boolean isTest = file.getFileName().toString().matches(".*Test([$].*)?[.]class");
        if (file.toString().endsWith(".class") && !isTest) {
          all.add(Files.readAllBytes(file));
        }
      }
    }
    AllowedApi api = AllowedApi.read(besides);
    return new ForbiddenReferences(api, name -> name.startsWith(lesson))
        .in(all).stream().map(use -> use.file() + " " + use.message()).toList();
  }

  private static Path folder(Class<?> reference) {
    try {
      Path classes = Path.of(reference.getProtectionDomain().getCodeSource().getLocation().toURI());
      return classes.resolve(reference.getPackageName().replace('.', '/')).resolveSibling("");
    } catch (URISyntaxException e) {
      throw new IllegalStateException("The lesson's classes are nowhere", e);
    }
  }
}
