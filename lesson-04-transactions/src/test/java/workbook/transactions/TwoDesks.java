package workbook.transactions;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import workbook.grading.FreshDatabase;

/**
 * Two desks at work at once, each on a thread of its own.
 *
 * <p>Neither can write before both have read: the conflict is certain.
 */
final class TwoDesks {
  private static final String WAITING =
      """
      SELECT count(*) FROM pg_stat_activity
      WHERE datname = current_database() AND wait_event_type = 'Lock'
      """;

  private static final String HOLD =
      "SELECT FROM books WHERE id = %s FOR NO KEY UPDATE";

  // So often in a row: a class that is being loaded holds a thread up, too.
  private static final int STILL = 200;

  private final CountDownLatch bothHaveRead = new CountDownLatch(2);

  /**
   * Runs both.
   *
   * @param desk what the desk of that number, 1 or 2, does; it calls {@link
   *     #meet} between reading and writing
   * @return what each returned, or what it threw, in words
   */
  List<Object> run(IntFunction<Object> desk) throws InterruptedException {
    return results(startAll(2, desk));
  }

  /** Runs so many desks at once, and returns what they got. */
  static List<Object> run(int count, IntFunction<Object> desk)
      throws InterruptedException {
    return results(startAll(count, desk));
  }

  /**
   * Starts a third desk while the server holds two up, and says whether it
   * waits, too; then it is left waiting.
   */
  static boolean waits(FreshDatabase database, FutureTask<Object> third)
      throws InterruptedException {
    Thread thread = new Thread(third, "desk 3");
    thread.setDaemon(true);
    thread.start();
    int still = 0;
    while (!third.isDone() && still < STILL) {
      if (database.value(WAITING).equals("3")) {
        return true;
      }
      still = thread.getState() == Thread.State.RUNNABLE ? 0 : still + 1;
      Thread.sleep(2);
    }
    return !third.isDone();
  }

  /** Waits for the other desk, the first time; later both just go on. */
  void meet() {
    bothHaveRead.countDown();
    try {
      if (!bothHaveRead.await(3, TimeUnit.SECONDS)) {
        throw new IllegalStateException(
            "The other desk did not come within 3 s."
                + " Both must be able to work at the same time.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted between two desks.", e);
    }
  }

  /**
   * Runs both while somebody else holds the row of a book, which can then be
   * read but not written.
   */
  static List<Object> atTheRowOf(
      long bookId, FreshDatabase database, IntFunction<Object> desk)
      throws SQLException, InterruptedException {
    return behind(HOLD.formatted(bookId), database, desk);
  }

  /**
   * Runs both while another program has run a statement that it commits only
   * when both wait for it, or have ended.
   */
  static List<Object> behind(
      String sql, FreshDatabase database, IntFunction<Object> desk)
      throws SQLException, InterruptedException {
    List<Desk> desks;
    Connection holder = database.secondSession();
    try (Statement statement = holder.createStatement()) {
      holder.setAutoCommit(false);
      statement.execute(sql);
      desks = startAll(2, desk);
      awaitAll(desks, database, 20);
      holder.commit();
    } finally {
      letGo(holder);
    }
    return results(desks);
  }

  /**
   * Runs the second when the first waits for the row of a book, and so on, and
   * lets go of that row when the last waits, too, or has ended.
   *
   * @param meanwhile what happens while they wait
   */
  static List<Object> inTurnAtTheRowOf(
      long bookId,
      FreshDatabase database,
      int count,
      IntFunction<Object> desk,
      Meanwhile meanwhile)
      throws SQLException, InterruptedException {
    List<Desk> desks = new ArrayList<>();
    Connection holder = database.secondSession();
    try (Statement statement = holder.createStatement()) {
      holder.setAutoCommit(false);
      statement.execute(HOLD.formatted(bookId));
      for (int number = 1; number <= count; number++) {
        desks.add(start(desk, number));
        awaitAll(desks, database, 20);
      }
      meanwhile.run();
      holder.commit();
    } finally {
      letGo(holder);
    }
    return results(desks);
  }

  private static void letGo(Connection holder) throws SQLException {
    holder.rollback();
    holder.setAutoCommit(true);
  }

  // A desk that the server does not hold up has ended, or waits inside Java.
  private static void awaitAll(
      List<Desk> desks, FreshDatabase database, int seconds)
      throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    int still = 0;
    while (System.nanoTime() < end && still < STILL) {
      long ended = desks.stream().filter(Desk::isDone).count();
      long inJava = desks.stream().filter(Desk::rests).count();
      long onServer = Long.parseLong(database.value(WAITING));
      if (onServer + ended >= desks.size()) {
        return;
      }
      still = inJava + onServer >= desks.size() ? still + 1 : 0;
      Thread.sleep(2);
    }
  }

  private static List<Desk> startAll(int count, IntFunction<Object> desk) {
    List<Desk> desks = new ArrayList<>();
    for (int number = 1; number <= count; number++) {
      desks.add(start(desk, number));
    }
    return desks;
  }

  private static Desk start(IntFunction<Object> desk, int number) {
    FutureTask<Object> task = new FutureTask<>(() -> desk.apply(number));
    Thread thread = new Thread(task, "desk " + number);
    thread.setDaemon(true);
    thread.start();
    return new Desk(task, thread);
  }

  private static List<Object> results(List<Desk> desks)
      throws InterruptedException {
    List<Object> results = new ArrayList<>();
    for (Desk desk : desks) {
      try {
        results.add(desk.task().get());
      } catch (ExecutionException e) {
        results.add("exception, " + text(e.getCause()));
      }
    }
    return results;
  }

  /** What was thrown, in words: its SQLSTATE, if it has one. */
  static String text(Throwable thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (t instanceof SQLException e) {
        return "SQLSTATE " + e.getSQLState() + words("" + e.getSQLState());
      }
    }
    return thrown.toString();
  }

  private static String words(String state) {
    return switch (state) {
      case "23514" -> " (the CHECK of the stock)";
      case "40001" ->
          " (at this isolation level, who has waited is refused)";
      default -> "";
    };
  }

  /** What happens while two desks wait. */
  @FunctionalInterface
  interface Meanwhile {
    void run() throws InterruptedException;
  }

  /** A desk at work. */
  private record Desk(FutureTask<Object> task, Thread thread) {
    boolean isDone() {
      return task.isDone();
    }

    // It has ended, or it waits for something inside Java.
    boolean rests() {
      return isDone() || thread.getState() != Thread.State.RUNNABLE;
    }
  }
}
