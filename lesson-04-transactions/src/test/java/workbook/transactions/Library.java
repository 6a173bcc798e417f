package workbook.transactions;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.sqlobject.SqlObjectPlugin;
import workbook.grading.FreshDatabase;

/**
 * The library that checks work on, and what others see of it.
 *
 * <p>Book 1, "Momo", has 3 copies, book 2, "Emil", has 1. There are the members 1 to 3. Each row
 * that is written leaves the number of its transaction in the table {@code witness}.
 */
record Library(FreshDatabase database, Jdbi jdbi) {
  private static final String WITNESS =
      """
      CREATE TABLE witness (transaction xid8);
      CREATE FUNCTION witness() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        INSERT INTO witness VALUES (pg_current_xact_id());
        RETURN NULL;
      END $$;
      CREATE TRIGGER witness AFTER INSERT OR UPDATE OR DELETE ON books
        FOR EACH ROW EXECUTE FUNCTION witness();
      CREATE TRIGGER witness AFTER INSERT OR UPDATE OR DELETE ON loans
        FOR EACH ROW EXECUTE FUNCTION witness();
      CREATE TRIGGER witness AFTER INSERT OR UPDATE OR DELETE ON notes
        FOR EACH ROW EXECUTE FUNCTION witness();
      """;
  private static final String ROWS =
      """
      INSERT INTO books (isbn, title, stock) VALUES ('1', 'Momo', 3), ('2', 'Emil', 1);
      INSERT INTO members (name) VALUES ('Jane'), ('Ali'), ('Mia');
      """;

  /** Makes the tables and fills them. */
  static Library in(FreshDatabase database) {
    database.execute(LendingDesk.SCHEMA, ROWS, WITNESS);
    return new Library(
        database, Jdbi.create(database.dataSource()).installPlugin(new SqlObjectPlugin()));
  }

  /** How many transactions have written rows that others see. */
  String transactions() {
    return database.value("SELECT count(DISTINCT transaction) FROM witness");
  }

  /** The rows of the delivery that others see, as their ISBNs. */
  List<String> delivered() {
    return column("SELECT isbn FROM books WHERE id > 2 ORDER BY id");
  }

  /** A book's stock, as others see it. */
  String stock(int bookId) {
    return database.value("SELECT stock FROM books WHERE id = " + bookId);
  }

  /** The loans that others see, such as {@code 1 to 2}: book 1, member 2. */
  List<String> loans() {
    return column("SELECT book_id || ' to ' || member_id FROM loans ORDER BY book_id, member_id");
  }

  /** The notes that others see. */
  List<String> notes() {
    return column("SELECT line FROM notes ORDER BY id");
  }

  private List<String> column(String query) {
    return database.rows(query).stream().map(row -> row.get(0)).toList();
  }

  /**
   * Lets two desks run at once, each on a thread of its own.
   *
   * @param desk what the desk of that number, 1 or 2, does
   * @return what each returned or threw
   */
  static List<Object> twoDesks(IntFunction<Object> desk) throws InterruptedException {
    List<FutureTask<Object>> desks = start(desk);
    return results(desks);
  }

  /**
   * Lets two desks run while somebody else holds the row of a book, so that both have read what
   * they read before either can write.
   */
  List<Object> twoDesksAtTheRowOf(int bookId, IntFunction<Object> desk)
      throws SQLException, InterruptedException {
    List<FutureTask<Object>> desks;
    try (Connection holder = database.dataSource().getConnection();
        Statement statement = holder.createStatement()) {
      holder.setAutoCommit(false);
      statement.execute("SELECT FROM books WHERE id = " + bookId + " FOR NO KEY UPDATE");
      desks = start(desk);
      awaitUntilBothWait(desks);
      holder.rollback();
    }
    return results(desks);
  }

  private static List<FutureTask<Object>> start(IntFunction<Object> desk) {
    List<FutureTask<Object>> desks = new ArrayList<>();
    for (int number = 1; number <= 2; number++) {
      int deskNumber = number;
      FutureTask<Object> task = new FutureTask<>(() -> desk.apply(deskNumber));
      Thread thread = new Thread(task, "desk " + number);
      thread.setDaemon(true);
      thread.start();
      desks.add(task);
    }
    return desks;
  }

  // A desk that the server does not hold up is either done or waits inside Java: go on then.
  private void awaitUntilBothWait(List<FutureTask<Object>> desks) throws InterruptedException {
    String waiting =
        """
        SELECT count(*) FROM pg_stat_activity
        WHERE datname = current_database() AND wait_event_type = 'Lock'
        """;
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
    while (System.nanoTime() < end && !desks.stream().allMatch(FutureTask::isDone)) {
      if (database.value(waiting).equals("2")) {
        return;
      }
      Thread.sleep(2);
    }
  }

  private static List<Object> results(List<FutureTask<Object>> desks)
      throws InterruptedException {
    List<Object> results = new ArrayList<>();
    for (FutureTask<Object> desk : desks) {
      try {
        results.add(desk.get());
      } catch (ExecutionException e) {
        results.add(e.getCause());
      }
    }
    assertThat(results).hasSize(2);
    return results;
  }
}
