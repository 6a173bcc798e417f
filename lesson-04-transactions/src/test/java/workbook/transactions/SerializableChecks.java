package workbook.transactions;

import static org.assertj.core.api.Assertions.assertThat;
import static workbook.transactions.Library.requireSame;
import static workbook.transactions.Library.requireOwn;

import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.UnableToCreateStatementException;
import org.jdbi.v3.core.transaction.TransactionException;
import workbook.grading.Check;
import workbook.grading.FreshDatabase;

/** Exercise 4.7: transactions that are SERIALIZABLE, and run again after 40001. */
interface SerializableChecks {

  /** The answer to check, made anew. */
  LendingDesk answer();

  @Check(exercise = "4.7", points = 2)
  default void two_desks_lend_the_last_copy_and_one_wins(FreshDatabase database) throws Exception {
    Library library = Library.in(database, Attempts.REFUSING);
    TwoDesks desks = new TwoDesks();

    List<Object> results =
        desks.run(
            desk -> answer().serializable(library.jdbi(), 5, last -> lend(last, desk, desks)));

    assertThat(library.loans().size())
        .as(
            "the loans of the only copy: both desks had read a stock of 1 (they got %s)",
            sorted(results))
        .isEqualTo(1);
    assertThat(sorted(results))
        .as("what the desks got: who is refused with 40001 looks again, and finds no copy")
        .isEqualTo(List.of("lent", "none left"));

    requireARuleOverSeveralRows(library);

    Attempts attempts = new Attempts(library.jdbi(), "40001");
    requireOwn("each attempt ends in 40001", "40001", () -> attempts.run(answer(), 2));
    attempts.require(2, "work that may be run twice, and ends in 40001 each time");
    Attempts taken = new Attempts(library.jdbi(), "23505");
    requireOwn("the work ends in 23505", "23505", () -> taken.run(answer(), 2));
    taken.require(1, "work that fails with 23505");
  }

  private void requireARuleOverSeveralRows(Library library) throws InterruptedException {
    library.database().execute("DELETE FROM loans");
    TwoDesks read = new TwoDesks();
    TwoDesks written = new TwoDesks();

    List<Object> results =
        read.run(
            desk ->
                answer()
                    .serializable(library.jdbi(), 5, last -> lendOne(last, desk, read, written)));

    assertThat(library.loans().size())
        .as(
            "the loans, when each desk lends only if there is no loan yet (they got %s).%n"
                + "They write different rows: which isolation level sees a conflict in that?",
            sorted(results))
        .isEqualTo(1);
    assertThat(sorted(results))
        .as(
            "what the desks got: the commit of one is refused with 40001;"
                + " it looks again, and finds a loan")
        .isEqualTo(List.of("lent", "one loan is enough"));
  }

  private static String lend(Handle handle, long member, TwoDesks desks) {
    int stock = number(handle, "SELECT stock FROM books WHERE id = 2");
    desks.meet();
    if (stock == 0) {
      return "none left";
    }
    handle.execute("UPDATE books SET stock = ? WHERE id = 2", stock - 1);
    handle.execute("INSERT INTO loans (book_id, member_id) VALUES (2, ?)", member);
    return "lent";
  }

  private static String lendOne(Handle handle, long desk, TwoDesks read, TwoDesks written) {
    int loans = number(handle, "SELECT count(*) FROM loans");
    read.meet();
    if (loans > 0) {
      return "one loan is enough";
    }
    handle.execute("INSERT INTO loans (book_id, member_id) VALUES (?, ?)", desk, desk);
    // Neither has committed yet, so it is a commit that is refused.
    written.meet();
    return "lent";
  }

  @Check(exercise = "4.7", points = 1)
  default void other_failures_are_not_tried_again(FreshDatabase database) throws SQLException {
    Library library = Library.in(database, Attempts.REFUSING);
    try (Pool pool = new Pool(database)) {
      for (String state : List.of("23505", "40000", "40002", "40003", "25P02", "55P03", "P4000")) {
        Attempts attempts = new Attempts(pool.jdbi(), state);
        attempts.requireLastFailure(answer(), 5);
        attempts.require(1, "work that fails with " + state);
      }
      Attempts commit = new Attempts(pool.jdbi(), "commit 23505");
      requireOwn("the commit ends in 23505", "23505", () -> commit.run(answer(), 5));
      commit.require(1, "work whose commit fails with 23505");

      Attempts deadlock = new Attempts(pool.jdbi(), "40P01");
      deadlock.requireLastFailure(answer(), 3);
      assertThat(deadlock.runs())
          .as("runs of work that may be run 3 times, and ends in a deadlock, 40P01, each time")
          .isIn(1, 3);

      Attempts later = new Attempts(pool.jdbi(), "40001", "23505", "no more");
      later.requireLastFailure(answer(), 5);
      later.require(2, "work that fails with 40001 first, and then with 23505");
      requireBugsPassed(pool);
      Library.requireOwnOfNoConnection(none -> answer().serializable(none, 5, handle -> null));
      requireAsNew(pool, "failures");
    }
    assertThat(library.notes()).as("what others see of work that failed").isEqualTo(List.of());
  }

  private void requireBugsPassed(Pool pool) {
    for (Throwable bug :
        List.of(
            new IllegalStateException("40001: could not serialize access, says a bug in the work"),
            new UnableToCreateStatementException("Missing named parameter 'isbn'"),
            new ConnectionException(new SQLException("an exception without an SQLSTATE")),
            new TransactionException("the work's own", new IllegalArgumentException("a cause")),
            new LinkageError("an Error, no Exception"))) {
      Attempts attempts = new Attempts(pool.jdbi(), bug);
      requireSame("the work throws what is not 40001", bug, () -> attempts.run(answer(), 5));
      attempts.require(1, "work that ends with " + bug);
    }
  }

  @Check(exercise = "4.7", points = 1)
  default void it_gives_up_after_so_many_attempts(FreshDatabase database) throws SQLException {
    Library library = Library.in(database, Attempts.REFUSING);
    try (Pool pool = Pool.withSettings(database, false)) {
      Attempts statement = new Attempts(pool.jdbi(), "40001");
      statement.requireLastFailure(answer(), 3);
      statement.require(3, "work that may be run 3 times, with a statement refused with 40001");
      statement.requireSameHandler();

      Attempts once = new Attempts(pool.jdbi(), "40001");
      once.requireLastFailure(answer(), 1);
      once.require(1, "work that may be run once, with a statement refused with 40001");

      Attempts commit = new Attempts(pool.jdbi(), "commit 40001");
      requireOwn("the commit ends in 40001", "40001", () -> commit.run(answer(), 1));
      commit.require(1, "work that may be run once, and whose commit is refused with 40001");
      requireAsNew(pool, "attempts that failed");

      Attempts ninth =
          new Attempts(
              pool.jdbi(),
              "commit 40001", "40001", "40001", "40001", "commit 40001", "40001", "commit 40001",
              "40001", "the ninth");
      assertThat(result(ninth, 9))
          .as("what the work returned in the last of 9 attempts, when 8 were refused with 40001")
          .isEqualTo("the ninth");
      ninth.require(9, "work that may be run 9 times, and is refused 8 times");

      Attempts nothing = new Attempts(pool.jdbi(), Attempts.RETURNS_NULL);
      assertThat(nothing.run(answer(), 3)).as("what work that returns null returned").isNull();
      nothing.require(1, "work that goes well, and returns null");
      requireAsNew(pool, "attempts of which the last went well");
    }
    assertThat(library.notes())
        .as("what others see of all attempts: those that went well")
        .isEqualTo(List.of("the ninth", Attempts.RETURNS_NULL));
  }

  private Object result(Attempts attempts, int most) {
    try {
      return attempts.run(answer(), most);
    } catch (RuntimeException e) {
      return "%s, after %s runs".formatted(e.getClass().getSimpleName(), attempts.runs());
    }
  }

  private static void requireAsNew(Pool pool, String after) {
    assertThat(pool.settings())
        .as("the pool's connections after %s: each goes back, and as it came", after)
        .isEqualTo(List.of(pool.asBefore()));
  }

  private static List<String> sorted(List<Object> results) {
    return results.stream().map(String::valueOf).sorted().toList();
  }

  private static int number(Handle handle, String query) {
    return handle.createQuery(query).mapTo(int.class).one();
  }
}
