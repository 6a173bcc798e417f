package workbook.grading.recorded;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import workbook.engine.trace.ServerTrace;
import workbook.engine.trace.Trace;
import workbook.engine.trace.drawing.TraceText;
import workbook.grading.FreshDatabase;
import workbook.support.DatabaseSettings;

/**
 * A check's database behind a relay, so that a lesson's text can show what the server saw.
 *
 * <p>Times, process ids and ports differ from run to run, and are masked.
 */
public final class RecordedTrace implements AutoCloseable {
  private static final int COLUMNS = 78;
  private static final long LONGEST_WAIT = 60_000_000_000L;

  private final Trace trace = new Trace();
  private final ServerTrace server;
  private final DatabaseSettings settings;

  /** Begins to trace what comes through {@link #dataSource}. */
  public RecordedTrace(FreshDatabase database) {
    DatabaseSettings direct = database.settings();
    server = ServerTrace.start(direct, trace, user -> true);
    settings =
        new DatabaseSettings(
            "127.0.0.1", server.port(), direct.dbname(), direct.user(), direct.password());
  }

  /** Where traced sessions come from. */
  public DataSource dataSource() {
    return settings.dataSource();
  }

  /** Ends the trace, and returns it as the command prints it, in 78 columns, with masked times. */
  public String text() throws InterruptedException {
    awaitEnds();
    // Masked before it is drawn: a longer number might break a line elsewhere.
    List<String> lines =
        TraceText.of(trace.all().withoutTimes(), COLUMNS, UnaryOperator.identity());
    // Which of two sessions ends first is a matter of luck.
    boolean isBesideAnother = lines.get(0).contains("session 2");
    return lines.stream()
        .map(line -> line.replaceFirst("^ *0  ", "   .  ").replace("after 0 ms", "after . ms"))
        .filter(line -> !isBesideAnother || !line.endsWith("  (closes)"))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  /** Waits until the trace has noticed the end of each session that has ended. */
  public void awaitEnds() throws InterruptedException {
    await("nothing left open");
  }

  /** Waits until the trace has noticed that a session waits for another one. */
  public void awaitWait() throws InterruptedException {
    await(" waits for ");
  }

  private void await(String text) throws InterruptedException {
    long end = System.nanoTime() + LONGEST_WAIT;
    while (TraceText.of(trace.all(), 400, UnaryOperator.identity()).stream()
            .noneMatch(line -> line.contains(text))
        && System.nanoTime() - end < 0) {
      Thread.sleep(5);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
