package workbook.cli.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.BinaryOperator;
import workbook.cli.report.CheckRow.Points;
import workbook.cli.terminal.Exit;
import workbook.engine.protocol.Status;

/**
 * The results of a grading, for people and for other tools.
 *
 * @param lesson the module's name, or {@code all}
 * @param database what the checks ran on
 * @param rows every check that was asked for, in source order
 */
public record Report(String lesson, String database, List<CheckRow> rows) {
  private static final ObjectWriter JSON =
      new ObjectMapper().writer().with(SerializationFeature.INDENT_OUTPUT);

  Points points() {
    BinaryOperator<Points> sum = Points::plus;
    return rows.stream().map(CheckRow::points).reduce(new Points(0, 0), sum);
  }

  long count(Status status) {
    return rows.stream().filter(row -> row.result().status() == status).count();
  }

  public int exitStatus() {
    if (count(Status.ENVIRONMENT) > 0) {
      return Exit.ENVIRONMENT;
    }
    return rows.stream().allMatch(CheckRow::passed) ? Exit.FINE : Exit.CHECKS_FAILED;
  }

  /** The workbook's own document. */
  public String toJson() {
    ObjectNode document = new ObjectMapper().createObjectNode();
    document.put("lesson", lesson).put("database", database);
    document.set("points", points(points()));
    ArrayNode checks = document.putArray("checks");
    for (CheckRow row : rows) {
      ObjectNode check = checks.addObject();
      check.put("exercise", row.check().exercise()).put("name", row.check().name());
      check.put("status", row.result().status().word());
      check.set("points", points(row.points()));
      check.put("message", row.result().message()).put("at", row.result().at());
      check.put("millis", row.result().millis());
    }
    return write(document);
  }

  private static ObjectNode points(Points points) {
    return new ObjectMapper()
        .createObjectNode()
        .put("earned", points.earned())
        .put("possible", points.possible());
  }

  static String write(ObjectNode document) {
    try {
      return JSON.writeValueAsString(document);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A report of plain values cannot fail to be written", e);
    }
  }
}
