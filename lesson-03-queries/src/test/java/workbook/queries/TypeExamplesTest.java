package workbook.queries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import workbook.grading.FreshDatabase;
import workbook.grading.Graded;

/** The lesson's examples of types. */
@Graded
class TypeExamplesTest {
  private static final String TABLE =
      """
      CREATE TABLE concerts (
        id uuid PRIMARY KEY,
        starts timestamptz,
        price numeric,
        encores integer,
        bands text[],
        notes jsonb)
      """;

  @Test
  void every_type_has_its_methods(FreshDatabase database)
      throws SQLException {
    database.execute(TABLE);
    UUID id = UUID.fromString("0b1c9f9e-6a5e-4f6e-9b43-0d5d5f6f7a10");
    try (Connection connection = database.dataSource().getConnection();
        PreparedStatement insert =
            connection.prepareStatement(
                "INSERT INTO concerts VALUES (?, ?, ?, ?, ?, ?::jsonb)")) {
      insert.setObject(1, id);
      insert.setObject(2, OffsetDateTime.parse("2026-07-01T20:00+02:00"));
      insert.setBigDecimal(3, new BigDecimal("19.90"));
      insert.setObject(4, null); // an Integer that is null
      insert.setArray(
          5, connection.createArrayOf("text", new String[] {"Trio", "Duo"}));
      insert.setString(6, "{\"hall\": \"north\"}");
      insert.executeUpdate();
    }

    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("SET TIME ZONE 'Asia/Kolkata'");
      ResultSet results = statement.executeQuery("SELECT * FROM concerts");
      results.next();
      OffsetDateTime starts =
          results.getObject("starts", OffsetDateTime.class);
      assertThat(starts.toInstant())
          .isEqualTo(Instant.parse("2026-07-01T18:00:00Z"));
      // The session's time zone is for people who read text.
      assertThat(results.getString("starts"))
          .isEqualTo("2026-07-01 23:30:00+05:30");

      BigDecimal price = results.getBigDecimal("price");
      assertThat(price).isEqualTo("19.90");
      Array bands = results.getArray("bands");
      assertThat((String[]) bands.getArray()).containsExactly("Trio", "Duo");
      assertThat(results.getString("notes"))
          .isEqualTo("{\"hall\": \"north\"}");
      assertThat(results.getObject("id", UUID.class)).isEqualTo(id);

      int encores = results.getInt("encores");
      boolean unknown = results.wasNull(); // about the getter just called
      assertThat(encores).isZero();
      assertThat(unknown).isTrue();
    }
  }

  @Test
  void a_time_of_day_is_no_moment(FreshDatabase database)
      throws SQLException {
    database.execute(TABLE);
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement();
        PreparedStatement insert =
            connection.prepareStatement(
                "INSERT INTO concerts (id, starts)"
                    + " VALUES (gen_random_uuid(), ?)")) {
      statement.execute("SET TIME ZONE 'Asia/Kolkata'");
      insert.setObject(1, LocalDateTime.parse("2026-07-01T20:00"));
      insert.executeUpdate();
    }

    // Eight in the evening, in India.
    assertThat(
            database.value("SELECT starts AT TIME ZONE 'UTC' FROM concerts"))
        .isEqualTo("2026-07-01 14:30:00");
  }

  @Test
  void an_instant_needs_an_offset(FreshDatabase database)
      throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        PreparedStatement select = connection.prepareStatement("SELECT ?")) {
      assertThatThrownBy(() -> select.setObject(1, Instant.EPOCH))
          .hasMessageContaining("Can't infer the SQL type");
    }
  }

  @Test
  void a_double_has_no_cents(FreshDatabase database) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet results = statement.executeQuery("SELECT 0.10 + 0.20")) {
      results.next();
      assertThat(results.getBigDecimal(1)).isEqualTo("0.30");
    }
    assertThat(0.10 + 0.20).isEqualTo(0.30000000000000004);
  }

  @Test
  void an_operator_with_a_question_mark_needs_two(FreshDatabase database)
      throws SQLException {
    database.execute(TABLE);
    database.execute(
        "INSERT INTO concerts (id, notes)"
            + " VALUES (gen_random_uuid(), '{\"hall\": \"north\"}')");
    String withKey = "SELECT count(*) FROM concerts WHERE notes ?? ?";
    try (Connection connection = database.dataSource().getConnection();
        PreparedStatement select = connection.prepareStatement(withKey)) {
      select.setString(1, "hall");
      try (ResultSet results = select.executeQuery()) {
        results.next();
        assertThat(results.getInt(1)).isEqualTo(1);
      }
    }
  }

  @Test
  void arrays_are_compared_by_operators(FreshDatabase database) {
    String query =
        """
        SELECT ARRAY['a', 'b'] = ARRAY['b', 'a'],
          ARRAY['a', 'b'] @> ARRAY['b'],
          ARRAY['a', 'b'] && ARRAY['b', 'c']
        """;
    assertThat(database.rows(query)).containsExactly(List.of("f", "t", "t"));
  }
}
