package workbook.transactions;

import static org.assertj.core.api.Assertions.assertThat;
import static workbook.transactions.Library.requireSame;
import static workbook.transactions.Library.requireState;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.UnableToCreateStatementException;
import workbook.grading.Check;
import workbook.grading.FreshDatabase;

/** Exercise 4.7: transactions that are SERIALIZABLE, and run again after 40001. */
interface SerializableChecks {

  /** The answer to check, made anew. */
  LendingDesk answer();

  @Check(exercise = "4.7", points = 1)
  default void two_desks_lend_the_last_copy_and_one_wins(FreshDatabase database) throws Exception {
    Library library = Library.in(database);
    TwoDesks desks = new TwoDesks();

    List<Object> results =
        desks.run(
            desk -> answer().serializable(library.jdbi(), 5, last -> lend(last, desk, desks)));

    assertThat(library.loans().size())
        .as("the loans of the only copy: both desks had read a stock of 1 (they got %s)", results)
        .isEqualTo(1);
    assertThat(sorted(results))
        .as("what the desks got: who is refused with 40001 looks again, and finds no copy")
        .isEqualTo(List.of("lent", "none left"));
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

  @Check(exercise = "4.7", points = 1)
  default void a_rule_over_several_rows_holds_too(FreshDatabase database) throws Exception {
    Library library = Library.in(database);
    TwoDesks desks = new TwoDesks();

    List<Object> results =
        desks.run(
            desk -> answer().serializable(library.jdbi(), 5, last -> lendOne(last, desk, desks)));

    assertThat(library.loans().size())
        .as(
            "the loans, when each desk lends only if there is no loan yet (they got %s).%n"
                + "They write different rows: which isolation level sees a conflict in that?",
            results)
        .isEqualTo(1);
    assertThat(sorted(results))
        .as("what the desks got: who is refused with 40001 looks again, and finds a loan")
        .isEqualTo(List.of("lent", "one loan is enough"));
  }

  private static String lendOne(Handle handle, long desk, TwoDesks desks) {
    int loans = number(handle, "SELECT count(*) FROM loans");
    desks.meet();
    if (loans > 0) {
      return "one loan is enough";
    }
    handle.execute("INSERT INTO loans (book_id, member_id) VALUES (?, ?)", desk, desk);
    return "lent";
  }

  @Check(exercise = "4.7", points = 1)
  default void other_failures_are_not_tried_again(FreshDatabase database) {
    Library library = Library.in(database);
    AtomicInteger runs = new AtomicInteger();

    requireState(
        "the work adds a book whose ISBN is taken",
        "23505",
        () ->
            answer()
                .serializable(
                    library.jdbi(),
                    5,
                    handle -> {
                      count(runs);
                      return handle.execute(
                          "INSERT INTO books (isbn, title, stock) VALUES ('1', 'Momo', 1)");
                    }));
    assertThat(runs.get()).as("runs of work that fails with 23505").isEqualTo(1);

    for (RuntimeException bug :
        List.of(
            new IllegalStateException("a bug in the work"),
            new UnableToCreateStatementException("Missing named parameter 'isbn'"))) {
      runs.set(0);
      requireSame(
          "the work has a bug, and the server was never asked",
          bug,
          () ->
              answer()
                  .serializable(
                      library.jdbi(),
                      5,
                      handle -> {
                        count(runs);
                        throw bug;
                      }));
      assertThat(runs.get()).as("runs of work that ends with %s", bug).isEqualTo(1);
    }
  }

  @Check(exercise = "4.7", points = 1)
  default void it_gives_up_after_so_many_attempts(FreshDatabase database) {
    Library library =
        Library.in(
            database,
            "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS"
                + " $$ BEGIN RAISE 'refused by the check' USING ERRCODE = '40001'; END $$",
            "CREATE CONSTRAINT TRIGGER refuse AFTER INSERT ON notes"
                + " DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION refuse()");
    AtomicInteger runs = new AtomicInteger();

    requireState(
        "the commit ends in 40001 each time",
        "40001",
        () ->
            answer()
                .serializable(
                    library.jdbi(),
                    3,
                    handle -> {
                      count(runs);
                      return handle.execute("INSERT INTO notes (line) VALUES ('an attempt')");
                    }));

    assertThat(runs.get())
        .as("runs of work that may be run 3 times, and whose commit is refused with 40001")
        .isEqualTo(3);
    assertThat(library.notes())
        .as("what others see of three failed attempts")
        .isEqualTo(List.of());
  }

  private static List<String> sorted(List<Object> results) {
    return results.stream().map(String::valueOf).sorted().toList();
  }

  private static int number(Handle handle, String query) {
    return handle.createQuery(query).mapTo(int.class).one();
  }

  private static void count(AtomicInteger runs) {
    assertThat(runs.incrementAndGet())
        .withFailMessage("the work was run 50 times: does the loop ever give up?")
        .isLessThan(50);
  }
}
