package workbook.grading.worker;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;

/**
 * Puts the classes of some sources into a folder of their own, and remembers what the packages of
 * the class path and the platform hold, as far as it was asked for.
 */
final class SortedOutput extends ForwardingJavaFileManager<StandardJavaFileManager> {
  private final Map<List<Object>, List<JavaFileObject>> packages = new HashMap<>();
  private List<Path> own;
  private Path classes;

  SortedOutput(StandardJavaFileManager files, List<Path> own, Path classes) {
    super(files);
    sort(own, classes);
  }

  void sort(List<Path> own, Path classes) {
    this.own = own;
    this.classes = classes;
  }

  @Override
  public Iterable<JavaFileObject> list(
      Location location, String name, Set<JavaFileObject.Kind> kinds, boolean recurse)
      throws IOException {
    if (location.isOutputLocation() || location == StandardLocation.SOURCE_PATH) {
      return super.list(location, name, kinds, recurse);
    }
    List<Object> question = List.of(location.getName(), name, kinds, recurse);
    List<JavaFileObject> answer = packages.get(question);
    if (answer == null) {
      answer = new ArrayList<>();
      super.list(location, name, kinds, recurse).forEach(answer::add);
      packages.put(question, answer);
    }
    return answer;
  }

  @Override
  public JavaFileObject getJavaFileForOutput(
      Location location, String name, JavaFileObject.Kind kind, FileObject source)
      throws IOException {
    if (source != null && own.contains(Path.of(source.toUri()))) {
      Path file = classes.resolve(name.replace('.', '/') + kind.extension);
      return fileManager.getJavaFileObjects(file).iterator().next();
    }
    return super.getJavaFileForOutput(location, name, kind, source);
  }
}
