package workbook.transactions;

import static org.assertj.core.api.Assertions.assertThat;
import static workbook.transactions.Library.requireOwn;
import static workbook.transactions.Library.requireSame;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import workbook.grading.Check;
import workbook.grading.FreshDatabase;
import workbook.transactions.LendingDesk.Report;

/** Exercise 4.8: a report of one moment, while others write. */
interface ReportChecks {

  /** 17 copies and 6 loans: each other way to count them gives another number. */
  String COPIES =
      """
      DELETE FROM loans;
      DELETE FROM books;
      INSERT INTO books (id, isbn, title, stock) OVERRIDING SYSTEM VALUE VALUES
        (5000000011, '11', 'Krabat', 4), (5000000012, '12', 'Ronja', 4),
        (5000000013, '13', 'Emil', 0), (5000000014, '14', 'Krabat', 9);
      INSERT INTO members (id, name) OVERRIDING SYSTEM VALUE VALUES
        (101, 'Jane'), (102, 'Ali'), (103, 'Mia'), (104, 'Ali');
      INSERT INTO loans (book_id, member_id) VALUES
        (5000000011, 101), (5000000011, 102), (5000000012, 101),
        (5000000013, 101), (5000000013, 102), (5000000013, 103);
      """;

  /** Two copies are lent. */
  String LENDING =
      """
      UPDATE books SET stock = stock - 1 WHERE id IN (5000000011, 5000000012);
      INSERT INTO loans (book_id, member_id) VALUES (5000000011, 103), (5000000012, 104);
      """;

  /** Writes of every kind, in every table: 2 copies are lent, 1 is given back, 5 are new. */
  String EVERYTHING =
      LENDING
          + """
          DELETE FROM loans WHERE book_id = 5000000013 AND member_id = 103;
          UPDATE books SET stock = stock + 1 WHERE id = 5000000013;
          UPDATE books SET isbn = '12b' WHERE id = 5000000012;
          DELETE FROM books WHERE id = 5000000014;
          INSERT INTO books (isbn, title, stock) VALUES ('15', 'Krabat', 5);
          INSERT INTO members (name) VALUES ('Tom');
          INSERT INTO notes (line) VALUES ('written meanwhile');
          """;

  /** The tables that others' transactions have read from and are still in. */
  String BEING_READ =
      """
      SELECT coalesce(string_agg(DISTINCT relation::regclass::text, ' and '), 'neither')
      FROM pg_locks
      WHERE database = (SELECT oid FROM pg_database WHERE datname = current_database())
        AND relation IN ('books'::regclass, 'loans'::regclass)
        AND mode IN ('AccessShareLock', 'RowShareLock') AND pid <> pg_backend_pid()
      """;

  /** The answer to check, made anew. */
  LendingDesk answer();

  @Check(exercise = "4.8", points = 1)
  default void both_counts_are_of_one_moment(FreshDatabase database) throws SQLException {
    Library.in(database, COPIES);
    List<Thread> calls = new ArrayList<>();
    List<String> read = new ArrayList<>();
    Runnable meanwhile =
        () -> {
          calls.add(Thread.currentThread());
          read.add(database.value(BEING_READ));
          write(database, LENDING);
        };

    Report report;
    try (Pool pool = new Pool(database)) {
      report = report(pool.jdbi(), "17 copies and 6 loans", meanwhile);
    }

    assertThat(calls.size()).as("calls of what happens meanwhile").isEqualTo(1);
    assertThat(read.get(0))
        .as(
            "the tables that an open transaction of yours has read when meanwhile is called.%n"
                + "The stock comes before it and the loans after it, in one transaction")
        .isEqualTo("books");
    assertThat(report)
        .as("the report on 17 copies and 6 loans; 2 were lent after the stock was summed up")
        .isEqualTo(new Report(17, 6));
    assertThat(calls.get(0) == Thread.currentThread())
        .as("whether meanwhile is called on the caller's thread")
        .isTrue();

    requireNoLookAtLoans(database);
    database.execute("DELETE FROM loans", "DELETE FROM books");
    try (Pool pool = new Pool(database)) {
      // What it returns there, or throws, is for the other check.
      Runnable look = () -> read.add(database.value(BEING_READ));
      Library.thrownBy(() -> answer().report(pool.jdbi(), look));
    }
    assertThat(read.stream().skip(1).filter(tables -> !tables.equals("books")).toList())
        .as(
            "the tables that an open transaction of yours has read when meanwhile is called, in a"
                + " library without a book: books, and no other")
        .isEqualTo(List.of());
  }

  @Check(exercise = "4.8", points = 1)
  default void a_report_holds_nobody_up(FreshDatabase database) throws SQLException {
    Library.in(database, COPIES);
    try (Pool pool = new Pool(database).inAHurry()) {
      Jdbi jdbi = pool.jdbi();
      requireNoWaiting(database, jdbi);
      requireAsNew(pool, "a report");

      for (Throwable failure : Delivery.failures()) {
        List<Runnable> calls = new ArrayList<>();
        Runnable meanwhile = failing(failure);
        requireSame(
            "meanwhile throws " + failure,
            failure,
            () ->
                answer()
                    .report(
                        jdbi,
                        () -> {
                          calls.add(meanwhile);
                          meanwhile.run();
                        }));
        assertThat(calls.size()).as("calls of what throws meanwhile").isEqualTo(1);
        requireAsNew(pool, "a report whose meanwhile throws " + failure);
      }
      assertThat(report(jdbi, "12 copies and 7 loans", () -> {}))
          .as("the next report, after 2 copies were lent, 1 was given back, and books changed")
          .isEqualTo(new Report(12, 7));
      database.execute("DELETE FROM loans", "DELETE FROM books");
      assertThat(report(jdbi, "an empty library", () -> {}))
          .as("the report on a library without a book")
          .isEqualTo(new Report(0, 0));
      database.execute("ALTER TABLE loans RENAME TO lent");
      requireOwn("there is no table of loans", "42P01", () -> answer().report(jdbi, () -> {}));
      requireAsNew(pool, "a report whose query failed");
      database.execute("ALTER TABLE lent RENAME TO loans", "ALTER TABLE books RENAME TO shelf");
      requireOwn("there is no table of books", "42P01", () -> answer().report(jdbi, () -> {}));
      requireAsNew(pool, "a report whose first query failed");
      database.execute("ALTER TABLE shelf RENAME TO books");
      Library.requireOwnOfNoConnection(none -> answer().report(none, () -> {}));
    }
    try (Pool pool = Pool.withSettings(database, true)) {
      report(pool.jdbi(), "an empty library", () -> {});
      requireAsNew(pool, "a report");
      Error failure = new LinkageError("no");
      requireSame(
          "meanwhile throws " + failure,
          failure,
          () -> answer().report(pool.jdbi(), failing(failure)));
      requireAsNew(pool, "a report whose meanwhile throws " + failure);
    }
  }

  // Who names the table has to wait, in a transaction or not.
  private void requireNoLookAtLoans(FreshDatabase database) throws SQLException {
    Connection locking = database.secondSession();
    try (Pool pool = new Pool(database).inAHurry();
        Statement statement = locking.createStatement()) {
      locking.setAutoCommit(false);
      statement.execute("LOCK TABLE loans IN ACCESS EXCLUSIVE MODE");
      report(
          pool.jdbi(),
          "15 copies and 8 loans; another session locks loans until meanwhile is called",
          () -> unlock(locking));
    } finally {
      unlock(locking);
      locking.setAutoCommit(true);
    }
  }

  private static void unlock(Connection session) {
    try {
      session.rollback();
    } catch (SQLException e) {
      throw new IllegalStateException("A session of the check is lost.", e);
    }
  }

  private void requireNoWaiting(FreshDatabase database, Jdbi jdbi) throws SQLException {
    List<String> waited = new ArrayList<>();
    Connection writer = database.secondSession();
    try (Statement statement = writer.createStatement()) {
      writer.setAutoCommit(false);
      Runnable meanwhile =
          () -> {
            waited.addAll(write(database, EVERYTHING));
            if (waited.isEmpty()) {
              writeAndStay(statement);
            }
          };
      String library = "17 copies and 6 loans, while another desk is writing";
      assertThat(SerializableDesk.during(database, () -> report(jdbi, library, meanwhile)))
          .as("while another desk was in a transaction: for what does your report wait?")
          .isEqualTo(List.of());
    } finally {
      writer.rollback();
      writer.setAutoCommit(true);
    }
    assertThat(waited)
        .as(
            "while your report ran another desk had to wait: which of your statements locks?%n"
                + "Writes of others that did not get a lock")
        .isEqualTo(List.of());
  }

  // What locks after that, be it rows or tables, has to wait.
  private static void writeAndStay(Statement statement) {
    try {
      statement.execute("UPDATE loans SET id = DEFAULT");
      statement.execute("DELETE FROM loans");
      statement.execute("DELETE FROM books");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private Report report(Jdbi jdbi, String library, Runnable meanwhile) {
    try {
      return answer().report(jdbi, meanwhile);
    } catch (RuntimeException e) {
      throw new AssertionError(
          "The report on %s.%nexpected: a Report%n but was: %s%s"
              .formatted(library, e, library.contains("locks loans") ? "" : idea(e.getCause())),
          e);
    }
  }

  private static String idea(Throwable cause) {
    return cause instanceof SQLException e && "55P03".equals(e.getSQLState())
        ? "\nIt waited for another desk that is writing: which of your statements locks?"
        : "";
  }

  private static Runnable failing(Throwable failure) {
    return () -> {
      if (failure instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) failure;
    };
  }

  /** Writes as another desk does, which does not wait for long. */
  static List<String> write(FreshDatabase database, String statements) {
    try {
      database.execute("SET lock_timeout = '500ms'", statements);
      return List.of();
    } catch (AssertionError e) {
      if (e.getCause() instanceof SQLException refused && "55P03".equals(refused.getSQLState())) {
        return List.of(refused.getMessage().lines().findFirst().orElseThrow());
      }
      throw e;
    }
  }

  private static void requireAsNew(Pool pool, String after) {
    assertThat(pool.settings())
        .as("the pool's connections after %s: each goes back, and as it came", after)
        .isEqualTo(List.of(pool.asBefore()));
  }
}
