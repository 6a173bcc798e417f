package workbook.cli.command;

import java.util.List;
import java.util.ServiceLoader;
import workbook.cli.terminal.CommandContext;
import workbook.cli.terminal.Style;

/** Commands of another module, found through {@link ServiceLoader}. */
public interface CommandProvider {
  /** All that are on the class path. */
  static List<CommandProvider> all() {
    return ServiceLoader.load(CommandProvider.class).stream()
        .map(ServiceLoader.Provider::get)
        .toList();
  }

  /** Its commands, each a class that picocli knows how to run. */
  List<Object> commands(CommandContext context, Style style);

  /** What {@code doctor} says of it: one line, never a fault. */
  String diagnosis();
}
