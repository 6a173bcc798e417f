package workbook.engine.playground;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import workbook.engine.postgres.ThrowawayServer;

class TableTest {
  private static ThrowawayServer server;

  @BeforeAll
  static void start() {
    server = ThrowawayServer.open("embedded", System.out::println);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void aligns_text_to_the_left_and_numbers_to_the_right() throws SQLException {
    String query = "SELECT * FROM (VALUES ('Jane Lee', 7), ('Zoë', 1234)) AS people (name, number)";

    assertThat(table(query))
        .isEqualTo(
            """
             name     | number
            ----------+--------
             Jane Lee |      7
             Zoë      |   1234
            (2 rows)""");
  }

  @Test
  void shows_null_as_such_and_keeps_a_row_on_a_line() throws SQLException {
    assertThat(table("SELECT NULL AS nothing, E'two\\nlines' AS text"))
        .isEqualTo(
            """
             nothing | text
            ---------+------------
             NULL    | two\\nlines
            (1 row)""");
  }

  @Test
  void cuts_what_is_too_wide() throws SQLException {
    assertThat(table("SELECT repeat('x', 41)"))
        .contains(" " + "x".repeat(37) + "...\n")
        .doesNotContain("x".repeat(38));
  }

  @Test
  void counts_all_rows_and_shows_the_first_thousand() throws SQLException {
    assertThat(table("SELECT generate_series(1, 1002) AS n"))
        .contains(" 1000\n")
        .doesNotContain(" 1001\n")
        .endsWith("(1002 rows) of which the first 1000 are shown");
  }

  @Test
  void has_a_heading_even_without_rows() throws SQLException {
    assertThat(table("SELECT 1 AS one WHERE false")).isEqualTo(" one\n-----\n(0 rows)");
  }

  private static String table(String query) throws SQLException {
    try (Connection connection = server.admin().dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet results = statement.executeQuery(query)) {
      return Table.of(results);
    }
  }
}
