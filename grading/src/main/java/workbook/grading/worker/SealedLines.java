package workbook.grading.worker;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import workbook.engine.Excerpt;
import workbook.engine.protocol.CheckResult;
import workbook.engine.protocol.HostCall;
import workbook.engine.protocol.WorkerEvent;
import workbook.engine.protocol.WorkerInput;
import workbook.engine.protocol.WorkerOutput;
import workbook.engine.protocol.WorkerRequest;
import workbook.engine.protocol.WorkerStart;

/** What a worker reads from the command, and writes to it under its seal. */
final class SealedLines {
  private static final int LONGEST = 16_000;

  // Not static: an answer must not come by it.
  private final ObjectMapper json = new ObjectMapper();
  private final BufferedReader input;
  private final PrintStream output =
      new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
  private final Map<Integer, RemoteHost.Reply> waiting = new ConcurrentHashMap<>();
  private String seal;
  private int number;

  SealedLines(InputStream input) {
    this.input = new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8));
  }

  /** The first line, which names the seal. */
  WorkerStart start() throws IOException {
    WorkerStart start = json.readValue(input.readLine(), WorkerInput.class).start();
    seal = start.seal();
    return start;
  }

  /** Reads until there is no more, which ends the process. */
  void read(Queue<WorkerRequest> requests) {
    try {
      for (String line = input.readLine(); line != null; line = input.readLine()) {
        WorkerInput said = json.readValue(line, WorkerInput.class);
        if (said.request() != null) {
          requests.add(said.request());
        } else {
          waiting.remove(said.reply().id()).complete(said.reply());
        }
      }
    } catch (IOException e) {
      // The command is gone, or the answer has read from it.
    }
    OrderlyExit.exit();
  }

  /** Sends calls as they come, each with a number by which its reply is known. */
  void passOn(BlockingQueue<RemoteHost.Call> calls) {
    try {
      for (int id = 1; ; id++) {
        RemoteHost.Call call = calls.take();
        waiting.put(id, call.reply());
        send(null, call.numbered(id));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Sends an event; after {@link WorkerEvent.Kind#SPOILT}, the process is over. */
  void send(WorkerEvent event) {
    send(event.result() == null ? event : shortened(event), null);
    if (event.kind() == WorkerEvent.Kind.SPOILT) {
      Runtime.getRuntime().halt(1);
    }
  }

  private synchronized void send(WorkerEvent event, HostCall call) {
    try {
      String line = json.writeValueAsString(new WorkerOutput(seal, ++number, event, call));
      // An answer may have written half a line to the real standard output.
      output.print("\n" + line + "\n");
      output.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static WorkerEvent shortened(WorkerEvent event) {
    CheckResult result = event.result();
    return WorkerEvent.finished(
        new CheckResult(
            result.name(),
            result.status(),
            shortened(result.message()),
            result.at(),
            result.millis(),
            shortened(result.output())),
        event.certain());
  }

  private static String shortened(String text) {
    return text == null || text.length() <= LONGEST
        ? text
        : Excerpt.of(text, LONGEST) + "\n... (cut)";
  }
}
