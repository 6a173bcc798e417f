package workbook.jshell.engine;

import jdk.jshell.JShellException;
import jdk.jshell.Snippet;

/**
 * What came out of a snippet.
 *
 * @param snippet with its source and its kind
 * @param value as JShell writes it; null or empty if it has none
 * @param exception with the lines of snippets in its stack trace; null if none was thrown
 * @param thrown the same as it was thrown; null if none was, or it could not be had
 * @param status whether it is valid
 * @param end how it came to its end
 */
public record Evaluation(
    Snippet snippet,
    String value,
    JShellException exception,
    Throwable thrown,
    Snippet.Status status,
    End end) {

  /** How a snippet came to its end. */
  public enum End {
    /** By itself. */
    OWN,
    /** It was stopped. */
    STOPPED,
    /** It could not be stopped, and goes on in the background. */
    LEFT_BEHIND
  }

  /** Whether it compiled, ran and threw nothing. */
  public boolean isFine() {
    return exception == null && end == End.OWN && status != Snippet.Status.REJECTED;
  }
}
