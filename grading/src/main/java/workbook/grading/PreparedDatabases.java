package workbook.grading;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;
import workbook.engine.Daemons;
import workbook.engine.databases.DatabaseHost;
import workbook.support.EnvironmentException;

/**
 * The databases of the next checks, from the process's pool; in a process that has graded before,
 * made ready while nobody waits, or while other checks run.
 *
 * <p>The first session of a database and its first statements take the server longest. There they
 * are over. And whoever saves has most often the same checks run as before: so those that are made
 * while nobody waits begin with what the last checks began with.
 */
final class PreparedDatabases {
  // Most exercises have three checks.
  private static final int AT_REST = 3;
  private static final int MOST_SCRIPTS = 100;

  private final Supplier<DatabaseHost> host;
  private final ExecutorService maker = Daemons.single("prepared databases");
  private final Queue<Order> ready = new ArrayDeque<>();
  private final List<List<String>> scripts = new ArrayList<>();
  private List<List<String>> expected;
  private int ordered;
  private int taken;

  /**
   * @param host says who makes databases
   */
  PreparedDatabases(Supplier<DatabaseHost> host) {
    this.host = host;
  }

  private record Order(List<String> script, CompletableFuture<FreshDatabase> database) {}

  /** Makes some ready, for the checks that ran since the last time: nobody waits now. */
  synchronized void prepare() {
    // An answer that does not compile is most often the same exercise's.
    if (expected == null || !scripts.isEmpty()) {
      expected = List.copyOf(scripts);
    }
    scripts.clear();
    ordered = 0;
    taken = 0;
    List<Order> there = new ArrayList<>(ready);
    there.removeIf(order -> order.database().isCompletedExceptionally());
    ready.clear();
    while (ordered < AT_REST) {
      List<String> script = nextScript();
      Optional<Order> same =
          there.stream().filter(order -> order.script().equals(script)).findFirst();
      there.removeAll(same.stream().toList());
      ready.add(same.orElseGet(() -> order(script)));
    }
    there.forEach(order -> order.database().thenAcceptAsync(FreshDatabase::discard, maker));
  }

  /** Remembers what a check began with. */
  synchronized void remember(FreshDatabase database) {
    int number = scripts.size();
    if (number == MOST_SCRIPTS) {
      return;
    }
    scripts.add(database.script());
    if (expected != null
        && number < expected.size()
        && !expected.get(number).equals(database.script())) {
      // These are other checks than the last time.
      expected = List.of();
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
      if (expected == null) {
        return new FreshDatabase(host.get());
      }
      // What went wrong a while ago need not go wrong now.
      ready.removeIf(order -> order.database().isCompletedExceptionally());
      next = (ready.isEmpty() ? order(List.of()) : ready.remove()).database();
      taken++;
      if (ordered < expected.size() || taken > expected.size()) {
        ready.add(order(nextScript()));
      }
    }
    try {
      return next.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof EnvironmentException broken
          ? broken
          : new EnvironmentException("No database could be prepared: " + e.getCause(), e);
    }
  }

  private List<String> nextScript() {
    int next = ordered++;
    return next < expected.size() ? expected.get(next) : List.of();
  }

  private Order order(List<String> script) {
    return new Order(
        script,
        CompletableFuture.supplyAsync(
            () -> {
              FreshDatabase database = new FreshDatabase(host.get());
              try {
                database.prepare(script);
                return database;
              } catch (EnvironmentException e) {
                database.discard();
                throw e;
              }
            },
            maker));
  }
}
