package workbook.cli.watch;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Help.Ansi;
import workbook.cli.terminal.CommandContext;
import workbook.cli.terminal.Style;
import workbook.engine.course.Lesson;
import workbook.support.EnvironmentException;

/** A {@code watch} whose pages nobody sees, but somebody times. */
final class BenchedWatch implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 120;

  private final Console console = new Console();
  private final WatchGrading grading;
  private final AnswerWatcher watcher;
  private final WatchEvents events = new WatchEvents();
  private final Thread thread;

  /** Starts it, and waits for the first page with verdicts. */
  BenchedWatch(CommandContext context, Path scratch, Lesson lesson) {
    // Progress belongs to the copy; worker and server are the workbook's own.
    CommandContext copied =
        new CommandContext(scratch, context.out(), context.err(), context.environment());
    Style style = new Style(Ansi.OFF, true);
    grading = new WatchGrading(context, style, events::progress);
    watcher = new AnswerWatcher(List.of(lesson.answer()), events::saved);
    WatchedLesson watched = new WatchedLesson(lesson, watcher.text(lesson.answer()));
    Watch watch = new Watch(copied, style, console, grading, events, List.of(watched));
    thread = new Thread(() -> watch.run(watcher), "watch");
    thread.start();
    awaitVerdicts();
  }

  /** Forgets pages from before. */
  void forget() {
    console.pages.clear();
  }

  /** Waits for the next page with verdicts, and says when it was there. */
  long awaitVerdicts() {
    try {
      Page page = console.pages.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (page == null || !page.text().contains("passed") || page.text().contains("✗")) {
        throw new EnvironmentException(
            "The reference answer does not pass. ./workbook doctor says what is broken.\n"
                + (page == null ? "" : page.text()));
      }
      return page.nanos();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EnvironmentException("Interrupted while measuring.", e);
    }
  }

  @Override
  public void close() {
    events.quit();
    watcher.close();
    grading.close();
    console.closed.countDown();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private record Page(long nanos, String text) {}

  private static final class Console implements WatchConsole {
    private final BlockingQueue<Page> pages = new LinkedBlockingQueue<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    @Override
    public int read() {
      try {
        closed.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return END;
    }

    @Override
    public void show(List<String> page, List<String> footer, boolean news) {
      if (news) {
        pages.add(new Page(System.nanoTime(), String.join("\n", page) + String.join("\n", footer)));
      }
    }

    @Override
    public void more() {
      // nobody looks
    }

    @Override
    public void lend(Runnable program) {
      program.run();
    }

    @Override
    public void forgetKeys() {
      // no key is pressed in the benchmark
    }

    @Override
    public boolean canLend() {
      return false;
    }

    @Override
    public void close() {
      closed.countDown();
    }
  }
}
