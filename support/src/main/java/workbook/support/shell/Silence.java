package workbook.support.shell;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Keeps a lesson quiet while JShell loads it; its output is for those who step through it. */
final class Silence {
  private Silence() {}

  /** Silences the output if a lesson is being loaded, and returns the output. */
  static PrintStream begin() {
    PrintStream out = System.out;
    if (Greeting.lesson() != null) {
      System.setOut(
          new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    }
    return out;
  }

  static void end(PrintStream out) {
    System.setOut(out);
  }
}
