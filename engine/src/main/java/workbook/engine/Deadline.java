package workbook.engine;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import workbook.support.EnvironmentException;

/** Waits for an answer no longer than there is time. */
public final class Deadline {
  private Deadline() {}

  /**
   * Does work on a thread of its own, which is interrupted and left behind when time is up.
   *
   * @throws EnvironmentException with a reason without a full stop, if there is no answer in time
   *     or the work failed
   */
  public static <T> T within(Duration limit, Callable<T> work) {
    FutureTask<T> task = new FutureTask<>(work);
    Thread thread = new Thread(task, "workbook asks");
    thread.setDaemon(true);
    thread.start();
    try {
      return task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      task.cancel(true);
      throw new EnvironmentException(
          "no answer within %s s".formatted(Math.max(1, limit.toSeconds())), e);
    } catch (InterruptedException e) {
      task.cancel(true);
      Thread.currentThread().interrupt();
      throw new EnvironmentException("interrupted", e);
    } catch (ExecutionException e) {
      throw new EnvironmentException(reason(e.getCause()), e.getCause());
    }
  }

  /** The first line of what a failure says, without a full stop. */
  public static String reason(Throwable failure) {
    String message = failure.getMessage();
    String text = message == null || message.isBlank() ? failure.toString() : message;
    return text.lines().findFirst().orElse("").strip().replaceFirst("\\.$", "");
  }
}
