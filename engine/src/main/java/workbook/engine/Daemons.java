package workbook.engine;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Work in the background that keeps no process alive. */
public final class Daemons {
  private Daemons() {}

  /** One thread that does one piece of work after the other. */
  public static ExecutorService single(String name) {
    return Executors.newSingleThreadExecutor(
        work -> {
          Thread thread = new Thread(work, name);
          thread.setDaemon(true);
          return thread;
        });
  }
}
