package workbook.cli.watch;

import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Help.Ansi;
import workbook.cli.SampleWorkbook;
import workbook.cli.Workbook;
import workbook.cli.terminal.CommandContext;
import workbook.cli.terminal.Style;

/** A {@code watch --plain} that runs, and somebody who reads it and types. */
final class PlainWatch implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 90;

  private final InputStream keyboard = System.in;
  private final PipedOutputStream keys = new PipedOutputStream();
  private final StringWriter out = new StringWriter();
  private final CompletableFuture<Integer> status;
  private int read;

  PlainWatch(SampleWorkbook workbook) throws IOException {
    System.setIn(new PipedInputStream(keys));
    PrintWriter writer = new PrintWriter(out);
    CommandContext context = new CommandContext(workbook.root, writer, writer, Map.of());
    Style style = Style.of(Ansi.OFF, StandardCharsets.UTF_8);
    status =
        CompletableFuture.supplyAsync(
            () -> Workbook.run(context, style, "watch", "1", "--plain"),
            work -> new Thread(work, "watch").start());
  }

  void type(String line) throws IOException {
    keys.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    keys.flush();
  }

  /** Reads on until texts have been said, in this order; answers all that was said up to there. */
  String reads(String... texts) throws InterruptedException {
    int from = read;
    for (String text : List.of(texts)) {
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
      // It may say its last and end between two looks.
      boolean ended = status.isDone();
      while (out.toString().indexOf(text, read) < 0) {
        if (System.nanoTime() > end || ended) {
          fail("expected: %s%n but read:%n%s", text, out.toString().substring(from));
        }
        Thread.sleep(10);
        ended = status.isDone();
      }
      read = out.toString().indexOf(text, read) + text.length();
    }
    return out.toString().substring(from, read);
  }

  int quit() throws Exception {
    type("q");
    return status();
  }

  /** Ends the input. */
  void hangUp() throws IOException {
    keys.close();
  }

  /** The exit status, once it ends. */
  int status() throws Exception {
    return status.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public void close() throws IOException {
    keys.close();
    status.join();
    System.setIn(keyboard);
  }
}
