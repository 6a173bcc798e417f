package workbook.cli.terminal;

/** The user asked for something that there is not; the message says what there is. */
public final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public UsageException(String message) {
    super(message);
  }
}
