package workbook.engine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;

/** Keeps the stack traces of the workbook's own faults in {@code .workbook/error.log}. */
public final class ErrorLog {
  private static final String NAME = "error.log";

  private ErrorLog() {}

  /**
   * Keeps a stack trace.
   *
   * @return what to tell the user: the fault in one line, and where more of it is
   */
  public static String keep(Throwable fault) {
    return keep(fault.toString().lines().findFirst().orElse(""), stackTrace(fault));
  }

  /** The same for a fault that another process has told of. */
  public static String keep(String fault, String stackTrace) {
    Path file = ProjectRoot.workFolder().resolve(NAME);
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(
          file,
          Instant.now() + " " + stackTrace.strip() + "\n\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
      return "%s (more in .workbook/%s)".formatted(fault, NAME);
    } catch (IOException noLog) {
      return fault + "\n" + stackTrace;
    }
  }

  /** A fault with its stack, as text. */
  public static String stackTrace(Throwable fault) {
    StringWriter text = new StringWriter();
    fault.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
