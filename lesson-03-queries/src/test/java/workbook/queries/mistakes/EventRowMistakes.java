package workbook.queries.mistakes;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import javax.sql.DataSource;
import workbook.grading.proofs.Mistake;

/** Exercise 3.11: what is NULL, which events are returned, and in which order. */
final class EventRowMistakes {
  private EventRowMistakes() {}

  @Mistake(
      exercise = "3.11",
      violates = "seats how many, null if there is no limit",
      idea = "0 means that nothing was said",
      because = """
          `wasNull` is what tells NULL from 0. To compare with 0 makes an event that is sold out
          one without a limit.""",
      instead = "`getInt`, then `wasNull()`; or `getObject(column, Integer.class)`.",
      rejectedBy = "values_come_back_as_they_were",
      says = "and three others that have its topic history",
      earns = 1)
  static class ZeroIsNull extends EventsByHand {
    @Override
    Event read(ResultSet results) throws SQLException {
      Event right = super.read(results);
      Integer seats = results.getInt("seats") == 0 ? null : right.seats();
      return new Event(
          right.id(), right.begins(), right.fee(), seats, right.topics(), right.details());
    }
  }

  @Mistake(
      exercise = "3.11",
      violates = "and null is NULL",
      idea = "No details are `{}`",
      because = """
          `{}` says that there are details, and that they are empty. NULL says that there are
          none.""",
      instead = "`setString` with null stores NULL.",
      rejectedBy = "null_and_nothing_and_zero_differ",
      says = "the row of an event without fee",
      earns = 0)
  static class NoDetailsAreEmptyOnes extends EventsByHand {
    @Override
    void setDetails(PreparedStatement insert, Event event) throws SQLException {
      insert.setString(6, event.details() == null ? "{}" : event.details());
    }
  }

  @Mistake(
      exercise = "3.11",
      violates = "have a topic in common with it",
      idea = "`=` compares arrays",
      because = """
          Arrays are equal if all elements are, in the same order. Here one topic in common is
          enough.""",
      instead = "The operator for \"have an element in common\" is `&&`.",
      rejectedBy = "values_come_back_as_they_were",
      says = "and three others that have its topic history",
      earns = 0)
  static class AllTopicsInCommon extends EventsByHand {
    @Override
    String select() {
      return super.select().replace("&&", "=");
    }
  }

  @Mistake(
      exercise = "3.11",
      violates = "the new one among them",
      idea = "`@>` finds events with these topics",
      because = """
          It asks for events that have all of them. Here one in common is enough.""",
      instead = "The operator is `&&`.",
      rejectedBy = "values_come_back_as_they_were",
      says = "and three others that have its topic history",
      earns = 1)
  static class ContainsAll extends EventsByHand {
    @Override
    String select() {
      return super.select().replace("&&", "@>");
    }
  }

  @Mistake(
      exercise = "3.11",
      violates = "An event without topics has none in common, not even with itself",
      idea = "The new event belongs to the result anyhow",
      because = """
          An event without topics has no topic in common with anything, and none with itself.""",
      instead = "Ask with `&&` alone.",
      rejectedBy = "related_events_are_found_and_refusals_reach_the_caller",
      says = "an event without topics",
      earns = 3,
      detail = true)
  static class AloneIsRelated extends EventsByHand {
    @Override
    public List<Event> addEvent(DataSource dataSource, Event event) throws SQLException {
      List<Event> events = super.addEvent(dataSource, event);
      return events.isEmpty() ? List.of(event) : events;
    }
  }

  @Mistake(
      exercise = "3.11",
      violates = "by id, as the server orders ids",
      idea = "Sort in Java: ids are comparable",
      because = """
          `UUID.compareTo` compares two signed numbers: ids that begin with 8 to f come first. The
          server compares bytes.""",
      instead = "`ORDER BY begins, id`.",
      rejectedBy = "values_come_back_as_they_were",
      says = "and three others that have its topic history",
      earns = 1)
  static class SortedInJava extends EventsByHand {
    @Override
    List<Event> sorted(List<Event> events) {
      return events.stream()
          .sorted(Comparator.comparing(Event::begins).thenComparing(Event::id))
          .toList();
    }
  }

  @Mistake(
      exercise = "3.11",
      violates = "the earliest first",
      idea = "What is new comes first",
      because = """
          The contract asks for the earliest first.""",
      instead = "`ORDER BY begins`: ascending is the default.",
      rejectedBy = "values_come_back_as_they_were",
      says = "and three others that have its topic history",
      earns = 0)
  static class LatestFirst extends EventsByHand {
    @Override
    String select() {
      return super.select().replace("begins, id", "begins DESC, id");
    }
  }

  @Mistake(
      exercise = "3.11",
      violates = "if its id is taken (23505)",
      idea = "`ON CONFLICT DO NOTHING` avoids an error",
      because = """
          The caller believes that its event was added. It was not.""",
      instead = "Let the refusal reach the caller.",
      rejectedBy = "related_events_are_found_and_refusals_reach_the_caller",
      says = "addEvent of an event whose id is taken",
      earns = 3,
      detail = true)
  static class TakenIdsAreFine extends EventsByHand {
    @Override
    String insert() {
      return super.insert() + " ON CONFLICT DO NOTHING";
    }
  }

  @Mistake(
      exercise = "3.11",
      violates = "or its details are no JSON (22P02)",
      idea = "Details that are no JSON are none",
      because = """
          What the caller gave is lost, and nothing says so.""",
      instead = "Let the refusal reach the caller.",
      rejectedBy = "related_events_are_found_and_refusals_reach_the_caller",
      says = "whose details are {broken",
      earns = 3,
      detail = true)
  static class BrokenJsonIsNone extends EventsByHand {
    @Override
    void setDetails(PreparedStatement insert, Event event) throws SQLException {
      boolean looksGood = event.details() != null && !event.details().contains("{broken");
      insert.setString(6, looksGood ? event.details() : null);
    }
  }

  @Mistake(
      exercise = "3.11",
      violates = "returns all events that have a topic in common",
      idea = "`RETURNING *` returns the events",
      because = """
          It returns the row that was inserted, and no other.""",
      instead = "A second statement, a SELECT, asks for the others.",
      rejectedBy = "values_come_back_as_they_were",
      says = "and three others that have its topic history",
      earns = 0)
  static class OnlyTheNewOne extends EventsByHand {
    @Override
    List<Event> sorted(List<Event> events) {
      return events.subList(events.size() - 1, events.size());
    }
  }
}
