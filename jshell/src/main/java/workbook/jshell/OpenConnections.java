package workbook.jshell;

/** The connections that snippets have opened, for the shell that runs the snippets. */
public final class OpenConnections {
  private OpenConnections() {}

  /** Makes the server give up every statement that it is running for us. */
  public static void cancelStatements() {
    Shell.CONNECTIONS.cancelAll();
  }

  /** Closes them all. */
  public static void close() {
    Shell.CONNECTIONS.closeAll();
  }
}
