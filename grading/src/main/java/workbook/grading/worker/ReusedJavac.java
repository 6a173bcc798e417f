package workbook.grading.worker;

import java.io.Writer;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Optional;
import javax.tools.DiagnosticCollector;
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

  private final Object pool;
  private final Method task;
  private final Object worker;

  private ReusedJavac(Object pool, Method task, Object worker) {
    this.pool = pool;
    this.task = task;
    this.worker = worker;
  }

  /** One for one class path; empty where this Java has none for us. */
  static Optional<ReusedJavac> create() {
    InvocationHandler call = (proxy, method, given) -> ((CompilationTask) given[0]).call();
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
      Object worker = Proxy.newProxyInstance(work.getClassLoader(), new Class<?>[] {work}, call);
      return Optional.of(
          new ReusedJavac(type.getConstructor(int.class).newInstance(1), task, worker));
    } catch (ReflectiveOperationException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /**
   * Compiles, if there is nothing wrong; what is wrong, ask an ordinary compiler.
   *
   * @param files always the same
   */
  boolean compiles(JavaFileManager files, Iterable<? extends JavaFileObject> units) {
    DiagnosticCollector<JavaFileObject> unheard = new DiagnosticCollector<>();
    try {
      return (Boolean) task.invoke(pool, null, files, unheard, Javac.OPTIONS, null, units, worker);
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }
}
