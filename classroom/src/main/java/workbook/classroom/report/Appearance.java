package workbook.classroom.report;

import workbook.engine.protocol.Status;

/** How a status looks: never by its colour alone. */
record Appearance(String css, String sign) {
  static Appearance of(Status status) {
    return switch (status) {
      case PASSED -> new Appearance("passed", "✓");
      case FAILED -> new Appearance("failed", "✗");
      case NOT_ATTEMPTED -> new Appearance("open", "○");
      case TIMED_OUT -> new Appearance("time", "T");
      case CRASHED -> new Appearance("crash", "C");
      case DOES_NOT_COMPILE -> new Appearance("compile", "J");
      case ENVIRONMENT -> new Appearance("open", "E");
      case TAMPERING -> new Appearance("tamper", "!");
    };
  }
}
