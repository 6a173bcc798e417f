package workbook.transactions;

import java.sql.SQLException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import workbook.grading.FreshDatabase;

/**
 * A desk at a book that another program changes again and again: each time
 * that the desk's UPDATE has begun, and so sees what was there before.
 *
 * <p>The desk is held up at gates, which are advisory locks. A transaction of
 * a level above READ COMMITTED is refused behind each of them.
 */
final class ConflictsInARow {
  /** How many there are. */
  static final int CONFLICTS = 12;

  private static final String GATES =
      """
      CREATE SEQUENCE gate;
      CREATE FUNCTION gate() RETURNS trigger LANGUAGE plpgsql
        SET search_path = public, pg_temp AS $$
      BEGIN
        IF pg_backend_pid() <> %s THEN
          PERFORM pg_advisory_xact_lock_shared(4, nextval('gate')::integer);
        END IF;
        RETURN NULL;
      END $$;
      CREATE TRIGGER gate BEFORE UPDATE ON books
        FOR EACH STATEMENT EXECUTE FUNCTION gate();
      """;
  private static final String CLOSE =
      "SELECT pg_advisory_lock(4, n) FROM generate_series(1, %s) AS n"
          .formatted(CONFLICTS);
  // A desk that has locked the row before its UPDATE needs no more conflicts.
  private static final String CHANGE =
      """
      UPDATE books SET stock = stock + 1 WHERE id =
        (SELECT id FROM books WHERE id = %s FOR NO KEY UPDATE NOWAIT)
      """;

  private final FreshDatabase database;
  private final long bookId;

  private ConflictsInARow(FreshDatabase database, long bookId) {
    this.database = database;
    this.bookId = bookId;
  }

  /** What the desk returned, or what it threw, in words. */
  static Object at(long bookId, FreshDatabase database, Supplier<Object> desk)
      throws InterruptedException {
    FutureTask<Object> task = new FutureTask<>(desk::get);
    Thread thread = new Thread(task, "desk");
    thread.setDaemon(true);
    String own = database.value("SELECT pg_backend_pid()");
    database.execute(GATES.formatted(own), CLOSE);
    thread.start();
    new ConflictsInARow(database, bookId).openAll(task);
    try {
      return task.get();
    } catch (ExecutionException e) {
      return "exception, " + TwoDesks.text(e.getCause());
    } finally {
      database.execute("DROP TRIGGER gate ON books", "DROP SEQUENCE gate");
    }
  }

  private void openAll(FutureTask<Object> task) throws InterruptedException {
    boolean conflict = true;
    for (int gate = 1; gate <= CONFLICTS; gate++) {
      conflict = conflict && isReached(gate, task) && isChanged();
      database.execute("SELECT pg_advisory_unlock(4, %s)".formatted(gate));
    }
  }

  private boolean isReached(int gate, FutureTask<Object> task)
      throws InterruptedException {
    String waiting =
        """
        SELECT count(*) FROM pg_locks
        WHERE locktype = 'advisory' AND NOT granted AND classid = 4
          AND objid = %s AND database =
            (SELECT oid FROM pg_database WHERE datname = current_database())
        """
            .formatted(gate);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
    while (System.nanoTime() < end && !task.isDone()) {
      if (database.value(waiting).equals("1")) {
        return true;
      }
      Thread.sleep(1);
    }
    return false;
  }

  private boolean isChanged() {
    try {
      // NOWAIT does not help where it has locked the whole table.
      database.execute("SET lock_timeout = '50ms'", CHANGE.formatted(bookId));
      return true;
    } catch (AssertionError e) {
      if (e.getCause() instanceof SQLException locked
          && "55P03".equals(locked.getSQLState())) {
        return false;
      }
      throw e;
    } finally {
      database.execute("RESET lock_timeout");
    }
  }
}
