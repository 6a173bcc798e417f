package workbook.jshell.session;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Predicate;

/** Lines of a file, a pipe, or a terminal that can do nothing. */
final class PlainLines implements LineSource {
  private static final int WIDTH = 80;

  private final BufferedReader in;
  private final PrintStream out;
  private final boolean prompts;
  private volatile boolean dropped;
  private volatile String firstPrompt = "";

  /**
   * @param prompts whether to ask, since a person types
   */
  PlainLines(BufferedReader in, PrintStream out, boolean prompts) {
    this.in = in;
    this.out = out;
    this.prompts = prompts;
  }

  @Override
  public Optional<String> read(String prompt, Predicate<String> complete) {
    StringBuilder text = new StringBuilder();
    dropped = false;
    firstPrompt = prompt;
    try {
      ask(prompt);
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (dropped) {
          text.setLength(0);
          dropped = false;
        }
        text.append(text.length() == 0 ? "" : "\n").append(line);
        if (complete.test(text.toString())) {
          return Optional.of(text.toString());
        }
        ask("...> ");
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The input cannot be read: " + e.getMessage(), e);
    }
    return text.length() == 0 ? Optional.empty() : Optional.of(text.toString());
  }

  /** Forgets the lines that have been read and are not complete, and asks again. */
  void drop() {
    dropped = true;
    ask(firstPrompt);
  }

  private void ask(String prompt) {
    if (prompts) {
      out.print(prompt);
      out.flush();
    }
  }

  @Override
  public int width() {
    return WIDTH;
  }

  @Override
  public void close() {
    // The stream is the process's own.
  }
}
