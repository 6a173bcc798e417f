package workbook.engine.runner;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;

/** Reads lines from a process that may send too many, or one without end. */
final class LimitedLines {
  private static final int LONGEST_BYTES = 1 << 20;
  private static final long MOST_BYTES = 32 << 20;

  private LimitedLines() {}

  /**
   * Reads until there is no more, or too much.
   *
   * @return whether all was read
   */
  static boolean read(InputStream stream, Consumer<byte[]> lines) throws IOException {
    InputStream bytes = new BufferedInputStream(stream);
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    long total = 0;
    for (int next = bytes.read(); next >= 0; next = bytes.read()) {
      if (++total > MOST_BYTES || line.size() > LONGEST_BYTES) {
        return false;
      }
      if (next == '\n') {
        lines.accept(line.toByteArray());
        line.reset();
      } else {
        line.write(next);
      }
    }
    return true;
  }
}
