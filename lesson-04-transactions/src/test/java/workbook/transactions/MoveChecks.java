package workbook.transactions;

import static org.assertj.core.api.Assertions.assertThat;
import static workbook.transactions.Library.requireOwn;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.jdbi.v3.core.Jdbi;
import workbook.grading.Check;
import workbook.grading.FreshDatabase;

/** Exercise 4.9: copies that move between two books, in opposite directions at once. */
interface MoveChecks {
  /** Two editions of a book, and a third book that has nothing to do with them. */
  String BOOKS =
      """
      DELETE FROM books;
      INSERT INTO books (id, isbn, title, stock) OVERRIDING SYSTEM VALUE VALUES
        (5000000011, '11', 'Krabat', 9), (5000000012, '12', 'Krabat', 7),
        (5000000013, '13', 'Ronja', 4);
      DELETE FROM witness;
      """;

  /** The editions' ids. */
  long FIRST = 5_000_000_011L;

  /** The second edition's. */
  long SECOND = 5_000_000_012L;

  /** The answer to check, made anew. */
  LendingDesk answer();

  @Check(exercise = "4.9", points = 2)
  default void moves_in_opposite_directions_do_not_deadlock(FreshDatabase database)
      throws SQLException, InterruptedException {
    Library library = Library.in(database, BOOKS);
    List<String> before = library.everything();
    Jdbi jdbi = library.jdbi();
    IntFunction<Object> desk =
        number -> number == 1 ? move(jdbi, FIRST, SECOND, 3) : move(jdbi, SECOND, FIRST, 1);

    // Whichever row a desk takes first: once it is this one, once the other.
    for (long held : List.of(FIRST, SECOND)) {
      List<String> waited = new ArrayList<>();
      List<Object> results =
          TwoDesks.inTurnAtTheRowOf(
              held, database, desk, () -> waited.addAll(atAnotherBook(database)));

      assertThat(deadlocks(database))
          .as(
              "deadlocks that the server ended, while one desk moved copies from book %s to %s"
                  + " and another the other way (they got %s).%n"
                  + "In which order does each of them lock the two books?",
              "" + FIRST, "" + SECOND, results.stream().map(String::valueOf).sorted().toList())
          .isEqualTo("0");
      assertThat(results)
          .as("what two desks got that moved copies in opposite directions")
          .isEqualTo(List.of("moved", "moved"));
      assertThat(waited)
          .as("desks at book 5000000013 that had to wait: which of your statements locks more?")
          .isEqualTo(List.of());
    }
    assertThat(library.changesSince(before))
        .as("what others see after 2 x 3 copies were moved one way and 2 x 1 the other way")
        .isEqualTo(
            List.of(
                "+ book 5000000011, ISBN 11, Krabat, stock 5",
                "+ book 5000000012, ISBN 12, Krabat, stock 11",
                "- book 5000000011, ISBN 11, Krabat, stock 9",
                "- book 5000000012, ISBN 12, Krabat, stock 7"));
    assertThat(library.transactions())
        .as("transactions in which 4 moves were written: one for both stocks")
        .isEqualTo("4");
  }

  @Check(exercise = "4.9", points = 1)
  default void after_a_deadlock_it_pauses_and_tries_again(FreshDatabase database)
      throws SQLException {
    Library library = Library.in(database, BOOKS, Refusals.SCHEMA);
    try (Pool pool = new Pool(database)) {
      Refusals four = new Refusals(database, 4, "40P01");
      assertThat(move(pool.jdbi(), FIRST, SECOND, 2))
          .as("what a desk got in the last of 5 attempts, after 4 deadlocks (40P01)")
          .isEqualTo("moved");
      assertThat(List.of(library.stock(FIRST), library.stock(SECOND)))
          .as("the stocks of 9 and 7 after 2 copies were moved, in the last of 5 attempts")
          .isEqualTo(List.of("7", "9"));
      four.requirePauses();

      Refusals always = new Refusals(database, 99, "40P01");
      requireOwn(
          "each attempt ends in a deadlock",
          "40P01",
          () -> answer().moveCopies(pool.jdbi(), SECOND, FIRST, 2));
      always.require(5, "a move whose every attempt ends in a deadlock, 40P01");
      assertThat(pool.settings())
          .as("the pool's connections after attempts that failed: each goes back, as it came")
          .isEqualTo(List.of(pool.asBefore()));
    }
  }

  @Check(exercise = "4.9", points = 1)
  default void a_move_that_cannot_be_made_changes_nothing(FreshDatabase database) {
    Library library = Library.in(database, BOOKS, Refusals.SCHEMA);
    requireImpossible(library, "the book that gets the copies does not exist", FIRST, 1, 1);
    requireImpossible(library, "there is no book of a later id", FIRST, SECOND + 90, 1);
    requireImpossible(library, "the book that loses copies does not exist", 1, FIRST, 1);
    requireImpossible(library, "there is no book of a later id", SECOND + 90, FIRST, 1);
    requireImpossible(library, "8 copies of a book that has 7", SECOND, FIRST, 8);
    requireImpossible(library, "10 copies of a book that has 9", FIRST, SECOND, 10);

    for (String state : List.of("23505", "55P03", "40002", "P4000")) {
      Refusals refusals = new Refusals(database, 99, state);
      requireOwn(
          "the server refuses the first change with " + state,
          state,
          () -> answer().moveCopies(library.jdbi(), FIRST, SECOND, 1));
      refusals.require(1, "a move that ends in " + state + ", which is no deadlock");
    }
    new Refusals(database, 0, "none");
    assertThat(move(library.jdbi(), FIRST, SECOND, 9))
        .as("a move of all copies that a book has")
        .isEqualTo("moved");
    assertThat(List.of(library.stock(FIRST), library.stock(SECOND)))
        .as("the stocks of 9 and 7 after 9 copies were moved")
        .isEqualTo(List.of("0", "16"));
  }

  private void requireImpossible(Library library, String why, long from, long to, int copies) {
    List<String> before = library.everything();
    assertThat(move(library.jdbi(), from, to, copies))
        .as("a move that cannot be made: %s", why)
        .isEqualTo("IllegalStateException");
    assertThat(library.changesSince(before))
        .as("what changed although a move could not be made: %s", why)
        .isEqualTo(List.of());
  }

  /** What a desk gets, in words. */
  private Object move(Jdbi jdbi, long from, long to, int copies) {
    try {
      answer().moveCopies(jdbi, from, to, copies);
      return "moved";
    } catch (IllegalStateException e) {
      return "IllegalStateException";
    } catch (RuntimeException e) {
      return e.getCause() instanceof SQLException cause
          ? "SQLSTATE " + cause.getSQLState()
          : Library.described(e);
    }
  }

  /** Changes another book, as a desk does that does not wait for long. */
  private static List<String> atAnotherBook(FreshDatabase database) {
    try (Connection desk = Library.observer(database);
        Statement statement = desk.createStatement()) {
      desk.setAutoCommit(false);
      statement.execute("SET LOCAL lock_timeout = '500ms'");
      statement.execute("UPDATE books SET stock = 3 WHERE id = 5000000013");
      desk.rollback();
      return List.of();
    } catch (SQLException e) {
      return List.of("SQLSTATE " + e.getSQLState());
    }
  }

  /** How many deadlocks there were: the server counts them when a session ends, at the latest. */
  private static String deadlocks(FreshDatabase database) throws InterruptedException {
    for (int wait = 0; wait < 500 && !database.sessions().isEmpty(); wait++) {
      Thread.sleep(10);
    }
    return database.value(
        "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()");
  }
}
