package workbook.queries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;
import workbook.grading.FreshDatabase;
import workbook.grading.Graded;

/** The lesson's examples of joins, pages, half a batch and refusals. */
@Graded
class JoinExamplesTest {
  private static final String MEMBERS_AND_LOANS =
      """
      CREATE TABLE members (id integer PRIMARY KEY, name text);
      CREATE TABLE loans (
        id integer PRIMARY KEY, member_id integer REFERENCES members);
      INSERT INTO members VALUES (1, 'Ann'), (2, 'Bob'), (3, 'Cy');
      INSERT INTO loans VALUES (11, 1), (12, 1), (13, 3);
      """;

  @Test
  void a_left_join_keeps_what_has_no_partner(FreshDatabase database) {
    database.execute(MEMBERS_AND_LOANS);
    String join =
        """
        SELECT members.name, loans.id AS loan
        FROM members
        JOIN loans ON loans.member_id = members.id
        ORDER BY members.id, loans.id
        """;
    String leftJoin =
        """
        SELECT members.name, loans.id AS loan
        FROM members
        LEFT JOIN loans ON loans.member_id = members.id
        ORDER BY members.id, loans.id
        """;
    String counts =
        """
        SELECT members.name, count(loans.id) AS loans
        FROM members
        LEFT JOIN loans ON loans.member_id = members.id
        GROUP BY members.id
        ORDER BY members.id
        """;

    assertThat(lines(database, join))
        .containsExactly("Ann | 11", "Ann | 12", "Cy | 13");
    assertThat(lines(database, leftJoin))
        .containsExactly("Ann | 11", "Ann | 12", "Bob | NULL", "Cy | 13");
    assertThat(lines(database, counts))
        .containsExactly("Ann | 2", "Bob | 0", "Cy | 1");
  }

  @Test
  void pages_that_go_on_after_a_key_lose_nothing(FreshDatabase database) {
    People.four(database);
    String page =
        """
        SELECT name FROM people
        WHERE id > :last
        ORDER BY id LIMIT 2
        """;
    List<String> names = new ArrayList<>();
    try (Handle handle = Jdbi.create(database.dataSource()).open()) {
      names.addAll(names(handle, page, 0));
      database.execute("DELETE FROM people WHERE name = 'Jane Lee'");
      names.addAll(names(handle, page, 2));
    }

    assertThat(names)
        .containsExactly("Jane Lee", "Ada Kern", "Bo Lund", "Cy Marsh");
  }

  private static List<String> names(Handle handle, String page, int last) {
    return handle
        .createQuery(page)
        .bind("last", last)
        .mapTo(String.class)
        .list();
  }

  @Test
  void half_a_batch_may_stay(FreshDatabase database) throws SQLException {
    database.execute("CREATE TABLE numbers (n integer UNIQUE)");
    database.execute("INSERT INTO numbers VALUES (900)");
    String sql = "INSERT INTO numbers VALUES (?)";
    try (Connection connection = database.dataSource().getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int n = 1; n <= 1000; n++) {
        statement.setInt(1, n);
        statement.addBatch();
      }
      BatchUpdateException refused =
          catchThrowableOfType(
              BatchUpdateException.class, () -> statement.executeBatch());

      assertThat(refused.getSQLState()).isEqualTo("23505");
    }
    int stored =
        Integer.parseInt(database.value("SELECT count(*) FROM numbers"));
    assertThat(stored).isBetween(2, 900); // some of them, and not all
  }

  @Test
  void the_server_says_which_rule_was_broken(FreshDatabase database) {
    database.execute(
        "CREATE TABLE members (id integer, email text"
            + " CONSTRAINT email_taken UNIQUE)",
        "INSERT INTO members VALUES (1, 'ann@example.org')");
    String sql = "INSERT INTO members VALUES (2, 'ann@example.org')";

    PSQLException taken =
        catchThrowableOfType(
            PSQLException.class, () -> execute(database, sql));

    ServerErrorMessage says = taken.getServerErrorMessage();
    assertThat(says.getSQLState()).isEqualTo("23505");
    assertThat(says.getTable()).isEqualTo("members");
    assertThat(says.getConstraint()).isEqualTo("email_taken");
    assertThat(says.getDetail())
        .isEqualTo("Key (email)=(ann@example.org) already exists.");
  }

  private static void execute(FreshDatabase database, String sql)
      throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.executeUpdate();
    }
  }

  private static List<String> lines(FreshDatabase database, String query) {
    return database.rows(query).stream()
        .map(row -> row.stream().map(value -> value == null ? "NULL" : value))
        .map(row -> row.collect(Collectors.joining(" | ")))
        .toList();
  }
}
