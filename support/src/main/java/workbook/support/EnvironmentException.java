package workbook.support;

/**
 * Something around the workbook is broken: a database, a tool, a file. Never a learner's fault.
 *
 * <p>Its message says what failed, with which value, and what to do next.
 */
public class EnvironmentException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /**
   * @param message what failed, with which value, and what to do next
   */
  public EnvironmentException(String message) {
    super(message);
  }

  /**
   * @param message what failed, with which value, and what to do next
   * @param cause what the database or the system said
   */
  public EnvironmentException(String message, Throwable cause) {
    super(message, cause);
  }
}
