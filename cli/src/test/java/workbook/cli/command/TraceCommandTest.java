package workbook.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import workbook.cli.SampleWorkbook;
import workbook.cli.SampleWorkbook.Outcome;
import workbook.cli.terminal.Exit;
import workbook.engine.postgres.ThrowawayServer;

class TraceCommandTest {
  private static final String CLOSING =
      """
      try (var connection = dataSource.getConnection();
          var results = connection.createStatement().executeQuery("SELECT current_user")) {
        results.next();
        return results.getString(1);
      }""";

  private SampleWorkbook workbook;

  @BeforeEach
  void make_workbook() throws Exception {
    workbook = new SampleWorkbook();
  }

  @Test
  void what_is_not_written_takes_one_line() {
    Outcome outcome = workbook.run("trace", "1");

    assertThat(outcome.status()).isEqualTo(Exit.CHECKS_FAILED);
    assertThat(outcome.out().lines())
        .containsExactly("○ Not written yet, so there is nothing to trace: 1.1, 1.2 (3 checks)");
  }

  @Test
  void a_diagram_has_nothing_but_lines_of_the_diagrams_language() throws Exception {
    workbook.answer("return todo(\"1.1\");", CLOSING);

    Outcome outcome = workbook.run("trace", "1", "--mermaid");

    assertThat(outcome.out().lines().filter(line -> !line.isBlank()))
        .allMatch(
            line ->
                line.startsWith("%% ")
                    || line.equals("sequenceDiagram")
                    || line.startsWith("  participant ")
                    || line.startsWith("  Note over ")
                    || line.matches("  \\w+--?>>\\w+: .*"))
        .contains("sequenceDiagram");
  }

  @Test
  void only_a_trace_has_a_relay_between_the_answer_and_the_server() throws Exception {
    workbook.answer(
        "return todo(\"1.1\");",
        """
        try (var connection = dataSource.getConnection()) {
          return connection.getMetaData().getURL();
        }""");
    String server = System.getProperty(ThrowawayServer.PROPERTY).replaceAll(".*(:\\d+/).*", "$1");

    assertThat(workbook.run("check", "1.2").out()).contains("jdbc:postgresql://", server);
    assertThat(workbook.run("trace", "1.2").out())
        .startsWith("How to read it: a column is a session")
        .contains("jdbc:postgresql://127.0.0.1:")
        .doesNotContain(server);
  }
}
