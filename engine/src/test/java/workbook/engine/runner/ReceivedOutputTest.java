package workbook.engine.runner;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import workbook.engine.protocol.CheckResult;
import workbook.engine.protocol.WorkerOutput;

class ReceivedOutputTest {
  private static final ObjectMapper JSON =
      new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"event\": {}}",
        "{\"event\": {\"kind\": null}}",
        "{\"event\": {\"kind\": \"STARTED\"}}",
        "{\"event\": {\"kind\": \"STARTED\", \"check\": \"a\\u0000b\"}}",
        "{\"event\": {\"kind\": \"FINISHED\"}}",
        "{\"event\": {\"kind\": \"FINISHED\", \"result\": {\"name\": \"a\"}}}",
        "{\"event\": {\"kind\": \"FINISHED\", \"result\": {\"status\": \"PASSED\"}}}",
        "{\"event\": {\"kind\": \"REJECTED\"}}",
        "{\"event\": {\"kind\": \"REJECTED\", \"errors\": [null]}}",
        "{\"call\": {\"id\": 1}}",
        "{\"call\": {\"id\": 1, \"kind\": \"CLOSE\", \"database\": \"a\\u0000b\"}}",
      })
  void what_no_worker_says_is_no_message(String line) throws IOException {
    assertThat(message(line)).isEmpty();
  }

  @Test
  void what_reports_cannot_hold_is_replaced() throws IOException {
    String line =
        "{\"event\": {\"kind\": \"FINISHED\", \"result\": {\"name\": \"a\", \"status\": \"FAILED\","
            + " \"at\": \"My.java:99999999999\", \"millis\": -5}}}";

    CheckResult result = ((WorkerMessage.Event) message(line).orElseThrow()).event().result();

    assertThat(result.message()).isEqualTo("There is no message.");
    assertThat(result.at()).isNull();
    assertThat(result.millis()).isZero();
    assertThat(result.output()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, Integer.MIN_VALUE, Integer.MAX_VALUE})
  void a_limit_is_one_that_the_server_knows(int number) throws IOException {
    String line =
        "{\"call\": {\"id\": 1, \"kind\": \"LIMIT_SESSIONS\", \"number\": %s}}".formatted(number);

    assertThat(((WorkerMessage.Call) message(line).orElseThrow()).call().number())
        .isBetween(0, 1_000);
  }

  private static Optional<WorkerMessage> message(String line) throws IOException {
    WorkerOutput output = JSON.readValue(line, WorkerOutput.class);
    return ReceivedOutput.message(output);
  }
}
