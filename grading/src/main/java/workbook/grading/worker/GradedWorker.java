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
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import workbook.engine.protocol.CheckResult;
import workbook.engine.protocol.GradedInput;
import workbook.engine.protocol.GradedOutput;
import workbook.engine.protocol.HostCall;
import workbook.engine.protocol.Relay;
import workbook.engine.protocol.WorkerEvent;
import workbook.engine.protocol.WorkerRequest;
import workbook.grading.GradingExtension;

/**
 * Runs checks on somebody else's answer, in a process that is trusted with nothing.
 *
 * <p>No static field leads to this object, to its seal or to its streams: an answer in the same
 * process must not come by them.
 */
public final class GradedWorker {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LONGEST = 16_000;

  private final PrintStream lines =
      new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
  private final CapturedOutput output = new CapturedOutput();
  private final BlockingQueue<WorkerRequest> requests = new LinkedBlockingQueue<>();
  private final BlockingQueue<RemoteHost.Call> calls = new LinkedBlockingQueue<>();
  private final Map<Integer, RemoteHost.Reply> waiting = new ConcurrentHashMap<>();
  private String seal;
  private int number;

  private GradedWorker() {}

  /** Reads requests from standard input and writes sealed lines to standard output. */
  public static void main(String[] arguments) {
    PrintStream complaints =
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
    try {
      new GradedWorker().work();
    } catch (Throwable broken) {
      complaints.println(broken);
      Runtime.getRuntime().halt(1);
    }
  }

  private void work() throws Exception {
    InputStream input = System.in;
    System.setIn(InputStream.nullInputStream());
    output.install();
    BufferedReader reader =
        new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8));
    GradedInput start = JSON.readValue(reader.readLine(), GradedInput.class);
    seal = start.seal();
    if (start.socket() != null) {
      Relay.start(
          new InetSocketAddress(InetAddress.getByName("127.0.0.1"), start.port()),
          UnixDomainSocketAddress.of(Path.of(start.socket())),
          Integer.MAX_VALUE / 2);
    }
    GradingExtension.useDatabasesOf(new RemoteHost(calls));
    daemon(() -> read(reader), "requests");
    daemon(this::passOnCalls, "calls");
    CheckRunner runner = new CheckRunner(output);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> runner.reportExit(this::send), "report"));
    while (true) {
      run(requests.take(), runner);
    }
  }

  private void run(WorkerRequest request, CheckRunner runner) {
    try {
      runner.run(Class.forName(request.testClass()), request.checks(), this::send);
    } catch (ReflectiveOperationException | LinkageError e) {
      send(WorkerEvent.broken(e.toString()));
    }
    send(WorkerEvent.done());
  }

  private void read(BufferedReader reader) {
    try {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        GradedInput input = JSON.readValue(line, GradedInput.class);
        if (input.request() != null) {
          requests.add(input.request());
        } else if (input.reply() != null) {
          waiting.remove(input.reply().id()).complete(input.reply());
        }
      }
    } catch (IOException e) {
      // The command is gone, or has been read from by somebody else.
    }
    OrderlyExit.exit();
  }

  private void passOnCalls() {
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

  private void send(WorkerEvent event) {
    send(event.result() == null ? event : shortened(event), null);
    if (event.kind() == WorkerEvent.Kind.SPOILT) {
      Runtime.getRuntime().halt(1);
    }
  }

  private synchronized void send(WorkerEvent event, HostCall call) {
    try {
      lines.println(JSON.writeValueAsString(new GradedOutput(seal, ++number, event, call)));
      lines.flush();
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
            shortened(result.output())));
  }

  private static String shortened(String text) {
    return text == null || text.length() <= LONGEST
        ? text
        : text.substring(0, LONGEST) + "\n... (cut)";
  }

  private static void daemon(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }
}
