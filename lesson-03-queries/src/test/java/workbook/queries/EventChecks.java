package workbook.queries;

import static org.assertj.core.api.Assertions.assertThat;
import static workbook.queries.Steps.refused;
import static workbook.queries.Steps.step;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TimeZone;
import java.util.UUID;
import java.util.stream.Stream;
import workbook.grading.Check;
import workbook.grading.FreshDatabase;
import workbook.queries.Catalogue.Event;

/** Exercise 3.11: values whose types differ between PostgreSQL and Java. */
interface EventChecks {

  /** The table, and six events: two at one moment, two of other topics, one of none. */
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
        ('21000000-0000-4000-8000-000000000012', '2026-04-01 12:00:00+00', 3, 3,
          '{History,"history ",hist,histories,h%,"music history",his_ory}', '[]'),
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

  /**
   * In the zone of the session, its time of day occurs twice on that day, an hour apart. Of two
   * keys that are equal, the server keeps the last.
   */
  Event TALK =
      new Event(id("40000000", 6), Instant.parse("2026-04-04T13:30:00.000001Z"),
          new BigDecimal("12345678901234567890.10"), 40,
          List.of("music", "history", "it's \"new\"", "history"),
          "{\"speaker\":\"Ms. O'Brien\", \"why\": 1, \"why\": \"{?} \\\\ :a $1\"}");

  /** Its details, as the server writes them. */
  String TALK_DETAILS = "{\"why\": \"{?} \\\\ :a $1\", \"speaker\": \"Ms. O'Brien\"}";

  /** The answer to check, made anew. */
  Catalogue answer();

  @Check(exercise = "3.11", points = 2)
  default void values_come_back_as_they_were(FreshDatabase database) {
    database.setUp(EVENTS);
    try (WatchedSource source = new WatchedSource(new ElsewhereSource(database))) {
      List<Event> returned =
          step(
              "On a computer in New York, with a session in Pacific/Chatham: addEvent of " + TALK,
              () -> inNewYork(source, TALK));

      assertThat(row(database, TALK))
          .as("the row that addEvent wrote of event %s, on a computer in New York, with a session"
              + " in Pacific/Chatham: id, begin (in UTC), fee, seats, topics, details", TALK.id())
          .isEqualTo(
              List.of("" + TALK.id(), "2026-04-04 13:30:00.000001", "12345678901234567890.10",
                  "40", "{music,history,\"it's \\\"new\\\"\",history}", TALK_DETAILS));
      Event stored = withDetails(TALK, TALK_DETAILS);
      assertThat(returned)
          .as("what addEvent of event %s returns: that event, and three others that have its topic"
              + " history. One topic in common is enough, and they come by begin and then by id."
              + " (Computer in New York, session in Pacific/Chatham; the details are as the server"
              + " writes them)", TALK.id())
          .isEqualTo(List.of(HISTORY.get(0), stored, HISTORY.get(1), HISTORY.get(2)));
      for (int hour : new int[] {5, 6}) {
        Event night =
            new Event(id("40000000", 6 + hour),
                Instant.parse("2026-11-01T0%s:30:00Z".formatted(hour)), null, 1,
                List.of("night of " + hour), null);
        assertThat(step("addEvent of " + night, () -> inNewYork(source, night)))
            .as("what addEvent returns on a computer in New York, whose clocks show 1:30 twice on"
                + " that day")
            .isEqualTo(List.of(night));
      }
      source.assertAllClosed("addEvent");
    }
  }

  @Check(exercise = "3.11", points = 1)
  default void null_and_nothing_and_zero_differ(FreshDatabase database) {
    database.setUp(EVENTS);
    List<String> topics = List.of("", "a, b", "NULL", "{c}", "back\\slash", " d ");
    Event unknown =
        new Event(id("50000000", 7), Instant.parse("1969-12-31T23:59:59.000001Z"), null, null,
            topics, null);
    Event zero =
        new Event(id("60000000", 8), Instant.parse("2030-01-01T00:00:00Z"),
            new BigDecimal("0.00"), 0, List.of("a, b"), "null");
    try (WatchedSource source = new WatchedSource(new ElsewhereSource(database))) {
      List<Event> first =
          step("addEvent of " + unknown, () -> answer().addEvent(source.dataSource(), unknown));
      assertThat(row(database, unknown))
          .as("the row of an event without fee, seats and details; null is NULL")
          .isEqualTo(
              Arrays.asList("" + unknown.id(), "1969-12-31 23:59:59.000001", null, null,
                  "{\"\",\"a, b\",\"NULL\",\"{c}\",\"back\\\\slash\",\" d \"}",
                  null));
      assertThat(first)
          .as("what addEvent of event %s returns: that event alone, as no other has one of its"
              + " topics", unknown.id())
          .isEqualTo(List.of(unknown));

      List<Event> both =
          step("addEvent of " + zero, () -> answer().addEvent(source.dataSource(), zero));
      assertThat(both)
          .as("what addEvent of event %s returns: both events with the topic 'a, b'. A fee of 0.00,"
              + " 0 seats and JSON's null are values, and null is none", zero.id())
          .isEqualTo(List.of(unknown, zero));
      edges(source);
      textsAlikeAreOthers(source, unknown);
    }
  }

  private void edges(WatchedSource source) {
    String odd = '"' + OddTexts.ODD.replace("\\", "\\\\") + '"';
    List<Event> stored =
        List.of(
            edge(1, "1969-12-31T23:59:59.999999Z", "-0.01", Integer.MAX_VALUE, "{}"),
            edge(2, "1999-12-31T23:59:59.999999Z", "0.0000000000000000000010",
                Integer.MIN_VALUE, "[1, {}]"),
            edge(3, "2038-01-19T03:14:08Z", "100", -1, "12.50"),
            edge(4, "9998-12-31T23:59:59.999999Z",
                "98765432109876543210987654321.000000000000000000001", 1, "\"\""),
            edge(5, "9998-12-31T23:59:59.999999Z", "0", 1, odd));
    for (int i = 0; i < stored.size(); i++) {
      Event event =
          i == 0
              ? stored.get(0)
              : withDetails(stored.get(i), "\n " + stored.get(i).details() + " ");
      List<Event> found =
          step("addEvent of " + event, () -> answer().addEvent(source.dataSource(), event));
      assertThat(found)
          .as("the events with the topic 'edge', which addEvent of %s returns", event)
          .isEqualTo(stored.subList(0, i + 1));
    }
  }

  private static Event edge(int end, String begins, String fee, int seats, String details) {
    return new Event(id("a0000000", end), Instant.parse(begins),
        new BigDecimal(fee), seats, List.of("edge", "edge"), details);
  }

  private void textsAlikeAreOthers(WatchedSource source, Event unknown) {
    List<String> texts = new ArrayList<>(OddTexts.ALIKE);
    texts.add(OddTexts.EVERY);
    Event all =
        new Event(id("b0000000", 1), Instant.parse("2026-06-01T00:00:00Z"), null, null, texts,
            null);
    List<Event> first = step("addEvent", () -> answer().addEvent(source.dataSource(), all));
    assertThat(shown(first))
        .as("what addEvent returns of an event of %s topics that look alike, and of one topic with"
            + " every character", OddTexts.ALIKE.size())
        .isEqualTo(shown(List.of(all)));
    int end = 2;
    for (String topic : List.of("", "FI", "fi ", OddTexts.EVERY, "f", "fi\u00a0\u00a0", "FI ")) {
      Event one =
          new Event(id("b0000000", end++), all.begins(), null, null, List.of(topic), null);
      List<Event> found =
          step("addEvent", () -> answer().addEvent(source.dataSource(), one));
      List<Event> wanted =
          Stream.of(unknown, all, one).filter(event -> event.topics().contains(topic)).toList();
      assertThat(shown(found))
          .as("the events with the topic '%s', letter for letter", OddTexts.shown(topic))
          .isEqualTo(shown(wanted));
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
              "what addEvent of event %s returns, whose topics are music and 'comma, inside': each"
                  + " event that has one of them, by begin and then by id (compare all of each"
                  + " event, its begin and its seats, too)",
              late.id())
          .isEqualTo(List.of(HISTORY.get(0), late, HISTORY.get(2)));

      refused("addEvent of an event whose id is taken", "23505",
          () -> answer().addEvent(source.dataSource(), late));
      for (String details : List.of("{broken", "", " ", "{} {}", "'text'", "NULL", "[1,]")) {
        Event broken =
            new Event(id("90000000", 11), late.begins(), null, 1, List.of("music"), details);
        refused("addEvent of an event whose details are " + details, "22P02",
            () -> answer().addEvent(source.dataSource(), broken));
      }
      assertThat(database.value("SELECT count(*) FROM events"))
          .as("events in the table: 6 that were there and 2 that were added")
          .isEqualTo("8");
      assertThat(source.leftOpen()).as("what addEvent left open").isEqualTo(List.of());
      manyAreFound(database, source);
      source.assertClosesWhatIsBroken(
          "addEvent", () -> answer().addEvent(source.dataSource(), alone));
    }
  }

  private void manyAreFound(FreshDatabase database, WatchedSource source) throws SQLException {
    database.execute(
        "INSERT INTO events SELECT md5(n::text)::uuid, timestamptz '2026-01-01 00:00:00+00'"
            + " + n % 100 * interval '1 h' + n % 7 * interval '1 us', 1, n, '{many}', '{}'"
            + " FROM generate_series(1, 10007) AS n");
    Event last =
        new Event(id("c0000000", 1), Instant.parse("2026-01-01T00:00:00Z"), null, null,
            List.of("many"), null);
    List<Event> found = answer().addEvent(source.dataSource(), last);

    assertThat(found.size()).as("events with a topic that 10,008 have").isEqualTo(10_008);
    assertThat(source.limits())
        .as("Limits on how many events are returned: all")
        .isEqualTo(List.of());
    List<List<String>> wanted =
        database.rows("SELECT id FROM events WHERE topics = '{many}' ORDER BY begins, id");
    List<List<String>> ids = found.stream().map(event -> List.of("" + event.id())).toList();
    if (ids.equals(wanted)) {
      return;
    }
    for (int i = 0; i < wanted.size(); i++) {
      assertThat(found.get(i).id().toString())
          .as("the id of event %s of 10,008 with one topic, by begin and id", i + 1)
          .isEqualTo(wanted.get(i).get(0));
    }
  }

  private static List<Event> shown(List<Event> events) {
    return events.stream()
        .map(
            event ->
                new Event(event.id(), event.begins(), event.fee(), event.seats(),
                    event.topics().stream().map(OddTexts::shown).toList(), event.details()))
        .toList();
  }

  private static Event withDetails(Event event, String details) {
    return new Event(
        event.id(), event.begins(), event.fee(), event.seats(), event.topics(), details);
  }

  private List<Event> inNewYork(WatchedSource source, Event event) throws SQLException {
    TimeZone before = TimeZone.getDefault();
    TimeZone.setDefault(TimeZone.getTimeZone("America/New_York"));
    try {
      return answer().addEvent(source.dataSource(), event);
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
