package workbook.jshell;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Keeps a lesson quiet while JShell loads it; its output is for those who step through it. */
final class QuietLoading {
  /** The system property of a JVM that is to be quiet until {@link #end}. */
  static final String PROPERTY = "workbook.shell.silent";

  private QuietLoading() {}

  /** Silences the output if it is to be silent, and returns the output. */
  static PrintStream begin() {
    PrintStream out = System.out;
    if (Boolean.getBoolean(PROPERTY)) {
      System.setOut(
          new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    }
    return out;
  }

  static void end(PrintStream out) {
    System.setOut(out);
  }
}
