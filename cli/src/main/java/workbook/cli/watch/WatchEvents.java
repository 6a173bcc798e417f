package workbook.cli.watch;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** What happens around {@code watch}, in the order in which its one thread gets to it. */
final class WatchEvents {
  private final BlockingQueue<Consumer<Watch>> queue = new LinkedBlockingQueue<>();

  void saved(Path file, String text) {
    queue.add(watch -> watch.saved(file, text));
  }

  void progress(String line) {
    queue.add(watch -> watch.say(line));
  }

  void repaint() {
    queue.add(watch -> {});
  }

  void quit() {
    queue.add(Watch::quit);
  }

  void add(Consumer<Watch> event) {
    queue.add(event);
  }

  /** Waits for an event; null if none came in time. */
  Consumer<Watch> next(Duration patience) throws InterruptedException {
    return queue.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  boolean isEmpty() {
    return queue.isEmpty();
  }
}
