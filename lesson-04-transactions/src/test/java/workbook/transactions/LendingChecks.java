package workbook.transactions;

import static org.assertj.core.api.Assertions.assertThat;
import static workbook.grading.Errors.assertThrown;
import static workbook.transactions.Library.requireOwn;

import java.util.ArrayList;
import java.util.List;
import workbook.grading.Check;
import workbook.grading.FreshDatabase;

/** Exercise 4.2: a loan and its copy. */
interface LendingChecks {

  /** A book with copies, beyond the range of an int, as are a member and all loans. */
  long KRABAT = 3_000_000_017L;

  /** A book of which no copy is left. */
  long RONJA = 3_000_000_023L;

  /** A book that the disk has no room for. */
  long DRAGON = 3_000_000_066L;

  /** A book with copies, whose stock cannot be changed: a rule is broken. */
  long FIXED = 3_000_000_068L;

  /** A member of another's name, who has a copy of Ronja and of Krabat. */
  long JANE = 4_000_000_007L;

  /** A member whose loans the disk has no room for. */
  long UNLUCKY = 4_000_000_066L;

  /** A member whose loans are refused at the commit. */
  long UNLUCKIER = 4_000_000_067L;

  /** More rows, and failures that no contract lists, for some of them. */
  String SHELF =
      """
      INSERT INTO books OVERRIDING SYSTEM VALUE VALUES
        (3000000017, '978-3', 'Krabat', 7), (3000000018, '978-4', 'Krabat', 7),
        (3000000023, '978-5', 'Ronja', 0), (3000000066, '978-6', 'Smaug', 5),
        (3000000068, '978-7', 'Fixed', 5);
      INSERT INTO members OVERRIDING SYSTEM VALUE VALUES
        (4000000007, 'Jane'), (4000000066, 'Ben'), (4000000067, 'Eve');
      INSERT INTO loans OVERRIDING SYSTEM VALUE VALUES
        (8000000000, 3000000023, 4000000007), (8000000001, 3000000017, 4000000007);
      ALTER TABLE loans ALTER id RESTART WITH 5000000011;
      CREATE FUNCTION disk_full() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE 'disk full, says the check' USING ERRCODE = '53100'; END $$;
      CREATE TRIGGER loan BEFORE INSERT ON loans FOR EACH ROW
        WHEN (NEW.member_id = 4000000066) EXECUTE FUNCTION disk_full();
      CREATE TRIGGER book BEFORE UPDATE ON books FOR EACH ROW
        WHEN (NEW.id = 3000000066) EXECUTE FUNCTION disk_full();
      CREATE FUNCTION fixed() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE 'refused by the check' USING ERRCODE = '23001'; END $$;
      CREATE TRIGGER fixed BEFORE UPDATE ON books FOR EACH ROW
        WHEN (NEW.id = 3000000068) EXECUTE FUNCTION fixed();
      CREATE CONSTRAINT TRIGGER later AFTER INSERT ON loans
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
        WHEN (NEW.member_id = 4000000067) EXECUTE FUNCTION disk_full();
      -- Another desk takes a number for its loan as soon as one is written.
      CREATE FUNCTION another() RETURNS trigger LANGUAGE plpgsql
        SET search_path = public, pg_temp AS $$ BEGIN
        PERFORM setval('loans_id_seq', last_value + 1, false) FROM loans_id_seq;
        RETURN NULL;
      END $$;
      CREATE TRIGGER another AFTER INSERT ON loans FOR EACH ROW EXECUTE FUNCTION another();
      TRUNCATE witness;
      """;

  /** What a desk is in a message of these checks. */
  String DESKS = "(A desk is a thread that calls lend: here two do so at the same time.)";

  /** The answer to check, made anew. */
  LendingDesk answer();

  @Check(exercise = "4.2", points = 2)
  default void a_loan_and_its_copy_are_one_transaction(FreshDatabase database) throws Exception {
    Library library = Library.in(database, SHELF);
    List<String> before = library.everything();

    Patience patience = new Patience(database);

    long id = answer().lend(patience.jdbi(), KRABAT, 2);

    assertThat(library.changesSince(before))
        .as("what others see changed, when book %s was lent to member 2", KRABAT)
        .isEqualTo(
            List.of(
                "+ book 3000000017, ISBN 978-3, Krabat, stock 6",
                "+ loan 3000000017 to 2",
                "- book 3000000017, ISBN 978-3, Krabat, stock 7"));
    assertThat(id)
        .as("the id returned: the new loan's")
        .isEqualTo(Long.parseLong(loanId(database, KRABAT, 2)));
    assertThat(library.transactions())
        .as("transactions that wrote loan and stock: between two, the power may fail")
        .isEqualTo("1");
    library.requirePatience();
    patience.require();
    requireBothOrNeither(library);
    requireOneWinner(library);
    requireNoLoser(library);
    requireNoCircle(library);
    assertThat(ConflictsInARow.at(1, database, () -> outcome(library, 1, 3)))
        .as(
            "what a desk got that asked for a copy of book 1, while another program changed the"
                + " book's row %s times.%nA copy was there all the time: a desk that has to wait is"
                + " not refused",
            "" + ConflictsInARow.CONFLICTS)
        .isEqualTo("a loan");
  }

  private static String loanId(FreshDatabase database, long book, long member) {
    return database.value(
        "SELECT id FROM loans WHERE book_id = %s AND member_id = %s".formatted(book, member));
  }

  // Whichever is written second: the first must not stay.
  private void requireBothOrNeither(Library library) {
    List<String> before = library.everything();
    String full = "the server's disk is full as %s, which the contract does not list";

    requireOwn(
        full.formatted("the loan is written"),
        "53100",
        () -> answer().lend(library.jdbi(), KRABAT, UNLUCKY));
    requireOwn(
        full.formatted("the stock is written"),
        "53100",
        () -> answer().lend(library.jdbi(), DRAGON, 2));
    requireOwn(
        full.formatted("all is committed"),
        "53100",
        () -> answer().lend(library.jdbi(), KRABAT, UNLUCKIER));

    assertThat(library.changesSince(before))
        .as("what others see changed after loans that ended with SQLSTATE 53100")
        .isEqualTo(List.of());
  }

  // Another program holds the row until both desks are at it.
  private void requireOneWinner(Library library) throws Exception {
    List<Object> results =
        TwoDesks.atTheRowOf(2, library.database(), desk -> outcome(library, 2, desk));

    requireNoCircleIf(results, library);
    if (sorted(results).stream().noneMatch("a loan"::equals)) {
      throw new AssertionError(
          ("Two desks asked at once for book 2: both were refused although a copy was there."
                  + "%nexpected: a loan, and an IllegalStateException%n but was: %s")
              .formatted(String.join(", and ", sorted(results))));
    }
    String got = "after two desks asked for it at once (they got: %s)".formatted(sorted(results));
    assertThat(library.loans().stream().filter(loan -> loan.startsWith("2 to")).toList())
        .as(
            "the loans of the only copy of book 2, %s.%n"
                + "Was the stock, once read, still true when it was written?",
            got)
        .hasSize(1);
    assertThat(library.stock(2)).as("what is left of 1 copy, %s", got).isEqualTo("0");
    assertThat(sorted(results))
        .as("what the two desks got that asked for the only copy of book 2 at once.%n" + DESKS)
        .isEqualTo(List.of("IllegalStateException", "a loan"));
  }

  private void requireNoLoser(Library library) throws Exception {
    library.database().execute("UPDATE books SET stock = 2 WHERE id = 1");
    List<Object> results =
        TwoDesks.behind(
            "UPDATE books SET stock = stock + 1 WHERE id = 1",
            library.database(),
            desk -> outcome(library, 1, desk));

    requireNoCircleIf(results, library);
    assertThat(sorted(results))
        .as(
            "what two desks got that asked at once for book 1, of which there were 2 copies, while"
                + " a third was given back.%nA copy was there for each: a desk that has to wait is"
                + " not refused.%n"
                + DESKS)
        .isEqualTo(List.of("a loan", "a loan"));
    assertThat(library.stock(1))
        .as(
            "what is left of book 1: 2 copies, one given back, two lent, all at once.%n"
                + "Was the stock, once read, still true when it was written?")
        .isEqualTo("1");
  }

  // Luck decides whether desks with a shared lock meet elsewhere; there, they do for certain.
  private void requireNoCircleIf(List<Object> results, Library library) throws Exception {
    if (results.toString().contains("40P01")) {
      requireNoCircle(library);
    }
  }

  // A lock that others may share is given to both desks; then none of them can write.
  private void requireNoCircle(Library library) throws Exception {
    library.database().execute("DELETE FROM loans WHERE book_id = 1");
    library.database().execute("UPDATE books SET stock = 3 WHERE id = 1");
    List<Object> results =
        TwoDesks.behind(
            "SELECT FROM books WHERE id = 1 FOR SHARE",
            library.database(),
            desk -> outcome(library, 1, desk));

    assertThat(sorted(results))
        .as(
            "what two desks got that asked at once for book 1, of which there were 3 copies, while"
                + " another program kept its row from changing.%nCan both desks hold the lock that"
                + " yours takes? Then each waits for the other before it writes.%n"
                + DESKS)
        .isEqualTo(List.of("a loan", "a loan"));
  }

  private String outcome(Library library, long book, long member) {
    try {
      long id = answer().lend(library.jdbi(), book, member);
      String real = loanId(library.database(), book, member);
      return String.valueOf(id).equals(real) ? "a loan" : "id " + id + " for loan " + real;
    } catch (IllegalStateException e) {
      return "IllegalStateException";
    }
  }

  private static List<String> sorted(List<Object> results) {
    return results.stream().map(String::valueOf).sorted().toList();
  }

  @Check(exercise = "4.2", points = 1)
  default void a_refused_loan_leaves_no_trace(FreshDatabase database) {
    Library library = Library.in(database, SHELF);
    List<String> before = library.everything();

    requireNotOurs("member 99, who is not there", "23503", library, KRABAT, 99);
    requireNotOurs("a member who has the book already", "23505", library, KRABAT, JANE);
    requireNotOurs("a member a book whose stock a rule fixes", "23001", library, FIXED, 2);
    for (long missing : new long[] {RONJA, 77, 0, -5, Long.MAX_VALUE}) {
      assertThrown(
          missing == RONJA
              ? "lending book %s, of which no copy is left".formatted(missing)
              : "lending book %s, which is not there".formatted(missing),
          IllegalStateException.class,
          () -> answer().lend(library.jdbi(), missing, 1),
          "" + missing);
    }
    assertThat(
            Library.requireOwnOfNoConnection(none -> answer().lend(none, KRABAT, 2)).stream()
                .filter(IllegalStateException.class::isInstance)
                .toList())
        .as("each IllegalStateException, which says: no copy. No connection was to be had")
        .isEqualTo(List.of());
    requireEither("no copy is left, and the member has one", "23505", library, RONJA, JANE);
    requireEither("no copy is left, and no such member is there", "23503", library, RONJA, 99);
    requireEither("there is neither such a book nor such a member", "23503", library, 77, 99);

    assertThat(library.changesSince(before))
        .as("what others see changed after loans that were refused: was the copy put back?")
        .isEqualTo(List.of());
  }

  private void requireNotOurs(
      String whom, String state, Library library, long book, long member) {
    Throwable thrown =
        requireOwn(
            "lending to " + whom, state, () -> answer().lend(library.jdbi(), book, member));
    assertThat(thrown instanceof IllegalStateException)
        .as("whether lending to %s throws IllegalStateException, which says: no copy", whom)
        .isEqualTo(false);
  }

  private void requireEither(
      String reasons, String state, Library library, long book, long member) {
    List<Throwable> thrown = new ArrayList<>();
    try {
      answer().lend(library.jdbi(), book, member);
    } catch (IllegalStateException e) {
      assertThat(e.getMessage())
          .as("the message of the IllegalStateException if %s: it names the book", reasons)
          .contains("" + book);
      return;
    } catch (RuntimeException e) {
      thrown.add(e);
    }
    requireOwn(
        "%s. IllegalStateException would be right, too".formatted(reasons),
        state,
        () -> {
          for (Throwable t : thrown) {
            throw t;
          }
        });
  }
}
