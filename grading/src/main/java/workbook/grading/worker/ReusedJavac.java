package workbook.grading.worker;

import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.io.Writer;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Optional;
import javax.tools.DiagnosticListener;
import javax.tools.JavaCompiler.CompilationTask;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;

/**
 * The compiler as JShell has it: it keeps what it has read of a class path for the next time, which
 * takes half as long.
 *
 * <p>The JDK has that for its own tools, so it is there only where {@code java} was told to export
 * the package {@code com.sun.tools.javac.api} of the module {@code jdk.compiler}.
 */
final class ReusedJavac {
  private static final String PACKAGE = "com.sun.tools.javac.api.";

  private final JavaFileManager files;
  private final Class<?> work;
  private final Method task;
  private final Object pool;

  private ReusedJavac(JavaFileManager files, Class<?> work, Method task, Object pool) {
    this.files = files;
    this.work = work;
    this.task = task;
    this.pool = pool;
  }

  /** One for one class path; empty where this Java has none for us. */
  static Optional<ReusedJavac> create(JavaFileManager files) {
    try {
      Class<?> type = Class.forName(PACKAGE + "JavacTaskPool");
      Class<?> work = Class.forName(PACKAGE + "JavacTaskPool$Worker");
      Method task =
          type.getMethod(
              "getTask",
              Writer.class,
              JavaFileManager.class,
              DiagnosticListener.class,
              Iterable.class,
              Iterable.class,
              Iterable.class,
              work);
      Object pool = type.getConstructor(int.class).newInstance(1);
      return Optional.of(new ReusedJavac(files, work, task, pool));
    } catch (ReflectiveOperationException e) {
      return Optional.empty();
    }
  }

  /**
   * Compiles, if there is nothing wrong; what is wrong, ask an ordinary compiler. Then {@link
   * #forget} the same sources.
   */
  boolean compiles(Iterable<? extends JavaFileObject> sources) {
    return run(sources, (proxy, method, given) -> ((CompilationTask) given[0]).call());
  }

  /**
   * Forgets the classes of sources that it has compiled: the next ones may have others of the same
   * names.
   *
   * <p>After each task it forgets the classes that it finds in the sources' trees. To generate code
   * it takes nested classes out of them, so this looks at them once more and generates nothing.
   */
  boolean forget(Iterable<? extends JavaFileObject> sources) {
    return run(sources, (proxy, method, given) -> analyzes((JavacTask) given[0]));
  }

  private static boolean analyzes(JavacTask task) throws IOException {
    task.analyze();
    return true;
  }

  // Whatever breaks it, the caller has an ordinary compiler; what broke is not used again.
  private boolean run(Iterable<? extends JavaFileObject> sources, InvocationHandler handler) {
    Object worker = Proxy.newProxyInstance(work.getClassLoader(), new Class<?>[] {work}, handler);
    DiagnosticListener<JavaFileObject> unheard = found -> {};
    try {
      return (Boolean)
          task.invoke(pool, null, files, unheard, Javac.OPTIONS, null, sources, worker);
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }
}
