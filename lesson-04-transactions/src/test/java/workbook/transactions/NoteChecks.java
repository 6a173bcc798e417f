package workbook.transactions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jdbi.v3.core.transaction.TransactionIsolationLevel.READ_COMMITTED;
import static org.jdbi.v3.core.transaction.TransactionIsolationLevel.REPEATABLE_READ;
import static workbook.transactions.Library.requireOwn;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.transaction.TransactionException;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;
import workbook.grading.Check;
import workbook.grading.FreshDatabase;

/** Exercise 4.5: a loan, and a note of it, in a transaction that may be the caller's. */
interface NoteChecks {
  /** A book of 2 copies. */
  long KRABAT = 5_000_000_011L;

  /** A book of which no copy is left. */
  long RONJA = 5_000_000_012L;

  /** A book whose stock cannot be changed: a rule is broken. */
  long FIXED = 5_000_000_013L;

  /** A book whose stock cannot be changed: the disk is full. */
  long FULL = 5_000_000_015L;

  /** A book that the caller adds. */
  long NEW = 5_000_000_014L;

  /** Members without a rule. */
  long ADA = 6_000_000_021L;

  long BEN = 6_000_000_022L;

  /** A member whose loans break a rule that is looked at only at the commit. */
  long DEFERRED = 6_000_000_030L;

  /** Whose note would say "refused", which a rule forbids. */
  long UNNOTED_TOO = 6_000_000_031L;

  /** A member who gets no note that says "lent". */
  long UNNOTED = 6_000_000_029L;

  /** The caller's savepoints: any name that begins like these may be one. */
  List<String> CALLERS_SAVEPOINTS =
      List.of("caller", "caller1", "caller_lend", "caller_savepoint", "caller_before_lending");

  /** Rules whose SQLSTATE is the name of the member or the title of the book. */
  String RULES =
      """
      INSERT INTO books (id, isbn, title, stock) OVERRIDING SYSTEM VALUE VALUES
        (5000000011, '5-11', 'Krabat', 2), (5000000012, '5-12', 'Ronja', 0),
        (5000000013, '5-13', '23Z01', 3), (5000000015, '5-15', '53100', 3);
      INSERT INTO members (id, name) OVERRIDING SYSTEM VALUE VALUES
        (6000000021, 'Ada'), (6000000022, 'Ben'), (6000000029, 'Tom'), (6000000030, 'Zoe'),
        (23000, '23000'), (23514, '23514'), (2399, '23P99'),
        (53100, '53100'), (22023, '22023'), (40001, '40001');
      CREATE SEQUENCE refusals;
      CREATE FUNCTION rule() RETURNS trigger LANGUAGE plpgsql
        SET search_path = public, pg_temp AS $$
      DECLARE
        state text := '';
      BEGIN
        IF TG_TABLE_NAME = 'books' THEN
          state := NEW.title;
        ELSIF TG_TABLE_NAME = 'loans' THEN
          SELECT name INTO state FROM members WHERE id = NEW.member_id;
        ELSIF NEW.line LIKE 'lent % to 6000000029'
            OR NEW.line LIKE 'refused % to 6000000031' THEN
          state := '23514';
        END IF;
        IF state ~ '^[0-9A-Z]{5}$' THEN
          PERFORM nextval('refusals');
          RAISE 'refused by the check' USING ERRCODE = state;
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER rule BEFORE UPDATE ON books FOR EACH ROW EXECUTE FUNCTION rule();
      CREATE TRIGGER rule BEFORE INSERT ON loans FOR EACH ROW EXECUTE FUNCTION rule();
      CREATE TRIGGER rule BEFORE INSERT ON notes FOR EACH ROW EXECUTE FUNCTION rule();
      CREATE FUNCTION later() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE 'refused at the commit' USING ERRCODE = '23514'; END $$;
      CREATE CONSTRAINT TRIGGER later AFTER INSERT ON loans
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
        WHEN (NEW.member_id = 6000000030) EXECUTE FUNCTION later();
      DELETE FROM witness;
      """;

  /** The answer to check, made anew. */
  LendingDesk answer();

  @Check(exercise = "4.5", points = 2)
  default void a_refused_loan_is_undone_alone(FreshDatabase database) {
    Library library = Library.in(database, RULES);
    List<Boolean> lent = new ArrayList<>();
    List<String> seen = new ArrayList<>();

    withHandle(library, handle -> inTheCallersTransaction(handle, library, lent, seen));

    assertThat(seen).as("notes that others saw before the caller's commit").isEqualTo(List.of());
    assertThat(lent)
        .as("what the method returned: for a loan, asked for behind each of five savepoints, then"
            + " for one that breaks a rule (member 99 is not there), has no copy, has no book,"
            + " breaks a rule again, and two more loans")
        .isEqualTo(
            List.of(true, true, true, true, true, false, false, false, false, true, true));
    assertThat(library.notes())
        .as("the notes after the caller's commit: the caller's own, and one for each request"
            + " since the caller went back to its last savepoint")
        .isEqualTo(
            List.of(
                "before",
                "refused 5000000011 to 99",
                "refused 5000000012 to 6000000021",
                "refused 77 to 6000000021",
                "refused 5000000013 to 6000000021",
                "lent 5000000011 to 6000000022",
                "lent 5000000014 to 6000000021",
                "after"));
    requireLoans(library, "1 of 2", "5000000011 to 6000000022", "5000000014 to 6000000021");

    withHandle(library, handle -> rolledBackByTheCaller(handle, library));
    withHandle(library, handle -> ask(handle, KRABAT, ADA, "in no transaction"));
    requireLoans(
        library,
        "0 of 2",
        "5000000011 to 6000000021", "5000000011 to 6000000022", "5000000014 to 6000000021");
  }

  private void inTheCallersTransaction(
      Handle handle, Library library, List<Boolean> lent, List<String> seen) {
    handle.begin();
    handle.execute("INSERT INTO notes (line) VALUES ('before')");
    handle.execute(
        "INSERT INTO books (id, isbn, title, stock) OVERRIDING SYSTEM VALUE"
            + " VALUES (?, '5', 'X', 1)",
        NEW);
    for (String savepoint : CALLERS_SAVEPOINTS) {
      handle.savepoint(savepoint);
      handle.execute("INSERT INTO notes (line) VALUES ('since savepoint ' || ?)", savepoint);
      lent.add(ask(handle, KRABAT, ADA, "in a transaction of the caller's"));
      backTo(handle, savepoint);
    }
    for (long[] ids :
        new long[][] {{KRABAT, 99}, {RONJA, ADA}, {77, ADA}, {FIXED, ADA}, {KRABAT, BEN}}) {
      lent.add(ask(handle, ids[0], ids[1], "in a transaction of the caller's"));
    }
    lent.add(ask(handle, NEW, ADA, "which the caller has added in the same transaction"));
    seen.addAll(library.notes());
    assertThat(handle.isInTransaction())
        .as("whether the caller's handle is still in the caller's transaction")
        .isEqualTo(true);
    handle.execute("INSERT INTO notes (line) VALUES ('after')");
    handle.commit();
  }

  private void rolledBackByTheCaller(Handle handle, Library library) {
    List<String> notes = library.notes();
    library.database().execute("ALTER SEQUENCE refusals RESTART");
    handle.begin();
    handle.setTransactionIsolationLevel(REPEATABLE_READ);
    CALLERS_SAVEPOINTS.forEach(handle::savepoint);
    requireOwn(
        "the loan ends in 53100, in a transaction of the caller's",
        "53100",
        () -> answer().lendAndNote(handle, KRABAT, 53100));
    assertThat(library.database().value("SELECT last_value FROM refusals"))
        .as("attempts at a loan that ends in 53100, in a transaction of the caller's")
        .isEqualTo("1");
    assertThat(handle.isInTransaction())
        .as("whether the caller is still in its transaction after a failure that was passed on")
        .isEqualTo(true);
    backToTheSavepoints(handle);
    CALLERS_SAVEPOINTS.forEach(handle::savepoint);
    ask(handle, KRABAT, ADA, "in a transaction of the caller's, at REPEATABLE READ");
    ask(handle, KRABAT, 99, "in a transaction of the caller's, at REPEATABLE READ");
    requireLevel(handle, REPEATABLE_READ, "a refusal in a transaction");
    backToTheSavepoints(handle);
    assertThat(handle.select("SELECT line FROM notes ORDER BY id").mapTo(String.class).list())
        .as("the notes that the caller sees, after it went back to its savepoints")
        .isEqualTo(notes);
    handle.rollback();

    assertThat(library.notes())
        .as("notes that are there although the caller's transaction was rolled back")
        .isEqualTo(notes);
    requireLoans(library, "1 of 2", "5000000011 to 6000000022", "5000000014 to 6000000021");
  }

  // From the newest to the oldest: each of them has to be there still.
  private static void backToTheSavepoints(Handle handle) {
    for (int i = CALLERS_SAVEPOINTS.size() - 1; i >= 0; i--) {
      backTo(handle, CALLERS_SAVEPOINTS.get(i));
    }
  }

  private static void backTo(Handle handle, String savepoint) {
    try {
      handle.rollbackToSavepoint(savepoint);
    } catch (TransactionException e) {
      throw new AssertionError(
          ("The caller goes back to a savepoint of its own, after book 5000000011 was asked for."
                  + "%nexpected: it is there%n but was: %s%nWhat ended the caller's transaction?"
                  + " And which names of savepoints are the caller's?")
              .formatted(e.getMessage()),
          e);
    }
  }

  private static void requireLoans(Library library, String krabat, String... loans) {
    assertThat(library.loans()).as("the loans").isEqualTo(List.of(loans));
    assertThat(library.stock(KRABAT) + " of 2").as("what is left of Krabat").isEqualTo(krabat);
    assertThat(library.stock(RONJA) + ", " + library.stock(FIXED))
        .as("the stock of books 5000000012 and 5000000013, whose loans were refused")
        .isEqualTo("0, 3");
  }

  @Check(exercise = "4.5", points = 1)
  default void loan_and_note_are_one_transaction(FreshDatabase database) throws Exception {
    Library library = Library.in(database, RULES);
    List<String> notes = new ArrayList<>();

    requireAnswer(library, true, KRABAT, ADA, notes);
    assertThat(library.transactions())
        .as("transactions that wrote loan, stock and note")
        .isEqualTo("1");
    // Of a rule there is only the class in common; and Ada has that book already.
    for (long member : new long[] {ADA, 23000, 23514, 2399}) {
      requireAnswer(library, false, KRABAT, member, notes);
    }
    requireFailure(library, READ_COMMITTED, "53100", 53100, "the loan ends in 53100", notes);
    requireFailure(library, REPEATABLE_READ, "22023", 22023, "the loan ends in 22023", notes);
    requireFailure(library, READ_COMMITTED, "40001", 40001, "the loan ends in 40001", notes);
    requireFailure(library, REPEATABLE_READ, "53100", FULL, ADA, "the stock ends in 53100", notes);
    requireFailure(
        library, READ_COMMITTED, "23514", UNNOTED, "a rule forbids the note, but no loan", notes);
    requireFailure(
        library,
        REPEATABLE_READ,
        "23514", RONJA, UNNOTED_TOO, "a rule forbids the note of a refusal", notes);
    for (TransactionIsolationLevel level : List.of(READ_COMMITTED, REPEATABLE_READ)) {
      requireFailure(library, level, "23514", DEFERRED, "the commit refuses the loan", notes);
    }
    requireLoans(library, "1 of 2", "5000000011 to 6000000021");

    List<Object> results =
        TwoDesks.behind(
            "UPDATE books SET stock = stock + 2 WHERE id = 1",
            database,
            desk -> library.jdbi().withHandle(h -> answer().lendAndNote(h, 1, desk)));
    assertThat(library.stock(1) + ", to the desks: " + results)
        .as(
            "what is left of 3 copies of book 1, when two desks lent it at once, while another"
                + " program put two more on the shelf")
        .isEqualTo("3, to the desks: [true, true]");
  }

  private void requireAnswer(
      Library library, boolean lent, long bookId, long memberId, List<String> notes) {
    notes.add("%s %s to %s".formatted(lent ? "lent" : "refused", bookId, memberId));
    withHandle(
        library,
        handle -> {
          handle.setTransactionIsolationLevel(REPEATABLE_READ);
          boolean answered = ask(handle, bookId, memberId, "in no transaction");
          assertThat(answered)
              .as("whether book %s was lent to member %s", bookId, memberId)
              .isEqualTo(lent);
          requireNoTransaction(handle, "book %s to member %s".formatted(bookId, memberId));
          requireLevel(
              handle,
              REPEATABLE_READ,
              "book %s to member %s".formatted(bookId, memberId));
        });
    assertThat(library.notes()).as("the notes, one for each request").isEqualTo(notes);
  }

  private void requireFailure(
      Library library,
      TransactionIsolationLevel level,
      String state,
      long memberId,
      String situation,
      List<String> notes) {
    requireFailure(library, level, state, KRABAT, memberId, situation, notes);
  }

  private void requireFailure(
      Library library,
      TransactionIsolationLevel level,
      String state,
      long bookId,
      long memberId,
      String situation,
      List<String> notes) {
    withHandle(
        library,
        handle -> {
          handle.setTransactionIsolationLevel(level);
          library.database().execute("ALTER SEQUENCE refusals RESTART");
          requireOwn(
              situation + ", which is no refusal",
              state,
              () -> answer().lendAndNote(handle, bookId, memberId));
          assertThat(library.database().value("SELECT last_value FROM refusals"))
              .as("attempts, if " + situation + ": it is passed on at once")
              .isEqualTo("1");
          requireNoTransaction(handle, "a failure: " + situation);
          requireLevel(handle, level, "a failure: " + situation);
        });
    assertThat(library.notes())
        .as("the notes after a failure: " + situation + ", and nothing is left of it")
        .isEqualTo(notes);
  }

  private static void requireNoTransaction(Handle handle, String after) {
    assertThat(handle.isClosed())
        .as("whether the caller's handle is closed after %s", after)
        .isEqualTo(false);
    assertThat(handle.isInTransaction())
        .as("whether the caller's handle, which was in no transaction, is in one after %s", after)
        .isEqualTo(false);
  }

  private static void requireLevel(Handle handle, TransactionIsolationLevel level, String after) {
    assertThat(handle.getTransactionIsolationLevel())
        .as("the isolation level of the caller's handle after %s: as before the call", after)
        .isEqualTo(level);
  }

  // Jdbi complains of a transaction at close(), and not in the learner's words.
  private static void withHandle(Library library, Consumer<Handle> caller) {
    try (Handle handle = library.jdbi().open()) {
      try {
        caller.accept(handle);
      } finally {
        if (!handle.isClosed() && handle.isInTransaction()) {
          handle.rollback();
        }
      }
    }
  }

  private boolean ask(Handle handle, long bookId, long memberId, String where) {
    try {
      return answer().lendAndNote(handle, bookId, memberId);
    } catch (RuntimeException e) {
      throw new AssertionError(
          ("Book %s to member %s, %s.%nexpected: true or false"
                  + "%n but was: %s%n%s")
              .formatted(bookId, memberId, where, e, idea(handle, e)),
          e);
    }
  }

  private static String idea(Handle handle, Throwable thrown) {
    if (handle.isClosed()) {
      return "The handle is the caller's, and is closed now: by which line?";
    }
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      String state = t instanceof SQLException e ? e.getSQLState() + "" : "";
      if (state.equals("25P02")) {
        return "What takes back a part of a transaction after an error?";
      }
      if (state.startsWith("23")) {
        return "The database refuses with a state of class 23: is that a failure, or an answer?";
      }
    }
    return "The handle may be in a transaction already, or in none. Is your code right for both?";
  }
}
