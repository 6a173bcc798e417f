package workbook.grading.proofs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles an answer as it was handed out, and loads it in place of the learner's. */
final class StubLoader extends ClassLoader {
  private final Path classes;

  StubLoader(Path source, Path classes) {
    super(StubLoader.class.getClassLoader());
    this.classes = classes;
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<String> options = List.of("-d", classes.toString(), "-proc:none", "-nowarn");
    try (StandardJavaFileManager files =
        compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
      if (!compiler
          .getTask(null, files, null, options, null, files.getJavaFileObjects(source))
          .call()) {
        throw new IllegalStateException(source + " does not compile.");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A class of the source. */
  Class<?> load(String name) {
    try {
      return loadClass(name);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(name + " is not in " + classes, e);
    }
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    Path file = classes.resolve(name.replace('.', '/') + ".class");
    synchronized (getClassLoadingLock(name)) {
      if (findLoadedClass(name) != null || !Files.exists(file)) {
        return super.loadClass(name, resolve);
      }
      try {
        byte[] bytes = Files.readAllBytes(file);
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }
}
