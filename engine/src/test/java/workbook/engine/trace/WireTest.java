package workbook.engine.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import workbook.engine.trace.Conversation.End;
import workbook.engine.trace.drawing.TraceText;
import workbook.engine.trace.wire.Charsets;
import workbook.engine.trace.wire.MessageSplitter;

/** What a trace makes of messages that no driver of ours sends, byte by byte. */
class WireTest {
  private final Trace trace = new Trace();
  private final TracedSession session = trace.open(Map.of("user", "ann"));
  private final Conversation conversation = new Conversation(trace, session);
  private final MessageSplitter client = conversation.asked();
  private final MessageSplitter server = conversation.answered();
  private Charset charset = StandardCharsets.UTF_8;

  @Test
  void a_function_call_is_answered_and_is_a_round_trip() {
    send(client, 'F', new byte[10]);
    send(server, 'V', new byte[4]);
    ready('I');

    assertThat(lines())
        .anyMatch(line -> line.endsWith("(function call)"))
        .noneMatch(line -> line.contains("ignored"))
        .last()
        .asString()
        .contains("1 round trip");
  }

  @Test
  void a_notification_and_a_warning_are_told() {
    send(client, 'Q', text("COMMIT"));
    send(server, 'N', text("SWARNING", "VWARNING", "C25P01", "Mno transaction", ""));
    send(server, 'C', text("COMMIT"));
    ready('I');
    send(server, 'A', join(new byte[] {0, 0, 0, 9}, text("news", "of today")));

    assertThat(lines())
        .anyMatch(line -> line.endsWith("COMMIT  WARNING: no transaction"))
        .anyMatch(line -> line.endsWith("(is notified on news): of today"));
  }

  @Test
  void an_error_in_the_middle_of_a_pipeline_skips_the_rest_of_it() {
    for (String sql : List.of("INSERT 1", "INSERT 2", "INSERT 3")) {
      send(client, 'P', join(text("", sql), new byte[2]));
      send(client, 'B', join(text("", ""), new byte[6]));
      send(client, 'E', join(text(""), new byte[4]));
    }
    send(client, 'S');
    send(server, 'C', text("INSERT 0 1"));
    send(server, 'E', text("SERROR", "VERROR", "C23505", "Mtwice", ""));
    ready('I');

    assertThat(lines())
        .anyMatch(line -> line.endsWith("INSERT 1  1 row"))
        .anyMatch(line -> line.endsWith("INSERT 2  ERROR 23505: twice"))
        .anyMatch(line -> line.endsWith("INSERT 3  ignored after the error"))
        .last()
        .asString()
        .contains("1 round trip");
  }

  @Test
  void a_portal_may_be_left_suspended() {
    send(client, 'P', join(text("", "SELECT many"), new byte[2]));
    send(client, 'B', join(text("c", ""), new byte[6]));
    send(client, 'E', join(text("c"), new byte[] {0, 0, 0, 2}));
    send(client, 'S');
    send(server, 'D', new byte[2]);
    send(server, 'D', new byte[2]);
    send(server, 's');
    ready('T');

    assertThat(lines())
        .anyMatch(line -> line.endsWith("fetch 2 of: SELECT many  2 rows, more to come"))
        .last()
        .asString()
        .contains("1 session left open, 1 in a transaction");
  }

  @Test
  void other_encodings_are_read_as_the_server_reports_them() {
    charset = StandardCharsets.ISO_8859_1;
    send(server, 'S', text("client_encoding", "LATIN1"));
    send(client, 'Q', text("SELECT 'Käthe'"));
    send(server, 'C', text("SELECT 1"));
    ready('I');

    assertThat(lines()).anyMatch(line -> line.contains("SELECT 'Käthe'  1 row"));
    assertThat(Charsets.of("WIN1252")).isEqualTo(Charset.forName("windows-1252"));
    assertThat(Charsets.of("UTF8")).isEqualTo(StandardCharsets.UTF_8);
    assertThat(Charsets.of("SJIS").newEncoder().canEncode('\u6771')).isTrue();
    assertThat(Charsets.of("no such encoding")).isEqualTo(StandardCharsets.ISO_8859_1);
  }

  @Test
  void what_is_no_message_is_said_once_and_read_no_more() {
    assertThatCode(
            () -> {
              send(server, 'T', new byte[] {0, 9, 'x', 0});
              send(server, 'T', new byte[] {0, 9, 'x', 0});
              server.feed(new byte[] {'D', -1, -1, -1, -1, 'D', 0, 0, 0, 0}, 0, 10);
              ready('I');
            })
        .doesNotThrowAnyException();

    assertThat(lines().stream().filter(line -> line.contains("cannot be read"))).hasSize(1);
  }

  @Test
  void a_result_that_its_client_does_not_read_to_the_end_tells_how_much_came() {
    ready('T');
    send(client, 'Q', text("SELECT many"));
    for (int i = 0; i < 5_000; i++) {
      send(server, 'D', new byte[2]);
    }
    conversation.closed(End.HUNG_UP);

    assertThat(lines())
        .anyMatch(
            line -> line.contains("SELECT many ... 5000 rows came in one go, and there were more"))
        .anyMatch(line -> line.endsWith("(closes in an open transaction, which is rolled back)"))
        .last()
        .asString()
        .contains("1 transaction, rolled back", "more than 5000 rows of a query in one answer");
  }

  @Test
  void values_stay_in_their_line() {
    send(client, 'P', join(text("", "SELECT $1"), new byte[2]));
    byte[] value = "a\n\tb".getBytes(charset);
    send(
        client,
        'B',
        join(text("", ""), join(new byte[] {0, 0, 0, 1, 0, 0, 0, (byte) value.length}, value)));
    send(client, 'E', join(text(""), new byte[4]));

    assertThat(lines()).anyMatch(line -> line.contains("SELECT $1  ('a\\n\\tb') ..."));
  }

  @Test
  void a_server_that_goes_away_is_told_from_a_client_that_does() {
    send(client, 'Q', text("SELECT 1"));
    conversation.closed(End.BY_SERVER);
    conversation.closed(End.HUNG_UP);

    assertThat(lines())
        .anyMatch(line -> line.contains("SELECT 1 ..."))
        .anyMatch(line -> line.endsWith("(closes since the server hung up)"))
        .noneMatch(line -> line.endsWith("(closes)"));
  }

  @Test
  void a_session_that_was_never_closed_is_left_open_although_its_client_hangs_up() {
    ready('I');
    send(client, 'Q', text("BEGIN"));
    send(server, 'C', text("BEGIN"));
    ready('T');
    conversation.closed(End.HUNG_UP);

    assertThat(lines())
        .anyMatch(line -> line.endsWith("(left open in a transaction; then cut off)"))
        .last()
        .asString()
        .endsWith("1 transaction, rolled back · 1 session left open, then cut off");
  }

  @Test
  void what_a_check_asks_on_a_session_that_is_not_its_own_is_not_shown_and_not_counted() {
    ready('I');
    send(client, 'P', join(text("", "SELECT 1"), new byte[2]));
    send(client, 'Q', text(TracePart.ASIDE + "SHOW lock_timeout"));
    send(server, 'C', text("SHOW"));
    ready('I');
    send(client, 'Q', text(TracePart.ASIDE + "DISCARD ALL"));
    send(server, 'C', text("DISCARD ALL"));
    ready('I');
    send(client, 'Q', text("SELECT 2"));
    send(server, 'C', text("SELECT 1"));
    ready('I');
    send(client, 'Q', text(TracePart.ASIDE + "DELETE FROM books"));
    send(server, 'C', text("DELETE 5"));
    ready('I');

    assertThat(lines())
        .noneMatch(line -> line.contains("lock_timeout") || line.contains("DISCARD"))
        .anyMatch(line -> line.contains("SELECT 2  1 row"))
        .anyMatch(line -> line.contains("DELETE FROM books  5 rows"))
        .last()
        .asString()
        .contains("2 round trips");
  }

  @Test
  void millions_of_statements_and_rows_take_no_more_room_than_a_page() {
    for (int i = 0; i < 20_000; i++) {
      send(client, 'P', join(text("s" + i, "SELECT " + i), new byte[2]));
      send(client, 'Q', text("SELECT 'x'"));
      send(server, 'C', text("SELECT 1000000"));
      ready('I');
    }

    assertThat(lines()).hasSizeLessThan(210).last().asString().contains("20000 round trips");
  }

  @Test
  void a_hundred_sessions_at_once_and_a_hundred_in_turn_stay_a_page() {
    for (int i = 0; i < 100; i++) {
      new Conversation(trace, trace.open(Map.of("user", "ann"))).closed(End.FAREWELL);
    }
    List<String> inTurn = TraceText.of(trace.all(), 110, UnaryOperator.identity());
    for (int i = 0; i < 100; i++) {
      trace.open(Map.of("user", "ann"));
    }

    assertThat(inTurn)
        .first()
        .asString()
        .contains("your code, session 1 ")
        .contains("your code, sessions 2 to 101");
    assertThat(TraceText.of(trace.all(), 110, UnaryOperator.identity()))
        .hasSizeLessThan(210)
        .allMatch(line -> line.length() <= 110)
        .last()
        .asString()
        .startsWith("      201 sessions");
  }

  private void ready(char state) {
    send(server, 'Z', new byte[] {(byte) state});
  }

  private static void send(MessageSplitter direction, char type, byte... body) {
    byte[] message =
        ByteBuffer.allocate(5 + body.length)
            .put((byte) type)
            .putInt(4 + body.length)
            .put(body)
            .array();
    // Packets may end anywhere.
    direction.feed(message, 0, 3);
    direction.feed(message, 3, message.length - 3);
  }

  private byte[] text(String... texts) {
    return (String.join("\0", texts) + "\0").getBytes(charset);
  }

  private static byte[] join(byte[] one, byte[] other) {
    return ByteBuffer.allocate(one.length + other.length).put(one).put(other).array();
  }

  private List<String> lines() {
    return TraceText.of(trace.all(), 200, UnaryOperator.identity());
  }
}
