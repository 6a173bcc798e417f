package workbook.transactions;

import static org.assertj.core.api.Assertions.assertThat;
import static workbook.grading.Errors.assertThrown;
import static workbook.transactions.Library.requireState;

import java.util.List;
import workbook.grading.Check;
import workbook.grading.FreshDatabase;

/** Exercise 4.2: a loan and its copy. */
interface LendingChecks {

  /** The answer to check, made anew. */
  LendingDesk answer();

  @Check(exercise = "4.2", points = 1)
  default void a_loan_and_its_copy_are_one_transaction(FreshDatabase database) {
    Library library = Library.in(database);

    long id = answer().lend(library.jdbi(), 1, 2);

    assertThat(library.loans()).as("the loans that others see").isEqualTo(List.of("1 to 2"));
    assertThat(database.value("SELECT id FROM loans")).as("the loan's id").isEqualTo("" + id);
    assertThat(library.stock(1)).as("what is left of 3 copies").isEqualTo("2");
    assertThat(library.transactions())
        .as("transactions that wrote loan and stock: between two, the power may fail")
        .isEqualTo("1");
  }

  @Check(exercise = "4.2", points = 1)
  default void a_refused_loan_leaves_no_trace(FreshDatabase database) {
    Library library =
        Library.in(database, "UPDATE books SET stock = 0 WHERE id = 2", "DELETE FROM witness");

    requireState(
        "lending to member 99, who is not there",
        "23503",
        () -> answer().lend(library.jdbi(), 1, 99));
    assertThrown(
        "lending book 2, of which no copy is left",
        IllegalStateException.class,
        () -> answer().lend(library.jdbi(), 2, 1),
        "2");
    assertThrown(
        "lending book 77, which is not there",
        IllegalStateException.class,
        () -> answer().lend(library.jdbi(), 77, 1),
        "77");

    assertThat(List.of(library.stock(1), library.stock(2)))
        .as("the stock of books 1 and 2 after refused loans: was the copy put back?")
        .isEqualTo(List.of("3", "0"));
    assertThat(library.loans()).as("the loans after three that were refused").isEqualTo(List.of());
  }

  @Check(exercise = "4.2", points = 1)
  default void two_desks_do_not_lend_one_copy_twice(FreshDatabase database) throws Exception {
    Library library = Library.in(database);

    List<Object> results =
        TwoDesks.atTheRowOf(2, database, desk -> answer().lend(library.jdbi(), 2, desk));

    assertThat(library.loans())
        .as(
            "the loans of the only copy of book 2, after two desks asked at once (they got %s).%n"
                + "Was the stock, once read, still true when it was written?",
            results.stream().map(String::valueOf).sorted().toList())
        .hasSize(1);
    assertThat(library.stock(2)).as("what is left of 1 copy").isEqualTo("0");
  }
}
