package workbook.jshell.session;

import java.util.Optional;
import java.util.function.Predicate;

/** Where the shell reads from. */
interface LineSource extends AutoCloseable {

  /**
   * Reads a line, and more lines until they are complete.
   *
   * @param prompt asks for the first line, where it is seen
   * @param complete whether a text is
   * @return what was typed; nothing at the end
   */
  Optional<String> read(String prompt, Predicate<String> complete);

  /** Keeps a text that was not typed where an arrow key gets it back, to be changed. */
  default void remember(String text) {}

  /** How many columns a line may have. */
  int width();

  @Override
  void close();
}
