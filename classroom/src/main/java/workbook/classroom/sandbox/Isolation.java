package workbook.classroom.sandbox;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a process is put behind so that it sees no files but those it is given, no network and no
 * other process.
 */
interface Isolation {
  /**
   * How a command begins that runs behind them.
   *
   * @param readable folders by their names inside
   * @param out the folder that the process may write to, as {@code /out}; null for none
   */
  Start start(Map<String, Path> readable, Path out);

  /**
   * How to start a process, and how to end it.
   *
   * @param command what goes before the process's own command
   * @param end a command that ends what outlives it; empty if nothing does
   */
  record Start(List<String> command, List<String> end) {}
}
