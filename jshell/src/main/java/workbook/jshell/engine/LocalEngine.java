package workbook.jshell.engine;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import jdk.jshell.execution.DirectExecutionControl;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;
import workbook.jshell.engine.Evaluation.End;

/**
 * Runs snippets in this process, each on a thread of its own, and can stop them.
 *
 * <p>JShell's own engine of this kind waits for threads that a snippet has started, and a step of a
 * lesson starts one that waits for the next step.
 */
final class LocalEngine extends DirectExecutionControl implements ExecutionControlProvider {
  private static final int BETWEEN_MILLIS = 100;
  private static final int BEFORE_FORCE = 20;
  private static final int UNTIL_LEFT_BEHIND = 40;

  private final Runnable cancelStatements;
  private volatile FutureTask<String> running;
  private volatile Thread thread;
  private volatile Throwable thrown;
  private volatile End end = End.OWN;
  private volatile boolean stopAsked;

  /**
   * @param cancelStatements makes the server give up what it runs for a snippet
   */
  LocalEngine(Runnable cancelStatements) {
    this.cancelStatements = cancelStatements;
  }

  @Override
  public String name() {
    return "workbook";
  }

  @Override
  public ExecutionControl generate(ExecutionEnv env, Map<String, String> parameters) {
    return this;
  }

  @Override
  public void load(ClassBytecodes[] classes)
      throws ClassInstallException, NotImplementedException, EngineTerminationException {
    super.load(
        Stream.of(classes)
            .map(it -> new ClassBytecodes(it.name(), StopChecks.in(it.bytecodes())))
            .toArray(ClassBytecodes[]::new));
  }

  @Override
  protected String invoke(Method snippet) throws Exception {
    StopRequest.forget();
    end = End.OWN;
    FutureTask<String> task = new FutureTask<>(() -> valueString(snippet.invoke(null)));
    thread = new Thread(task, "snippet");
    thread.setDaemon(true);
    running = task;
    thread.start();
    try {
      return task.get();
    } catch (CancellationException e) {
      end = End.LEFT_BEHIND;
      throw new StoppedException();
    } catch (ExecutionException e) {
      InvocationTargetException failed =
          e.getCause() instanceof InvocationTargetException inSnippet
              ? inSnippet
              : new InvocationTargetException(e.getCause());
      if (StopRequest.isMade()) {
        end = End.STOPPED;
        thrown = failed.getCause();
        throw new StoppedException();
      }
      throw failed;
    } finally {
      running = null;
    }
  }

  @Override
  protected String throwConvertedInvocationException(Throwable cause)
      throws RunException, InternalException {
    thrown = cause;
    return super.throwConvertedInvocationException(cause);
  }

  /** What the last snippet threw; null if nothing. */
  Throwable takeThrown() {
    Throwable taken = thrown;
    thrown = null;
    return taken;
  }

  End takeEnd() {
    End taken = end;
    end = End.OWN;
    return taken;
  }

  boolean isRunning() {
    return running != null;
  }

  void begin() {
    stopAsked = false;
  }

  boolean isStopped() {
    return stopAsked;
  }

  /**
   * Stops the snippet that runs: by cancelling its statements, by force where it does not wait for
   * the server, and at last by leaving it behind.
   *
   * <p>Force does not reach a driver that waits for its server; so that is given two seconds to
   * throw what the server says.
   */
  @Override
  public synchronized void stop() {
    stopAsked = true;
    FutureTask<String> task = running;
    if (task == null) {
      return;
    }
    // More than once: a statement may be on its way to the server.
    for (int i = 0; i < UNTIL_LEFT_BEHIND; i++) {
      if (!StopRequest.isMade() && (i >= BEFORE_FORCE || !waitsForServer())) {
        StopRequest.make();
        thread.interrupt();
      }
      cancelStatements.run();
      if (ends(task)) {
        return;
      }
    }
    task.cancel(false);
  }

  private boolean waitsForServer() {
    return Stream.of(thread.getStackTrace())
        .anyMatch(frame -> frame.getClassName().startsWith("org.postgresql."));
  }

  private static boolean ends(FutureTask<String> task) {
    try {
      task.get(BETWEEN_MILLIS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException | CancellationException e) {
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return true;
  }
}
