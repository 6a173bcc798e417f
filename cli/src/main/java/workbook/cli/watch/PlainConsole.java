package workbook.cli.watch;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/** Lines below lines, for what is no terminal: a letter and Enter are a key. */
final class PlainConsole implements WatchConsole {
  private final BufferedReader in;
  private final PrintWriter out;
  private final Queue<Integer> keys = new ArrayDeque<>();

  PlainConsole(InputStream in, PrintWriter out) {
    this.in = new BufferedReader(new InputStreamReader(in, Charset.defaultCharset()));
    this.out = out;
  }

  @Override
  public int read() {
    try {
      if (keys.isEmpty()) {
        String line = in.readLine();
        if (line == null) {
          out.println("There is no terminal to type at, so watch ends.");
          return END;
        }
        line.strip().chars().forEach(keys::add);
        // Letters act at once; a number, such as 3 or 1.3, needs its Enter.
        if (line.strip().matches("[0-9.]*")) {
          keys.add(ENTER);
        }
      }
      return keys.remove();
    } catch (IOException e) {
      return END;
    }
  }

  @Override
  public void show(List<String> page, List<String> footer, boolean news) {
    if (news) {
      page.forEach(out::println);
      footer.forEach(out::println);
      out.println();
      out.flush();
    }
  }

  @Override
  public void more() {
    // nothing is ever cut
  }

  @Override
  public void lend(Runnable program) {
    program.run();
  }

  @Override
  public void forgetKeys() {
    // no other program reads here
  }

  @Override
  public boolean canLend() {
    return false;
  }

  @Override
  public void close() {
    out.flush();
  }
}
