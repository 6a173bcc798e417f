package workbook.grading.worker;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Takes what answers print, so that it can be shown under the check that printed it. */
final class CapturedOutput extends OutputStream {
  // An endless loop that prints must not fill the memory.
  private static final int LIMIT = 64 * 1024;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private boolean cut;

  /** Puts itself in the place of standard output and standard error. */
  void install() {
    PrintStream stream = new PrintStream(this, true, StandardCharsets.UTF_8);
    System.setOut(stream);
    System.setErr(stream);
  }

  @Override
  public synchronized void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] source, int offset, int length) {
    int taken = Math.min(length, LIMIT - bytes.size());
    bytes.write(source, offset, taken);
    cut |= taken < length;
  }

  /** What was printed since the last call. */
  synchronized String take() {
    String text = bytes.toString(StandardCharsets.UTF_8) + (cut ? "\n... (cut)" : "");
    bytes.reset();
    cut = false;
    return text;
  }
}
