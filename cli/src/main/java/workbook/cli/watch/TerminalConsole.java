package workbook.cli.watch;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jline.terminal.Attributes;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.InfoCmp.Capability;

/** A whole terminal: one page that is painted over, and single keys. */
final class TerminalConsole implements WatchConsole {
  private static final String CLEAR_BELOW = "\033[J";
  private static final String HOME = "\033[H";

  private static final InputStream KEYBOARD = new FileInputStream(FileDescriptor.in);

  private final Terminal terminal;
  private final Attributes before;
  private final Thread hook = new Thread(this::restore, "terminal");
  private List<String> page = List.of();
  private List<String> footer = List.of();
  private int from;
  private int shown;
  private volatile boolean lent;

  private TerminalConsole(Terminal terminal, Runnable repaint, Runnable quit) {
    this.terminal = terminal;
    this.before = terminal.getAttributes();
    // After a rest the terminal has forgotten; and a shell in between has written over it.
    terminal.handle(
        Terminal.Signal.CONT,
        signal -> {
          if (!lent) {
            enter();
            repaint.run();
          }
        });
    terminal.handle(Terminal.Signal.WINCH, signal -> repaint.run());
    // A program that has the terminal has its keys, too.
    terminal.handle(
        Terminal.Signal.INT,
        signal -> {
          if (!lent) {
            quit.run();
          }
        });
    Runtime.getRuntime().addShutdownHook(hook);
    enter();
  }

  /**
   * Takes over the terminal, if there is one.
   *
   * @param repaint asks for the page again
   * @param quit is called for Ctrl-C
   */
  static Optional<TerminalConsole> open(Runnable repaint, Runnable quit) {
    boolean windows = java.io.File.separatorChar == '\\';
    try {
      // Where a system has stty, no native library is needed.
      Terminal terminal =
          TerminalBuilder.builder()
              .system(true)
              .dumb(false)
              .exec(!windows)
              .jni(windows)
              .ffm(false)
              .build();
      if (terminal.getType().startsWith(Terminal.TYPE_DUMB)) {
        terminal.close();
        return Optional.empty();
      }
      return Optional.of(new TerminalConsole(terminal, repaint, quit));
    } catch (IOException | IllegalStateException e) {
      return Optional.empty();
    }
  }

  @Override
  public int read() {
    try {
      int key = terminal.reader().read();
      return key == '\r' ? ENTER : key == 4 ? END : key;
    } catch (IOException e) {
      return END;
    }
  }

  @Override
  public void show(List<String> newPage, List<String> newFooter, boolean news) {
    if (news) {
      from = 0;
    }
    page = newPage;
    footer = newFooter;
    paint();
  }

  @Override
  public void more() {
    from = from + shown < wrapped(page).size() ? from + shown : 0;
    paint();
  }

  @Override
  public void lend(Runnable program) {
    lent = true;
    restore();
    forgetKeys();
    try {
      program.run();
    } finally {
      lent = false;
      enter();
    }
  }

  // What stands in an unfinished line can be read only when the terminal passes on each key.
  @Override
  public void forgetKeys() {
    Attributes now = terminal.enterRawMode();
    try {
      // No other method of it reads from a terminal, where there is no position.
      for (int more = KEYBOARD.available(); more > 0; more = KEYBOARD.available()) {
        if (KEYBOARD.read(new byte[more]) < 0) {
          break;
        }
      }
    } catch (IOException gone) {
      // then nothing can be read there at all
    }
    terminal.setAttributes(now);
  }

  @Override
  public boolean canLend() {
    return true;
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException shuttingDown) {
      // then the hook gives it back
    }
    restore();
    try {
      terminal.close();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("The terminal cannot be given back", e);
    }
  }

  private void enter() {
    terminal.enterRawMode();
    terminal.puts(Capability.enter_ca_mode);
    terminal.puts(Capability.cursor_invisible);
    terminal.flush();
  }

  private void restore() {
    terminal.puts(Capability.cursor_visible);
    terminal.puts(Capability.exit_ca_mode);
    terminal.flush();
    terminal.setAttributes(before);
  }

  // One write, each line over the old one, so that nothing flickers.
  private void paint() {
    List<String> below = wrapped(footer);
    List<String> lines = wrapped(page);
    int room = Math.max(3, terminal.getHeight() - below.size() - 1);
    boolean cut = lines.size() > room;
    shown = cut ? room - 1 : room;
    from = Math.min(from, Math.max(0, lines.size() - 1));
    List<String> visible =
        new ArrayList<>(lines.subList(from, Math.min(lines.size(), from + shown)));
    if (cut) {
      int last = Math.min(lines.size(), from + shown);
      visible.add(
          "-- space: %s (%s of %s lines) --"
              .formatted(last < lines.size() ? "more" : "from the top", last, lines.size()));
    }
    while (visible.size() < room) {
      visible.add("");
    }
    visible.add("");
    visible.addAll(below);
    terminal.writer().print(HOME + Rows.painted(visible, width() + 1) + CLEAR_BELOW);
    terminal.flush();
  }

  private int width() {
    return Math.max(20, terminal.getWidth() - 1);
  }

  private List<String> wrapped(List<String> lines) {
    return Rows.wrapped(lines, width());
  }
}
