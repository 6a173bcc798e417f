package workbook.transactions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import org.jdbi.v3.sqlobject.transaction.Transaction;
import workbook.grading.Check;
import workbook.grading.FreshDatabase;
import workbook.transactions.LendingDesk.Returns;

/** Exercise 4.6: books come back, by way of a SQL Object. */
interface ReturnChecks {

  /** The answer to check, made anew. */
  LendingDesk answer();

  @Check(exercise = "4.6", points = 1)
  default void a_book_comes_back_in_one_transaction_of_a_sql_object(FreshDatabase database) {
    Library library = lentOut(database);

    Returns returns = answer().returns(library.jdbi());
    boolean givenBack = returns.giveBack(1, 2);

    assertThat(givenBack).as("whether member 2 had book 1").isEqualTo(true);
    assertThat(library.loans()).as("the loans that are left").isEqualTo(List.of("1 to 3"));
    assertThat(library.stock(1)).as("the stock, which was 1").isEqualTo("2");
    assertThat(library.transactions()).as("transactions that wrote loan and stock").isEqualTo("1");
    assertThat(Proxy.isProxyClass(returns.getClass()) && saysTransaction(returns))
        .as("whether it is a SQL Object of an interface that says @Transaction")
        .isEqualTo(true);
  }

  @Check(exercise = "4.6", points = 1)
  default void a_return_that_fails_half_way_is_undone(FreshDatabase database) {
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
        .isEqualTo(List.of("1 to 2", "1 to 3"));
    assertThat(library.stock(1))
        .as("the stock, after the server refused to delete the loan")
        .isEqualTo("1");
  }

  @Check(exercise = "4.6", points = 1)
  default void what_was_never_lent_cannot_come_back(FreshDatabase database) {
    Library library = lentOut(database);

    boolean givenBack = answer().returns(library.jdbi()).giveBack(1, 1);

    assertThat(givenBack).as("whether member 1 had book 1").isEqualTo(false);
    assertThat(library.stock(1)).as("the stock, which was 1").isEqualTo("1");
    assertThat(library.loans()).as("the loans").isEqualTo(List.of("1 to 2", "1 to 3"));
  }

  /** Members 2 and 3 have a copy of book 1 each; the last is on the shelf. */
  private static Library lentOut(FreshDatabase database) {
    return Library.in(
        database,
        "UPDATE books SET stock = 1 WHERE id = 1",
        "INSERT INTO loans (book_id, member_id) VALUES (1, 2), (1, 3)",
        "DELETE FROM witness",
        "SET lock_timeout = '500ms'");
  }

  private static boolean saysTransaction(Returns returns) {
    return Arrays.stream(returns.getClass().getInterfaces())
        .anyMatch(
            type ->
                type.isAnnotationPresent(Transaction.class)
                    || Arrays.stream(type.getMethods())
                        .anyMatch(method -> method.isAnnotationPresent(Transaction.class)));
  }
}
