package workbook.jshell;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.Socket;
import java.nio.charset.Charset;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import jdk.jshell.execution.RemoteExecutionControl;
import jdk.jshell.execution.Util;

/** The program of the JVM that runs the snippets. */
final class QuickAgent {
  /** The thread that cancels all statements when it is interrupted. */
  static final String CANCELLER = "workbook canceller";

  private QuickAgent() {}

  /** Does what JShell says, on the port that is the only argument. */
  public static void main(String[] arguments) throws IOException {
    Thread canceller = new Thread(QuickAgent::cancelOnInterrupt, CANCELLER);
    canceller.setDaemon(true);
    canceller.start();
    try (Socket socket = new Socket((String) null, Integer.parseInt(arguments[0]))) {
      socket.setTcpNoDelay(true);
      Util.forwardExecutionControlAndIO(
          new RemoteExecutionControl(),
          socket.getInputStream(),
          socket.getOutputStream(),
          Map.of(
              "out", out -> System.setOut(printer(out, "stdout.encoding")),
              "err", err -> System.setErr(printer(err, "stderr.encoding"))),
          Map.of("in", System::setIn));
    }
  }

  private static PrintStream printer(OutputStream stream, String encoding) {
    String name = System.getProperty(encoding, Charset.defaultCharset().name());
    return new PrintStream(stream, true, Charset.forName(name));
  }

  private static void cancelOnInterrupt() {
    CountDownLatch never = new CountDownLatch(1);
    while (true) {
      try {
        never.await();
      } catch (InterruptedException ctrlC) {
        Shell.cancelAll();
      }
    }
  }
}
