package workbook.queries.mistakes;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.postgresql.util.PGobject;
import workbook.grading.proofs.Alternative;
import workbook.queries.reference.ReferenceCatalogue;

/** Exercise 3.11: right answers that differ from the reference. */
final class EventAlternatives {
  private EventAlternatives() {}

  @Alternative(
      exercise = "3.11",
      idea = "`Timestamp.from` and `toInstant`, a `PGobject` of the type jsonb, and `wasNull`.")
  static class OlderTypes extends EventsByHand {
    @Override
    String insert() {
      return super.insert().replace("::jsonb", "");
    }

    @Override
    void setBegins(PreparedStatement insert, Event event) throws SQLException {
      insert.setTimestamp(2, Timestamp.from(event.begins()));
    }

    @Override
    void setDetails(PreparedStatement insert, Event event) throws SQLException {
      PGobject json = new PGobject();
      json.setType("jsonb");
      json.setValue(event.details());
      insert.setObject(6, json);
    }

    @Override
    Event read(ResultSet results) throws SQLException {
      int number = results.getInt("seats");
      Integer seats = results.wasNull() ? null : number;
      return new Event(
          UUID.fromString(results.getString("id")),
          results.getTimestamp("begins").toInstant(),
          results.getBigDecimal("fee"),
          seats,
          topics(results),
          results.getString("details"));
    }
  }

  @Alternative(
      exercise = "3.11",
      idea = "Jdbi, which knows how to bind an `Instant`, and one statement: the new row, and "
          + "those that share a topic.")
  static class WithJdbi extends ReferenceCatalogue {
    @Override
    public List<Event> addEvent(DataSource dataSource, Event event) throws SQLException {
      String sql =
          """
          WITH added AS (
            INSERT INTO events
            VALUES (:id, :begins, :fee, :seats, :topics, CAST(:details AS jsonb))
            RETURNING *)
          SELECT * FROM (TABLE added UNION ALL TABLE events) AS either
          WHERE EXISTS (
            SELECT FROM unnest(topics) AS one
            JOIN unnest(:topics) AS other ON one = other)
          ORDER BY begins, id
          """;
      try (Connection connection = dataSource.getConnection()) {
        return Jdbi.create(connection)
            .registerArrayType(String.class, "text")
            .withHandle(
                handle ->
                    handle
                        .createQuery(sql)
                        .bind("id", event.id())
                        .bind("begins", event.begins())
                        .bind("fee", event.fee())
                        .bind("seats", event.seats())
                        .bindArray("topics", String.class, event.topics())
                        .bind("details", event.details())
                        .map(
                            (row, context) ->
                                new Event(
                                    row.getObject("id", UUID.class),
                                    row.getTimestamp("begins").toInstant(),
                                    row.getBigDecimal("fee"),
                                    row.getObject("seats", Integer.class),
                                    Arrays.asList((String[]) row.getArray("topics").getArray()),
                                    row.getString("details")))
                        .list());
      }
    }
  }
}
