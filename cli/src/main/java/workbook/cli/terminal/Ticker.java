package workbook.cli.terminal;

import java.io.PrintWriter;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Shows on a terminal what takes longer than a second, and for how long already. */
public final class Ticker implements AutoCloseable {
  private static final String CLEAR = "\r\033[K";

  private final PrintWriter terminal;
  private final ScheduledExecutorService clock;
  // A prompt that comes back after Ctrl-C needs a line of its own.
  private final Thread hook = new Thread(this::end, "ticker");
  private String task;
  private int seconds;
  private boolean shown;

  /**
   * @param terminal where to write; null shows nothing
   */
  public Ticker(PrintWriter terminal) {
    this.terminal = terminal;
    this.clock =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread thread = new Thread(work, "ticker");
              thread.setDaemon(true);
              return thread;
            });
    if (terminal != null) {
      clock.scheduleAtFixedRate(this::tick, 1, 1, TimeUnit.SECONDS);
      Runtime.getRuntime().addShutdownHook(hook);
    }
  }

  /** Begins a task. */
  public synchronized void begin(String name) {
    end();
    task = name;
    seconds = 0;
  }

  /** Ends the task, and wipes its line. */
  public synchronized void end() {
    task = null;
    if (shown) {
      terminal.print(CLEAR);
      terminal.flush();
      shown = false;
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
    end();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException shuttingDown) {
      // then it has nothing left to do
    }
  }

  private synchronized void tick() {
    if (task != null) {
      seconds++;
      terminal.print(CLEAR + "  " + task + " ... " + seconds + " s");
      terminal.flush();
      shown = true;
    }
  }
}
