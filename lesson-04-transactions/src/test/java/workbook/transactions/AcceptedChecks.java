package workbook.transactions;

import static org.assertj.core.api.Assertions.assertThat;
import static workbook.transactions.DeliveryChecks.FAILURES;
import static workbook.transactions.DeliveryChecks.books;
import static workbook.transactions.Library.requireOwn;
import static workbook.transactions.Library.requireSame;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import workbook.grading.Check;
import workbook.grading.FreshDatabase;
import workbook.transactions.LendingDesk.NewBook;
import workbook.transactions.LendingDesk.Rejected;

/** Exercise 4.4: deliveries, all but the books that break a rule. */
interface AcceptedChecks {

  /** A rule that no ON CONFLICT names, and a book that others like it would break it with. */
  String ONE_OF_A_KIND =
      """
      ALTER TABLE books ADD EXCLUDE (title WITH =) WHERE (title = 'one of a kind');
      INSERT INTO books (isbn, title, stock) VALUES ('one', 'one of a kind', 1);
      DELETE FROM witness;
      """;

  /** If a second transaction writes the books, another program has taken an ISBN since. */
  String TAKEN_MEANWHILE =
      """
      CREATE SEQUENCE first_to_write;
      CREATE FUNCTION taken_meanwhile() RETURNS trigger LANGUAGE plpgsql
        SET search_path = public, pg_temp AS $$
      DECLARE
        own bigint := pg_current_xact_id()::text;
      BEGIN
        IF NOT (SELECT is_called FROM first_to_write) THEN
          PERFORM setval('first_to_write', own);
        END IF;
        IF own <> (SELECT last_value FROM first_to_write) AND NEW.isbn = '7' THEN
          RAISE 'another program has taken the ISBN since' USING ERRCODE = '23505';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER taken_meanwhile BEFORE INSERT ON books
        FOR EACH ROW EXECUTE FUNCTION taken_meanwhile();
      """;

  /** The answer to check, made anew. */
  LendingDesk answer();

  @Check(exercise = "4.4", points = 2)
  default void rejected_books_are_skipped_and_named(FreshDatabase database) {
    Library library = Library.in(database, FAILURES, ONE_OF_A_KIND);
    List<NewBook> accepted = new ArrayList<>(books(13));
    accepted.addAll(DeliveryChecks.ODD);
    for (String isbn : List.of("b", "c", "e")) {
      accepted.add(new NewBook(isbn, "an ISBN that came with a rejected book before", 2));
    }
    List<NewBook> wrong =
        List.of(
            new NewBook("1", "a taken ISBN", 1),
            new NewBook("b", null, 1),
            new NewBook(null, "no ISBN", 1),
            new NewBook("c", "less than no copies", -1),
            new NewBook("1", "the taken ISBN again", 1),
            new NewBook("x3", "an ISBN that came before", 1),
            new NewBook("1", null, -1),
            new NewBook("2", "fewer copies, and the ISBN is taken", -7),
            new NewBook("d", "fails with 23P01", 1),
            new NewBook("a", "fails with 23001", 1),
            new NewBook("e", "fails with 23000", 1),
            new NewBook("f", "fails with 23ZZ9", 1),
            new NewBook("g", "one of a kind", 1),
            new NewBook("2", "one of a kind", 1));
    List<String> states =
        List.of(
            "23505", "23502", "23502", "23514", "23505", "23505", "23502", "23514", "23P01",
            "23001", "23000", "23ZZ9", "23P01", "23505");

    Delivery delivery = Delivery.of(library, mixed(accepted, wrong));
    List<Rejected> rejected = accepting(library, delivery);

    assertThat(rejected).as("the rejected, in order").isEqualTo(rejected(wrong, states));
    assertThat(delivery.changes())
        .as("what others see changed: the accepted. A commit after an error may save nothing")
        .isEqualTo(Delivery.changesBy(accepted));
    assertThat(delivery.seenInBetween())
        .as("books that others saw before the last was in: going back to a savepoint ends nothing")
        .isEqualTo(List.of());
    assertThat(library.transactions()).as("transactions that wrote them").isEqualTo("1");
    requireExtremes(library, wrong, states);
  }

  private void requireExtremes(Library library, List<NewBook> wrong, List<String> states) {
    Delivery refused = Delivery.of(library, wrong);
    assertThat(accepting(library, refused))
        .as("the rejected of a delivery without an acceptable book")
        .isEqualTo(rejected(wrong, states));
    assertThat(refused.changes()).as("what others see changed by that").isEqualTo(List.of());
    assertThat(accepting(library, Delivery.of(library, List.of())))
        .as("the rejected of an empty delivery")
        .isEqualTo(List.of());
    assertThat(accepting(library, Delivery.of(library, List.of(new NewBook("z", "Emil", 1)))))
        .as("the rejected of a delivery of one book, which is acceptable")
        .isEqualTo(List.of());
    requireNoTrialRun(library);
  }

  // Whether a book is accepted is known when it is written for good, and not before.
  private void requireNoTrialRun(Library library) {
    library.database().execute(TAKEN_MEANWHILE);
    List<NewBook> books =
        List.of(
            new NewBook("9", "fine", 1),
            new NewBook("1", "a taken ISBN", 1),
            new NewBook("7", "taken meanwhile", 2),
            new NewBook("8", "fine, too", 1));
    Delivery delivery = Delivery.of(library, books);

    List<Rejected> rejected = accepting(library, delivery);

    // A second transaction may reject the third book, but has to say so.
    boolean third = rejected.contains(new Rejected("7", "23505"));
    List<NewBook> wrong = third ? books.subList(1, 3) : books.subList(1, 2);
    assertThat(rejected)
        .as("the rejected, of which another program has one ISBN")
        .isEqualTo(rejected(wrong, List.of("23505", "23505")));
    assertThat(delivery.changes())
        .as("what others see changed: all books that are not rejected")
        .isEqualTo(
            Delivery.changesBy(books.stream().filter(book -> !wrong.contains(book)).toList()));
  }

  private static List<Rejected> rejected(List<NewBook> books, List<String> states) {
    List<Rejected> rejected = new ArrayList<>();
    for (int i = 0; i < books.size(); i++) {
      rejected.add(new Rejected(books.get(i).isbn(), states.get(i)));
    }
    return rejected;
  }

  // In turn, but for four acceptable ones at the beginning, and a rejected one at the end.
  private static List<NewBook> mixed(List<NewBook> accepted, List<NewBook> wrong) {
    List<NewBook> all = new ArrayList<>(accepted.subList(0, 4));
    List<NewBook> rest = accepted.subList(4, accepted.size());
    for (int i = 0; i < Math.max(rest.size(), wrong.size()); i++) {
      all.addAll(rest.subList(Math.min(i, rest.size()), Math.min(i + 1, rest.size())));
      if (i < wrong.size() - 1) {
        all.add(wrong.get(i));
      }
    }
    all.add(wrong.get(wrong.size() - 1));
    return all;
  }

  private List<Rejected> accepting(Library library, Delivery delivery) {
    try {
      return answer().deliverAccepted(library.jdbi(), delivery);
    } catch (RuntimeException e) {
      throw new AssertionError(
          ("A delivery with books that break a rule of the table.%nexpected: a list of them"
                  + "%n but was: %s%n%s")
              .formatted(e, idea(e)),
          e);
    }
  }

  private static String idea(Throwable thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (t instanceof SQLException e) {
        return idea(e.getSQLState() + "");
      }
    }
    return idea("");
  }

  private static String idea(String state) {
    return state.startsWith("23")
        ? "Its SQLSTATE is %s: what have all the states of class 23 in common?".formatted(state)
        : state.equals("25P01")
            ? "A savepoint is set within a transaction. Which of your calls has ended it?"
            : "What keeps a transaction usable after an error, and after the next one?";
  }

  @Check(exercise = "4.4", points = 1)
  default void what_is_no_rejection_ends_it_all(FreshDatabase database) {
    Library library = Library.in(database, FAILURES, DeliveryChecks.NO_WITNESS);

    requireEnd(library, new NewBook("a", "no text: \0", 1), "22021", "a zero byte in its title");
    for (String state : List.of("40001", "42723", "57014", "P0001")) {
      NewBook book = new NewBook("a", "fails with " + state, 1);
      requireEnd(library, book, state, "a title at which a trigger fails");
    }
    NewBook later = new NewBook("a", "fails later with P0001", 1);
    requireEnd(library, later, "P0001", "a title at which the commit fails");
    NewBook deferred = new NewBook("a", "fails later with 23P01", 1);
    requireEnd(library, deferred, "23P01", "a title that breaks a rule which is deferred");
    for (Throwable failure : Delivery.failures()) {
      requireEnd(library, failure);
    }
    requireLateEnd(library);
    Library.requireOwnOfNoConnection(none -> answer().deliverAccepted(none, books(2)));
  }

  // What was committed in portions would stay.
  private void requireLateEnd(Library library) {
    List<NewBook> many = new ArrayList<>(books(1036));
    many.add(new NewBook("a", "fails with 53100", 1));
    Delivery delivery = Delivery.of(library, many);

    requireOwn(
        "the last of many books fails. " + whyAll("53100"),
        "53100",
        () -> answer().deliverAccepted(library.jdbi(), delivery));

    assertThat(delivery.changes().size())
        .as("books that others see although the last of %s failed", many.size())
        .isZero();
    DeliveryChecks.requireUnseenAtTheEnd(library, many.size());
  }

  private void requireEnd(Library library, NewBook book, String state, String what) {
    List<NewBook> before = List.of(new NewBook("1", "rejected", 1), new NewBook("9", "fine", 1));
    List<NewBook> after = List.of(book, new NewBook("8", "fine, too", 1));
    Delivery delivery =
        Delivery.of(library, Stream.concat(before.stream(), after.stream()).toList());

    requireOwn(
        "the third book of four has %s. %s".formatted(what, whyAll(state)),
        state,
        () -> answer().deliverAccepted(library.jdbi(), delivery));

    assertThat(delivery.changes())
        .as("what others see changed although the database failed with SQLSTATE %s", state)
        .isEqualTo(List.of());
  }

  private static String whyAll(String state) {
    return state.startsWith("23")
        ? "The commit fails, and no INSERT: no book can be rejected any more, the delivery fails"
        : "SQLSTATE %s is not of class 23: this book is not rejected, the whole delivery fails"
            .formatted(state);
  }

  private void requireEnd(Library library, Throwable failure) {
    Delivery delivery = Delivery.thatBreaksOff(library, books(3, failure), failure);

    requireSame(
        "reading the delivery failed",
        failure,
        () -> answer().deliverAccepted(library.jdbi(), delivery));

    assertThat(delivery.changes())
        .as("what others see changed although reading the delivery failed after 3 books")
        .isEqualTo(List.of());
  }
}
