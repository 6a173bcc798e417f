package workbook.grading;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import workbook.support.Daemons;
import workbook.support.EnvironmentException;
import workbook.support.database.CheckDatabases;

/**
 * The databases of the next checks, from the process's pool; in a process that has graded before,
 * made ready while nobody waits, or while other checks run.
 *
 * <p>The first session of a database and its first statements take the server longest. There they
 * are over.
 */
final class PreparedDatabases {
  private static final int AHEAD = 2;

  private final ExecutorService maker = Daemons.single("prepared databases");
  private final Queue<CompletableFuture<FreshDatabase>> ready = new ArrayDeque<>();

  /** Makes some ready: nobody waits now. */
  synchronized void prepare() {
    ready.removeIf(CompletableFuture::isCompletedExceptionally);
    while (ready.size() < AHEAD) {
      order();
    }
  }

  /**
   * Hands out a database that nobody has used.
   *
   * @throws EnvironmentException if the server makes none
   */
  FreshDatabase take() {
    CompletableFuture<FreshDatabase> next;
    synchronized (this) {
      // What went wrong a while ago need not go wrong now.
      ready.removeIf(CompletableFuture::isCompletedExceptionally);
      next = ready.poll();
      if (next != null) {
        order();
      }
    }
    if (next == null) {
      return new FreshDatabase(CheckDatabases.shared());
    }
    try {
      return next.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof EnvironmentException broken
          ? broken
          : new EnvironmentException("No database could be prepared: " + e.getCause(), e);
    }
  }

  private void order() {
    ready.add(
        CompletableFuture.supplyAsync(
            () -> {
              FreshDatabase database = new FreshDatabase(CheckDatabases.shared());
              try {
                database.warmUp();
                return database;
              } catch (EnvironmentException e) {
                database.discard();
                throw e;
              }
            },
            maker));
  }
}
