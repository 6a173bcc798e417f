package workbook.transactions;

import static org.assertj.core.api.Assertions.assertThat;
import static workbook.transactions.Library.requireSame;
import static workbook.transactions.Library.requireState;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import workbook.grading.Check;
import workbook.grading.FreshDatabase;
import workbook.transactions.LendingDesk.NewBook;
import workbook.transactions.LendingDesk.Rejected;

/** Exercises 4.3 and 4.4: deliveries, all or nothing and all but a few. */
interface DeliveryChecks {

  /** The answer to check, made anew. */
  LendingDesk answer();

  @Check(exercise = "4.3", points = 1)
  default void a_delivery_arrives_as_one(FreshDatabase database) {
    Library library = Library.in(database);
    List<String> seenInBetween = new ArrayList<>();
    Stream<NewBook> watched =
        books(10, 11, 12).peek(book -> seenInBetween.addAll(library.delivered()));

    int added = answer().deliver(library.jdbi(), watched::iterator);

    assertThat(seenInBetween)
        .as("books that others saw before the last was in")
        .isEqualTo(List.of());
    assertThat(library.delivered())
        .as("books that others see")
        .isEqualTo(List.of("10", "11", "12"));
    assertThat(added).as("the number of books added").isEqualTo(3);
    assertThat(library.transactions()).as("transactions that wrote 3 books").isEqualTo("1");
  }

  @Check(exercise = "4.3", points = 1)
  default void one_refused_book_refuses_them_all(FreshDatabase database) {
    Library library = Library.in(database);
    int[] isbns = IntStream.concat(IntStream.rangeClosed(10, 309), IntStream.of(1)).toArray();

    requireState(
        "the last book of a delivery has an ISBN that is taken",
        "23505",
        () -> answer().deliver(library.jdbi(), books(isbns)::iterator));

    assertThat(library.delivered().size())
        .as(
            "books of the delivery that are there although the last, number 301, was refused.%n"
                + "A batch is no transaction: under autocommit the driver commits its parts")
        .isZero();
  }

  @Check(exercise = "4.3", points = 1)
  default void a_delivery_that_breaks_off_leaves_nothing(FreshDatabase database) {
    Library library = Library.in(database);
    RuntimeException brokenLine = new UncheckedIOException(new IOException("the line broke"));

    requireSame(
        "reading the delivery failed",
        brokenLine,
        () -> answer().deliver(library.jdbi(), thenFail(brokenLine)::iterator));

    assertThat(library.delivered())
        .as("books that are there although reading the delivery failed after two")
        .isEqualTo(List.of());
  }

  @Check(exercise = "4.4", points = 1)
  default void rejected_books_are_skipped_and_named(FreshDatabase database) {
    Library library = Library.in(database);
    List<NewBook> delivery =
        List.of(
            new NewBook("10", "Krabat", 1),
            new NewBook("1", "Momo again", 1),
            new NewBook("11", null, 1),
            new NewBook("12", "Ronja", -1),
            new NewBook("13", "Tintenherz", 2));

    List<Rejected> rejected = accepting(library, delivery);

    assertThat(rejected)
        .as("the rejected: a taken ISBN, no title, less than no copies")
        .isEqualTo(
            List.of(
                new Rejected("1", "23505"),
                new Rejected("11", "23502"),
                new Rejected("12", "23514")));
    assertThat(library.delivered())
        .as("the accepted, as others see them: a commit after an error may save nothing")
        .isEqualTo(List.of("10", "13"));
  }

  @Check(exercise = "4.4", points = 1)
  default void nobody_sees_a_part_of_the_accepted(FreshDatabase database) {
    Library library = Library.in(database);
    List<String> seenInBetween = new ArrayList<>();
    Stream<NewBook> watched =
        books(10, 1, 11, 1, 12).peek(book -> seenInBetween.addAll(library.delivered()));

    List<Rejected> rejected = answer().deliverAccepted(library.jdbi(), watched::iterator);

    assertThat(rejected)
        .as("the rejected: ISBN 1 is taken, and came twice")
        .isEqualTo(List.of(new Rejected("1", "23505"), new Rejected("1", "23505")));
    assertThat(seenInBetween)
        .as("books that others saw before the last was in: going back to a savepoint ends nothing")
        .isEqualTo(List.of());
    assertThat(library.delivered()).as("the accepted").isEqualTo(List.of("10", "11", "12"));
    assertThat(library.transactions()).as("transactions that wrote them").isEqualTo("1");
  }

  @Check(exercise = "4.4", points = 1)
  default void what_is_no_rejection_ends_it_all(FreshDatabase database) {
    Library library = Library.in(database);
    RuntimeException brokenLine = new UncheckedIOException(new IOException("the line broke"));
    List<NewBook> unreadable =
        List.of(new NewBook("10", "Krabat", 1), new NewBook("11", "no text: \0", 1));

    requireSame(
        "reading the delivery failed",
        brokenLine,
        () -> answer().deliverAccepted(library.jdbi(), thenFail(brokenLine)::iterator));
    requireState(
        "a title has a zero byte in it, which is no broken rule of the table",
        "22021",
        () -> answer().deliverAccepted(library.jdbi(), unreadable));

    assertThat(library.delivered())
        .as("books that are there although reading, or the database, failed")
        .isEqualTo(List.of());
  }

  private List<Rejected> accepting(Library library, List<NewBook> delivery) {
    try {
      return answer().deliverAccepted(library.jdbi(), delivery);
    } catch (RuntimeException e) {
      throw new AssertionError(
          ("A delivery with books that break a rule of the table.%nexpected: a list of them"
                  + "%n but was: %s%nWhat keeps a transaction usable after an error,"
                  + " and after the next one?")
              .formatted(e),
          e);
    }
  }

  private static Stream<NewBook> books(int... isbns) {
    return Arrays.stream(isbns).mapToObj(isbn -> new NewBook("" + isbn, "Title " + isbn, 1));
  }

  private static Stream<NewBook> thenFail(RuntimeException failure) {
    return books(10, 11, 12)
        .peek(
            book -> {
              if (book.isbn().equals("12")) {
                throw failure;
              }
            });
  }
}
