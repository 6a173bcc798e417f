package workbook.classroom.sandbox;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;
import workbook.engine.protocol.CompileError;
import workbook.engine.protocol.CompileRequest;
import workbook.support.EnvironmentException;

/** Compiler processes: while one has a hand-in that takes long, others go on. */
public final class Compilers implements AutoCloseable {
  private static final int MOST = 2;

  private final List<CompilerProcess> all;
  private final BlockingQueue<CompilerProcess> idle;

  public Compilers(Path root) {
    all = IntStream.range(0, MOST).mapToObj(i -> new CompilerProcess(root)).toList();
    idle = new LinkedBlockingQueue<>(all);
  }

  /**
   * Compiles.
   *
   * @return what is wrong; empty if nothing is
   */
  public List<CompileError> compile(CompileRequest request) {
    CompilerProcess compiler = null;
    try {
      compiler = idle.take();
      return compiler.compile(request);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EnvironmentException("Interrupted while compiling.", e);
    } finally {
      if (compiler != null) {
        idle.add(compiler);
      }
    }
  }

  @Override
  public void close() {
    all.forEach(CompilerProcess::close);
  }
}
