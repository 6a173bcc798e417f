package workbook.grading.worker;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import workbook.engine.Folders;
import workbook.engine.postgres.ThrowawayServer;
import workbook.engine.protocol.CompileError;
import workbook.engine.protocol.WorkerEvent;
import workbook.engine.protocol.WorkerRequest;
import workbook.grading.GradingExtension;

/**
 * Grades answers in a process of its own: it reads requests from standard input, a line of JSON
 * each, and writes events to standard output.
 *
 * <p>It ends when its input does, whatever an answer is doing, so it never outlives the command.
 */
public final class Worker {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final PrintStream events;
  private final Path scratch;
  private final Path cache;
  private final BlockingQueue<WorkerRequest> requests = new LinkedBlockingQueue<>();
  private final CountDownLatch database = new CountDownLatch(1);
  private final CapturedOutput output = new CapturedOutput();
  private Compiled compiled;

  private Worker(PrintStream events, Path scratch, Path cache) {
    this.events = events;
    this.scratch = scratch;
    this.cache = cache;
  }

  /**
   * @param arguments a folder for compiled classes, which belongs to this process, and one in which
   *     those of the lessons are kept for other processes
   */
  public static void main(String[] arguments) throws Exception {
    PrintStream events =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    JSON.getFactory().disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    new Worker(events, Path.of(arguments[0]), Path.of(arguments[1])).work();
  }

  private void work() throws Exception {
    output.install();
    Thread reader = new Thread(this::read, "requests");
    reader.setDaemon(true);
    reader.start();
    CheckRunner runner = new CheckRunner(output);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> runner.reportExit(this::send), "report"));
    Files.createDirectories(scratch);
    try (AnswerCompiler compiler = new AnswerCompiler(scratch, new ClassCache(cache))) {
      while (true) {
        handle(requests.take(), compiler, runner);
      }
    }
  }

  private void handle(WorkerRequest request, AnswerCompiler compiler, CheckRunner runner)
      throws IOException, InterruptedException {
    if (request.checks() == null) {
      forget(compiler);
      compiled = compile(request, compiler);
      return;
    }
    try {
      if (compiled == null || !compiled.isOf(request)) {
        forget(compiler);
        compiled = compile(request, compiler);
      }
      if (!compiled.errors().isEmpty()) {
        send(WorkerEvent.rejected(compiled.errors()));
        return;
      }
      database.await();
      runChecks(request, List.of(compiled.classes(), compiler.lessonClasses()), runner);
    } catch (ReflectiveOperationException | LinkageError e) {
      send(WorkerEvent.broken(e.toString()));
    } finally {
      send(WorkerEvent.done());
      forget(compiler);
      // Without the server's address there would be a server of our own.
      if (database.getCount() == 0) {
        GradingExtension.rest();
      }
    }
  }

  private Compiled compile(WorkerRequest request, AnswerCompiler compiler) throws IOException {
    Path classes = Files.createTempDirectory(scratch, "classes");
    return new Compiled(
        request,
        classes,
        compiler.compile(Path.of(request.folder()), request.testClass(), classes));
  }

  private void forget(AnswerCompiler compiler) throws IOException {
    if (compiled != null) {
      Folders.delete(compiled.classes());
      compiled = null;
      compiler.rest();
    }
  }

  private void runChecks(WorkerRequest request, List<Path> classes, CheckRunner runner)
      throws IOException, ReflectiveOperationException {
    Path folder = Path.of(request.folder());
    URL[] urls = {
      classes.get(0).toUri().toURL(),
      classes.get(1).toUri().toURL(),
      folder.resolve("src/main/resources/").toUri().toURL(),
      folder.resolve("src/test/resources/").toUri().toURL()
    };
    try (URLClassLoader loader = new URLClassLoader(urls, Worker.class.getClassLoader())) {
      Thread.currentThread().setContextClassLoader(loader);
      runner.run(Class.forName(request.testClass(), false, loader), request.checks(), this::send);
    } finally {
      Thread.currentThread().setContextClassLoader(Worker.class.getClassLoader());
    }
  }

  private void read() {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        WorkerRequest request = JSON.readValue(line, WorkerRequest.class);
        if (request.database() == null) {
          requests.add(request);
        } else {
          System.setProperty(ThrowawayServer.PROPERTY, request.database());
          database.countDown();
        }
      }
    } catch (IOException e) {
      send(WorkerEvent.broken("The worker cannot read its input: " + e.getMessage()));
    }
    OrderlyExit.exit();
  }

  private synchronized void send(WorkerEvent event) {
    try {
      events.println(JSON.writeValueAsString(event));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    if (event.kind() == WorkerEvent.Kind.SPOILT) {
      Runtime.getRuntime().halt(1);
    }
  }

  /** An answer that nobody has asked to check so far. */
  private record Compiled(WorkerRequest request, Path classes, List<CompileError> errors) {
    boolean isOf(WorkerRequest other) {
      return request.folder().equals(other.folder())
          && request.testClass().equals(other.testClass());
    }
  }
}
