package workbook.jshell;

import java.util.List;
import java.util.function.UnaryOperator;
import workbook.engine.trace.LockWaits;
import workbook.engine.trace.Trace;
import workbook.engine.trace.drawing.TraceText;
import workbook.jshell.Shell.Attempt;

/** Prints what the shell's connections and the server say to each other while something runs. */
final class ShellTrace {
  /** What the connections are read by; most of the time it records nothing. */
  static final Trace TRACE = Trace.paused();

  private static final int COLUMNS = 100;

  private ShellTrace() {}

  static void of(Attempt work) throws Exception {
    LockWaits waits = LockWaits.start(TRACE, ShellConnections.settings().dataSource());
    TRACE.begin();
    try {
      Shell.attempt(work);
    } finally {
      TRACE.end();
      waits.close();
    }
    lines().forEach(System.out::println);
  }

  static List<String> lines() {
    return TraceText.of(TRACE.all(), COLUMNS, UnaryOperator.identity());
  }
}
