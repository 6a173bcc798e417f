package workbook.cli.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import workbook.cli.terminal.Exit;
import workbook.engine.Excerpt;
import workbook.engine.protocol.Status;

/** A report in the formats of other tools. */
public final class OtherFormats {
  // Exercism's limits, in characters
  private static final int MESSAGE_LIMIT = 65_535;
  private static final int OUTPUT_LIMIT = 500;

  private final Report report;

  public OtherFormats(Report report) {
    this.report = report;
  }

  /** Exercism's results.json, version 3. */
  public String exercism() {
    boolean broken =
        report.count(Status.DOES_NOT_COMPILE) + report.count(Status.ENVIRONMENT) > 0
            || report.count(Status.NOT_ALLOWED) == report.rows().size();
    ObjectNode document = new ObjectMapper().createObjectNode().put("version", 3);
    document.put("status", broken ? "error" : report.exitStatus() == Exit.FINE ? "pass" : "fail");
    document.put("message", broken ? firstMessage() : null);
    ArrayNode tests = document.putArray("tests");
    for (CheckRow row : broken ? List.<CheckRow>of() : report.rows()) {
      ObjectNode test = tests.addObject().put("name", row.check().sentence());
      test.put("status", row.passed() ? "pass" : "fail");
      test.put("message", cut(row.result().message(), MESSAGE_LIMIT));
      test.put("output", cut(row.result().output(), OUTPUT_LIMIT));
      test.put("test_code", row.check().source());
      test.put("task_id", Integer.parseInt(row.check().exercise().split("\\.")[1]));
    }
    return Report.write(document);
  }

  /** Gradescope's results.json. */
  public String gradescope() {
    ObjectNode document = new ObjectMapper().createObjectNode();
    document.put("score", report.points().earned()).put("stdout_visibility", "hidden");
    ArrayNode tests = document.putArray("tests");
    for (CheckRow row : report.rows()) {
      ObjectNode test = tests.addObject();
      test.put("score", row.points().earned()).put("max_score", row.points().possible());
      test.put("status", row.passed() ? "passed" : "failed");
      test.put("name", row.check().exercise() + " " + row.check().sentence());
      test.put("number", row.check().exercise());
      test.put("output", row.passed() ? "" : told(row));
      test.put("visibility", "visible");
    }
    return Report.write(document);
  }

  /** JUnit's XML. */
  public String junit() {
    List<JUnitXml.Case> cases =
        report.rows().stream()
            .map(
                row ->
                    new JUnitXml.Case(
                        row.check().exercise(),
                        row.check().name(),
                        row.result().status(),
                        row.result().message()))
            .toList();
    return JUnitXml.of(List.of(new JUnitXml.Suite(report.lesson(), cases)));
  }

  private static String told(CheckRow row) {
    String message = String.valueOf(row.result().message());
    return row.result().status() == Status.FAILED
        ? message
        : row.result().status().word() + ": " + message;
  }

  private String firstMessage() {
    return report.rows().stream()
        .filter(row -> !row.passed())
        .map(row -> cut(row.result().message(), MESSAGE_LIMIT))
        .findFirst()
        .orElseThrow();
  }

  private static String cut(String text, int limit) {
    if (text == null || text.isEmpty()) {
      return null;
    }
    return text.length() <= limit ? text : Excerpt.of(text, limit - 3) + "...";
  }
}
