package workbook.grading.worker;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import workbook.engine.ErrorLog;
import workbook.engine.protocol.Relay;
import workbook.engine.protocol.WorkerEvent;
import workbook.engine.protocol.WorkerRequest;
import workbook.engine.protocol.WorkerStart;
import workbook.grading.GradingExtension;

/**
 * Grades answers in a process of its own, which the command trusts with nothing: it reads requests
 * from standard input and writes sealed lines to standard output.
 *
 * <p>It ends when its input does, whatever an answer is doing, so it never outlives the command. No
 * static field leads to this object, to its seal or to its streams.
 */
public final class Worker {
  private final BlockingQueue<WorkerRequest> requests = new LinkedBlockingQueue<>();
  private final BlockingQueue<RemoteHost.Call> calls = new LinkedBlockingQueue<>();
  private final CapturedOutput output = new CapturedOutput();
  private final boolean preparesDatabases;
  private final SealedLines lines;

  private Worker(WorkerStart start, SealedLines lines) {
    this.preparesDatabases = start.preparesDatabases();
    this.lines = lines;
  }

  /**
   * @param arguments where it compiles answers itself: a folder for compiled classes, which belongs
   *     to this process, and one in which those of the lessons are kept for other processes
   */
  public static void main(String[] arguments) {
    PrintStream errors = System.err;
    try {
      InputStream input = System.in;
      System.setIn(InputStream.nullInputStream());
      SealedLines lines = new SealedLines(input);
      WorkerStart start = lines.start();
      connect(start);
      new Worker(start, lines).work(arguments);
    } catch (Throwable broken) {
      broken.printStackTrace(errors);
      // The last lines are those that are told.
      errors.println(broken);
      Runtime.getRuntime().halt(1);
    }
  }

  private static void connect(WorkerStart start) throws IOException {
    if (start.socket() != null) {
      Relay.start(
          new InetSocketAddress(InetAddress.getByName("127.0.0.1"), start.port()),
          UnixDomainSocketAddress.of(Path.of(start.socket())),
          Integer.MAX_VALUE / 2);
    }
  }

  private void work(String[] arguments) throws IOException, InterruptedException {
    output.install();
    GradingExtension.useDatabasesOf(new RemoteHost(calls));
    daemon(() -> lines.read(requests), "requests");
    daemon(() -> lines.passOn(calls), "calls");
    CheckRunner runner = new CheckRunner(output);
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> runner.reportExit(lines::send), "report"));
    try (AnswerClasses classes = AnswerClasses.of(arguments)) {
      while (true) {
        handle(requests.take(), classes, runner);
      }
    }
  }

  private void handle(WorkerRequest request, AnswerClasses classes, CheckRunner runner)
      throws IOException {
    classes.compile(request);
    if (request.checks() == null) {
      return;
    }
    try {
      if (classes.errors().isEmpty()) {
        runChecks(request, classes, runner);
      } else {
        lines.send(WorkerEvent.rejected(classes.errors()));
      }
    } catch (ReflectiveOperationException | LinkageError e) {
      lines.send(WorkerEvent.broken(ErrorLog.stackTrace(e)));
    } finally {
      lines.send(WorkerEvent.done());
      classes.forget();
      if (preparesDatabases) {
        GradingExtension.rest();
      }
    }
  }

  private void runChecks(WorkerRequest request, AnswerClasses classes, CheckRunner runner)
      throws IOException, ReflectiveOperationException {
    ClassLoader own = Worker.class.getClassLoader();
    try (AnswerClasses.Loader loader = classes.loader(own)) {
      Thread.currentThread().setContextClassLoader(loader.get());
      Class<?> checks = Class.forName(request.testClass(), false, loader.get());
      runner.run(checks, request.checks(), request.hurried(), lines::send);
    } finally {
      Thread.currentThread().setContextClassLoader(own);
    }
  }

  private static void daemon(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }
}
