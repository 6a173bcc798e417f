package workbook.jshell.session;

import java.util.List;
import workbook.jshell.Greeting;

/** What can be typed that is not Java. */
final class Commands {
  static final List<String> NAMES = List.of("/back", "/exit", "/help", "/list");

  static final String HELP =
      """
      Enter, on an empty line  run the step that is shown, and show the next one
      some Java                run it; a statement may have several lines
      /4                       go back to step 4: show it and run it; Enter goes on with 5
      /1-4                     run steps 1 to 4, and show only what comes out
      /back                    show the step before once more; Enter runs it
      /list                    the steps around the next: x has run, > comes next
      /list all, /list 4       all steps; step 4 alone
      /help                    show these lines
      /exit, Ctrl-D            leave
      Tab, arrow keys          complete a name; get a step or a line back, to change it
      Ctrl-C                   stop what runs, in the server, too; drop what you are typing

      """
          + Greeting.HELPERS;

  private Commands() {}

  /** Whether a line is a command; {@code //} and {@code /*} are Java. */
  static boolean isCommand(String line) {
    return line.strip().matches("/([^/*].*)?");
  }
}
