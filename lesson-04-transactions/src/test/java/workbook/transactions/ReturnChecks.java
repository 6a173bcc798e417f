package workbook.transactions;

import static org.assertj.core.api.Assertions.assertThat;
import static workbook.transactions.Library.requireOwn;

import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.jdbi.v3.sqlobject.transaction.Transaction;
import workbook.grading.Check;
import workbook.grading.FreshDatabase;
import workbook.transactions.LendingDesk.Returns;

/** Exercise 4.6: books come back, by way of a SQL Object. */
interface ReturnChecks {
  /** A book, and a member of the same number. */
  long FIRST = 5_000_000_011L;

  /** Another book, and a member of the same number. */
  long SECOND = 5_000_000_012L;

  /** A member. */
  long THIRD = 5_000_000_013L;

  /** Loans of which neither the book nor the member alone tells which it is. */
  String LENT =
      """
      INSERT INTO books (id, isbn, title, stock) OVERRIDING SYSTEM VALUE VALUES
        (5000000011, '5-11', 'Krabat', 1), (5000000012, '5-12', 'Ronja', 4);
      INSERT INTO members (id, name) OVERRIDING SYSTEM VALUE VALUES
        (5000000011, 'Ada'), (5000000012, 'Ben'), (5000000013, 'Ben');
      INSERT INTO loans (book_id, member_id) VALUES
        (5000000012, 5000000011), (5000000011, 5000000013), (5000000011, 5000000012),
        (5000000012, 5000000012);
      DELETE FROM witness;
      """;

  /** Refusals of the change that is named in a table, with the SQLSTATE that stands there. */
  String REFUSING =
      """
      CREATE TABLE refused AS SELECT '' AS change, '' AS state;
      CREATE FUNCTION no() RETURNS trigger LANGUAGE plpgsql
        SET search_path = public, pg_temp AS $$
      DECLARE
        planned refused := (SELECT refused FROM refused);
      BEGIN
        IF planned.change = TG_NAME THEN
          RAISE 'refused by the check' USING ERRCODE = planned.state;
        END IF;
        RETURN NULL;
      END $$;
      CREATE TRIGGER update AFTER UPDATE ON books FOR EACH ROW EXECUTE FUNCTION no();
      CREATE TRIGGER delete AFTER DELETE ON loans FOR EACH ROW EXECUTE FUNCTION no();
      CREATE CONSTRAINT TRIGGER update_at_commit AFTER UPDATE ON books
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION no();
      CREATE CONSTRAINT TRIGGER delete_at_commit AFTER DELETE ON loans
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION no();
      """;

  /** What is there when the loan of FIRST to SECOND has come back, and nothing else. */
  List<String> COME_BACK =
      List.of(
          "Krabat on the shelf: 2, lent to: 5000000013",
          "Ronja on the shelf: 4, lent to: 5000000011 5000000012");

  /** The answer to check, made anew. */
  LendingDesk answer();

  @Check(exercise = "4.6", points = 2)
  default void a_book_comes_back_in_one_transaction_of_a_sql_object(FreshDatabase database)
      throws SQLException {
    Library library = Library.in(database, LENT);
    LendingDesk desk = answer();
    try (Pool elsewhere = new Pool(database)) {
      desk.returns(elsewhere.jdbi());
      int taken = elsewhere.taken();

      Patience patience = new Patience(database);
      Returns returns = desk.returns(patience.jdbi());
      List<String> before = library.everything();
      boolean givenBack = giveBack(returns, FIRST, SECOND);

      assertThat(givenBack)
          .as("what giveBack(%s, %s) returned: member %s had book %s", FIRST, SECOND, SECOND, FIRST)
          .isEqualTo(true);
      assertThat(library.transactions())
          .as("transactions that wrote loan and stock")
          .isEqualTo("1");
      library.requirePatience();
      requireNothingElse(database, "member 5000000012 has given back Krabat");
      assertThat(library.changesSince(before))
          .as("what others see changed, when member 5000000012 has given back Krabat")
          .isEqualTo(
              List.of(
                  "+ book 5000000011, ISBN 5-11, Krabat, stock 2",
                  "- book 5000000011, ISBN 5-11, Krabat, stock 1",
                  "- loan 5000000011 to 5000000012"));
      before = library.everything();
      assertThat(elsewhere.taken() - taken)
          .as("connections that giveBack took from another jdbi than its own")
          .isEqualTo(0);
      patience.require();
      requireForm(returns);
      assertThat(giveBack(returns, FIRST, SECOND))
          .as("what giveBack(%s, %s) returned the second time: member %s has book %s no more",
              FIRST, SECOND, SECOND, FIRST)
          .isEqualTo(false);
      requireNothingElse(database, "the same loan was given back once more");
      assertThat(library.changesSince(before))
          .as("what others see changed, when the same loan was given back once more")
          .isEqualTo(List.of());
    }
    database.execute(REFUSING);
    for (String state : List.of("53100", "23514", "P0001")) {
      for (String when : List.of("", "_at_commit")) {
        requireUndone(library, "update" + when, "put the copy back", state);
        requireUndone(library, "delete" + when, "delete the loan", state);
      }
    }
  }

  private static void requireForm(Returns returns) {
    String form =
        Proxy.isProxyClass(returns.getClass())
            ? "a SQL Object, giveBack " + (saysTransaction(returns) ? "with" : "without")
            : "no SQL Object, giveBack without";
    assertThat(form + " @Transaction")
        .as("the form of what the method returned, which is graded, too")
        .isEqualTo("a SQL Object, giveBack with @Transaction");
  }

  private static boolean saysTransaction(Returns returns) {
    return Arrays.stream(returns.getClass().getInterfaces())
        .filter(Returns.class::isAssignableFrom)
        .anyMatch(
            type -> type.isAnnotationPresent(Transaction.class) || giveBackSaysTransaction(type));
  }

  private static boolean giveBackSaysTransaction(Class<?> type) {
    return Arrays.stream(type.getMethods())
        .anyMatch(
            method ->
                method.getName().equals("giveBack")
                    && method.isAnnotationPresent(Transaction.class));
  }

  private void requireUndone(Library library, String change, String what, String state) {
    FreshDatabase database = library.database();
    database.execute(
        "UPDATE refused SET change = '%s', state = '%s'".formatted(change, state));

    requireOwn(
        "the server refuses to " + what,
        state,
        () -> answer().returns(library.jdbi()).giveBack(FIRST, THIRD));

    requireNothingElse(
        database,
        "the server refused to %s, when member %s gave Krabat back".formatted(what, THIRD));
  }

  @Check(exercise = "4.6", points = 1)
  default void what_was_never_lent_cannot_come_back(FreshDatabase database) throws Exception {
    Library library = Library.in(database, LENT);
    Returns returns = answer().returns(library.jdbi());

    List<Object> results =
        TwoDesks.behind(
            "SELECT FROM loans WHERE book_id = %s AND member_id = %s FOR UPDATE"
                .formatted(FIRST, SECOND),
            database,
            desk -> returns.giveBack(FIRST, SECOND));
    assertThat(results.stream().map(String::valueOf).sorted().toList())
        .as("what two desks got that took the same loan back at once: one of them does")
        .isEqualTo(List.of("false", "true"));
    requireNothingElse(database, "two desks took the same loan of Krabat back at once");

    for (long[] ids : new long[][] {{FIRST, FIRST}, {FIRST, 99}, {99, FIRST}, {SECOND, THIRD}}) {
      assertThat(giveBack(returns, ids[0], ids[1]))
          .as("what giveBack(%s, %s) returned: member %s never had book %s",
              "" + ids[0], "" + ids[1], "" + ids[1], "" + ids[0])
          .isEqualTo(false);
      requireNothingElse(
          database, "member %s brought book %s, and never had it".formatted(ids[1], ids[0]));
    }

    Library.requireOwnOfNoConnection(none -> answer().returns(none).giveBack(FIRST, THIRD));
    List<Object> both =
        TwoDesks.behind(
            "UPDATE books SET stock = stock + 2 WHERE id = " + SECOND,
            database,
            desk -> returns.giveBack(SECOND, desk == 1 ? FIRST : SECOND));
    assertThat(both)
        .as("what two desks got that took two copies of Ronja back at once")
        .isEqualTo(List.of(true, true));
    // How many get lost is a matter of luck.
    String stock = library.stock(SECOND);
    assertThat(Integer.parseInt(stock) < 8 ? "fewer" : stock)
        .as(
            "the stock of Ronja, which was 4: two desks took two copies back at once, while"
                + " another program put two new ones on the shelf")
        .isEqualTo("8");
    assertThat(ConflictsInARow.at(FIRST, database, () -> giveBack(returns, FIRST, THIRD)))
        .as(
            "what a desk got that took Krabat back, while another program changed the book's row"
                + " %s times: who has to wait is not refused",
            "" + ConflictsInARow.CONFLICTS)
        .isEqualTo(true);
  }

  private static boolean giveBack(Returns returns, long bookId, long memberId) {
    try {
      return returns.giveBack(bookId, memberId);
    } catch (RuntimeException e) {
      throw new AssertionError(
          "Member %s brings back book %s.%nexpected: true or false%n but was: %s"
              .formatted(memberId, bookId, e),
          e);
    }
  }

  private static void requireNothingElse(FreshDatabase database, String when) {
    assertThat(database.rows(
            """
            SELECT title || ' on the shelf: ' || stock || ', lent to: ' || coalesce(
              (SELECT string_agg(member_id::text, ' ' ORDER BY member_id)
               FROM loans WHERE book_id = books.id), 'none')
            FROM books WHERE id > 5000000000 ORDER BY id
            """).stream().map(row -> row.get(0)).toList())
        .as("the copies after %s", when)
        .isEqualTo(COME_BACK);
  }
}
