package workbook.grading.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReusedJavacTest {
  private static final List<String> SAVES =
      List.of(
          "class My { static class Inner { int x; } Inner inner; Other other = new Other();"
              + " Object anonymous = new Object() {}; Runnable lambda = () -> {};"
              + " enum E { A } int of(E e) { return switch (e) { case A -> 1; }; } }"
              + " class Other { int old() { return 1; } }",
          "class My { Inner gone; }",
          "class My { Other gone; }",
          "class My { My.Inner gone; }",
          "class My { static class Inner { String x; } String s = new Inner().x;"
              + " Object one = new Object() {}; Object two = new Object() {}; }",
          "class My { return }",
          "class My extends Other { } class Other { int fresh() { return 1; } }",
          "class My extends Other { int n = old(); } class Other { int fresh() { return 1; } }",
          "record My(int n) { }",
          "class My { int m = n(); }",
          "sealed interface My permits My.A { record A() implements My {} }",
          "class My { class Row { int a; } Object o = new Row(); }",
          "class My { static class Row { int a; } Object o = new Row(); }",
          "class My { record Row(int a, String b) { } @Deprecated void m() {} }",
          "\n\nclass My { record Row(int a, String b) { } void m() {} }",
          "class My { record Row(int a) { } }",
          "class My { record Row(@Deprecated int a) { static record Deep(int d) { } } }",
          "\nclass My { record Row(int a) { static record Deep(long d, int e) { } } }",
          "class My { interface Row { int a(); } Row row = () -> 1; }",
          "class My { enum Row { A, B { int f() { return 2; } }; int f() { return 1; } } }",
          "class My { static <T extends Comparable<T>> T m(T t) { class Row { T u = t; }"
              + " return new Row().u; } }",
          "class My { static <T> T m(T t) { class Row { } return t; } class Row<T> { } }",
          "class My { } class A extends B {} class B extends A {}",
          "class My { A a; } class A { }");

  private final JavaCompiler ordinary = ToolProvider.getSystemJavaCompiler();

  @Test
  void each_save_compiles_as_if_it_were_the_first(@TempDir Path folder) throws IOException {
    Path source = folder.resolve("My.java");
    try (StandardJavaFileManager files =
        ordinary.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
      files.setLocationFromPaths(StandardLocation.CLASS_PATH, List.of());
      ReusedJavac reused = ReusedJavac.create(files).orElseThrow();
      for (int i = 0; i < SAVES.size(); i++) {
        Files.writeString(source, SAVES.get(i));
        Path expected = into(files, folder.resolve(i + "-ordinary"));
        boolean compiles =
            ordinary
                .getTask(
                    null, files, found -> {}, Javac.OPTIONS, null, files.getJavaFileObjects(source))
                .call();
        Path actual = into(files, folder.resolve(i + "-reused"));

        assertThat(reused.compiles(files.getJavaFileObjects(source)))
            .as(SAVES.get(i))
            .isEqualTo(compiles);
        assertThat(classes(actual)).as(SAVES.get(i)).isEqualTo(classes(expected));
        if (!compiles) {
          reused = ReusedJavac.create(files).orElseThrow();
          continue;
        }
        assertThat(reused.forget(files.getJavaFileObjects(source))).as(SAVES.get(i)).isTrue();
      }
    }
  }

  private static Path into(StandardJavaFileManager files, Path classes) throws IOException {
    Files.createDirectory(classes);
    files.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(classes));
    return classes;
  }

  private static Map<String, String> classes(Path folder) throws IOException {
    Map<String, String> classes = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        classes.put(
            file.getFileName().toString(), HexFormat.of().formatHex(Files.readAllBytes(file)));
      }
    }
    return classes;
  }
}
