package workbook.transactions;

import static org.assertj.core.api.Assertions.assertThat;
import static workbook.transactions.Library.requireOwn;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import workbook.grading.Check;
import workbook.grading.FreshDatabase;

/** Exercise 4.9: copies that move between two books, in opposite directions at once. */
interface MoveChecks {
  /** Two editions of a book, the desks' other books, and books that nothing is done with. */
  String BOOKS =
      """
      DELETE FROM books;
      INSERT INTO books (id, isbn, title, stock) OVERRIDING SYSTEM VALUE VALUES
        (5000000011, '11', 'Krabat', 9), (5000000014, '12', 'Krabat', 7),
        (3, '13', 'Emil', 4), (5000000013, '14', 'Ronja', 4),
        (6649846329789248011, '15', 'Momo', 8), (6649846329789248014, '16', 'Momo', 3);
      DELETE FROM witness;
      """;

  /** Pairs of books for {@link Refusals}. */
  String PAIRS =
      """
      INSERT INTO books (id, isbn, title, stock) OVERRIDING SYSTEM VALUE
        SELECT 5000000000 + 100 * pair + number, pair || '-' || number, 'Emma', 5
        FROM generate_series(1, 9) AS pair, generate_series(1, 2) AS number;
      """;

  /** The editions' ids. */
  long FIRST = 5_000_000_011L;

  /** The second edition's. */
  long SECOND = 5_000_000_014L;

  /** A third book. */
  long THIRD = 5_000_000_013L;

  /** From a book to another: modulo whatever is usual, both ids are alike. */
  long FAR = 6_649_846_324_789_248_000L;

  /** The answer to check, made anew. */
  LendingDesk answer();

  @Check(exercise = "4.9", points = 2)
  default void moves_in_opposite_directions_do_not_deadlock(FreshDatabase database)
      throws SQLException, InterruptedException, ExecutionException {
    Library library = Library.in(database, BOOKS);
    List<String> before = library.everything();
    Jdbi jdbi = library.jdbi();
    IntFunction<Object> desk =
        number -> number == 1 ? move(jdbi, FIRST, SECOND, 3) : move(jdbi, SECOND, FIRST, 1);

    // Whichever row a desk takes first: once it is this one, once the other.
    for (long held : List.of(FIRST, SECOND)) {
      List<String> waited = new ArrayList<>();
      FutureTask<Object> third =
          new FutureTask<>(() -> move(jdbi, held + FAR, otherThan(held) + FAR, 6));
      List<Object> results =
          TwoDesks.inTurnAtTheRowOf(
              held,
              database,
              2,
              desk,
              () -> {
                waited.addAll(atAnotherBook(database));
                if (TwoDesks.waits(database, third)) {
                  waited.add("one that moves copies between two other books");
                }
              });

      assertThat(waited)
          .as("desks at other books that had to wait: which of your statements locks more?")
          .isEqualTo(List.of());
      assertThat(third.get())
          .as("what a desk got that moved 6 copies between two other books")
          .isEqualTo("moved");
      assertThat(deadlocks(library))
          .as(
              "deadlocks that the server ended, while one desk moved copies from book %s to %s"
                  + " and another the other way (they got %s).%n"
                  + "In which order does each of them lock the two books?",
              "" + FIRST, "" + SECOND, results.stream().map(String::valueOf).sorted().toList())
          .isEqualTo("0");
      assertThat(results)
          .as("what two desks got that moved copies in opposite directions")
          .isEqualTo(List.of("moved", "moved"));
    }
    requireNoCircle(library);
    assertThat(library.changesSince(before))
        .as(
            "what others see after 2 x 3 copies were moved one way and 2 x 1 the other way, and"
                + " 6 copies of another book there and back")
        .isEqualTo(
            List.of(
                "+ book 5000000011, ISBN 11, Krabat, stock 5",
                "+ book 5000000014, ISBN 12, Krabat, stock 11",
                "- book 5000000011, ISBN 11, Krabat, stock 9",
                "- book 5000000014, ISBN 12, Krabat, stock 7"));
    assertThat(library.transactions())
        .as("transactions in which 9 moves were written: one for both stocks")
        .isEqualTo("9");
    requireNoOrderByStock(library);
  }

  // While a desk waits at a book, the other's stock changes, unless the desk has that locked: which
  // of the two has fewer copies is then another one for the desk that comes next.
  private void requireNoOrderByStock(Library library)
      throws SQLException, InterruptedException {
    FreshDatabase database = library.database();
    Jdbi jdbi = library.jdbi();
    database.execute(
        "UPDATE books SET stock = 9 WHERE id = " + FIRST,
        "UPDATE books SET stock = 7 WHERE id = " + SECOND);
    List<Object> results =
        TwoDesks.inTurnAtTheRowOf(
            SECOND,
            database,
            2,
            desk ->
                desk == 1
                    ? move(jdbi, FIRST, SECOND, 1)
                    : afterAChange(database, () -> move(jdbi, SECOND, FIRST, 1)),
            () -> {});

    assertThat(deadlocks(library))
        .as(
            "deadlocks that the server ended, while two desks moved copies in opposite"
                + " directions and another program changed a stock (they got %s).%n"
                + "Does the order in which they lock the two books stay the same then?",
            results.stream().map(String::valueOf).sorted().toList())
        .isEqualTo("0");
    assertThat(results)
        .as("what two desks got while another program changed a stock")
        .isEqualTo(List.of("moved", "moved"));
  }

  private static Object afterAChange(FreshDatabase database, Supplier<Object> action) {
    try (Connection program = Library.observer(database);
        Statement statement = program.createStatement()) {
      statement.execute(
          "UPDATE books SET stock = 2 WHERE id = (SELECT id FROM books WHERE id = %s"
                  .formatted("" + FIRST)
              + " FOR UPDATE SKIP LOCKED)");
    } catch (SQLException e) {
      return "no change before it: SQLSTATE " + e.getSQLState();
    }
    return action.get();
  }

  // The first waits for its first book; each of the others is before its second one.
  private void requireNoCircle(Library library)
      throws SQLException, InterruptedException {
    Jdbi jdbi = library.jdbi();
    long[][] circle = {{FIRST, SECOND}, {THIRD, FIRST}, {SECOND, THIRD}};
    List<Object> results =
        TwoDesks.inTurnAtTheRowOf(
            FIRST,
            library.database(),
            3,
            desk -> move(jdbi, circle[desk - 1][0], circle[desk - 1][1], 1),
            () -> {});

    assertThat(deadlocks(library))
        .as(
            "deadlocks that the server ended, while three desks moved a copy each, from the first"
                + " book to the second, the second to the third, and the third to the first (they"
                + " got %s).%nIn which order does each of them lock its two books?",
            results.stream().map(String::valueOf).sorted().toList())
        .isEqualTo("0");
    assertThat(results)
        .as("what three desks got that moved copies in a circle")
        .isEqualTo(List.of("moved", "moved", "moved"));
  }

  private static long otherThan(long book) {
    return book == FIRST ? SECOND : FIRST;
  }

  @Check(exercise = "4.9", points = 1)
  default void after_a_deadlock_it_pauses_and_tries_again(FreshDatabase database)
      throws SQLException, InterruptedException {
    Library library = Library.in(database, BOOKS, PAIRS, Refusals.schema(Refusals.PAIRS));
    List<String> before = library.everything();
    int always = Refusals.PAIRS - 1;
    for (int pair = 0; pair < always; pair++) {
      new Refusals(database, pair, 4, "40P01", pair % 2 == 0 ? "statement" : "commit");
    }
    Refusals endless = new Refusals(database, always, 99, "40P01", "statement");
    try (Pool pool = new Pool(database)) {
      // All at once, which takes no longer than one.
      List<Object> results =
          TwoDesks.run(
              Refusals.PAIRS,
              desk -> {
                Refusals.Pair books = Refusals.pair(desk - 1);
                return desk - 1 < always
                    ? move(pool.jdbi(), books.first(), books.second(), 2)
                    : Optional.ofNullable(thrownByMove(pool.jdbi(), books));
              });

      String got = "what desks got in the last of 5 attempts, after 4 deadlocks (40P01)";
      assertThat(every(2, 0, results.subList(0, always)))
          .as(got)
          .isEqualTo(Collections.nCopies(5, "moved"));
      assertThat(every(2, 1, results.subList(0, always)))
          .as(got + " of which each was found at the commit only")
          .isEqualTo(Collections.nCopies(4, "moved"));
      requireOwn(
          "each attempt ends in a deadlock",
          "40P01",
          () -> {
            if (results.get(always) instanceof Optional<?> thrown && thrown.isPresent()) {
              throw (Throwable) thrown.get();
            }
          });
      endless.require(5, "a move whose every attempt ends in a deadlock, 40P01");
      Refusals.requirePauses(database);
      assertThat(pool.settings())
          .as("the pool's connections after attempts that failed: each goes back, as it came")
          .isEqualTo(List.of(pool.asBefore()));
    }
    assertThat(library.changesSince(before).size())
        .as("changes after 2 copies each were moved between 9 pairs of books: 2 stocks each")
        .isEqualTo(2 * 2 * always);
    assertThat(List.of(library.stock(FIRST), library.stock(SECOND)))
        .as("the stocks of 9 and 7 after 2 copies were moved, in the last of 5 attempts")
        .isEqualTo(List.of("7", "9"));
  }

  private Throwable thrownByMove(Jdbi jdbi, Refusals.Pair books) {
    return Library.thrownBy(
        () -> answer().moveCopies(jdbi, books.first(), books.second(), 2));
  }

  private static List<Object> every(int step, int first, List<Object> all) {
    return IntStream.range(0, all.size())
        .filter(i -> i % step == first)
        .mapToObj(all::get)
        .toList();
  }

  @Check(exercise = "4.9", points = 1)
  default void a_move_that_cannot_be_made_changes_nothing(FreshDatabase database)
      throws SQLException, InterruptedException {
    Library library = Library.in(database, BOOKS, Refusals.schema(1));
    requireImpossible(library, "the book that gets the copies does not exist", FIRST, 1, 1);
    requireImpossible(library, "there is no book of a later id", FIRST, SECOND + 90, 1);
    requireImpossible(library, "the book that loses copies does not exist", 1, FIRST, 1);
    requireImpossible(library, "there is no book of a later id", SECOND + 90, FIRST, 1);
    Library.requireOwnOfNoConnection(none -> answer().moveCopies(none, FIRST, SECOND, 1));
    requireImpossible(library, "8 copies of a book that has 7", SECOND, FIRST, 8);
    requireImpossible(library, "10 copies of a book that has 9", FIRST, SECOND, 10);
    requireTooFewByThen(library);

    for (String state : List.of("23505", "55P03", "40002", "P4000")) {
      Refusals refusals = new Refusals(database, 0, 99, state, "statement");
      requireOwn(
          "the server refuses the first change with " + state,
          state,
          () -> answer().moveCopies(library.jdbi(), FIRST, SECOND, 1));
      refusals.require(1, "a move that ends in " + state + ", which is no deadlock");
    }
    new Refusals(database, 0, 0, "none", "none");
    assertThat(move(library.jdbi(), FIRST, SECOND, 9))
        .as("a move of all copies that a book has")
        .isEqualTo("moved");
    assertThat(List.of(library.stock(FIRST), library.stock(SECOND)))
        .as("the stocks of 9 and 7 after 9 copies were moved")
        .isEqualTo(List.of("0", "16"));
  }

  // Once from the book that is locked first, whichever that is.
  private void requireTooFewByThen(Library library) throws SQLException, InterruptedException {
    for (long from : List.of(FIRST, SECOND)) {
      String stock = library.stock(from);
      List<Object> results =
          TwoDesks.behind(
              "UPDATE books SET stock = 1 WHERE id = " + from,
              library.database(),
              desk -> move(library.jdbi(), from, otherThan(from), 4));
      assertThat(results)
          .as(
              "what two desks got that moved 4 copies of a book of which there were %s, but when"
                  + " they got to it another desk had left 1.%n"
                  + "Was the stock, once read, still true when it was written?",
              stock)
          .isEqualTo(List.of("IllegalStateException", "IllegalStateException"));
      String again = "UPDATE books SET stock = %s WHERE id = %s";
      library.database().execute(again.formatted(stock, "" + from));
    }
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
    try {
      database.execute(
          "BEGIN",
          "SET LOCAL lock_timeout = '500ms'",
          "UPDATE books SET stock = 3 WHERE id IN (3, 5000000013)");
      return List.of();
    } catch (AssertionError e) {
      if (!(e.getCause() instanceof SQLException refused)) {
        throw e;
      }
      return List.of(
          "one that changed a book of another id, with SQLSTATE " + refused.getSQLState());
    } finally {
      database.execute("ROLLBACK");
    }
  }

  /** How many deadlocks there were: the server counts them when a session ends, at the latest. */
  private static String deadlocks(Library library)
      throws SQLException, InterruptedException {
    library.sessions().close();
    for (int wait = 0; wait < 2500 && !library.database().sessions().isEmpty(); wait++) {
      Thread.sleep(2);
    }
    return library.database().value(
        "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()");
  }
}
