package workbook.queries.mistakes;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import workbook.grading.proofs.Mistake;

/** Exercise 3.11: values that become others on their way. */
final class EventMistakes {
  private EventMistakes() {}

  @Mistake(
      exercise = "3.11",
      violates = "Each value is stored and returned as it is, whatever the time zones",
      idea = "A `LocalDateTime` says when",
      because = """
          It has no offset. The server takes it for a time of day in the session's time zone, and
          stores another moment.""",
      instead = "`begins.atOffset(ZoneOffset.UTC)`: an `OffsetDateTime` is one moment everywhere.",
      rejectedBy = "values_come_back_as_they_were",
      says = "the row that addEvent wrote of event",
      earns = 0)
  static class LocalTime extends EventsByHand {
    @Override
    void setBegins(PreparedStatement insert, Event event) throws SQLException {
      insert.setObject(2, LocalDateTime.ofInstant(event.begins(), ZoneOffset.UTC));
    }
  }

  @Mistake(
      exercise = "3.11",
      violates = "whatever the time zones of the session and of the computer are",
      idea = "`getTimestamp` and then `toLocalDateTime`",
      because = """
          That is a time of day in the time zone of the computer. Read as UTC, it is another
          moment wherever the computer is not in UTC.""",
      instead = "`getObject(column, OffsetDateTime.class).toInstant()`.",
      rejectedBy = "values_come_back_as_they_were",
      says = "and three others that have its topic history",
      earns = 2)
  static class ReadsLocalTime extends EventsByHand {
    @Override
    Event read(ResultSet results) throws SQLException {
      Event right = super.read(results);
      Instant begins =
          results.getTimestamp("begins").toLocalDateTime().toInstant(ZoneOffset.UTC);
      return new Event(
          right.id(), begins, right.fee(), right.seats(), right.topics(), right.details());
    }
  }

  @Mistake(
      exercise = "3.11",
      violates = "and returned as it is",
      idea = "A fee is a `double`",
      because = """
          A double holds about 16 digits, and no tenth exactly. Sums of money go wrong by a cent,
          and 1.50 becomes 1.5.""",
      instead = "`setBigDecimal` and `getBigDecimal`: a BigDecimal has the digits of `numeric`.",
      rejectedBy = "values_come_back_as_they_were",
      says = "the row that addEvent wrote of event",
      earns = 1)
  static class DoubleFee extends EventsByHand {
    @Override
    void setFee(PreparedStatement insert, Event event) throws SQLException {
      Double fee = event.fee() == null ? null : event.fee().doubleValue();
      insert.setObject(3, fee, Types.DOUBLE);
    }
  }

  @Mistake(
      exercise = "3.11",
      violates = "seats how many, null if there is no limit",
      idea = "`setDouble` and `setInt` take any number",
      because = """
          They take a `double` and an `int`, which cannot be null. Of a null Integer, Java makes a
          NullPointerException.""",
      instead = "`setObject(4, seats, Types.INTEGER)` takes an Integer, and null.",
      rejectedBy = "null_and_nothing_and_zero_differ",
      says = "addEvent of Event",
      earns = 2,
      detail = true)
  static class NullPointer extends EventsByHand {
    @Override
    void setSeats(PreparedStatement insert, Event event) throws SQLException {
      insert.setInt(4, event.seats());
    }
  }

  @Mistake(
      exercise = "3.11",
      violates = "topics text[] NOT NULL, details jsonb);",
      idea = "JSON is a string",
      because = """
          `setString` sends a value of the type text, and the server does not turn text into jsonb
          by itself: 42804.""",
      instead = "Say in the SQL what it is: `?::jsonb`.",
      rejectedBy = "values_come_back_as_they_were",
      says = "addEvent of Event",
      earns = 0)
  static class JsonIsText extends EventsByHand {
    @Override
    String insert() {
      return super.insert().replace("::jsonb", "");
    }
  }

  @Mistake(
      exercise = "3.11",
      violates = "topics its topics, none of them null",
      idea = "Topics are a string with commas",
      because = """
          A topic may have a comma in it. Then one topic becomes two.""",
      instead = "`createArrayOf(\"text\", ...)`: the driver quotes what needs it.",
      rejectedBy = "null_and_nothing_and_zero_differ",
      says = "the row of an event without fee",
      earns = 2)
  static class JoinedTopics extends EventsByHand {
    @Override
    String insert() {
      return super.insert().replace("?, ?::jsonb", "string_to_array(?, ','), ?::jsonb");
    }

    @Override
    String select() {
      return super.select().replace("?", "string_to_array(?, ',')");
    }

    @Override
    void setTopics(PreparedStatement statement, int at, Event event) throws SQLException {
      statement.setString(at, String.join(",", event.topics()));
    }
  }

  @Mistake(
      exercise = "3.11",
      violates = "topics its topics, none of them null",
      idea = "An array is written as `{a,b}`",
      because = """
          That is how PostgreSQL writes it, but it also quotes topics with commas, quotes, braces
          or blanks, and a topic NULL.""",
      instead = "`createArrayOf` writes it as the server reads it.",
      rejectedBy = "null_and_nothing_and_zero_differ",
      says = "addEvent of Event",
      earns = 2)
  static class BracesByHand extends EventsByHand {
    @Override
    String insert() {
      return super.insert().replace("?, ?::jsonb", "?::text[], ?::jsonb");
    }

    @Override
    String select() {
      return super.select().replace("?", "?::text[]");
    }

    @Override
    void setTopics(PreparedStatement statement, int at, Event event) throws SQLException {
      statement.setString(
          at, "{" + String.join(",", event.topics()).replace("\"", "\\\"") + "}");
    }
  }

  @Mistake(
      exercise = "3.11",
      violates = "seats how many, null if there is no limit",
      idea = "`getInt` returns what the column has",
      because = """
          An int cannot be null: `getInt` makes 0 of NULL. An event without a limit has no seats
          then.""",
      instead = "`getObject(column, Integer.class)`, or ask `wasNull()` after `getInt`.",
      rejectedBy = "values_come_back_as_they_were",
      says = "and three others that have its topic history",
      earns = 0)
  static class ZeroSeats extends EventsByHand {
    @Override
    Event read(ResultSet results) throws SQLException {
      Event right = super.read(results);
      int seats = results.getInt("seats");
      return new Event(
          right.id(), right.begins(), right.fee(), seats, right.topics(), right.details());
    }
  }
}
