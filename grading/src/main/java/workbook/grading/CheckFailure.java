package workbook.grading;

import workbook.engine.protocol.Status;

/** A check's verdict other than "passed", told in the learner's terms. */
public final class CheckFailure extends AssertionError {
  private static final long serialVersionUID = 1;

  private final Status status;
  private final boolean certain;

  CheckFailure(Status status, String message, StackTraceElement... learnersLines) {
    this(true, status, message, learnersLines);
  }

  /**
   * @param certain whether the verdict would be the same on a faster machine
   */
  CheckFailure(boolean certain, Status status, String message, StackTraceElement... learnersLines) {
    super(message);
    this.certain = certain;
    this.status = status;
    setStackTrace(learnersLines);
  }

  /** What to report. */
  public Status status() {
    return status;
  }

  /** Whether the verdict would be the same on a faster machine. */
  public boolean isCertain() {
    return certain;
  }

  /** The line of the answer that the failure came through, such as {@code MyConnector.java:41}. */
  public String at() {
    StackTraceElement[] lines = getStackTrace();
    return lines.length == 0 ? null : lines[0].getFileName() + ":" + lines[0].getLineNumber();
  }
}
