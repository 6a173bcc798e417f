package workbook.transactions;

import static org.assertj.core.api.Assertions.assertThat;
import static workbook.transactions.Library.requireOwn;
import static workbook.transactions.Library.requireSame;

import java.sql.SQLException;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import workbook.grading.Check;
import workbook.grading.FreshDatabase;
import workbook.transactions.LendingDesk.NewBook;

/** Exercise 4.3: deliveries, all or nothing. */
interface DeliveryChecks {

  /** Failures of any SQLSTATE, for some titles. */
  String FAILURES =
      """
      CREATE FUNCTION fail_later() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE 'refused, says the check' USING ERRCODE = right(NEW.title, 5); END $$;
      CREATE CONSTRAINT TRIGGER later AFTER INSERT ON books
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
        WHEN (NEW.title LIKE 'fails later with _____') EXECUTE FUNCTION fail_later();
      -- How many books of the delivery others see when one is written that ends it.
      CREATE SEQUENCE others_saw;
      CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql
        SET search_path = public, pg_temp AS $$
      BEGIN
        PERFORM setval('others_saw', 1 + count(*)) FROM books
          WHERE isbn LIKE 'x%' AND pg_xact_status(xmin::text::xid8) = 'committed';
        IF NEW.title LIKE 'fails with _____' THEN
          RAISE 'refused, says the check' USING ERRCODE = right(NEW.title, 5);
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER fail BEFORE INSERT ON books FOR EACH ROW
        WHEN (NEW.isbn = '1' OR NEW.title LIKE 'fails with _____') EXECUTE FUNCTION fail();
      """;

  /** The witness of each row would cost more time than the row. */
  String NO_WITNESS = "ALTER TABLE books DISABLE TRIGGER witness";

  /** More books than a portion would have that an answer commits. */
  int MOST = 1036;

  /** Books that differ little, or look odd, and are all acceptable. */
  List<NewBook> ODD =
      List.of(
          new NewBook("a1", "Krabat", 3),
          new NewBook("A1", "Krabat", 0),
          new NewBook("a1 ", " Krabat ", 12),
          new NewBook("", "", 1),
          new NewBook(" ", "O'Brien \"x\" \\N \\t \t :title ? $1 <x> {y} 100 %", 1),
          new NewBook("NULL", "null", 5),
          new NewBook("0".repeat(300), "x".repeat(300), 10),
          new NewBook("two\nlines", "\\.\n;\r\n\u000b", 2),
          new NewBook("978-3", "R\u00e4uber \u2603 \ud83d\udcda", Integer.MAX_VALUE));

  /** The answer to check, made anew. */
  LendingDesk answer();

  /** So many books, of which all are acceptable. */
  static List<NewBook> books(int count) {
    return IntStream.range(0, count)
        .mapToObj(number -> new NewBook("x" + number, "Title", 1 + number % 3))
        .toList();
  }

  /** Other books for each failure: a handle that is left open would hold the others up. */
  static List<NewBook> books(int count, Throwable failure) {
    String type = failure.getClass().getSimpleName();
    return books(count).stream()
        .map(book -> new NewBook(type + book.isbn(), book.title(), book.copies()))
        .toList();
  }

  @Check(exercise = "4.3", points = 2)
  default void one_refused_book_refuses_them_all(FreshDatabase database) {
    Library library = Library.in(database, FAILURES, NO_WITNESS);
    List<NewBook> some = books(5);

    String taken = "a taken ISBN, and the server refuses it as soon as it gets the book";
    requireNothing(library, books(MOST - 1), new NewBook("1", "Momo", 1), "23505", taken);
    requireNothing(library, some, some.get(3), "23505", "the ISBN of the fourth");
    requireNothing(library, some, new NewBook("a", null, 1), "23502", "no title");
    requireNothing(library, some, new NewBook(null, "Krabat", 1), "23502", "no ISBN");
    requireNothing(library, some, new NewBook("a", "Krabat", -1), "23514", "-1 copies");
    for (String state : List.of("53100", "23P01")) {
      NewBook last = new NewBook("a", "fails with " + state, 1);
      requireNothing(library, some, last, state, "a title that a trigger refuses");
    }
    NewBook later = new NewBook("a", "fails later with 53100", 1);
    requireNothing(library, some, later, "53100", "a title that is refused at the commit");
    for (Throwable failure : Delivery.failures()) {
      requireNothing(library, failure);
    }
    Library.requireOwnOfNoConnection(none -> answer().deliver(none, some));
  }

  private void requireNothing(
      Library library, List<NewBook> books, NewBook last, String state, String what) {
    List<NewBook> all = Stream.concat(books.stream(), Stream.of(last)).toList();
    Delivery delivery = Delivery.of(library, all);

    requireOwn(
        "the last book of a delivery has " + what,
        state,
        () -> answer().deliver(library.jdbi(), delivery));

    requireUnseen(delivery);
    assertThat(delivery.changes().size())
        .as(
            "books of the delivery that are there although the last, number %s, was refused"
                + " (%s).%nWhat is committed stays, whatever comes after it",
            all.size(), what)
        .isZero();
    requireUnseenAtTheEnd(library, all.size());
  }

  private void requireNothing(Library library, Throwable failure) {
    Delivery delivery = Delivery.thatBreaksOff(library, books(3, failure), failure);

    requireSame(
        "reading the delivery failed",
        failure,
        () -> answer().deliver(library.jdbi(), delivery));

    requireUnseen(delivery);
    assertThat(delivery.changes())
        .as("books that are there although reading the delivery failed after 3")
        .isEqualTo(List.of());
  }

  /** Demands that others saw nothing before the last book was in. */
  static void requireUnseen(Delivery delivery) {
    assertThat(delivery.seenInBetween())
        .as("books that others saw before the last was in")
        .isEqualTo(List.of());
  }

  /** Demands that others saw nothing when the last book was written, either. */
  static void requireUnseenAtTheEnd(Library library, int books) {
    assertThat(
            Integer.parseInt(library.database().value("SELECT last_value - 1 FROM others_saw")))
        .as(
            "books of the delivery that others saw when the last, number %s, was written.%n"
                + "In how many transactions were they written?",
            books)
        .isZero();
  }

  @Check(exercise = "4.3", points = 1)
  default void a_delivery_arrives_as_one(FreshDatabase database) throws SQLException {
    Library library = Library.in(database);
    Delivery delivery = Delivery.of(library, ODD);

    int added = answer().deliver(library.jdbi(), delivery);

    requireUnseen(delivery);
    assertThat(delivery.changes())
        .as("what others see changed")
        .isEqualTo(Delivery.changesBy(ODD));
    assertThat(added)
        .as("the number of books added, which is not the number of copies")
        .isEqualTo(ODD.size());
    assertThat(library.transactions())
        .as("transactions that wrote %s books", ODD.size())
        .isEqualTo("1");

    Delivery empty = Delivery.of(library, List.of());
    assertThat(answer().deliver(library.jdbi(), empty))
        .as("the number of books added by an empty delivery")
        .isZero();
    Delivery single = Delivery.of(library, books(1));
    assertThat(answer().deliver(library.jdbi(), single))
        .as("the number of books added by a delivery of one")
        .isEqualTo(1);
    assertThat(single.changes())
        .as("what others see changed by a delivery of one")
        .isEqualTo(Delivery.changesBy(books(1)));
    requireOwnCount(library);
    requireAgain(library);
  }

  // What is left on a connection that goes back to a pool is there the next time.
  private void requireAgain(Library library) throws SQLException {
    try (Pool pool = new Pool(library.database())) {
      for (int time = 1; time <= 2; time++) {
        NewBook book = new NewBook("again" + time, "Again", time);
        Delivery delivery = Delivery.of(library, List.of(book));
        assertThat(answer().deliver(pool.jdbi(), delivery))
            .as("the number of books added by delivery %s of a pool with one connection", time)
            .isEqualTo(1);
        assertThat(delivery.changes())
            .as("what others see changed by delivery %s of a pool with one connection", time)
            .isEqualTo(Delivery.changesBy(List.of(book)));
      }
    }
  }

  private void requireOwnCount(Library library) {
    String add = "INSERT INTO books (isbn, title, stock) VALUES ('else', 'Else', 1)";
    List<NewBook> few = List.of(new NewBook("y1", "Y", 1), new NewBook("y2", "Y", 1));
    Delivery delivery =
        Delivery.of(library, few)
            .meanwhile(() -> ReportChecks.write(library.database(), add));

    assertThat(answer().deliver(library.jdbi(), delivery))
        .as("the number of books added by a delivery of two, while another program adds one")
        .isEqualTo(2);
  }
}
