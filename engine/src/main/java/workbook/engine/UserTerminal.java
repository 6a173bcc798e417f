package workbook.engine;

import java.io.Console;
import java.util.Optional;

/** The terminal that the user sits at, if input and output are one. */
public final class UserTerminal {
  private UserTerminal() {}

  public static Optional<Console> find() {
    return Optional.ofNullable(System.console()).filter(UserTerminal::isTerminal);
  }

  // From JDK 22 on there may be a console although input or output is redirected.
  private static boolean isTerminal(Console console) {
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException olderJdk) {
      return true;
    }
  }
}
