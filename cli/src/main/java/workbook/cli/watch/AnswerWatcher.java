package workbook.cli.watch;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import workbook.engine.Folders;

/**
 * Tells of saves: it reads a few files again and again, and compares.
 *
 * <p>That works with every editor, also those that save by renaming, and on network file systems,
 * for which the system has no events. Reading four small files takes a tenth of a millisecond.
 */
public final class AnswerWatcher implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(10);
  // An editor in the middle of saving: the file is gone, or empty, for a moment.
  private static final Duration SAVING = Duration.ofMillis(300);

  private final Map<Path, String> texts = new LinkedHashMap<>();
  private final Map<Path, Long> emptySince = new LinkedHashMap<>();
  private final BiConsumer<Path, String> saved;
  private final Thread thread = new Thread(this::watch, "watcher");

  /**
   * @param saved is given the file and its new text, on a thread of this watcher; the text is empty
   *     when the file is gone
   */
  AnswerWatcher(List<Path> files, BiConsumer<Path, String> saved) {
    this.saved = saved;
    files.forEach(file -> texts.put(file, Folders.textOf(file)));
    thread.setDaemon(true);
  }

  /** What a file holds; call this before {@link #start}. */
  String text(Path file) {
    return texts.get(file);
  }

  void start() {
    thread.start();
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  private void watch() {
    while (!thread.isInterrupted()) {
      texts.keySet().forEach(this::look);
      try {
        Thread.sleep(PAUSE.toMillis());
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void look(Path file) {
    String text = Folders.textOf(file);
    if (!text.isEmpty()) {
      emptySince.remove(file);
    } else if (System.nanoTime() - emptySince.computeIfAbsent(file, key -> System.nanoTime())
        < SAVING.toNanos()) {
      return;
    }
    if (!text.equals(texts.put(file, text))) {
      saved.accept(file, text);
    }
  }
}
