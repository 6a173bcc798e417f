package workbook.queries.mistakes;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import workbook.queries.reference.ReferenceCatalogue;

/** Exercise 3.11 in plain JDBC, in steps of which a mistake overrides one. */
class EventsByHand extends ReferenceCatalogue {
  @Override
  public List<Event> addEvent(DataSource dataSource, Event event) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement insert = connection.prepareStatement(insert());
        PreparedStatement select = connection.prepareStatement(select())) {
      insert.setObject(1, event.id());
      setBegins(insert, event);
      setFee(insert, event);
      setSeats(insert, event);
      setTopics(insert, 5, event);
      setDetails(insert, event);
      insert.executeUpdate();
      setTopics(select, 1, event);
      List<Event> events = new ArrayList<>();
      try (ResultSet results = select.executeQuery()) {
        while (results.next()) {
          events.add(read(results));
        }
      }
      return sorted(events);
    }
  }

  String insert() {
    return "INSERT INTO events (id, begins, fee, seats, topics, details)"
        + " VALUES (?, ?, ?, ?, ?, ?::jsonb)";
  }

  String select() {
    return "SELECT * FROM events WHERE topics && ? ORDER BY begins, id";
  }

  void setBegins(PreparedStatement insert, Event event) throws SQLException {
    insert.setObject(2, event.begins().atOffset(ZoneOffset.UTC));
  }

  void setFee(PreparedStatement insert, Event event) throws SQLException {
    insert.setBigDecimal(3, event.fee());
  }

  void setSeats(PreparedStatement insert, Event event) throws SQLException {
    insert.setObject(4, event.seats(), Types.INTEGER);
  }

  void setTopics(PreparedStatement statement, int at, Event event) throws SQLException {
    statement.setArray(
        at, statement.getConnection().createArrayOf("text", event.topics().toArray()));
  }

  void setDetails(PreparedStatement insert, Event event) throws SQLException {
    insert.setString(6, event.details());
  }

  Event read(ResultSet results) throws SQLException {
    return new Event(
        results.getObject("id", UUID.class),
        results.getObject("begins", OffsetDateTime.class).toInstant(),
        results.getBigDecimal("fee"),
        results.getObject("seats", Integer.class),
        topics(results),
        results.getString("details"));
  }

  List<String> topics(ResultSet results) throws SQLException {
    return List.of((String[]) results.getArray("topics").getArray());
  }

  List<Event> sorted(List<Event> events) {
    return events;
  }
}
