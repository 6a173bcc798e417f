package workbook.transactions;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import workbook.grading.FreshDatabase;
import workbook.transactions.LendingDesk.Work;
import workbook.transactions.reference.ReferenceLendingDesk;

/** Checks the reference: if it passes and yours does not, look at yours. */
class ReferenceLendingDeskTest extends LendingDeskChecks {
  @Override
  public LendingDesk answer() {
    return new ReferenceLendingDesk();
  }

  @Test
  void the_example_in_the_contract_saves_a_book(FreshDatabase database)
      throws Exception {
    database.execute("CREATE TABLE books (title text)");

    try (Connection connection = database.dataSource().getConnection()) {
      int id = inTransaction(connection, c -> insertBook(c, "Momo"));

      assertThat(id).isEqualTo(1);
    }
    assertThat(database.value("SELECT title FROM books")).isEqualTo("Momo");
  }

  private <T> T inTransaction(Connection connection, Work<T> work)
      throws Exception {
    return answer().inTransaction(connection, work);
  }

  private static int insertBook(Connection connection, String title)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO books VALUES (?)")) {
      insert.setString(1, title);
      return insert.executeUpdate();
    }
  }
}
