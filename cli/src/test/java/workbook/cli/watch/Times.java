package workbook.cli.watch;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Measured times. */
final class Times {
  private final List<Long> nanos = new ArrayList<>();

  void add(long measured) {
    nanos.add(measured);
    Collections.sort(nanos);
  }

  /** What half of them do not exceed, in milliseconds. */
  long median() {
    return percentile(50);
  }

  /** What all but one in twenty do not exceed, in milliseconds. */
  long p95() {
    return percentile(95);
  }

  private long percentile(int percent) {
    int index = (int) Math.ceil(nanos.size() * percent / 100.0) - 1;
    return nanos.get(Math.max(0, index)) / 1_000_000;
  }
}
