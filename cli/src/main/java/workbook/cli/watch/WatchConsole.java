package workbook.cli.watch;

import java.util.List;

/** Where a learner sees {@code watch} and presses its keys. */
interface WatchConsole extends AutoCloseable {
  /** What Enter is. */
  int ENTER = '\n';

  /** What is read when no key can come any more. */
  int END = -1;

  /** Waits for a key. */
  int read();

  /**
   * Shows how things stand.
   *
   * @param page what may be too long for a screen
   * @param footer what must be seen
   * @param news whether this is more than the passing of time
   */
  void show(List<String> page, List<String> footer, boolean news);

  /** Shows more of a page that is too long, if it is. */
  void more();

  /** Lends the keyboard and the screen to another program. */
  void lend(Runnable program);

  /** Throws away what was typed and is not read yet: it was not meant for another program. */
  void forgetKeys();

  /** Whether another program can have them. */
  boolean canLend();

  @Override
  void close();
}
