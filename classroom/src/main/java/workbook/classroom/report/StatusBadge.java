package workbook.classroom.report;

import workbook.engine.protocol.Status;

/** How a status looks: never by its colour alone. */
record StatusBadge(String css, String sign) {
  static StatusBadge of(Status status) {
    return switch (status) {
      case PASSED -> new StatusBadge("passed", "✓");
      case FAILED -> new StatusBadge("failed", "✗");
      case NOT_ATTEMPTED -> new StatusBadge("open", "○");
      case TIMED_OUT -> new StatusBadge("time", "T");
      case CRASHED -> new StatusBadge("crash", "C");
      case DOES_NOT_COMPILE -> new StatusBadge("compile", "J");
      case NOT_ALLOWED -> new StatusBadge("compile", "U");
      case ENVIRONMENT -> new StatusBadge("open", "E");
      case TAMPERING -> new StatusBadge("tamper", "!");
    };
  }
}
