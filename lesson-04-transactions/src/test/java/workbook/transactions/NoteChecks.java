package workbook.transactions;

import static org.assertj.core.api.Assertions.assertThat;
import static workbook.transactions.Library.requireState;

import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import workbook.grading.Check;
import workbook.grading.FreshDatabase;

/** Exercise 4.5: a loan, and a note of it, in a transaction that may be the caller's. */
interface NoteChecks {

  /** From now on, no loan can be written. */
  String DISK_FULL =
      """
      CREATE FUNCTION disk_full() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE 'disk full, says the check' USING ERRCODE = '53100'; END $$;
      CREATE TRIGGER disk_full BEFORE INSERT ON loans
        FOR EACH ROW EXECUTE FUNCTION disk_full();
      """;

  /** The answer to check, made anew. */
  LendingDesk answer();

  @Check(exercise = "4.5", points = 1)
  default void loan_and_note_are_one_transaction(FreshDatabase database) {
    Library library = Library.in(database);
    boolean lent;

    try (Handle handle = library.jdbi().open()) {
      lent = answer().lendAndNote(handle, 1, 2);
    }

    assertThat(library.notes()).as("the notes that others see").isEqualTo(List.of("lent 1 to 2"));
    assertThat(library.loans()).as("the loans that others see").isEqualTo(List.of("1 to 2"));
    assertThat(library.stock(1)).as("what is left of 3 copies").isEqualTo("2");
    assertThat(library.transactions()).as("transactions that wrote it all").isEqualTo("1");
    assertThat(lent).as("whether it was lent").isEqualTo(true);

    database.execute(DISK_FULL);
    try (Handle handle = library.jdbi().open()) {
      requireState(
          "the server's disk is full as the loan is written, which is no refusal",
          "53100",
          () -> answer().lendAndNote(handle, 1, 3));
    }
    assertThat(library.notes())
        .as("the notes, after a second loan that ended in a failure")
        .isEqualTo(List.of("lent 1 to 2"));
  }

  @Check(exercise = "4.5", points = 1)
  default void a_refused_loan_is_undone_alone(FreshDatabase database) {
    Library library = Library.in(database, "UPDATE books SET stock = 0 WHERE id = 2");
    List<Boolean> lent = new ArrayList<>();
    List<String> seenInBetween = new ArrayList<>();

    try (Handle handle = library.jdbi().open()) {
      handle.useTransaction(
          callers -> {
            callers.execute("INSERT INTO notes (line) VALUES ('before')");
            lent.add(lendAndNote(callers, 1, 99));
            lent.add(lendAndNote(callers, 2, 1));
            lent.add(lendAndNote(callers, 1, 3));
            seenInBetween.addAll(library.notes());
            callers.execute("INSERT INTO notes (line) VALUES ('after')");
          });
    }

    assertThat(seenInBetween)
        .as("notes that others saw before the caller's commit")
        .isEqualTo(List.of());
    assertThat(library.notes())
        .as("the notes after the caller's commit: one of the caller's, three requests, one more")
        .isEqualTo(List.of("before", "refused 1 to 99", "refused 2 to 1", "lent 1 to 3", "after"));
    assertThat(library.loans()).as("the loans: two were refused").isEqualTo(List.of("1 to 3"));
    assertThat(library.stock(1)).as("what is left of 3 copies of book 1").isEqualTo("2");
    assertThat(lent).as("what the method returned").isEqualTo(List.of(false, false, true));
  }

  @Check(exercise = "4.5", points = 1)
  default void the_callers_rollback_undoes_everything(FreshDatabase database) {
    Library library = Library.in(database);
    RuntimeException failure = new IllegalStateException("the caller fails afterwards");

    try (Handle handle = library.jdbi().open()) {
      handle.useTransaction(
          callers -> {
            lendAndNote(callers, 1, 2);
            lendAndNote(callers, 1, 99);
            throw failure;
          });
    } catch (IllegalStateException e) {
      // Whatever else comes out says by itself what it is.
      if (e != failure) {
        throw e;
      }
    }

    assertThat(library.notes())
        .as("notes that are there although the caller's transaction was rolled back")
        .isEqualTo(List.of());
    assertThat(library.loans()).as("loans that are there all the same").isEqualTo(List.of());
    assertThat(library.stock(1)).as("the stock: all 3 copies").isEqualTo("3");
  }

  private boolean lendAndNote(Handle handle, long bookId, long memberId) {
    try {
      return answer().lendAndNote(handle, bookId, memberId);
    } catch (RuntimeException e) {
      throw new AssertionError(
          ("Book %d to member %d, in a transaction of the caller's.%nexpected: true or false"
                  + "%n but was: %s%nWhat takes back a part of a transaction after an error?")
              .formatted(bookId, memberId, e),
          e);
    }
  }
}
