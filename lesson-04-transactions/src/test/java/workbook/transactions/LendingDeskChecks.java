package workbook.transactions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.sqlobject.transaction.Transaction;
import workbook.grading.Check;
import workbook.grading.FreshDatabase;
import workbook.grading.Graded;
import workbook.transactions.LendingDesk.NewBook;
import workbook.transactions.LendingDesk.Rejected;
import workbook.transactions.LendingDesk.Report;
import workbook.transactions.LendingDesk.Returns;

/** What an answer to lesson 4 has to do. */
@Graded
abstract class LendingDeskChecks {
  /** The answer to check, a new one each time. */
  abstract LendingDesk answer();

  @Check(exercise = "4.1", points = 1)
  void others_see_the_work_all_at_once(FreshDatabase database) throws Exception {
    Library library = Library.in(database);
    List<String> seenInBetween = new ArrayList<>();

    String result;
    try (Connection connection = database.dataSource().getConnection()) {
      result =
          answer()
              .inTransaction(
                  connection,
                  given -> {
                    note(given, "first");
                    seenInBetween.addAll(library.notes());
                    note(given, "second");
                    return "done";
                  });
    }

    assertThat(seenInBetween)
        .as("what others saw after the first of two statements: nothing is saved before commit()")
        .isEmpty();
    assertThat(library.notes())
        .as("what others see when the method has returned: did it commit?")
        .containsExactly("first", "second");
    assertThat(library.transactions()).as("transactions that wrote the two rows").isEqualTo("1");
    assertThat(result).as("what the work returned").isEqualTo("done");
  }

  @Check(exercise = "4.1", points = 1)
  void a_failure_of_any_type_rolls_back_and_comes_out_as_it_was(FreshDatabase database)
      throws SQLException {
    Library library = Library.in(database);

    for (Exception failure : List.of(new IOException("checked"), new NullPointerException("not"))) {
      Throwable thrown;
      try (Connection connection = database.dataSource().getConnection()) {
        thrown = catchThrowable(() -> answer().inTransaction(connection, failing(failure)));
      }

      assertThat(library.notes())
          .as("what others see of work that ended with a %s", failure)
          .isEmpty();
      assertThat(thrown).as("the exception that the caller gets").isSameAs(failure);
    }
  }

  @Check(exercise = "4.1", points = 1)
  void the_connection_comes_back_as_it_was(FreshDatabase database) throws Exception {
    Library.in(database);
    Exception failure = new IOException("the work failed");

    for (boolean autoCommit : new boolean[] {true, false}) {
      try (Connection connection = database.dataSource().getConnection()) {
        connection.setAutoCommit(autoCommit);

        answer().inTransaction(connection, given -> null);
        requireAsBefore(database, connection, autoCommit, "work that went well");
        catchThrowable(() -> answer().inTransaction(connection, failing(failure)));
        requireAsBefore(database, connection, autoCommit, "work that failed");
      }
    }
  }

  @Check(exercise = "4.1", points = 1)
  void the_first_exception_is_kept_when_cleaning_up_fails_too(FreshDatabase database)
      throws SQLException {
    Library.in(database);
    Exception first = new IOException("the first");

    Throwable thrown;
    try (Connection connection = database.dataSource().getConnection()) {
      thrown =
          catchThrowable(
              () ->
                  answer()
                      .inTransaction(
                          connection,
                          given -> {
                            note(given, "lost");
                            endTheSessionOnTheServer(database);
                            throw first;
                          }));
    }

    assertThat(thrown)
        .as("the caller's exception when the server is gone, so that rollback() fails as well")
        .isSameAs(first);
    assertThat(first.getSuppressed())
        .as("what is suppressed in the first exception: rollback()'s must not be lost")
        .isNotEmpty()
        .allSatisfy(second -> assertThat(second).isInstanceOf(SQLException.class));
  }

  @Check(exercise = "4.1", points = 1)
  void a_commit_that_the_server_refuses_is_a_failure_too(FreshDatabase database)
      throws SQLException {
    Library library = Library.in(database);
    database.execute("ALTER TABLE notes ADD UNIQUE (line) DEFERRABLE INITIALLY DEFERRED");

    try (Connection connection = database.dataSource().getConnection()) {
      Throwable thrown =
          catchThrowable(
              () ->
                  answer()
                      .inTransaction(
                          connection,
                          given -> {
                            note(given, "twice");
                            note(given, "twice");
                            return "done";
                          }));

      assertState(thrown, "23505", "the unique constraint is checked at the commit, and refuses");
      requireAsBefore(database, connection, true, "a commit that failed");
    }
    assertThat(library.notes()).as("what others see of it").isEmpty();
  }

  @Check(exercise = "4.2", points = 1)
  void a_loan_and_its_copy_are_one_transaction(FreshDatabase database) {
    Library library = Library.in(database);

    long id = answer().lend(library.jdbi(), 1, 2);

    assertThat(library.loans()).as("the loans that others see").containsExactly("1 to 2");
    assertThat(database.value("SELECT id FROM loans")).as("the loan's id").isEqualTo("" + id);
    assertThat(library.stock(1)).as("what is left of 3 copies").isEqualTo("2");
    assertThat(library.transactions())
        .as("transactions that wrote loan and stock: between two, the power may fail")
        .isEqualTo("1");
  }

  @Check(exercise = "4.2", points = 1)
  void a_refused_loan_leaves_no_trace(FreshDatabase database) {
    Library library = Library.in(database);
    database.execute("UPDATE books SET stock = 0 WHERE id = 2; DELETE FROM witness");

    Throwable noMember = catchThrowable(() -> answer().lend(library.jdbi(), 1, 99));
    Throwable noCopy = catchThrowable(() -> answer().lend(library.jdbi(), 2, 1));
    Throwable noBook = catchThrowable(() -> answer().lend(library.jdbi(), 77, 1));

    assertThat(List.of(library.stock(1), library.stock(2)))
        .as("the stock of books 1 and 2 after refused loans: was the copy put back?")
        .containsExactly("3", "0");
    assertThat(library.loans()).as("the loans after three that were refused").isEmpty();
    assertState(noMember, "23503", "there is no member 99");
    assertThat(noCopy)
        .as("lending book 2, of which no copy is left")
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("2");
    assertThat(noBook)
        .as("lending book 77, which is not there")
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("77");
  }

  @Check(exercise = "4.2", points = 1)
  void two_desks_do_not_lend_one_copy_twice(FreshDatabase database) throws Exception {
    Library library = Library.in(database);

    List<Object> results =
        library.twoDesksAtTheRowOf(2, desk -> answer().lend(library.jdbi(), 2, desk));

    assertThat(library.loans())
        .as(
            "the loans of the only copy of book 2, after two desks asked at once (they got %s).%n"
                + "Was the stock, once read, still true when it was written?",
            results)
        .hasSize(1);
    assertThat(library.stock(2)).as("what is left of 1 copy").isEqualTo("0");
  }

  @Check(exercise = "4.3", points = 1)
  void a_delivery_arrives_as_one(FreshDatabase database) {
    Library library = Library.in(database);
    List<String> seenInBetween = new ArrayList<>();
    Stream<NewBook> watched =
        books(10, 11, 12).peek(book -> seenInBetween.addAll(library.delivered()));

    int added = answer().deliver(library.jdbi(), watched::iterator);

    assertThat(seenInBetween).as("books that others saw before the last was in").isEmpty();
    assertThat(library.delivered()).as("books that others see").containsExactly("10", "11", "12");
    assertThat(added).as("the number of books added").isEqualTo(3);
    assertThat(library.transactions()).as("transactions that wrote 3 books").isEqualTo("1");
  }

  @Check(exercise = "4.3", points = 1)
  void one_refused_book_refuses_them_all(FreshDatabase database) {
    Library library = Library.in(database);
    int[] isbns = IntStream.concat(IntStream.rangeClosed(10, 609), IntStream.of(1)).toArray();

    Throwable thrown =
        catchThrowable(() -> answer().deliver(library.jdbi(), books(isbns)::iterator));

    assertThat(library.delivered().size())
        .as(
            "books of the delivery that are there although the last, number 601, was refused.%n"
                + "A batch is no transaction: under autocommit the driver commits its parts")
        .isZero();
    assertState(thrown, "23505", "the last book's ISBN is taken, and the caller must know");
  }

  @Check(exercise = "4.3", points = 1)
  void a_delivery_that_breaks_off_leaves_nothing(FreshDatabase database) {
    Library library = Library.in(database);
    RuntimeException brokenLine = new UncheckedIOException(new IOException("the line broke"));

    Throwable thrown =
        catchThrowable(() -> answer().deliver(library.jdbi(), thenFail(brokenLine)::iterator));

    assertThat(library.delivered())
        .as("books that are there although reading the delivery failed after two")
        .isEmpty();
    assertThat(thrown).as("the exception that the caller gets").isSameAs(brokenLine);
  }

  @Check(exercise = "4.4", points = 1)
  void rejected_books_are_skipped_and_named(FreshDatabase database) {
    Library library = Library.in(database);
    List<NewBook> delivery =
        List.of(
            new NewBook("10", "Krabat", 1),
            new NewBook("1", "Momo again", 1),
            new NewBook("11", null, 1),
            new NewBook("12", "Ronja", -1),
            new NewBook("13", "Tintenherz", 2));

    List<Rejected> rejected = answer().deliverAccepted(library.jdbi(), delivery);

    assertThat(rejected)
        .as("the rejected: a taken ISBN, no title, less than no copies")
        .containsExactly(
            new Rejected("1", "23505"), new Rejected("11", "23502"), new Rejected("12", "23514"));
    assertThat(library.delivered())
        .as("the accepted, as others see them: a commit after an error may save nothing")
        .containsExactly("10", "13");
  }

  @Check(exercise = "4.4", points = 1)
  void nobody_sees_a_part_of_the_accepted(FreshDatabase database) {
    Library library = Library.in(database);
    List<String> seenInBetween = new ArrayList<>();
    Stream<NewBook> watched =
        books(10, 1, 11, 1, 12).peek(book -> seenInBetween.addAll(library.delivered()));

    List<Rejected> rejected = answer().deliverAccepted(library.jdbi(), watched::iterator);

    assertThat(rejected).as("the rejected: ISBN 1 is taken, and came twice").hasSize(2);
    assertThat(seenInBetween)
        .as("books that others saw before the last was in: going back to a savepoint ends nothing")
        .isEmpty();
    assertThat(library.delivered()).as("the accepted").containsExactly("10", "11", "12");
    assertThat(library.transactions()).as("transactions that wrote them").isEqualTo("1");
  }

  @Check(exercise = "4.4", points = 1)
  void what_is_no_rejection_ends_it_all(FreshDatabase database) {
    Library library = Library.in(database);
    RuntimeException brokenLine = new UncheckedIOException(new IOException("the line broke"));
    List<NewBook> unreadable =
        List.of(new NewBook("10", "Krabat", 1), new NewBook("11", "no text: \0", 1));

    Throwable reading =
        catchThrowable(
            () -> answer().deliverAccepted(library.jdbi(), thenFail(brokenLine)::iterator));
    Throwable writing = catchThrowable(() -> answer().deliverAccepted(library.jdbi(), unreadable));

    assertThat(library.delivered())
        .as("books that are there although reading, or the database, failed")
        .isEmpty();
    assertThat(reading).as("what the caller gets if reading fails").isSameAs(brokenLine);
    assertState(writing, "22021", "a text with a zero byte is no broken rule of the table");
  }

  @Check(exercise = "4.5", points = 1)
  void loan_and_note_are_one_transaction(FreshDatabase database) {
    Library library = Library.in(database);
    boolean lent;

    try (Handle handle = library.jdbi().open()) {
      lent = answer().lendAndNote(handle, 1, 2);
    }

    assertThat(library.notes()).as("the notes that others see").containsExactly("lent 1 to 2");
    assertThat(library.loans()).as("the loans that others see").containsExactly("1 to 2");
    assertThat(library.stock(1)).as("what is left of 3 copies").isEqualTo("2");
    assertThat(library.transactions()).as("transactions that wrote it all").isEqualTo("1");
    assertThat(lent).as("whether it was lent").isTrue();
  }

  @Check(exercise = "4.5", points = 1)
  void a_refused_loan_is_undone_alone(FreshDatabase database) {
    Library library = Library.in(database);
    database.execute("UPDATE books SET stock = 0 WHERE id = 2");
    List<Boolean> lent = new ArrayList<>();
    List<String> seenInBetween = new ArrayList<>();

    try (Handle handle = library.jdbi().open()) {
      handle.useTransaction(
          callers -> {
            callers.execute("INSERT INTO notes (line) VALUES ('before')");
            lent.add(answer().lendAndNote(callers, 1, 99));
            lent.add(answer().lendAndNote(callers, 2, 1));
            lent.add(answer().lendAndNote(callers, 1, 3));
            seenInBetween.addAll(library.notes());
            callers.execute("INSERT INTO notes (line) VALUES ('after')");
          });
    }

    assertThat(seenInBetween).as("notes that others saw before the caller's commit").isEmpty();
    assertThat(library.notes())
        .as("the notes after the caller's commit: one of the caller's, three requests, one more")
        .containsExactly("before", "refused 1 to 99", "refused 2 to 1", "lent 1 to 3", "after");
    assertThat(library.loans()).as("the loans: two were refused").containsExactly("1 to 3");
    assertThat(library.stock(1)).as("what is left of 3 copies of book 1").isEqualTo("2");
    assertThat(lent).as("what the method returned").containsExactly(false, false, true);
  }

  @Check(exercise = "4.5", points = 1)
  void the_callers_rollback_undoes_everything(FreshDatabase database) {
    Library library = Library.in(database);
    RuntimeException failure = new IllegalStateException("the caller fails afterwards");

    try (Handle handle = library.jdbi().open()) {
      Throwable thrown =
          catchThrowable(
              () ->
                  handle.useTransaction(
                      callers -> {
                        answer().lendAndNote(callers, 1, 2);
                        answer().lendAndNote(callers, 1, 99);
                        throw failure;
                      }));
      assertThat(thrown).as("the caller's own failure").isSameAs(failure);
    }

    assertThat(library.notes())
        .as("notes that are there although the caller's transaction was rolled back")
        .isEmpty();
    assertThat(library.loans()).as("loans that are there all the same").isEmpty();
    assertThat(library.stock(1)).as("the stock: all 3 copies").isEqualTo("3");
  }

  @Check(exercise = "4.6", points = 1)
  void a_book_comes_back_in_one_transaction_of_a_sql_object(FreshDatabase database) {
    Library library = lentOut(database);

    Returns returns = answer().returns(library.jdbi());
    boolean givenBack = returns.giveBack(1, 2);

    assertThat(givenBack).as("whether member 2 had book 1").isTrue();
    assertThat(library.loans()).as("the loans that are left").containsExactly("1 to 3");
    assertThat(library.stock(1)).as("the stock, which was 1").isEqualTo("2");
    assertThat(library.transactions()).as("transactions that wrote loan and stock").isEqualTo("1");
    assertThat(Proxy.isProxyClass(returns.getClass()) && saysTransaction(returns))
        .as("whether it is a SQL Object of an interface that says @Transaction")
        .isTrue();
  }

  @Check(exercise = "4.6", points = 1)
  void a_return_that_fails_half_way_is_undone(FreshDatabase database) {
    Library library = lentOut(database);
    String refuse = "CREATE CONSTRAINT TRIGGER refuse AFTER %s FOR EACH ROW EXECUTE FUNCTION no()";
    database.execute(
        "CREATE FUNCTION no() RETURNS trigger LANGUAGE plpgsql AS"
            + " $$ BEGIN RAISE 'refused by the check'; END $$");

    database.execute(refuse.formatted("UPDATE ON books"));
    catchThrowable(() -> answer().returns(library.jdbi()).giveBack(1, 2));
    database.execute("DROP TRIGGER refuse ON books", refuse.formatted("DELETE ON loans"));
    catchThrowable(() -> answer().returns(library.jdbi()).giveBack(1, 2));

    assertThat(library.loans())
        .as("the loans, after the server refused to put the copy back: is the loan still there?")
        .containsExactly("1 to 2", "1 to 3");
    assertThat(library.stock(1))
        .as("the stock, after the server refused to delete the loan")
        .isEqualTo("1");
  }

  @Check(exercise = "4.6", points = 1)
  void what_was_never_lent_cannot_come_back(FreshDatabase database) {
    Library library = lentOut(database);

    boolean givenBack = answer().returns(library.jdbi()).giveBack(1, 1);

    assertThat(givenBack).as("whether member 1 had book 1").isFalse();
    assertThat(library.stock(1)).as("the stock, which was 1").isEqualTo("1");
    assertThat(library.loans()).as("the loans").containsExactly("1 to 2", "1 to 3");
  }

  @Check(exercise = "4.7", points = 1)
  void two_desks_lend_the_last_copy_and_one_wins(FreshDatabase database) throws Exception {
    Library library = Library.in(database);
    CountDownLatch bothHaveRead = new CountDownLatch(2);

    List<Object> results =
        Library.twoDesks(
            desk ->
                answer()
                    .serializable(
                        library.jdbi(),
                        5,
                        handle -> {
                          int stock = number(handle, "SELECT stock FROM books WHERE id = 2");
                          meet(bothHaveRead);
                          if (stock == 0) {
                            return "none left";
                          }
                          handle.execute("UPDATE books SET stock = ? WHERE id = 2", stock - 1);
                          addLoan(handle, 2, desk);
                          return "lent";
                        }));

    assertThat(library.loans())
        .as("the loans of the only copy: both desks had read a stock of 1 (they got %s)", results)
        .hasSize(1);
    assertThat(results)
        .as("what the desks got: who is refused with 40001 looks again, and finds no copy")
        .containsExactlyInAnyOrder("lent", "none left");
  }

  @Check(exercise = "4.7", points = 1)
  void a_rule_over_several_rows_holds_too(FreshDatabase database) throws Exception {
    Library library = Library.in(database);
    CountDownLatch bothHaveRead = new CountDownLatch(2);

    List<Object> results =
        Library.twoDesks(
            desk ->
                answer()
                    .serializable(
                        library.jdbi(),
                        5,
                        handle -> {
                          int loans = number(handle, "SELECT count(*) FROM loans");
                          meet(bothHaveRead);
                          if (loans > 0) {
                            return "one loan is enough";
                          }
                          addLoan(handle, desk, desk);
                          return "lent";
                        }));

    assertThat(library.loans())
        .as(
            "the loans, when each desk lends only if there is no loan yet (they got %s).%n"
                + "They write different rows: which isolation level sees a conflict in that?",
            results)
        .hasSize(1);
    assertThat(results)
        .as("what the desks got")
        .containsExactlyInAnyOrder("lent", "one loan is enough");
  }

  @Check(exercise = "4.7", points = 1)
  void other_failures_are_not_tried_again(FreshDatabase database) {
    Library library = Library.in(database);
    AtomicInteger runs = new AtomicInteger();
    RuntimeException bug = new IllegalStateException("a bug in the work");

    Throwable taken =
        catchThrowable(
            () ->
                answer()
                    .serializable(
                        library.jdbi(),
                        5,
                        handle -> {
                          stopAt(50, runs);
                          return handle.execute(
                              "INSERT INTO books (isbn, title, stock) VALUES ('1', 'Momo', 1)");
                        }));
    Throwable thrown =
        catchThrowable(
            () ->
                answer()
                    .serializable(
                        library.jdbi(),
                        5,
                        handle -> {
                          stopAt(50, runs);
                          throw bug;
                        }));

    assertThat(runs.get())
        .as("runs of work that fails with 23505, and of work with a bug: once each")
        .isEqualTo(2);
    assertState(taken, "23505", "the caller must know what the server refused");
    assertThat(thrown).as("the caller's exception when the work has a bug").isSameAs(bug);
  }

  @Check(exercise = "4.7", points = 1)
  void it_gives_up_after_so_many_attempts(FreshDatabase database) {
    Library library = Library.in(database);
    AtomicInteger runs = new AtomicInteger();

    Throwable thrown =
        catchThrowable(
            () ->
                answer()
                    .serializable(
                        library.jdbi(),
                        3,
                        handle -> {
                          stopAt(50, runs);
                          handle.execute("INSERT INTO notes (line) VALUES ('an attempt')");
                          return handle.execute(
                              "DO $$ BEGIN RAISE 'not now' USING ERRCODE = '40001'; END $$");
                        }));

    assertThat(runs.get()).as("runs of work that ends in 40001 each time, of 3").isEqualTo(3);
    assertState(thrown, "40001", "the last attempt's failure is the caller's");
    assertThat(library.notes()).as("what others see of three failed attempts").isEmpty();
  }

  @Check(exercise = "4.8", points = 1)
  void both_counts_are_of_one_moment(FreshDatabase database) {
    Library library = Library.in(database);
    AtomicInteger calls = new AtomicInteger();

    Report report =
        answer()
            .report(
                library.jdbi(),
                () -> {
                  calls.incrementAndGet();
                  lendFromOutside(database, 1, 2);
                });

    assertThat(calls.get()).as("calls of what happens meanwhile").isEqualTo(1);
    assertThat(report)
        .as("the report on 4 copies and no loan; a copy was lent after the stock was summed up")
        .isEqualTo(new Report(4, 0));
  }

  @Check(exercise = "4.8", points = 1)
  void a_report_keeps_nobody_from_writing_and_nothing_for_the_next(FreshDatabase database) {
    Library library = Library.in(database);
    database.execute("SET lock_timeout = '500ms'");
    RuntimeException failure = new IllegalStateException("the desk caught fire");

    answer().report(library.jdbi(), () -> lendFromOutside(database, 1, 2));
    Report second = answer().report(library.jdbi(), () -> lendFromOutside(database, 1, 3));
    Throwable thrown =
        catchThrowable(
            () ->
                answer()
                    .report(
                        library.jdbi(),
                        () -> {
                          throw failure;
                        }));

    assertThat(second)
        .as("the second report, when a first saw 4 copies and one was lent since")
        .isEqualTo(new Report(3, 1));
    assertThat(thrown).as("the caller's exception when what happens meanwhile fails").isSameAs(failure);
  }

  private static void note(Connection connection, String line) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("INSERT INTO notes (line) VALUES ('" + line + "')");
    }
  }

  private static LendingDesk.Work<Object> failing(Exception failure) {
    return connection -> {
      note(connection, "half the work");
      throw failure;
    };
  }

  private static void requireAsBefore(
      FreshDatabase database, Connection connection, boolean autoCommit, String after)
      throws SQLException {
    assertThat(connection.isClosed())
        .as("whether the caller's connection is closed after %s", after)
        .isFalse();
    assertThat(connection.getAutoCommit())
        .as("the caller's autocommit after %s, which was %s before", after, autoCommit)
        .isEqualTo(autoCommit);
    assertThat(database.sessions())
        .extracting(FreshDatabase.Session::state)
        .as("what the server says the connection is doing after %s", after)
        .containsExactly("idle");
  }

  // Returns when the server process has ended, so that the next statement is sure to fail.
  private static void endTheSessionOnTheServer(FreshDatabase database) {
    database.sessions().stream()
        .map(FreshDatabase.Session::pid)
        .forEach(pid -> database.value("SELECT pg_terminate_backend(" + pid + ", 5000)"));
  }

  private static void assertState(Throwable thrown, String state, String why) {
    List<String> states = new ArrayList<>();
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        states.add(sql.getSQLState());
      }
    }
    assertThat(states).as("SQLSTATEs of what came out: %s%n%s", thrown, why).contains(state);
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

  /** Members 2 and 3 have a copy of book 1 each; the last is on the shelf. */
  private static Library lentOut(FreshDatabase database) {
    Library library = Library.in(database);
    lendFromOutside(database, 1, 2);
    lendFromOutside(database, 1, 3);
    database.execute("DELETE FROM witness");
    return library;
  }

  private static void lendFromOutside(FreshDatabase database, int bookId, int memberId) {
    database.execute(
        "UPDATE books SET stock = stock - 1 WHERE id = " + bookId,
        "INSERT INTO loans (book_id, member_id) VALUES (%d, %d)".formatted(bookId, memberId));
  }

  private static boolean saysTransaction(Returns returns) {
    return Arrays.stream(returns.getClass().getInterfaces())
        .anyMatch(
            type ->
                type.isAnnotationPresent(Transaction.class)
                    || Arrays.stream(type.getMethods())
                        .anyMatch(method -> method.isAnnotationPresent(Transaction.class)));
  }

  private static int number(Handle handle, String query) {
    return handle.createQuery(query).mapTo(int.class).one();
  }

  private static void addLoan(Handle handle, int bookId, int memberId) {
    handle.execute("INSERT INTO loans (book_id, member_id) VALUES (?, ?)", bookId, memberId);
  }

  private static void stopAt(int limit, AtomicInteger runs) {
    assertThat(runs.incrementAndGet())
        .as("runs of the same work: does the loop ever give up?")
        .isLessThan(limit);
  }

  /** Waits for the other desk, the first time; later the latch is open. */
  private static void meet(CountDownLatch latch) {
    latch.countDown();
    try {
      if (!latch.await(3, TimeUnit.SECONDS)) {
        throw new IllegalStateException("The other desk did not come: do both work at once?");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting for the other desk.", e);
    }
  }
}
