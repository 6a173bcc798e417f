package workbook.jshell.session;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import workbook.jshell.engine.Interpreter;

/** Lines that are edited in a terminal, with a history, and Tab to complete a name. */
final class LineEditor implements LineSource {
  private static final int MOST_COLUMNS = 80;

  private final Terminal terminal;
  private final LineReader reader;
  private final JavaInput input;

  LineEditor(Terminal terminal, Supplier<Interpreter> interpreter, Path history) {
    this.terminal = terminal;
    input = new JavaInput(interpreter);
    reader =
        LineReaderBuilder.builder()
            .terminal(terminal)
            .parser(input)
            .completer(input)
            .variable(LineReader.SECONDARY_PROMPT_PATTERN, "...> ")
            .variable(LineReader.HISTORY_FILE, history)
            .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
            .build();
  }

  /**
   * Takes the terminal, if there is one that can do more than print.
   *
   * @param interpreter is asked at Tab
   * @param history the file that keeps what was typed
   * @param stop is called for Ctrl-C while no line is read
   */
  static Optional<LineEditor> open(Supplier<Interpreter> interpreter, Path history, Runnable stop) {
    boolean windows = File.separatorChar == '\\';
    try {
      // Where a system has stty, no native library is needed.
      Terminal terminal =
          TerminalBuilder.builder()
              .system(true)
              .systemOutput(TerminalBuilder.SystemOutput.SysOut)
              .dumb(false)
              .exec(!windows)
              .jni(windows)
              .ffm(false)
              .build();
      if (terminal.getType().startsWith(Terminal.TYPE_DUMB)) {
        terminal.close();
        return Optional.empty();
      }
      terminal.handle(
          Terminal.Signal.INT,
          signal -> {
            // below the ^C that the terminal shows
            terminal.writer().println();
            terminal.flush();
            stop.run();
          });
      return Optional.of(new LineEditor(terminal, interpreter, history));
    } catch (IOException | IllegalStateException e) {
      return Optional.empty();
    }
  }

  @Override
  public Optional<String> read(String prompt, Predicate<String> complete) {
    input.setComplete(complete);
    while (true) {
      try {
        return Optional.of(reader.readLine(prompt));
      } catch (UserInterruptException e) {
        if (e.getPartialLine().isBlank()) {
          terminal.writer().println("Leave with /exit or Ctrl-D.");
          terminal.flush();
        }
      } catch (EndOfFileException e) {
        return Optional.empty();
      }
    }
  }

  @Override
  public void remember(String text) {
    reader.getHistory().add(text);
  }

  @Override
  public int width() {
    int columns = terminal.getWidth();
    return columns <= 0 ? MOST_COLUMNS : Math.max(20, Math.min(MOST_COLUMNS, columns - 1));
  }

  @Override
  public void close() {
    try {
      terminal.close();
    } catch (IOException e) {
      throw new UncheckedIOException("The terminal cannot be given back", e);
    }
  }
}
