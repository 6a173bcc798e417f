package workbook.grading;

import java.util.List;
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

  /** The same, of a check that was disturbed. */
  CheckFailure uncertain() {
    return new CheckFailure(false, status, getMessage(), getStackTrace());
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
    List<StackTraceElement> lines = List.of(getStackTrace());
    // What helps the checks is in the lesson's package, too.
    return lines.stream()
        .filter(line -> String.valueOf(line.getFileName()).startsWith("My"))
        .findFirst()
        .or(() -> lines.stream().findFirst())
        .map(line -> line.getFileName() + ":" + line.getLineNumber())
        .orElse(null);
  }
}
