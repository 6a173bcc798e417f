package workbook.queries;

import static org.assertj.core.api.Assertions.assertThat;
import static workbook.queries.Steps.refused;
import static workbook.queries.Steps.step;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.TimeZone;
import java.util.UUID;
import workbook.grading.Check;
import workbook.grading.FreshDatabase;
import workbook.queries.Catalogue.Event;

/** Exercise 3.11: values whose types differ between PostgreSQL and Java. */
interface EventChecks {

  /** The table, and five events: two at one moment, one of other topics, one of none. */
  String EVENTS =
      """
      CREATE TABLE events (
        id uuid PRIMARY KEY,
        begins timestamptz NOT NULL,
        fee numeric,
        seats integer,
        topics text[] NOT NULL,
        details jsonb);
      INSERT INTO events VALUES
        ('f0000000-0000-4000-8000-000000000003', '2026-04-04 14:30:00+00', 1.50, 7,
          '{music,history}', '{"b": [1, "?"], "a": null}'),
        ('10000000-0000-4000-8000-000000000002', '2026-04-04 14:30:00+00', 0, 0,
          '{history}', '"text"'),
        ('ffffffff-0000-4000-8000-000000000001', '2026-03-29 00:59:59.999999+00', NULL, NULL,
          '{"comma, inside",history}', NULL),
        ('20000000-0000-4000-8000-000000000004', '2026-04-01 12:00:00+00', 3, 3,
          '{poetry}', NULL),
        ('30000000-0000-4000-8000-000000000005', '2026-04-01 12:00:00+00', 3, 3,
          '{}', NULL)
      """;

  /** They as they come from the table, in the order of begin and id. */
  List<Event> HISTORY =
      List.of(
          new Event(id("ffffffff", 1), Instant.parse("2026-03-29T00:59:59.999999Z"), null, null,
              List.of("comma, inside", "history"), null),
          new Event(id("10000000", 2), Instant.parse("2026-04-04T14:30:00Z"), BigDecimal.ZERO, 0,
              List.of("history"), "\"text\""),
          new Event(id("f0000000", 3), Instant.parse("2026-04-04T14:30:00Z"),
              new BigDecimal("1.50"), 7, List.of("music", "history"),
              "{\"a\": null, \"b\": [1, \"?\"]}"));

  /** In the zone of the session, its time of day occurs twice on that day, an hour apart. */
  Event TALK =
      new Event(id("40000000", 6), Instant.parse("2026-04-04T13:30:00.000001Z"),
          new BigDecimal("12345678901234567890.10"), 40, List.of("history", "it's \"new\""),
          "{\"why\": \"{?} \\\\ :a $1\", \"speaker\": \"Ms. O'Brien\"}");

  /** The answer to check, made anew. */
  Catalogue answer();

  @Check(exercise = "3.11", points = 2)
  default void values_come_back_as_they_were(FreshDatabase database) {
    database.setUp(EVENTS);
    try (WatchedSource source = new WatchedSource(new ElsewhereSource(database))) {
      List<Event> returned =
          step(
              "On a computer in New York, with a session in Pacific/Chatham: addEvent of " + TALK,
              () -> inNewYork(source));

      assertThat(row(database, TALK))
          .as("the row of that event: id, begin (in UTC), fee, seats, topics, details")
          .isEqualTo(
              List.of("" + TALK.id(), "2026-04-04 13:30:00.000001", "12345678901234567890.10",
                  "40", "{history,\"it's \\\"new\\\"\"}", TALK.details()));
      assertThat(returned)
          .as("the events that have the topic history, which addEvent of that event returns")
          .isEqualTo(List.of(HISTORY.get(0), TALK, HISTORY.get(1), HISTORY.get(2)));
    }
  }

  @Check(exercise = "3.11", points = 1)
  default void null_and_nothing_and_zero_differ(FreshDatabase database) {
    database.setUp(EVENTS);
    List<String> topics = List.of("", "a, b", "NULL", "{c}", "back\\slash", " d ");
    Event unknown =
        new Event(id("50000000", 7), Instant.parse("1969-12-31T23:59:59Z"), null, null, topics,
            null);
    Event zero =
        new Event(id("60000000", 8), Instant.parse("2030-01-01T00:00:00Z"),
            new BigDecimal("0.00"), 0, List.of("a, b"), "null");
    try (WatchedSource source = new WatchedSource(new ElsewhereSource(database))) {
      List<Event> first =
          step("addEvent of " + unknown, () -> answer().addEvent(source.dataSource(), unknown));
      assertThat(row(database, unknown))
          .as("the row of an event without fee, seats and details; null is NULL")
          .isEqualTo(
              Arrays.asList("" + unknown.id(), "1969-12-31 23:59:59", null, null,
                  "{\"\",\"a, b\",\"NULL\",\"{c}\",\"back\\\\slash\",\" d \"}",
                  null));
      assertThat(first)
          .as("what addEvent of that event returns")
          .isEqualTo(List.of(unknown));

      List<Event> both =
          step("addEvent of " + zero, () -> answer().addEvent(source.dataSource(), zero));
      assertThat(both)
          .as("the events with the topic 'a, b'; a fee of 0.00, 0 seats and JSON's null are values")
          .isEqualTo(List.of(unknown, zero));
    }
  }

  @Check(exercise = "3.11", points = 1)
  default void related_events_are_found_and_refusals_reach_the_caller(FreshDatabase database)
      throws SQLException {
    database.setUp(EVENTS);
    Event alone =
        new Event(id("70000000", 9), Instant.parse("2026-05-01T00:00:00Z"), null, 1, List.of(),
            "{}");
    Event late =
        new Event(id("80000000", 10), Instant.parse("2026-04-04T14:30:00Z"), null, 1,
            List.of("music", "comma, inside"), null);
    try (WatchedSource source = new WatchedSource(new ElsewhereSource(database))) {
      assertThat(answer().addEvent(source.dataSource(), alone))
          .as("what addEvent of an event without topics returns")
          .isEqualTo(List.of());
      assertThat(answer().addEvent(source.dataSource(), late))
          .as(
              "the events with the topic music or the topic 'comma, inside', by begin and id"
                  + " (by which of them does the server sort, and by which Java?)")
          .isEqualTo(List.of(HISTORY.get(0), late, HISTORY.get(2)));

      refused("addEvent of an event whose id is taken", "23505",
          () -> answer().addEvent(source.dataSource(), late));
      Event broken =
          new Event(id("90000000", 11), late.begins(), null, 1, List.of(), "{broken");
      refused("addEvent of an event whose details are {broken", "22P02",
          () -> answer().addEvent(source.dataSource(), broken));
      assertThat(database.value("SELECT count(*) FROM events"))
          .as("events in the table: 5 that were there and 2 that were added")
          .isEqualTo("7");
      assertThat(source.leftOpen()).as("what addEvent left open").isEqualTo(List.of());
    }
  }

  private List<Event> inNewYork(WatchedSource source) throws SQLException {
    TimeZone before = TimeZone.getDefault();
    TimeZone.setDefault(TimeZone.getTimeZone("America/New_York"));
    try {
      return answer().addEvent(source.dataSource(), TALK);
    } finally {
      TimeZone.setDefault(before);
    }
  }

  private static List<String> row(FreshDatabase database, Event event) {
    List<List<String>> rows =
        database.rows(
            "SELECT id, begins AT TIME ZONE 'UTC', fee, seats, topics, details"
                + " FROM events WHERE id = '%s'".formatted(event.id()));
    return rows.isEmpty() ? List.of() : rows.get(0);
  }

  private static UUID id(String begin, int end) {
    return UUID.fromString("%s-0000-4000-8000-%s".formatted(begin, digits(end)));
  }

  private static String digits(int end) {
    return "000000000000".substring(("" + end).length()) + end;
  }
}
