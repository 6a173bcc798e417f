package workbook.grading;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
 * are over. And whoever saves has most often the same checks run as before: so those that are made
 * while nobody waits begin with what the last checks began with.
 */
final class PreparedDatabases {
  private static final int AHEAD = 2;
  // Most exercises have three checks.
  private static final int AT_REST = 3;
  private static final int MOST_SCRIPTS = 100;

  private final ExecutorService maker = Daemons.single("prepared databases");
  private final Queue<CompletableFuture<FreshDatabase>> ready = new ArrayDeque<>();
  private final List<List<String>> scripts = new ArrayList<>();
  private List<List<String>> expected = List.of();
  private int ordered;

  /** Makes some ready, for the checks that ran since the last time: nobody waits now. */
  synchronized void prepare() {
    expected = List.copyOf(scripts);
    scripts.clear();
    ordered = 0;
    List<CompletableFuture<FreshDatabase>> there = new ArrayList<>(ready);
    ready.clear();
    while (ordered < AT_REST) {
      List<String> script = nextScript();
      Optional<CompletableFuture<FreshDatabase>> same =
          there.stream().filter(database -> beginsWith(script, database)).findFirst();
      there.removeAll(same.stream().toList());
      ready.add(same.orElseGet(() -> order(script)));
    }
    there.forEach(database -> database.thenAcceptAsync(FreshDatabase::discard, maker));
  }

  /** Remembers what a check began with. */
  synchronized void remember(FreshDatabase database) {
    if (scripts.size() < MOST_SCRIPTS) {
      scripts.add(database.script());
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
      if (next != null && ready.size() < AHEAD) {
        ready.add(order(nextScript()));
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

  private static boolean beginsWith(
      List<String> script, CompletableFuture<FreshDatabase> database) {
    return database.isDone()
        && !database.isCompletedExceptionally()
        && database.join().script().equals(script);
  }

  private List<String> nextScript() {
    int next = ordered++;
    return next < expected.size() ? expected.get(next) : List.of();
  }

  private CompletableFuture<FreshDatabase> order(List<String> script) {
    return CompletableFuture.supplyAsync(
        () -> {
          FreshDatabase database = new FreshDatabase(CheckDatabases.shared());
          try {
            database.prepare(script);
            return database;
          } catch (EnvironmentException e) {
            database.discard();
            throw e;
          }
        },
        maker);
  }
}
