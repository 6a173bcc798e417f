package workbook.queries.mistakes;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import workbook.grading.proofs.Mistake;
import workbook.queries.Catalogue.Event;

/** Exercise 3.11: what is stored, and what of it is returned. */
final class EventStoredMistakes {
  private EventStoredMistakes() {}


  @Mistake(
      exercise = "3.11",
      violates = "or its details are no JSON (22P02), the server refuses it",
      idea = "Blank details are none",
      because = """
          An empty string is no JSON. The server would say so; NULL in its place hides what the
          caller got wrong.""",
      instead = "The details as they are; only null is NULL.",
      rejectedBy = "related_events_are_found_and_refusals_reach_the_caller",
      says = "addEvent of an event whose details are",
      earns = 3,
      detail = true)
  static class BlankIsNone extends EventsByHand {
    @Override
    void setDetails(PreparedStatement insert, Event event) throws SQLException {
      boolean none = event.details() == null || event.details().isBlank();
      insert.setString(6, none ? null : event.details());
    }
  }

  @Mistake(
      exercise = "3.11",
      violates = "one that is there twice stays so",
      idea = "A topic that is named twice is stored once",
      because = "The list is a value of the caller's, whatever it is good for.",
      instead = "The list as it is.",
      rejectedBy = "values_come_back_as_they_were",
      says = "the row that addEvent wrote of event",
      earns = 1)
  static class DistinctTopics extends EventsByHand {
    @Override
    void setTopics(PreparedStatement statement, int at, Event event) throws SQLException {
      Object[] topics = event.topics().stream().distinct().toArray();
      statement.setArray(at, statement.getConnection().createArrayOf("text", topics));
    }
  }

  @Mistake(
      exercise = "3.11",
      violates = """
          The server may write the details with other spaces, and their keys in another order;
          they are returned as it writes them""",
      idea = "The new event is known: no need to read it",
      because = """
          Of details, jsonb keeps what they mean, not how they were written: other spaces, another
          order, and of two equal keys the last.""",
      instead = "Read its row like the others.",
      rejectedBy = "values_come_back_as_they_were",
      says = "the details are as the server writes them",
      earns = 1)
  static class ReturnsItsArgument extends EventsByHand {
    @Override
    public List<Event> addEvent(DataSource dataSource, Event event) throws SQLException {
      return super.addEvent(dataSource, event).stream()
          .map(found -> found.id().equals(event.id()) ? event : found)
          .toList();
    }
  }

  @Mistake(
      exercise = "3.11",
      violates = "Each value is stored and returned as it is",
      idea = "Topics joined by a control character that no topic has",
      because = """
          A topic has it one day, and becomes two. And a list of one empty topic becomes the same
          string as a list of none.""",
      instead = "`createArrayOf`: an array is an array.",
      rejectedBy = "null_and_nothing_and_zero_differ",
      says = "what addEvent returns of an event of 17 topics that look alike",
      earns = 3,
      detail = true)
  static class JoinedByASeparator extends EventsByHand {
    @Override
    String insert() {
      return super.insert().replace("?, ?::jsonb", "string_to_array(?, E'\\x1f'), ?::jsonb");
    }

    @Override
    String select() {
      return super.select().replace("?", "string_to_array(?, E'\\x1f')");
    }

    @Override
    void setTopics(PreparedStatement statement, int at, Event event) throws SQLException {
      statement.setString(at, String.join("\037", event.topics()));
    }
  }

  @Mistake(
      exercise = "3.11",
      violates = "begins when it begins, to the microsecond",
      idea = "A moment is a number of seconds: `to_timestamp(?)` of a double",
      because = "A double has about 16 digits, too few for the microseconds of later centuries.",
      instead = "`begins.atOffset(ZoneOffset.UTC)`.",
      rejectedBy = "null_and_nothing_and_zero_differ",
      says = "the events with the topic 'edge'",
      earns = 3,
      detail = true)
  static class SecondsAsADouble extends EventsByHand {
    @Override
    String insert() {
      return super.insert().replace("(?, ?,", "(?, to_timestamp(?),");
    }

    @Override
    void setBegins(PreparedStatement insert, Event event) throws SQLException {
      insert.setDouble(2, event.begins().getEpochSecond() + event.begins().getNano() / 1e9);
    }
  }

  @Mistake(
      exercise = "3.11",
      violates = "all events that have a topic in common with it",
      idea = "Upper and lower case make no difference",
      because = "`History` and `history` are two topics, as for the server.",
      instead = "Topics as they are.",
      rejectedBy = "values_come_back_as_they_were",
      says = "and three others that have its topic history",
      earns = 1)
  static class WithoutCase extends EventsByHand {
    @Override
    String select() {
      return super.select().replace("topics && ?", "lower(topics::text)::text[] && ?");
    }
  }

  @Mistake(
      exercise = "3.11",
      violates = "returns all events that have a topic in common",
      idea = "`LIMIT 1000`: no reader reads more",
      because = "The contract says all.",
      instead = "No limit.",
      rejectedBy = "related_events_are_found_and_refusals_reach_the_caller",
      says = "events with a topic that 10,008 have",
      earns = 3,
      detail = true)
  static class ThousandAtMost extends EventsByHand {
    @Override
    String select() {
      return super.select() + " LIMIT 1000";
    }
  }

  @Mistake(
      exercise = "3.11",
      violates = "the earliest first, and events that begin at the same moment by id",
      idea = "Seconds are enough: `ORDER BY date_trunc('second', begins), id`",
      because = "Two moments within a second are not the same moment.",
      instead = "`ORDER BY begins, id`.",
      rejectedBy = "related_events_are_found_and_refusals_reach_the_caller",
      says = "by begin and id",
      earns = 3,
      detail = true)
  static class SortsBySeconds extends EventsByHand {
    @Override
    String select() {
      return super.select().replace("BY begins", "BY date_trunc('second', begins)");
    }
  }

  @Mistake(
      exercise = "3.11",
      violates = "Close what you open, on every path: connections, handles, and the statements",
      idea = "Statements are closed after the last of them",
      because = "If the server refuses the first, the program does not come so far.",
      instead = "try-with-resources.",
      rejectedBy = "related_events_are_found_and_refusals_reach_the_caller",
      says = "what addEvent left open",
      earns = 3,
      detail = true)
  static class ClosesAtTheEnd extends EventsByHand {
    @Override
    public List<Event> addEvent(DataSource dataSource, Event event) throws SQLException {
      try (Connection connection = dataSource.getConnection()) {
        PreparedStatement insert = connection.prepareStatement(insert());
        insert.setObject(1, event.id());
        setBegins(insert, event);
        setFee(insert, event);
        setSeats(insert, event);
        setTopics(insert, 5, event);
        setDetails(insert, event);
        insert.executeUpdate();
        insert.close();
        PreparedStatement select = connection.prepareStatement(select());
        setTopics(select, 1, event);
        ResultSet results = select.executeQuery();
        List<Event> events = new ArrayList<>();
        while (results.next()) {
          events.add(read(results));
        }
        select.close();
        return events;
      }
    }
  }
}
