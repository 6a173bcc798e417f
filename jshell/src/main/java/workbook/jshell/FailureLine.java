package workbook.jshell;

import java.sql.SQLException;

/** A failure in one line: {@code ! SQLSTATE 42P07 PSQLException: ...}. */
public final class FailureLine {
  private FailureLine() {}

  /** The line, which may go on below as far as the message does. */
  public static String of(Throwable failure) {
    StringBuilder classes = new StringBuilder();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      classes.append(classes.length() == 0 ? "" : " < ").append(cause.getClass().getSimpleName());
      if (cause instanceof SQLException refused && refused.getSQLState() != null) {
        return "! SQLSTATE %s %s: %s"
            .formatted(refused.getSQLState(), classes, refused.getMessage());
      }
    }
    return "! %s: %s".formatted(failure.getClass().getSimpleName(), failure.getMessage());
  }
}
