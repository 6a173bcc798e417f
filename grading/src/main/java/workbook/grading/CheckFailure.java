package workbook.grading;

import workbook.engine.protocol.Status;

/** A check's verdict other than "passed", told in the learner's terms. */
public final class CheckFailure extends AssertionError {
  private static final long serialVersionUID = 1;

  private final Status status;

  CheckFailure(Status status, String message, StackTraceElement... learnersLines) {
    super(message);
    this.status = status;
    setStackTrace(learnersLines);
  }

  /** What to report. */
  public Status status() {
    return status;
  }

  /** The line of the answer that the failure came through, such as {@code MyConnector.java:41}. */
  public String at() {
    StackTraceElement[] lines = getStackTrace();
    return lines.length == 0 ? null : lines[0].getFileName() + ":" + lines[0].getLineNumber();
  }
}
